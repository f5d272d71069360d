from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib import ballot
from .mairie_instance import BODY_OF_KIND


class MairieSeance(models.Model):
    """Who presides, who keeps the minutes, what a tie leads to."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    presiding_id = fields.Many2one(
        "res.partner",
        "Presides",
        copy=False,
        help="Empty: the mayor, else the first deputy who is there (CGCT, L2121-14 and "
        "L2122-17); before a mayor is elected, the oldest member (L2122-8).",
    )
    secretary_ids = fields.Many2many(
        "res.partner",
        "mairie_seance_secretary_rel",
        "seance_id",
        "partner_id",
        "Secretary of the meeting",
        copy=False,
        help="Named by the council at the opening, among its members (CGCT, L2121-15); "
        "in Alsace-Moselle it may be an agent (L2541-6).",
    )
    secretary_choice_ids = fields.Many2many(
        "res.partner", compute="_compute_secretary_choice_ids"
    )

    @api.depends("instance_id", "date", "company_id.mairie_local_law")
    def _compute_secretary_choice_ids(self):
        for seance in self:
            choices = seance.secretary_choice_ids
            if seance.instance_id and seance.date:
                choices = seance._get_members() | seance._get_clerks()
            seance.secretary_choice_ids = choices

    @api.constrains("secretary_ids")
    def _check_secretary_ids(self):
        for seance in self:
            if seance.secretary_ids - seance.secretary_choice_ids:
                raise ValidationError(
                    self.env._("The secretary is one of the members.")
                )

    def console_preside(self, partner_id):
        """Somebody else presides, from now on."""
        self._check_console()
        if partner_id not in self._get_members().ids:
            raise UserError(self.env._("Whoever presides sits in the assembly."))
        self.presiding_id = partner_id
        return self.console_read()

    def console_secretary(self, partner_id):
        """The assembly names who keeps the minutes; nobody takes the name back."""
        self._check_console()
        self.secretary_ids = self.env["res.partner"].browse(partner_id or [])
        return self.console_read()

    def _get_clerks(self):
        """Return the agents who may be secretary: in Alsace-Moselle only (L2541-6).

        Hook: a town whose council names another person.
        """
        self.ensure_one()
        agents = self.env["res.partner"]
        if self.kind == "council" and self.company_id.mairie_local_law:
            users = self.env["res.users"]._find_mairie_holders(
                "mairie_base.group_agent", self.company_id
            )
            agents = agents.browse(users.partner_id.ids)
        return agents

    def _get_presiding(self, room=None):
        """Return who presides: who was noted, else the first there whom the law calls.

        :param room: lib.roll.Roll of an item; by default everybody who came
        """
        self.ensure_one()
        there = room.voters if room else self.presence_ids.partner_id.ids
        noted = self.presiding_id
        if noted and (not there or noted.id in there):
            return noted
        order = self._get_chair_order()
        return order.filtered(lambda member: member.id in there)[:1] or order[:1]

    def _get_chair_order(self):
        """Return the members in the order in which they are called to preside."""
        self.ensure_one()
        members = self._get_members()
        if self.kind != "council":
            body = self.instance_id
            return (body.president_id | body.vice_president_id) & members | members
        seated = self.env["mairie.mandat"].sudo()
        seated = seated._get_in_office(self.company_id, self.date)
        if "maire" in seated.mapped("function"):
            return members
        return seated.sorted(lambda mandat: mandat.birthdate or date.max).partner_id

    def _is_tie_open(self, mode):
        """Tell whether no text says what a tie leads to: the body's own rules do."""
        self.ensure_one()
        local_law = bool(self.company_id.mairie_local_law)
        return ballot.is_tie_open(BODY_OF_KIND[self.kind], mode, local_law)
