from odoo import api, fields, models


class MairieSocialGroup(models.Model):
    """The door from a group to the pages that it writes together."""

    _inherit = "mairie.social.group"

    page_ids = fields.One2many("mairie.social.page", "group_id", "Pages")
    page_count = fields.Integer("Number of Pages", compute="_compute_page_count")

    @api.depends("page_ids")
    @api.depends_context("uid")
    def _compute_page_count(self):
        for group in self:
            group.page_count = len(group.page_ids) if group.is_readable else 0

    def action_open_pages(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pages of %s", self.name),
            "res_model": "mairie.social.page",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("group_id", "=", self.id)],
            "context": {"default_group_id": self.id},
            "help": self.env._("No page yet. What you write here, you write together."),
        }
