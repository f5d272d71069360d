from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib import nomination
from ..lib.office import deputies_allowed


class MairieNominationCandidat(models.Model):
    """A person or a list that the assembly may elect."""

    _name = "mairie.nomination.candidat"
    _description = "Candidate to an Election of the Assembly"
    _order = "nomination_id, id"

    nomination_id = fields.Many2one(
        "mairie.nomination", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="nomination_id.company_id", store=True)
    name = fields.Char(required=True)
    first_round = fields.Integer("From round", required=True, default=1)
    last_round = fields.Integer(
        "Until round",
        help="Last round in which he or she stood; 0 while nothing was withdrawn.",
    )
    member_ids = fields.Json(
        "Members", help="Ids of the people, in the order of the list; one for a person."
    )

    @api.constrains("member_ids", "nomination_id")
    def _check_list(self):
        for row in self.filtered(lambda row: row.nomination_id.kind == "adjoints"):
            row.nomination_id._check_succession(row)
            sexes = [mandat.civility for mandat in row._get_mandats()]
            # Who fills vacant seats is of the sexes of the predecessors, not in turn.
            succeeds = row.nomination_id.vacated_ids
            if not succeeds and not nomination.alternates(sexes):
                raise ValidationError(
                    self.env._(
                        "%s: a list of deputies is made of one woman and one man in "
                        "turn (L2122-7-2).",
                        row.name,
                    )
                )
            row._check_list_length()

    def _check_list_length(self):
        """Refuse more deputies than the council may have (L2122-2)."""
        seance = self.nomination_id.seance_id
        mandats = self.env["mairie.mandat"].sudo()
        seated = mandats._get_in_office(seance.company_id, seance.date)
        kept = seated.filtered(lambda mandat: mandat.function == "adjoint")
        if self.nomination_id._renews_deputies(seated):
            kept = kept.browse()
        seats = seated.mandature_id[:1].seat_count
        allowed = deputies_allowed(seats, len(seated), seance._get_population())
        total = len(kept - self._get_mandats()) + len(self.member_ids or [])
        if seats and total > allowed:
            raise ValidationError(
                self.env._(
                    "%(name)s: %(total)s deputies in all, the council may have "
                    "%(allowed)s, 30 %% of its members (L2122-2).",
                    name=self.name,
                    total=total,
                    allowed=allowed,
                )
            )

    def write(self, vals):
        if {"name", "member_ids", "nomination_id"} & vals.keys():
            self._unlink_before_vote()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_before_vote(self):
        if self.nomination_id.tour_ids:
            raise UserError(self.env._("A round was counted: its candidates stay."))

    def _stands_at(self, number):
        """Tell whether he or she stands at a round."""
        self.ensure_one()
        return self.first_round <= number and (
            not self.last_round or number <= self.last_round
        )

    def _get_people(self):
        """Return its people in the order of the list: res.partner."""
        self.ensure_one()
        return self.env["res.partner"].sudo().browse(self.member_ids or []).exists()

    def _get_mandats(self):
        """Return the mandates of its people, in the order of the list."""
        self.ensure_one()
        seance = self.nomination_id.seance_id
        mandats = self.env["mairie.mandat"].sudo()
        seated = mandats._get_in_office(seance.company_id, seance.date)
        known = {row.partner_id.id: row for row in seated}
        found = [known[key].id for key in self.member_ids or [] if key in known]
        return mandats.browse(found)

    def _get_births(self):
        """Return the dates of birth, none unless all of them are known."""
        self.ensure_one()
        mandats = self._get_mandats()
        births = [mandat.birthdate for mandat in mandats if mandat.birthdate]
        return births if len(births) == len(self.member_ids or []) else []

    def _is_feminine(self):
        """Tell how French agrees: a list and a woman are feminine."""
        self.ensure_one()
        if len(self.member_ids or []) != 1:
            return True
        return self._get_mandats().civility == "madame"
