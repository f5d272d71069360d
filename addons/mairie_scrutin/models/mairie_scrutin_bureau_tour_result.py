from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.tally import (
    StationResult,
    check_among,
    check_station,
    heavy_lists,
)

LOCKED = ("valide", "recense")
SAME = ("inscrits", "votants", "emargements", "blancs", "nuls", "exprimes")


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """Results of a station: kept, checked, validated, reopened."""

    _inherit = "mairie.scrutin.bureau.tour"

    def _record_results(self, vals_list):
        """Keep new entries, run the controls, say where each station stands.

        :param vals_list: one dict for each station of ``self``, in the same order:
            values of ``mairie.scrutin.saisie``, ``votes`` (candidature id -> votes)
            and, where known, ``reasons`` (code of an alert -> reason)
        """
        self.tour_id._check_open()
        self._check_not_validated()
        vals_list = [dict(vals) for vals in vals_list]
        reasons = [vals.pop("reasons", None) or {} for vals in vals_list]
        saisies = self._create_entries(vals_list)
        self.sudo().controle_ids.write({"active": False})
        for station, saisie in zip(self, saisies, strict=True):
            station.sudo().write({"saisie_id": saisie.id, "second_id": False})
            if not station.inscrits:
                station.sudo().inscrits = saisie.inscrits
        for tour, stations in self.grouped("tour_id").items():
            stations._run_controls(tour)
            if tour.state == "preparation":
                tour.sudo().state = "depouillement"
        for saisie, given in zip(saisies, reasons, strict=True):
            saisie._give_reasons(given)
        return saisies

    def _create_entries(self, vals_list):
        """Write the entries with their number and their author."""
        latest = self._get_versions()
        prepared = []
        for station, vals in zip(self, vals_list, strict=True):
            latest[station.id] = latest.get(station.id, 0) + 1
            device = vals.get("device_id")
            author = f"device:{device}" if device else f"user:{self.env.uid}"
            vals = {"version": latest[station.id], "author": author, **vals}
            prepared.append(station._prepare_entry_vals(vals))
        return self.env["mairie.scrutin.saisie"].create(prepared)

    def _get_versions(self):
        """station id -> number of its latest result."""
        self.env["mairie.scrutin.saisie"].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT bureau_tour_id, max(version) FROM mairie_scrutin_saisie "
                "WHERE bureau_tour_id = ANY(%s) AND kind = 'definitif' "
                "GROUP BY bureau_tour_id",
                list(self.ids),
            )
        )
        return {key: version or 0 for key, version in self.env.cr.fetchall()}

    def _prepare_entry_vals(self, vals):
        vals = dict(vals)
        votes = vals.pop("votes")
        vals["line_ids"] = [
            fields.Command.create({"candidature_id": key, "voix": voix})
            for key, voix in votes.items()
        ]
        return vals

    def _check_not_validated(self):
        done = self.filtered(lambda station: station.state in LOCKED)
        if done:
            raise UserError(
                self.env._(
                    "Station %s is validated. To correct it towards the signed "
                    "report, reopen it with a reason.",
                    done[0].code,
                )
            )

    def _run_controls(self, tour):
        """Write the controls of the retained entries and set the states."""
        rows = []
        for station, findings in self._get_findings(tour).items():
            rows += [
                {
                    "saisie_id": station.saisie_id.id,
                    "code": finding.code,
                    "level": finding.level,
                    "params": finding.params,
                }
                for finding in findings
            ]
            blocked = any(finding.level == "error" for finding in findings)
            station.sudo().state = station._get_checked_state(blocked)
        self.env["mairie.scrutin.controle"].sudo().create(rows)

    def _get_checked_state(self, blocked):
        """State of a station whose entry was just checked."""
        if blocked:
            return "erreur"
        entry = self.saisie_id
        waits = self.tour_id.double_entry and entry.source != "import"
        if waits and not self.second_id and not entry.settled:
            return "a_double_saisir"
        return "a_verifier"

    def _get_findings(self, tour):
        """station -> findings on its retained entry, alone and among the others."""
        limits = tour._get_limits()
        results = {station: station._get_result() for station in self}
        heavy = self._get_heavy_lists(tour, results.values(), limits.list_share)
        twins = self._get_twins()
        return {
            station: check_station(result, limits)
            + check_among(result, heavy, twins.get(station.id))
            for station, result in results.items()
        }

    def _get_heavy_lists(self, tour, results, share):
        """Lists that weigh in the commune: summed only when a list has no vote here."""
        if all(0 not in result.votes.values() for result in results):
            return []
        totals = tour.sudo()._get_totals(self._get_compared_states())
        return heavy_lists(totals["votes"], totals["exprimes"], share)

    def _check_alone(self, result):
        """Findings on figures of this station by themselves."""
        return check_station(result, self.tour_id._get_limits())

    def _get_compared_states(self):
        return ("erreur", "a_double_saisir", "ecarts", "a_verifier", *LOCKED)

    def _get_twins(self):
        """station id -> an earlier station of the round with the very same figures."""
        self.env.flush_all()
        same = SQL(" AND ").join(
            SQL("o.%s = s.%s", SQL.identifier(name), SQL.identifier(name))
            for name in SAME
        )
        votes = SQL(
            "SELECT array_agg((l.candidature_id, l.voix) ORDER BY l.candidature_id) "
            "FROM mairie_scrutin_saisie_ligne l WHERE l.saisie_id ="
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT bt.id, min(obt.id)
                  FROM mairie_scrutin_bureau_tour bt
                  JOIN mairie_scrutin_saisie s ON s.id = bt.saisie_id
                  JOIN mairie_scrutin_bureau_tour obt
                    ON obt.tour_id = bt.tour_id AND obt.id <> bt.id
                   AND (obt.id < bt.id OR NOT obt.id = ANY(%(ids)s))
                  JOIN mairie_scrutin_saisie o ON o.id = obt.saisie_id AND %(same)s
                 WHERE bt.id = ANY(%(ids)s) AND (%(votes)s s.id) = (%(votes)s o.id)
                 GROUP BY bt.id
                """,
                ids=list(self.ids),
                same=same,
                votes=votes,
            )
        )
        return dict(self.env.cr.fetchall())

    def _get_result(self, entry=None):
        """The retained entry, or another one, as the lib of controls wants it."""
        self.ensure_one()
        entry = entry or self.saisie_id
        return StationResult(
            inscrits=entry.inscrits,
            votants=entry.votants,
            blancs=entry.blancs,
            nuls=entry.nuls,
            exprimes=entry.exprimes,
            emargements=entry.emargements,
            annexes=entry.annexes if entry.has_annexes else None,
            nul_causes=entry.nul_causes or None,
            expected_inscrits=self.inscrits or None,
            turnout=self._get_turnout_points(),
            votes={line.candidature_id.id: line.voix for line in entry.line_ids},
            voting_machine=self.bureau_id.has_voting_machine,
        )

    def action_validate(self):
        """Validate: no error left, and a reason for each alert."""
        self.tour_id._check_supervisor()
        self.tour_id._check_open()
        todo = self.filtered(lambda station: station.state not in LOCKED)
        todo.check_access("write")
        todo._check_can_validate()
        todo.controle_ids._accept()
        todo.sudo().write(
            {
                "state": "valide",
                "validated_by_id": self.env.uid,
                "validated_date": fields.Datetime.now(),
            }
        )
        for tour, stations in todo.grouped("tour_id").items():
            tour._log("validation", stations=stations)

    def _check_can_validate(self):
        for station in self:
            sentence = station._get_obstacle()
            if sentence:
                raise UserError(sentence)

    def _get_obstacle(self):
        """Sentence on what forbids to validate this station, or None."""
        code, told = self.code, self.alert_summary
        if not self.saisie_id:
            return self.env._("Station %s has not sent its result yet.", code)
        if self.state == "erreur":
            return self.env._(
                "Station %(code)s: %(errors)s Call the station, then enter "
                "the figures of its report again.",
                code=code,
                errors=told,
            )
        if self.state == "a_double_saisir":
            return self.env._(
                "Station %s waits for its second entry, by somebody else.", code
            )
        if self.state == "ecarts":
            return self.env._(
                "Station %s: the two entries differ. Read the report, then choose.",
                code,
            )
        if self.open_alert_count:
            return self.env._(
                "Station %(code)s: %(alerts)s Write the reason beside it, as "
                "in the report, then validate.",
                code=code,
                alerts=told,
            )
        return None

    def _reopen(self, reason):
        """Take a validation back, with its reason in the journal."""
        self.tour_id._check_supervisor()
        self.tour_id._check_open()
        self._check_reason_given(reason)
        self.check_access("write")
        for station in self.filtered(lambda station: station.state == "valide"):
            station.sudo().write(
                {
                    "state": "a_verifier",
                    "validated_by_id": False,
                    "validated_date": False,
                }
            )
            station.tour_id._log("reopening", reason, stations=station)

    def _check_reason_given(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("A reason is needed: the journal keeps it."))

    def action_enter(self):
        """Type the figures of the report, first or second entry."""
        self.ensure_one()
        self.tour_id._check_open()
        self._check_not_validated()
        return self._prepare_action("enter")

    def action_reopen(self):
        self.ensure_one()
        return self._prepare_action("reopen")

    def _prepare_action(self, verb, **context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"mairie_scrutin.mairie_scrutin_bureau_tour_{verb}_action"
        )
        return dict(action, context={"default_bureau_tour_id": self.id, **context})
