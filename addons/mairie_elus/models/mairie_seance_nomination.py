from odoo import api, models
from odoo.exceptions import UserError


class MairieSeance(models.Model):
    """Elections of persons at the table of the secretary."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    def console_add_nomination(self, point_id, name, kind, by_hand=False):
        """Somebody has to be elected on this item."""
        self._check_console()
        point = self._find_point(point_id)
        self.env["mairie.nomination"].create(
            {
                "point_id": point.id,
                "name": (name or "").strip() or point.name,
                "kind": kind,
                "by_hand": bool(by_hand),
            }
        )
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
            }
        )
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

    def _find_nomination(self, nomination_id):
        elections = self.point_ids.nomination_ids
        found = elections.filtered(lambda row: row.id == nomination_id)
        if not found:
            raise UserError(self.env._("This election is not on the agenda any more."))
        return found
