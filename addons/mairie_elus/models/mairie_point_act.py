from markupsafe import Markup
from odoo import fields, models
from odoo.tools import is_html_empty

from ..lib.french import with_article
from ..lib.public_search import mask


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
        modele = self._get_act_modele()
        if modele and self.vote_id.is_adopted:
            words = modele._get_words(self, self.name)
            return modele._render(words, self.note)
        note = Markup("") if is_html_empty(self.note) else self.note
        decides = "approuve" if self.vote_id.is_adopted else "n'approuve pas"
        body = with_article(self.seance_id.instance_id.name)
        return note + Markup(
            "<p>%s, après en avoir délibéré, %s ce qui précède.</p>"
        ) % (
            body,
            decides,
        )

    def _get_act_modele(self):
        """Return the template for the matter of the item, if there is one."""
        matiere = self.env["mairie.matiere"]._find(self.matiere_code)
        return self.env["mairie.acte.modele"]._find_for(matiere, self.company_id)

    def _get_shown_name(self, public=False):
        """Return the subject, without the name of a private person for the public."""
        act = self.deliberation_ids[:1]
        return act._get_shown_name(public) if act else self.name

    def _get_shown_debate(self, public=False):
        """Return the lines of the debate; what identifies people is hidden in public."""
        debate = self.debate or ""
        return (mask(debate) if public else debate).splitlines()
