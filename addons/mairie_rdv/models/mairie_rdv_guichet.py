from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MairieRdvGuichet(models.Model):
    """A position where citizens are received: a desk, an office, a passport device."""

    _name = "mairie.rdv.guichet"
    _description = "Desk"
    _order = "lieu_id, sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    lieu_id = fields.Many2one(
        "mairie.rdv.lieu",
        "Place",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["mairie.rdv.lieu"]._find_only_of_commune(),
    )
    company_id = fields.Many2one(related="lieu_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Usual Agent",
        domain="[('share', '=', False)]",
        help="Where an agent always holds the desk: his absences close it.",
    )
    capacity = fields.Integer(
        default=1, required=True, help="Appointments received at the same time."
    )
    has_device = fields.Boolean(
        "Collection Device",
        help="The desk has a « dispositif de recueil », needed to lodge a request for "
        "a passport or an identity card.",
    )
    demarche_ids = fields.Many2many(
        "mairie.rdv.demarche",
        "mairie_rdv_guichet_demarche_rel",
        "guichet_id",
        "demarche_id",
        "Procedures",
    )

    _capacity_positive = models.Constraint(
        "CHECK(capacity BETWEEN 1 AND 200)", "A desk receives 1 to 200 people at once."
    )

    def action_open_times(self):
        """Lead to the openings of the desk, and to a new one there."""
        self.ensure_one()
        action = self.lieu_id.action_open_times()
        return {
            **action,
            "name": self.env._("Opening hours: %s", self.name),
            "domain": [("guichet_ids", "in", self.ids)],
            "context": {**action["context"], "default_guichet_ids": self.ids},
        }

    @api.constrains("has_device", "demarche_ids")
    def _check_device(self):
        for guichet in self.filtered(lambda guichet: not guichet.has_device):
            needing = guichet.demarche_ids.filtered("needs_device")
            if needing:
                raise ValidationError(
                    self.env._(
                        "%(desk)s has no collection device: it cannot take "
                        "%(procedures)s.",
                        desk=guichet.name,
                        procedures=", ".join(needing.mapped("name")),
                    )
                )
