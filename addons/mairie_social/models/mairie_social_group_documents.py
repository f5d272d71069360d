from odoo import api, fields, models
from odoo.exceptions import AccessError


class MairieSocialGroup(models.Model):
    """The documents of a group: one place, open to those whom the group is open to."""

    _inherit = "mairie.social.group"

    document_policy = fields.Selection(
        [("members", "All members"), ("moderators", "Its moderators")],
        "Who Adds Documents",
        required=True,
        default="members",
    )
    document_count = fields.Integer(
        "Number of Documents", compute="_compute_document_count"
    )
    may_file = fields.Boolean(
        compute="_compute_may_file", export_string_translation=False
    )

    @api.depends_context("uid")
    def _compute_document_count(self):
        groups = self.env["mairie.social.document"]._read_group(
            [("group_id", "in", self.ids)], ["group_id"], ["__count"]
        )
        counts = {group.id: count for group, count in groups}
        for group in self:
            group.document_count = counts.get(group.id, 0)

    @api.depends("document_policy", "member_ids.role")
    @api.depends_context("uid")
    def _compute_may_file(self):
        for group in self:
            moderated = group.document_policy == "moderators"
            group.may_file = group.is_moderator if moderated else group.is_member

    def action_open_documents(self):
        """Open the documents of one group, for whoever reads it."""
        self.ensure_one()
        self.check_access("read")
        if not self.is_readable:
            raise AccessError(self.env._("Only members read this group."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_social.mairie_social_document_action"
        )
        return {
            **action,
            "name": self.env._("Documents of %s", self.name),
            "domain": [("group_id", "=", self.id)],
            "context": {"default_group_id": self.id, "create": self.may_file},
        }

    def unlink(self):
        """What hangs on a group is deleted by Odoo, not by PostgreSQL: search forgets it."""
        inside = self.sudo()
        for model in ("mairie.social.document", "mairie.social.page"):
            inside.env[model].search([("group_id", "in", self.ids)]).unlink()
        return super().unlink()

    def _prepare_doc_rights(self):
        """Who finds what hangs on one group: its members, everybody for an open one.

        A closed group never opens, and the reverse: see ``_check_privacy_change``.
        """
        audiences = self.audience_id
        if self.privacy == "open":
            audiences |= audiences.search(
                [("kind", "=", "all"), ("company_id", "=", self.company_id.id)]
            )
        return {
            "tab": "files",
            "company_id": self.company_id.id,
            "audience_ids": audiences.ids,
        }
