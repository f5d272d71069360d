from odoo import api, fields, models
from odoo.tools import is_html_empty


class MairiePoint(models.Model):
    """Where an item comes from: a draft of a service, a template."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    projet_id = fields.Many2one(
        "mairie.projet", "Draft", readonly=True, copy=False, ondelete="set null"
    )
    modele_id = fields.Many2one(
        "mairie.modele", "Template", help="Fills what is still empty."
    )
    text = fields.Html(
        "Draft deliberation",
        sanitize_style=True,
        sanitize_form=True,
        help="What the council is asked to decide: the act begins with it.",
    )

    @api.onchange("modele_id")
    def _onchange_modele_id(self):
        for point in self.filtered("modele_id"):
            point.update(point.modele_id._prepare_filling_vals(point))

    @api.ondelete(at_uninstall=False)
    def _unlink_gives_the_draft_back(self):
        """An item taken off the agenda gives its draft back to the circuit."""
        drafts = self.sudo().projet_id
        drafts.write({"state": "open", "point_id": False})

    def _get_act_text(self):
        if self.vote_id.is_adopted and not is_html_empty(self.text):
            return self.text
        return super()._get_act_text()
