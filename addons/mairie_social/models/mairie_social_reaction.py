from odoo import api, fields, models

CODES = [("like", "Like"), ("bravo", "Well done"), ("thanks", "Thank you")]


class MairieSocialReaction(models.Model):
    """One reader's reaction to one post, dated. Rows are added, never counted up."""

    _name = "mairie.social.reaction"
    _description = "Reaction"
    _order = "create_date desc, id desc"
    _rec_name = "code"

    post_id = fields.Many2one("mairie.social.post", required=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    code = fields.Selection(CODES, "Reaction", required=True, default="like")

    _once = models.Constraint(
        "UNIQUE(post_id, user_id, code)", "You have already reacted so."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A post closed to comments is closed to reactions too."""
        reactions = super().create(vals_list)
        if not self.env.su:
            reactions.post_id._check_may_react()
        return reactions
