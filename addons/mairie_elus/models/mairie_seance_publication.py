from odoo import fields, models
from odoo.exceptions import UserError


class MairieSeance(models.Model):
    """What a meeting puts online: the list of its délibérations, then its minutes."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    list_publication_id = fields.Many2one(
        "mairie.publication", "List online", readonly=True, copy=False
    )
    list_published_on = fields.Date(
        "List online since", related="list_publication_id.published_on"
    )
    pv_publication_id = fields.Many2one(
        "mairie.publication", "Minutes online", readonly=True, copy=False
    )

    def action_publish_list(self):
        """Put the list of the délibérations online; the same sheet is posted."""
        self._check_secretary()
        self.check_access("write")
        for seance in self:
            if not seance.deliberation_ids:
                raise UserError(self.env._("Nothing was voted on at this meeting."))
            if not seance.list_publication_id:
                seance.sudo().list_publication_id = seance._publish_document("list")

    def action_approve_pv(self):
        result = super().action_approve_pv()
        for seance in self:
            seance._note_minutes("approved", {"at": seance.pv_approved_in_id.name})
        return result

    def action_publish_pv(self):
        """Put the minutes online: without the debates of items closed to the public."""
        result = super().action_publish_pv()
        for seance in self.filtered(lambda row: not row.pv_publication_id):
            seance.sudo().pv_publication_id = seance._publish_document("minutes")
        return result

    def _publish_document(self, kind):
        vals = self._prepare_document_vals(kind)
        return self.env["mairie.publication"]._publish(self, vals)

    def _prepare_document_vals(self, kind):
        """Return what the public reads of the list or of the minutes."""
        self.ensure_one()
        report, body = {
            "list": ("report_deliberation_list", "deliberation_list_body"),
            "minutes": ("report_pv", "pv_body"),
        }[kind]
        title = {"list": "Liste des délibérations", "minutes": "Procès-verbal"}[kind]
        values = {"doc": self, "public_copy": True}
        reports = self.env["ir.actions.report"].sudo()
        return {
            "company_id": self.company_id.id,
            "kind": kind,
            "name": f"{title} : {self.instance_id.name}, séance du {self._get_when()}",
            "act_date": self.date,
            "author": self._get_president_line(),
            "is_transmitted": False,
            "body": self.env["ir.qweb"]._render(f"mairie_elus.{body}", values),
            "pdf": reports._render_qweb_pdf(
                f"mairie_elus.{report}", self.ids, data={"public_copy": True}
            )[0],
        }

    def _get_signatory(self):
        """Return who presided, who signs the acts: name and quality, in French."""
        self.ensure_one()
        presiding = self._get_presiding()
        mandats = self.env["mairie.mandat"].sudo()
        mandats = mandats._get_in_office(self.company_id, self.date)
        mandat = mandats.filtered(lambda row: row.partner_id == presiding)[:1]
        quality = mandat and mandat._get_quality()
        return ", ".join(filter(None, [presiding.name, quality]))

    def _note_minutes(self, kind, details):
        self.env["mairie.elus.journal"]._append(
            self.company_id, kind, f"Procès-verbal, {self.name}", details
        )
