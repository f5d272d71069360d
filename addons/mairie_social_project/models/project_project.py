from odoo import fields, models


class ProjectProject(models.Model):
    _inherit = "project.project"

    mairie_group_id = fields.Many2one(
        "mairie.social.group",
        "Group",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    _mairie_group_uniq = models.UniqueIndex(
        "(mairie_group_id) WHERE mairie_group_id IS NOT NULL",
        "This group already has its tasks.",
    )
