from odoo import Command, api, fields, models
from odoo.exceptions import AccessError


class MairieSocialGroup(models.Model):
    """The tasks of a group: one project, made when somebody first asks for it.

    Members follow it without being told of each change: following is what opens a
    project, and the group decides who follows.
    """

    _inherit = "mairie.social.group"

    project_ids = fields.One2many("project.project", "mairie_group_id", "Tasks Board")
    task_count = fields.Integer("Open Tasks", compute="_compute_task_count")

    @api.depends("project_ids")
    @api.depends_context("uid")
    def _compute_task_count(self):
        projects = self.filtered("is_readable").sudo().project_ids
        counts = dict(
            self.env["project.task"]
            .sudo()
            ._read_group(
                [("project_id", "in", projects.ids), ("is_closed", "=", False)],
                ["project_id"],
                ["__count"],
            )
        )
        for group in self:
            project = group.sudo().project_ids if group.is_readable else projects[:0]
            group.task_count = counts.get(project, 0)

    def action_open_tasks(self):
        """Open the tasks of one group; the first time, make the board."""
        self.ensure_one()
        self.check_access("read")
        if not self.is_readable:
            raise AccessError(self.env._("Only members read this group."))
        project = self.sudo().project_ids
        if not project and not self.is_member:
            raise AccessError(self.env._("Only members begin the tasks of a group."))
        project = project or self.sudo()._create_project()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_social_project.project_task_action"
        )
        return {
            **action,
            "name": self.env._("Tasks of %s", self.name),
            "domain": [("project_id", "=", project.id)],
            "context": {
                "default_project_id": project.id,
                "active_id": project.id,
                "search_default_open_tasks": 1,
            },
        }

    def _create_project(self):
        self.ensure_one()
        project = self.env["project.project"].create(self._prepare_project_vals())
        self._sync_project()
        return project

    def _prepare_project_vals(self):
        """Hook: the project of a group, with three columns."""
        steps = [self.env._("To do"), self.env._("Under way"), self.env._("Done")]
        return {
            "name": self.name,
            "mairie_group_id": self.id,
            "company_id": self.company_id.id,
            "user_id": False,
            "privacy_visibility": "employees"
            if self.privacy == "open"
            else "followers",
            "type_ids": [
                Command.create(
                    {"name": step, "sequence": rank, "fold": step == steps[-1]}
                )
                for rank, step in enumerate(steps)
            ],
        }

    def _sync(self):
        result = super()._sync()
        for group in self.filtered("project_ids"):
            group._sync_project()
        return result

    def _sync_project(self):
        """Followers of the project = members of the group; gone, they lose the tasks."""
        self.ensure_one()
        project = self.project_ids
        wanted = self._get_member_users().partner_id
        gone = project.message_partner_ids - wanted
        if gone:
            project.message_unsubscribe(gone.ids)
        missing = wanted - project.message_partner_ids
        if missing:
            self.env["mail.followers"]._insert_followers(
                project._name,
                project.ids,
                missing.ids,
                subtypes={partner.id: [] for partner in missing},
            )
            project.invalidate_recordset(
                ["message_partner_ids", "message_follower_ids"]
            )

    def _carry_over(self, vals):
        """A new name, or the end of a group, is that of its tasks too."""
        result = super()._carry_over(vals)
        for group in self.with_context(active_test=False).filtered("project_ids"):
            names = ("name", "active", "company_id")
            carried = {key: vals[key] for key in names if key in vals}
            group.with_context(active_test=False).project_ids.write(carried)
        return result
