from odoo import fields, models


class MairieInstanceMembre(models.Model):
    _name = "mairie.instance.membre"
    _description = "Member of an Assembly"
    _inherit = ["mairie.contact.mixin"]
    _order = "instance_id, sequence, id"
    _rec_name = "partner_id"

    instance_id = fields.Many2one(
        "mairie.instance", "Assembly", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="instance_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [
            ("president", "President"),
            ("vice_president", "Vice-president"),
            ("titulaire", "Member"),
            ("suppleant", "Substitute"),
            ("appointed", "Appointed member"),
        ],
        required=True,
        default="titulaire",
    )
    replaces_id = fields.Many2one(
        "mairie.instance.membre",
        "Substitute of",
        ondelete="set null",
        domain="[('instance_id', '=', instance_id), ('role', '!=', 'suppleant')]",
        help="Whose seat he or she takes. Empty: that of whichever member is away, as in "
        "a tender committee.",
    )
    date_from = fields.Date("Member from", required=True)
    date_to = fields.Date("Member until")

    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A membership cannot end before it begins.",
    )
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (instance_id WITH =, partner_id WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "This person already sits there on those dates.",
    )

    def _filter_in_office(self, day):
        """Keep those of these members who sit on a day."""
        return self.filtered(
            lambda membre: (
                membre.date_from <= day
                and (not membre.date_to or membre.date_to >= day)
            )
        )
