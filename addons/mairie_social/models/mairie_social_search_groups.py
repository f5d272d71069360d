from odoo import api, models
from odoo.tools import SQL

from ..lib.search_text import likeness
from .mairie_social_search import ALIKE


class MairieSocialDoc(models.Model):
    """Groups by their name and purpose; a secret one is found by its members only."""

    _inherit = "mairie.social.doc"

    @api.model
    def _find_groups(self, text):
        """:return: list of dict, see ``_format_hits``: the most alike first"""
        scored = []
        domain = [("company_id", "in", self.env.companies.ids)]
        for group in self.env["mairie.social.group"].search(domain):
            score = max(
                likeness(text, group.name), 0.9 * likeness(text, group.purpose or "")
            )
            if score >= ALIKE:
                scored.append((-score, group.name, group))
        scored.sort(key=lambda line: line[:2])
        return [self._format_group_hit(group) for _score, _name, group in scored]

    @api.model
    def _get_own_groups_where(self):
        """:return: SQL condition: posts and messages of the user's own groups"""
        Group = self.env["mairie.social.group"]
        groups = Group.search(Group._get_membership_domain()).sudo()
        return SQL(
            "(doc.audience_ids && %s::integer[] OR doc.channel_id = ANY(%s))",
            groups.audience_id.ids,
            groups.channel_id.ids,
        )

    @api.model
    def _format_group_hit(self, group):
        return {
            "key": f"{group._name}-{group.id}",
            "icon": "fa-users",
            "title": [(group.name, False)],
            "detail": group.privacy_sentence or "",
            "text": [(group.purpose, False)] if group.purpose else [],
            "date": False,
            "model": group._name,
            "id": group.id,
        }
