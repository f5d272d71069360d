from odoo import api, fields, models


class MairieEnvoi(models.Model):
    """A sending asks for the hour of a third party, where the town has set one."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.envoi"

    horodatage_ids = fields.One2many(
        "mairie.elus.horodatage",
        "envoi_id",
        "Time stamps",
        groups="mairie_elus.group_secretary",
    )
    stamp_text = fields.Char(
        "Time stamp",
        compute="_compute_stamp_text",
        groups="mairie_elus.group_secretary",
    )

    @api.depends("horodatage_ids.state")
    @api.depends_context("lang")
    def _compute_stamp_text(self):
        for envoi in self:
            envoi.stamp_text = envoi.horodatage_ids[:1].summary

    @api.model_create_multi
    def create(self, vals_list):
        envois = super().create(vals_list)
        stamps = self.env["mairie.elus.horodatage"]
        for envoi in envois:
            text = f"{envoi.seance_id.name}\n{envoi.sequence}\n{envoi.seal}\n"
            stamps._ask(envoi.company_id, text, envoi_id=envoi.id)
        return envois

    def _get_stamp_sentence(self):
        """Return what documents print of the time stamp, in French, "" without one."""
        self.ensure_one()
        row = self.sudo().horodatage_ids.filtered(lambda row: row.state == "done")[:1]
        if not row:
            return ""
        return f"horodaté le {row.moment:%d/%m/%Y %H:%M:%S} UTC par {row.authority}"
