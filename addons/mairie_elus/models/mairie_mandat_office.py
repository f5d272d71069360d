from odoo import fields, models
from odoo.fields import Domain


class MairieMandat(models.Model):
    """Who holds which seat, on any day: search, delegations, replacement."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.mandat"

    delegation_ids = fields.One2many("mairie.delegation", "mandat_id", "Delegations")
    end_reason = fields.Selection(
        [
            ("resignation", "Resignation"),
            ("death", "Death"),
            ("cancelled", "Election cancelled"),
            ("lost", "Seat lost"),
            ("term", "End of the term"),
            ("function", "Change of function"),
        ],
        "Reason of the end",
    )
    seat_by = fields.Selection(
        [
            ("general", "General renewal"),
            ("next", "Next of the list"),
            ("by_election", "By-election"),
        ],
        "Elected by",
        required=True,
        default="general",
    )
    replaced_by_ids = fields.One2many("mairie.mandat", "replaces_id", "Replaced by")
    paper_requested_on = fields.Date(
        "Paper asked on",
        groups="mairie_elus.group_secretary",
        help="The notice is sent on paper only to the member who asks for it "
        "(CGCT, L2121-10).",
    )
    in_office_on = fields.Date(
        "In office on", compute="_compute_in_office_on", search="_search_in_office_on"
    )

    def _compute_in_office_on(self):
        self.in_office_on = False

    def _search_in_office_on(self, operator, value):
        """Find who was in office on a day: the field holds no value, it asks one."""
        if operator not in ("=", "in"):
            return NotImplemented
        values = [value] if operator == "=" else value
        days = [fields.Date.to_date(day) for day in values if day]
        return Domain.OR(self._get_in_office_domain(day) for day in days)

    def action_replace(self):
        """Open the end of a mandate, and who comes in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("End of the mandate of %s", self.partner_id.name),
            "res_model": "mairie.mandat.replace",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mandat_id": self.id},
        }

    def _end(self, day, reason):
        """End these mandates, their delegations and their seats in other bodies.

        :return: mairie.instance.membre that end with them
        """
        self.write({"date_to": day, "end_reason": reason})
        self._end_delegations(day)
        seats = self.env["mairie.instance.membre"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">", day),
            ]
        )
        seats = seats.filtered(lambda seat: seat.company_id in self.company_id)
        seats.date_to = day
        return seats

    def _end_delegations(self, day):
        """End the delegations that run: the function that they go with is left."""
        running = self.delegation_ids.filtered(
            lambda item: not item.date_to or item.date_to > day
        )
        for delegation in running:
            delegation.date_to = max(day, delegation.date_from)
