import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

#: More stations than this are printed by the cron: a request has not that much time.
AT_ONCE = 250


class MairieScrutinEdition(models.Model):
    """Papers of very many stations, made behind the screen; its user downloads them."""

    _name = "mairie.scrutin.edition"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Papers Being Prepared"
    _order = "id desc"
    _rec_name = "report_id"
    _protected_fields = ("state", "user_id", "tour_id", "report_id", "attachment_id")

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="tour_id.company_id", store=True)
    report_id = fields.Many2one(
        "ir.actions.report", "Papers", required=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", "Asked By", required=True)
    station_count = fields.Integer("Stations", readonly=True)
    state = fields.Selection(
        [("waiting", "Being prepared"), ("done", "Ready"), ("failed", "Not made")],
        default="waiting",
        required=True,
        readonly=True,
    )
    attachment_id = fields.Many2one("ir.attachment", "Document", readonly=True)

    @api.model
    def _ask(self, tour, report, stations):
        """Queue the papers of ``stations`` for the current user."""
        edition = self.sudo().create(
            {
                "tour_id": tour.id,
                "report_id": report.id,
                "user_id": self.env.uid,
                "station_count": len(stations),
            }
        )
        self.env.ref("mairie_scrutin.cron_editions").sudo()._trigger()
        return edition

    @api.model
    def _cron_make(self):
        """Make the oldest papers that wait, one document each run."""
        edition = self.search([("state", "=", "waiting")], order="id", limit=1)
        if not edition:
            return
        try:
            with self.env.cr.savepoint():
                edition._make()
        except Exception:  # whatever happened, the next papers do not wait for it
            _logger.exception("Papers %s were not made", edition.id)
            edition.state = "failed"
        if self.search_count([("state", "=", "waiting")], limit=1):
            self.env.ref("mairie_scrutin.cron_editions")._trigger()

    def _make(self):
        """Print with the rights of whoever asked, keep the document for him."""
        self.ensure_one()
        report = self.report_id
        stations = self.tour_id.bureau_tour_ids
        printer = self.env["ir.actions.report"].with_user(self.user_id)
        content, _kind = printer._render_qweb_pdf(report.report_name, stations.ids)
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{report.name}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write({"state": "done", "attachment_id": attachment.id})

    def action_download(self):
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("These papers are not ready yet."))
        url = f"/web/content/{self.sudo().attachment_id.id}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}
