from odoo import api, fields, models


class MairieElusHorodatage(models.Model):
    """The hour of a third party on a sending of notices, or on the sealed journal."""

    _name = "mairie.elus.horodatage"
    _description = "Time Stamp of the Assemblies"
    _inherit = ["mairie.time.stamp.mixin"]
    _rec_name = "text"

    envoi_id = fields.Many2one(
        "mairie.envoi",
        "Sending",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    line_count = fields.Integer("Lines of the journal", readonly=True, aggregator=None)
    subject = fields.Char("About", compute="_compute_subject")
    summary = fields.Char(compute="_compute_summary")

    @api.depends("envoi_id", "line_count")
    @api.depends_context("lang")
    def _compute_subject(self):
        for row in self:
            row.subject = row.envoi_id.display_name or self.env._(
                "Sealed journal, %s lines", row.line_count
            )

    @api.depends("state", "moment", "error")
    @api.depends_context("lang")
    def _compute_summary(self):
        for row in self:
            row.summary = row._get_summary()

    def _get_summary(self):
        """Return where the stamp stands, in one sentence."""
        self.ensure_one()
        if self.state == "done":
            return self.env._(
                "Time stamped %(moment)s UTC by %(authority)s.",
                moment=f"{self.moment:%d/%m/%Y %H:%M:%S}",
                authority=self.authority,
            )
        return self.error or self.env._("The time stamp is asked for.")

    def _get_tsa(self):
        account = self.env["mairie.tele.compte"]._get_account(self.company_id)
        return account.tsa_url, account.tsa_certificate

    @api.model
    def _is_asked(self, company):
        return bool(self.env["mairie.tele.compte"]._get_account(company).tsa_url)

    @api.model
    def _ask(self, company, text, **vals):
        """Queue a time stamp; the cron asks for it once all of this is committed."""
        if not self._is_asked(company):
            return self.browse()
        row = self.sudo().create({"company_id": company.id, "text": text, **vals})
        self.env.ref("mairie_elus.cron_time_stamp")._trigger()
        return row

    @api.model
    def _cron_ask_journal(self):
        """Once a day: stamp the end of the chain of each commune that has grown."""
        companies = self.env["res.company"].sudo()
        for company in companies.search([("mairie_journal_number", ">", 0)]):
            count = company.mairie_journal_number
            last = self.sudo().search(
                [("company_id", "=", company.id), ("line_count", ">", 0)], limit=1
            )
            if count != last.line_count:
                text = f"{count}\n{company.mairie_journal_seal}\n"
                self._ask(company, text, line_count=count)
