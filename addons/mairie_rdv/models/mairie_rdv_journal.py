from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KEPT_DAYS = 365
#: what an agent may do to an appointment that must be known afterwards
WATCHED = ("state", "start", "guichet_id", "persons")


class MairieRdvJournal(models.Model):
    """Who did what, and when. Lines are added, never changed; no name of a citizen."""

    _name = "mairie.rdv.journal"
    _description = "Appointment Journal"
    _order = "id desc"
    _rec_name = "kind"

    create_date = fields.Datetime("At", index=True)
    user_id = fields.Many2one("res.users", "Who", required=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    lieu_id = fields.Many2one("mairie.rdv.lieu", "Place", ondelete="set null")
    kind = fields.Selection(
        [("change", "Appointment changed"), ("export", "Data of a person given"),
         ("erase", "Data of a person erased"), ("purge", "Data purged at term"),
         ("numbers", "Pre-demande numbers erased")],
        "What",
        required=True,
    )  # fmt: skip
    rdv_number = fields.Integer("Appointment", aggregator=None)
    before = fields.Char()
    after = fields.Char()

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("A line of the journal is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A line of the journal is never deleted."))

    @api.model
    def _note(self, kind, company, **vals):
        """Add a line in the name of whoever is at work."""
        self.sudo().create(
            {"kind": kind, "user_id": self.env.uid, "company_id": company.id, **vals}
        )

    @api.autovacuum
    def _gc_journal(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.env.cr.execute(
            SQL("DELETE FROM mairie_rdv_journal WHERE create_date < %s", limit)
        )


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def write(self, vals):
        """Keep what an agent changes; citizens and the machine leave their own traces."""
        names = [name for name in WATCHED if name in vals]
        if not names or not self._is_agent_at_work():
            return super().write(vals)
        before = {rdv: rdv._describe(names) for rdv in self.sudo()}
        result = super().write(vals)
        journal = self.env["mairie.rdv.journal"]
        for rdv, former in before.items():
            after = rdv._describe(names)
            if after != former:
                journal._note(
                    "change",
                    rdv.company_id,
                    lieu_id=rdv.lieu_id.id,
                    rdv_number=rdv.id,
                    before=former,
                    after=after,
                )
        return result

    def _is_agent_at_work(self):
        return self.env.uid != SUPERUSER_ID and self.env.user._is_internal()

    def _describe(self, names):
        """Return some fields as text: states, hours and desks, nobody's name."""
        self.ensure_one()
        values = [
            self[name].name if name == "guichet_id" else str(self[name])
            for name in names
        ]
        return ", ".join(str(value or "-") for value in values)
