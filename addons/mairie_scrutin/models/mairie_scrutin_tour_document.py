from odoo import models
from odoo.exceptions import UserError

from ..lib.station_layout import layout, packets
from ..tools.words import in_words
from .mairie_scrutin_bureau_tour_document import SIGNING
from .mairie_scrutin_edition import AT_ONCE
from .mairie_scrutin_membre_convocation import french_day

FIGURES = ("inscrits", "emargements", "votants", "blancs", "nuls", "exprimes")
LISTS_PER_TABLE = 8


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The papers of the round, in French: plain values for the templates."""

    _inherit = "mairie.scrutin.tour"

    def _prepare_round_head(self):
        self.ensure_one()
        return {
            "commune": self.company_id.sudo().name,
            "election": self.scrutin_id.name,
            "round": {1: "Premier tour", 2: "Second tour"}[self.numero],
            "day": french_day(self.date),
            "kind": self.scrutin_id.kind,
        }

    def _prepare_recensement(self):
        """Return the collated minutes: each station, totals, who signs (R69)."""
        self.ensure_one()
        self._check_may_print_results()
        stations = self.bureau_tour_ids.sorted("code")
        totals = self._get_totals()
        lists = self.candidature_ids
        rows = [self._prepare_recensement_row(bt, lists) for bt in stations]
        central = stations.filtered("bureau_id.is_centralisateur")[:1] or stations[:1]
        return dict(
            self._prepare_round_head(),
            stations=rows,
            station_count=len(rows),
            valid_count=totals["stations"],
            is_complete=bool(rows) and totals["stations"] == len(rows),
            figures=[self._say(totals[name]) for name in FIGURES],
            totals=self._prepare_total_rows(totals),
            list_tables=self._split_lists(lists, totals),
            central=central and central._prepare_head(),
            members=central and central._prepare_signatories(SIGNING),
            delegates=central and central._prepare_signatories(("delegue",)),
            presidents=[
                {"code": bt.code, "name": self._get_president(bt)}
                for bt in stations - central
            ],
        )

    def _prepare_recensement_row(self, station, lists):
        done = station.saisie_id and station.state in self._get_recorded_states()
        entry = station.saisie_id if done else station.saisie_id.browse()
        votes = {line.candidature_id: line.voix for line in entry.line_ids}
        return {
            "code": station.code,
            "place": station.bureau_id.lieu_name or "",
            "is_known": bool(entry),
            "figures": [self._say(entry[name]) if entry else "" for name in FIGURES],
            "votes": {
                row.id: self._say(votes.get(row, 0)) if entry else "" for row in lists
            },
        }

    def _get_recorded_states(self):
        """States in which the figures of a station stand on its signed minutes."""
        return ("valide", "recense")

    def _prepare_total_rows(self, totals):
        """Totals in figures and in words, lists last."""
        labels = {
            "inscrits": "Électeurs inscrits",
            "emargements": "Émargements",
            "votants": "Votants (enveloppes trouvées)",
            "blancs": "Bulletins blancs",
            "nuls": "Bulletins nuls",
            "exprimes": "Suffrages exprimés",
        }
        rows = [(label, totals[name]) for name, label in labels.items()]
        rows += [(row.name, totals["votes"][row.id]) for row in self.candidature_ids]
        return [
            {"label": label, "value": self._say(value), "words": in_words(value)}
            for label, value in rows
        ]

    def _split_lists(self, lists, totals):
        """Lists by tables that fit on a page, each with its total."""
        columns = [
            {
                "id": row.id,
                "panneau": row.panneau.lstrip("0") or "0",
                "name": row.name,
                "total": self._say(totals["votes"][row.id]),
            }
            for row in lists
        ]
        return [
            columns[start : start + LISTS_PER_TABLE]
            for start in range(0, len(columns), LISTS_PER_TABLE)
        ]

    def _get_president(self, station):
        people = station.sudo().membre_ids
        titular = people.filtered(
            lambda row: row.role == "president" and row.state != "empeche"
        )
        return titular[:1].display_name or ""

    def _say(self, value):
        return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")

    def _prepare_proclamation(self):
        """Return the proclamation: votes in figures and words, who is elected."""
        self.ensure_one()
        self._check_may_print_results()
        totals = self._get_totals()
        lists = sorted(self.candidature_ids, key=lambda row: -totals["votes"][row.id])
        exprimes = totals["exprimes"]
        return dict(
            self._prepare_round_head(),
            who=self._get_proclaiming(),
            quarter=self._get_quarter(totals),
            is_complete=bool(self.station_count)
            and totals["stations"] == self.station_count,
            is_proclaimed=self.state == "proclame",
            majority=self._say(exprimes // 2 + 1),
            totals=self._prepare_total_rows(totals)[: len(FIGURES)],
            lists=[
                {
                    "name": row.name,
                    "head": row.head or "",
                    "value": self._say(totals["votes"][row.id]),
                    "words": in_words(totals["votes"][row.id]),
                    "share": self._format_share(totals["votes"][row.id], exprimes, 2),
                }
                for row in lists
            ],
            councils=self._prepare_councils(),
        )

    def _check_may_print_results(self):
        """Papers with figures are for those who run the evening, before the hour."""
        self.check_access("read")
        if self.env.su or self.env.user.has_group("mairie_scrutin.group_operateur"):
            return
        if not self.is_public:
            raise UserError(
                self.env._("Results are printed once they are public (L52-2).")
            )

    def _prepare_booths(self):
        """Return booths, tables, tellers and packets of all stations."""
        self.ensure_one()
        rows = []
        for station in self.bureau_tour_ids.sorted("code"):
            most = layout(station.inscrits)
            full, rest = packets(station.inscrits)
            rows.append(
                {
                    "code": station.code,
                    "place": station.bureau_id.lieu_name or "",
                    "inscrits": station.inscrits,
                    "booths": most.booths,
                    "tables": most.tables,
                    "opened": station.table_count or most.tables,
                    "scrutateurs": station.scrutateurs_needed,
                    "packets": full + bool(rest),
                }
            )
        keys = ("inscrits", "booths", "tables", "opened", "scrutateurs", "packets")
        totals = {key: sum(row[key] for row in rows) for key in keys}
        return dict(self._prepare_round_head(), rows=rows, totals=totals)

    def _prepare_receipts(self):
        """Return one receipt for each list that named members (R46, R47)."""
        self.ensure_one()
        self.env["mairie.scrutin.membre"]._check_organiser()
        named = self.membre_ids.filtered(
            lambda row: row.candidature_id and row.role != "scrutateur"
        )
        localize = self.company_id._mairie_localize
        receipts = []
        for candidature, people in named.grouped("candidature_id").items():
            receipts.append(
                {
                    "list": candidature.name,
                    "head": candidature.head or "",
                    "people": [
                        {
                            "code": row.code,
                            "name": row.display_name,
                            "role": row._get_french_role(),
                            "received": f"{localize(row.create_date):%d/%m/%Y %H:%M}",
                            "is_late": row.is_late,
                        }
                        for row in people
                    ],
                }
            )
        return dict(
            self._prepare_round_head(),
            receipts=receipts,
            deadline=self.designation_deadline,
        )

    def _print(self, name, records=None):
        report = self.env.ref(f"mairie_scrutin.action_report_{name}")
        records = self if records is None else records
        if not records:
            raise UserError(self.env._("This round has no station yet."))
        if len(records) <= AT_ONCE:
            return report.report_action(records)
        self.env["mairie.scrutin.edition"]._ask(self, report, records)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_edition_action"
        )

    def action_print_pv(self):
        return self._print("pv", self.bureau_tour_ids)

    def action_print_pv_blank(self):
        return self._print("pv_blank", self.bureau_tour_ids)

    def action_print_presence(self):
        return self._print("presence", self.bureau_tour_ids)

    def action_print_centaine(self):
        return self._print("centaine", self.bureau_tour_ids)

    def action_print_labels(self):
        return self._print("labels", self.bureau_tour_ids)

    def action_print_booths(self):
        return self._print("booths")

    def action_print_receipt(self):
        return self._print("receipts")

    def action_print_recensement(self):
        return self._print("recensement")

    def action_print_proclamation(self):
        return self._print("proclamation")

    def action_view_recensement(self):
        """The collated minutes as a page, for whoever reads with a screen reader."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/html/mairie_scrutin.report_recensement/{self.id}",
            "target": "new",
        }
