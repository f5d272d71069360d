import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib import acts, ctes


class MairieTransmission(models.Model):
    """An act on its way to the préfecture: a row that a worker takes up until it ends.

    Nothing is called in the transaction of who asks. Whatever fails, the worker starts
    again; an act whose sending is unsure is looked for at the relay before it is sent
    once more, so that it arrives once.
    """

    _name = "mairie.transmission"
    _description = "Sending to the Préfecture"
    _order = "create_date desc, id desc"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, ondelete="restrict"
    )
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    number = fields.Char(required=True)
    name = fields.Char("Object", required=True)
    state = fields.Selection(
        [
            ("queued", "To be sent"),
            ("unsure", "Sent, no answer"),
            ("posted", "At the relay"),
            ("sent", "On its way"),
            ("received", "Received"),
            ("refused", "Refused"),
            ("error", "Error"),
            ("cancelled", "Cancelled"),
            ("tried", "Trial over"),
        ],
        required=True,
        default="queued",
        index=True,
    )
    transaction = fields.Char("Number at the relay")
    identifier = fields.Char("Identifier of the act")
    problem = fields.Char("Reason")
    tries = fields.Integer()
    next_try = fields.Datetime(required=True, default=fields.Datetime.now)
    sent_at = fields.Datetime("Sent on")
    received_on = fields.Date("Received on")
    message = fields.Binary("Message (XML)", attachment=True)
    message_name = fields.Char(
        compute="_compute_message_name", export_string_translation=False
    )
    receipt = fields.Binary("Receipt (XML)", attachment=True)
    slip = fields.Binary("Slip of acquittal (PDF)", attachment=True)

    _due_index = models.Index(
        "(next_try) WHERE state IN ('queued', 'unsure', 'posted', 'sent')"
    )
    _one_on_its_way = models.UniqueIndex(
        "(res_model, res_id) WHERE state IN ('queued', 'unsure', 'posted', 'sent', "
        "'received')",
        "This act is on its way already.",
    )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.number} {row.name}"

    @api.depends("number")
    def _compute_message_name(self):
        for row in self:
            row.message_name = f"{row.number}.xml"

    def write(self, vals):
        if not self.env.su:
            raise AccessError(
                self.env._("The worker alone writes what the relay says.")
            )
        return super().write(vals)

    @api.model
    def _queue(self, act):
        """Write down that an act must reach the préfecture, once checked.

        :raise UserError: what the préfecture or the relay would refuse
        """
        account = self.env["mairie.tele.compte"]._get_account(act.company_id)
        if not account or account.mode == "off":
            raise UserError(
                self.env._(
                    "This commune is not connected. Send the act on paper, then type "
                    "the day of the receipt; or connect it in the configuration."
                )
            )
        self.flush_model()  # how the sending before it ended
        row = self.sudo().create(self._prepare_vals(act))
        row._check_message(row._prepare_message())
        row.message = base64.b64encode(ctes.render(row._prepare_message()))
        self.env.ref("mairie_elus.cron_transmit")._trigger()
        return row

    @api.model
    def _prepare_vals(self, act):
        return {
            "company_id": act.company_id.id,
            "res_model": act._name,
            "res_id": act.id,
            "number": act.number,
            "name": act.name,
        }

    def _get_act(self):
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _get_account(self):
        return self.env["mairie.tele.compte"]._get_account(self.company_id)

    # -- buttons -------------------------------------------------------------------------

    def action_ask_now(self):
        """Take the next step now rather than at its hour."""
        self.check_access("write")
        self.sudo().filtered(lambda row: row.state in acts.ON_ITS_WAY).write(
            {"next_try": fields.Datetime.now()}
        )
        self.env.ref("mairie_elus.cron_transmit").sudo()._trigger()

    def action_view_act(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [[False, "form"]],
        }
