from odoo import api, models
from odoo.tools import SQL

from ..lib.search_text import likeness, snippet
from .mairie_social_search import ALIKE


class MairieSocialDoc(models.Model):
    """Groups by name and purpose, and what hangs on them; a secret one for its members."""

    _inherit = "mairie.social.doc"

    @api.model
    def _find_groups(self, text):
        """:return: list of dict, see ``_format_hits``: the most alike first"""
        scored = []
        domain = [("company_id", "in", self.env.companies.ids)]
        # sudo: names of what the rules let through; a closed group is asked of no more
        for group in self.env["mairie.social.group"].search(domain).sudo():
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

    def _quote_mairie_social_document(self, document, stems):
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", document._name),
                ("res_field", "=", "file"),
                ("res_id", "=", document.id),
            ]
        )
        return {
            "icon": "fa-file-o",
            "title": snippet(document.name, stems),
            "detail": document.group_id.name,
            "text": snippet((file.index_content or "")[:20000], stems),
            "model": document._name,
            "id": document.id,
        }

    def _quote_mairie_social_page(self, page, stems):
        return {
            "icon": "fa-file-text-o",
            "title": snippet(page.name, stems),
            "detail": page.group_id.name,
            "text": snippet(page._get_plain_body(), stems),
            "model": page._name,
            "id": page.id,
        }
