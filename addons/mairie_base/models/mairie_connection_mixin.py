from odoo import api, fields, models


class MairieConnectionMixin(models.AbstractModel):
    """How a town is tied to a service of the State: one account each, made when looked at.

    A model fills ``_get_verdict``, says its name by ``_get_connection_name``, and writes
    ``last_success`` at each exchange.
    """

    _name = "mairie.connection.mixin"
    _description = "Connection to a Service"

    company_id = fields.Many2one(
        "res.company",
        "Commune",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    last_success = fields.Datetime("Last exchange that succeeded", readonly=True)
    verdict = fields.Char(compute="_compute_verdict")

    _company_unique = models.Constraint(
        "UNIQUE (company_id)", "This commune has its connection already."
    )

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for account in self:
            account.display_name = account._get_connection_name()

    @api.depends("last_success")
    @api.depends_context("lang")
    def _compute_verdict(self):
        for account in self:
            account.verdict = account._get_verdict()

    def _get_connection_name(self):
        """Hook: the title of the screen."""
        return self._description

    def _get_verdict(self):
        """Hook: the state of the connection in one sentence."""
        return ""

    @api.model
    def _get_account(self, company):
        """Return the account of a commune, sudoed; empty when there is none."""
        return self.sudo().search([("company_id", "=", company.id)], limit=1)

    @api.model
    def action_open(self):
        """Open the screen of the connection; the first visit makes the account."""
        self.check_access("write")
        account = self._get_account(self.env.company)
        if not account:
            account = self.create({"company_id": self.env.company.id})
        return {
            "type": "ir.actions.act_window",
            "name": account.display_name,
            "res_model": self._name,
            "res_id": account.id,
            "views": [[False, "form"]],
        }

    def _is_safe_address(self, address):
        """Tell whether an address is encrypted, or stays on this machine (trials)."""
        return (address or "").startswith(("https://", "http://127.0.0.1:"))

    def _tell(self, message, is_good=True):
        """Return the action that says how an exchange went; what is wrong stays shown."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if is_good else "warning",
                "sticky": not is_good,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
