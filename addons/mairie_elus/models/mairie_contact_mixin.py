from odoo import api, fields, models

SECRETARY = "mairie_elus.group_secretary"


class MairieContactMixin(models.AbstractModel):
    """How a person wants to be convened. Read by the secretary only."""

    _name = "mairie.contact.mixin"
    _description = "How a Person is Convened"

    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, ondelete="restrict", index=True
    )
    civility = fields.Selection(
        [("madame", "Madame"), ("monsieur", "Monsieur")],
        required=True,
        default="madame",
    )
    channel = fields.Selection(
        [("email", "E-mail"), ("paper", "Paper")],
        "Convened by",
        required=True,
        default="email",
        help="By e-mail unless the member asks for paper, sent to the address that "
        "he or she gives (CGCT, L2121-10).",
    )
    notice_email = fields.Char(
        "E-mail for notices",
        compute="_compute_notice_email",
        store=True,
        readonly=False,
        groups=SECRETARY,
    )
    paper_address = fields.Text("Postal address", groups=SECRETARY)

    @api.depends("partner_id")
    def _compute_notice_email(self):
        for contact in self:
            contact.notice_email = contact.notice_email or contact.partner_id.email

    def _prepare_contact_vals(self):
        """Return what a convocation keeps of the person on the day of sending."""
        self.ensure_one()
        contact = self.sudo()
        return {
            "partner_id": contact.partner_id.id,
            "civility": contact.civility,
            "channel": contact.channel,
            "email": contact.notice_email or False,
            "paper_address": contact.paper_address or False,
        }
