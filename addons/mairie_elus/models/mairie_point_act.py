from markupsafe import Markup
from odoo import fields, models
from odoo.tools import is_html_empty

from ..lib.french import with_article


class MairiePoint(models.Model):
    """The act that an item ends in."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    deliberation_ids = fields.One2many("mairie.deliberation", "point_id")

    def _get_act_text(self):
        """Return the first text of the act, which the secretary completes.

        Hook: the visas of a town, its own formula.
        """
        self.ensure_one()
        note = Markup("") if is_html_empty(self.note) else self.note
        decides = "approuve" if self.vote_id.is_adopted else "n'approuve pas"
        body = with_article(self.seance_id.instance_id.name)
        return note + Markup(
            "<p>%s, après en avoir délibéré, %s ce qui précède.</p>"
        ) % (
            body,
            decides,
        )
