from odoo import models
from odoo.exceptions import UserError

from ..lib import ministry_record, proof_bundle
from ..tools import sealing, workbook
from ..tools.archive import make_zip, read_text

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("prefecture", "ministere", "long", "xlsx", "preuve")


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """Files that leave: who may take them, what they are called, what is in them.

    ``_export_<format>()`` returns (name without ending, ending, bytes, MIME type).
    """

    _inherit = "mairie.scrutin.tour"

    def _get_export(self, name):
        """Return the file ``name`` (one of FORMATS) for who may take it, else None.

        Before the hour of the law only the operators may; the journal keeps each taking.
        """
        found = self.exists().filtered(lambda tour: tour.has_access("read"))
        if not found or name not in FORMATS or not found._may_export(name):
            return None
        if not found.received_count:
            raise UserError(self.env._("No station has a result yet: nothing to send."))
        found._log("export", found._get_export_detail(name))
        if name == "preuve":
            found.env.flush_all()
        base, ending, content, mime = getattr(found, f"_export_{name}")()
        mark = "" if found._is_final() else "_provisoire"
        return f"{base}_{found.public_code}{mark}.{ending}", content, mime

    def _may_export(self, name):
        user = self.env.user
        if name in ("prefecture", "preuve"):
            return user.has_group("mairie_scrutin.group_superviseur")
        readers = user.has_group("mairie_scrutin.group_lecture") and self.is_public
        return readers or user.has_group("mairie_scrutin.group_operateur")

    def _is_final(self):
        """Every station is validated."""
        return bool(self.station_count) and self.valid_count == self.station_count

    def _get_export_detail(self, name):
        return self.env._(
            "%(format)s: %(received)s stations, %(valid)s validated.",
            format=dict(self._get_format_names())[name],
            received=self.received_count,
            valid=self.valid_count,
        )

    def _get_format_names(self):
        return [
            ("prefecture", self.env._("Préfecture file")),
            ("ministere", self.env._("Ministry, wide, 2026")),
            ("long", self.env._("One line a list, CSV")),
            ("xlsx", self.env._("Spreadsheet, XLSX")),
            ("preuve", self.env._("Proof, to verify without us")),
        ]

    def _get_export_sentence(self):
        """What the menu says above the files."""
        self.ensure_one()
        total, missing = self.station_count, self.station_count - self.valid_count
        if self._is_final():
            return self.env._(
                "Préfecture file ready: %s stations, all validated.", total
            )
        if missing == 1:
            return self.env._("1 station not validated: export marked provisional.")
        return self.env._(
            "%s stations not validated: export marked provisional.", missing
        )

    def _get_export_stations(self):
        """Stations with a result, in the order of their numbers."""
        return self.bureau_tour_ids.filtered("saisie_id").sorted("code")

    def _export_prefecture(self):
        return "prefecture", "csv", self._export_record().encode(), CSV

    def _export_ministere(self):
        places = self._prepare_ministry_places()
        text = ministry_record.write_2026(places)
        return "resultats_ministere", "csv", text.encode("utf-8-sig"), CSV

    def _export_long(self):
        places = self._prepare_ministry_places()
        text = ministry_record.write_long(
            places, year=self.scrutin_id.year, round=self.numero
        )
        return "resultats", "csv", text.encode("utf-8-sig"), CSV

    def _export_xlsx(self):
        content = workbook.make_workbook(
            title=self.name,
            note=self._get_workbook_note(),
            lists=[(row.panneau, row.name) for row in self.candidature_ids],
            groups=self._prepare_workbook_groups(),
        )
        return "resultats", "xlsx", content, XLSX

    def _get_workbook_note(self):
        """Always above the figures: what they are worth."""
        parts = []
        if self.is_rehearsal:
            parts.append("RÉPÉTITION : rien n'est réel.")
        if not self._is_final():
            parts.append(
                f"PROVISOIRE : bureaux validés, {self.valid_count} "
                f"sur {self.station_count}."
            )
        parts.append("L'application ne remplace pas les procès-verbaux signés.")
        return " ".join(parts)

    def _prepare_workbook_groups(self):
        """[(name of the sheet, [station as the workbook wants it])].

        Hook: another grouping than the canton of the stations.
        """
        stations = self._get_export_stations()
        field = (
            "canton" if "canton" in self.env["mairie.scrutin.bureau"]._fields else ""
        )
        groups = {}
        for station in stations:
            key = (field and station.bureau_id[field]) or "Bureaux"
            groups.setdefault(key, []).append(self._prepare_workbook_row(station))
        return list(groups.items())

    def _prepare_workbook_row(self, station):
        entry = station.saisie_id
        votes = {line.candidature_id.panneau: line.voix for line in entry.line_ids}
        names = ("inscrits", "votants", "emargements", "blancs", "nuls", "exprimes")
        return {
            "code": station.code,
            "place": station.place or "",
            "valid": station.state in self._get_counted_states(),
            "figures": [entry[name] for name in names],
            "votes": [votes.get(row.panneau, 0) for row in self.candidature_ids],
        }

    def _export_preuve(self):
        return "preuve", "zip", self._make_bundle(), "application/zip"

    def _make_bundle(self):
        """The proof of all that is committed, as a ZIP file."""
        self._get_fingerprint()
        with self._open_seal_cursor() as cr:
            links = [
                (seq, payload, hash_)
                for seq, _kind, _id, payload, hash_ in sealing.read_chain(cr, self.id)
            ]
        files = proof_bundle.make_files(
            self.name,
            links,
            self._prepare_closing(),
            read_text("mairie_scrutin/tools/verifier.py"),
        )
        return make_zip(files | self.sudo().horodatage_ids._get_stamp_files())

    def _prepare_ministry_places(self):
        """The stations as the ministry's files tell them."""
        company = self.company_id
        seats = {
            (row.organe, line.candidature_id): line.prime + line.proportional
            for row in self.attribution_ids.filtered(lambda row: row.state == "shared")
            for line in row.line_ids
        }
        return [
            self._prepare_ministry_place(station, company, seats)
            for station in self._get_export_stations()
        ]

    def _prepare_ministry_place(self, station, company, seats):
        entry, code = station.saisie_id, self.scrutin_id.commune_insee
        votes = {line.candidature_id: line.voix for line in entry.line_ids}
        return ministry_record.Place(
            departement=code[:3] if code.startswith(("97", "98")) else code[:2],
            commune=code,
            commune_name=company.city or company.name,
            bureau=station.code,
            round=str(self.numero),
            inscrits=entry.inscrits,
            votants=entry.votants,
            exprimes=entry.exprimes,
            blancs=entry.blancs,
            nuls=entry.nuls,
            emargements=entry.emargements,
            lists=tuple(
                ministry_record.ListVotes(
                    panneau=row.panneau,
                    votes=votes.get(row, 0),
                    name=row.name,
                    head=row.head or "",
                    nuance=row.nuance or "",
                    seats_cm=seats.get(("cm", row)),
                    seats_cc=seats.get(("cc", row)),
                )
                for row in self.candidature_ids
            ),
        )

    def _create_ministry_lists(self, ministry):
        """Create the lists of the round from the first station of its commune."""
        code = self.scrutin_id.commune_insee
        first = next((p for p in ministry.places if p.commune == code), None)
        self.env["mairie.scrutin.candidature"].create(
            [
                {
                    "tour_id": self.id,
                    "panneau": row.panneau,
                    "sequence": rank,
                    "name": row.name or row.head or row.panneau,
                    "head": row.head,
                    "nuance": row.nuance,
                }
                for rank, row in enumerate(first.lists if first else (), 1)
            ]
        )

    def action_exports(self):
        """The files of this round, each with who may take it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_export_action"
        )
        return dict(action, context={"default_tour_id": self.id})

    def action_bundle(self):
        self.ensure_one()
        return self._prepare_download("preuve")

    def _prepare_download(self, name):
        url = f"/mairie_scrutin/{self.id}/export/{name}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}
