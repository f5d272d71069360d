from odoo import api, fields, models

ACTIONS = [
    ("report", "Reported"),
    ("auto_hide", "Hidden by several reports"),
    ("hide", "Hidden"),
    ("show", "Shown again"),
    ("keep", "Kept online"),
    ("close", "Comments closed"),
    ("appeal", "Second look asked for"),
    ("register", "Register exported"),
    ("urgent", "Published as urgent"),
]


class MairieSocialModerationLog(models.Model):
    """What was done to the words of somebody, by whom and why; never rewritten."""

    _name = "mairie.social.moderation.log"
    _inherit = ["mairie.sealed.mixin"]
    _description = "Moderation Log"
    _order = "id desc"
    _rec_name = "title"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    # Plain numbers: the line outlives the post, the comment and the account.
    post_ref = fields.Integer("Post No.", readonly=True, index=True)
    comment_ref = fields.Integer("Comment No.", readonly=True)
    user_ref = fields.Integer(readonly=True)
    who = fields.Char("By", readonly=True)
    title = fields.Char("Post", readonly=True)
    kind = fields.Char(readonly=True)
    action = fields.Selection(ACTIONS, required=True, readonly=True)
    reason = fields.Char(readonly=True)
    date = fields.Datetime(required=True, readonly=True)

    @api.model
    def _add(self, post, action, reason="", comment=None):
        """Write one line, in the same transaction as the act."""
        return self.sudo().create(
            {
                "company_id": post.company_id.id,
                "post_ref": post.id,
                "comment_ref": comment.id if comment else False,
                "user_ref": self.env.uid,
                "who": self.env.user.name,
                "title": post.name,
                # what is said in a group is its members' affair
                "kind": "group" if post.group_id else post.kind,
                "action": action,
                "reason": reason or "",
                "date": fields.Datetime.now(),
            }
        )
