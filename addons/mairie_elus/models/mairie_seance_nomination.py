from odoo import api, models
from odoo.exceptions import UserError


class MairieSeance(models.Model):
    """Elections of persons at the table of the secretary."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    @api.readonly
    def console_read(self):
        table = super().console_read()
        return {
            **table,
            "bodies": self._prepare_console_bodies(),
            "vacancies": self._prepare_console_vacancies(),
        }

    def _prepare_console_vacancies(self):
        """Return the deputies who left, and in whose place others may be elected."""
        if self.current_point_id.kind != "election" or self.kind != "council":
            return []
        left = self.env["mairie.mandat"]._get_vacated(self.company_id, self.date)
        return [{"id": row.id, "name": row._get_vacated_name()} for row in left]

    def _prepare_console_bodies(self):
        """Return the bodies in which somebody may be elected to sit."""
        if self.current_point_id.kind != "election":
            return []
        domain = [("company_id", "=", self.company_id.id), ("kind", "!=", "council")]
        bodies = self.env["mairie.instance"].search(domain)
        return [{"id": row.id, "name": row.name} for row in bodies]

    def console_add_nomination(
        self,
        point_id,
        name,
        kind,
        by_hand=False,
        body_id=False,
        role="titulaire",
        vacated_ids=(),
        keeps_rank=False,
    ):
        """Somebody has to be elected on this item.

        :param body_id: mairie.instance in which whoever is elected will sit
        :param vacated_ids: mandates of the deputies in whose place others are elected
        :param keeps_rank: the council gives the single deputy the vacated rank
        """
        self._check_console()
        point = self._find_point(point_id)
        left = self.env["mairie.mandat"]._get_vacated(self.company_id, self.date)
        left = left.filtered(lambda row: row.id in vacated_ids)
        self.env["mairie.nomination"].create(
            {
                "vacated_ids": left.ids,
                "keeps_rank": bool(keeps_rank),
                "point_id": point.id,
                "name": (name or "").strip() or point.name,
                "kind": kind,
                "by_hand": bool(by_hand),
                "instance_id": self._find_body(body_id).id,
                "role": role,
            }
        )
        return self.console_read()

    def console_nomination_body(self, nomination_id, body_id):
        """Say in which body whoever is elected will sit."""
        self._check_console()
        election = self._find_nomination(nomination_id)
        election._check_not_installed()
        election.instance_id = self._find_body(body_id)
        return self.console_read()

    def console_add_candidate(self, nomination_id, partner_ids, name=""):
        """Somebody, or a list in its order, is a candidate."""
        self._check_console()
        election = self._find_nomination(nomination_id)
        people = self._get_members().browse(partner_ids).exists()
        if not people and not (name or "").strip():
            raise UserError(self.env._("Choose who is a candidate."))
        self.env["mairie.nomination.candidat"].create(
            {
                "nomination_id": election.id,
                "name": (name or "").strip() or people[0].name,
                "member_ids": people.ids,
                "first_round": len(election._get_rounds()) + 1,
            }
        )
        return self.console_read()

    def console_withdraw_candidate(self, nomination_id, candidate_id):
        """A candidate withdraws, before the first round or between two of them."""
        self._check_console()
        election, candidate = self._find_candidate(nomination_id, candidate_id)
        rounds = len(election._get_rounds())
        if not rounds:
            candidate.unlink()
        else:
            candidate.last_round = rounds
        return self.console_read()

    def console_restore_candidate(self, nomination_id, candidate_id):
        """A withdrawal was noted by mistake: no round was counted since."""
        self._check_console()
        election, candidate = self._find_candidate(nomination_id, candidate_id)
        if candidate.last_round < len(election._get_rounds()):
            raise UserError(
                self.env._("A round was counted since: note a new candidate.")
            )
        candidate.last_round = 0
        return self.console_read()

    def console_round(self, nomination_id, vals):
        """Count a round."""
        self._check_console()
        self._check_not_suspended()
        self._find_nomination(nomination_id)._record_round(vals)
        return self.console_read()

    @api.readonly
    def console_preview_round(self, nomination_id, vals):
        """Return what a round would decide, before it is recorded."""
        self.ensure_one()
        self._check_secretary()
        return self._find_nomination(nomination_id)._preview_round(vals)

    def console_unopposed(self, nomination_id):
        """The only candidate is appointed, without a vote."""
        self._check_console()
        self._check_not_suspended()
        self._find_nomination(nomination_id)._appoint_unopposed()
        return self.console_read()

    @api.readonly
    def console_preview_install(self, nomination_id):
        """Return what the proclamation changes in the mandates: sentences."""
        self.ensure_one()
        self._check_secretary()
        return self._find_nomination(nomination_id)._preview_installation()

    def console_install(self, nomination_id):
        """Whoever is elected takes up the function."""
        self._check_console()
        self._find_nomination(nomination_id)._install()
        return self.console_read()

    def console_uninstall(self, nomination_id):
        """The function was noted by mistake: the mandates are as before."""
        self._check_console()
        self._find_nomination(nomination_id)._uninstall()
        return self.console_read()

    def _find_body(self, body_id):
        """Return a body of this commune, none without an id."""
        bodies = self.env["mairie.instance"]
        if not body_id:
            return bodies
        domain = [("id", "=", body_id), ("company_id", "=", self.company_id.id)]
        found = bodies.search(domain)
        if not found:
            raise UserError(self.env._("This body does not exist any more."))
        return found

    def _find_candidate(self, nomination_id, candidate_id):
        """Return the election, and one of its candidates while nobody is elected."""
        election = self._find_nomination(nomination_id)
        candidate = election.candidat_ids.filtered(lambda row: row.id == candidate_id)
        if not candidate:
            raise UserError(self.env._("This candidate does not stand any more."))
        if election.elected_id:
            raise UserError(self.env._("%s is elected.", election.elected_id.name))
        return election, candidate

    def _find_nomination(self, nomination_id):
        elections = self.point_ids.nomination_ids
        found = elections.filtered(lambda row: row.id == nomination_id)
        if not found:
            raise UserError(self.env._("This election is not on the agenda any more."))
        return found
