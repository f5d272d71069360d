from odoo import fields, models
from odoo.exceptions import UserError

# A system parameter: the day on which an administrator means to lose sealed records.
ALLOWED_DAY = "mairie_base.uninstall_day"


class IrModuleModule(models.Model):
    """A click in the list of applications must not end what the law keeps for ever."""

    _inherit = "ir.module.module"

    def button_uninstall(self):
        self._check_nothing_sealed_goes()
        return super().button_uninstall()

    def _check_nothing_sealed_goes(self):
        """Refuse while sealed records would go, unless it was decided for today."""
        going = self | self.downstream_dependencies(self)
        sealed = self.env["mairie.integrity"]._get_sealed(set(going.mapped("name")))
        today = str(fields.Date.context_today(self))
        decided = self.env["ir.config_parameter"].sudo().get_param(ALLOWED_DAY)
        if sealed and decided != today:
            raise UserError(
                self.env._(
                    "These records are kept by law and would be lost: %(records)s. "
                    "Export them and save the town first. Then, to go on, write "
                    "%(day)s in the system parameter %(key)s.",
                    records=", ".join(sealed),
                    day=today,
                    key=ALLOWED_DAY,
                )
            )
