from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

VALUES = [
    ("help", "A hand given"),
    ("idea", "A good idea"),
    ("care", "Care for the public"),
    ("courage", "Courage in a hard moment"),
    ("craft", "A job well done"),
]


class MairieSocialKudos(models.Model):
    """Thanks in public, from one colleague to others: a few a month, never ranked."""

    _name = "mairie.social.kudos"
    _description = "Kudos"
    _order = "id desc"
    _rec_name = "value"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    author_id = fields.Many2one(
        "res.users",
        "From",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    receiver_ids = fields.Many2many(
        "res.users",
        "mairie_social_kudos_receiver",
        string="To",
        domain="[('share', '=', False)]",
    )
    value = fields.Selection(VALUES, "For", required=True, default="help")
    text = fields.Text("Your Words", required=True)
    post_id = fields.Many2one("mairie.social.post", readonly=True, ondelete="cascade")

    @api.model_create_multi
    def create(self, vals_list):
        """Check, then publish for all agents in the name of whoever thanks."""
        if not self.env.su:
            vals_list = [
                {
                    key: vals[key]
                    for key in ("receiver_ids", "value", "text")
                    if key in vals
                }
                for vals in vals_list
            ]
        kudos = super().create(vals_list)
        for one in kudos:
            one._check_receivers()
            one._check_quota()
            one._publish()
        return kudos

    def action_hide(self):
        """Take it off the feed: those who are thanked decide, without a reason."""
        for one in self:
            if self.env.user not in one.sudo().receiver_ids | one.author_id:
                raise AccessError(self.env._("Only those who are thanked may do this."))
            one.sudo().post_id.write({"is_hidden": True})
        return True

    def _check_receivers(self):
        receivers = self.sudo().receiver_ids
        if not receivers:
            raise UserError(self.env._("Say whom you thank."))
        if self.author_id in receivers:
            raise UserError(self.env._("Thank somebody else than yourself."))

    def _check_quota(self):
        quota = self.company_id.sudo().mairie_kudos_quota
        if self._count_this_month() > quota:
            raise UserError(
                self.env._("You have already thanked %s times this month.", quota)
            )

    def _count_this_month(self):
        """:return: how many times its author has thanked since the 1st, local time"""
        company = self.company_id
        first = company._mairie_localize(fields.Datetime.now()).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=None
        )
        domain = Domain("author_id", "=", self.author_id.id) & Domain(
            "create_date", ">=", company._mairie_to_utc(first)
        )
        return self.sudo().search_count(domain)

    def _publish(self):
        post = self.env["mairie.social.post"].sudo().create(self._prepare_post_vals())
        self.sudo().post_id = post
        post._publish()
        for receiver in self.sudo().receiver_ids:
            post._tell(
                receiver.partner_id,
                self.env._("%s thanks you", self.author_id.name),
                self.text,
            )

    def _prepare_post_vals(self):
        """Hook: the post that everybody reads."""
        audience = (
            self.env["mairie.social.audience"]
            .sudo()
            .search(
                [
                    ("kind", "=", self._get_audience_kind()),
                    ("company_id", "=", self.company_id.id),
                ],
                limit=1,
            )
        )
        names = ", ".join(self.sudo().receiver_ids.mapped("name"))
        label = dict(self._fields["value"]._description_selection(self.env))[self.value]
        return {
            "name": self.env._(
                "Thank you to %(names)s: %(value)s", names=names, value=label
            ),
            "body": self.env["ir.qweb.field.text"].value_to_html(self.text, {}),
            "kind": "kudos",
            "author_id": self.author_id.id,
            "company_id": self.company_id.id,
            "audience_ids": [(6, 0, audience.ids)],
        }

    def _get_audience_kind(self):
        """Hook: who reads thanks."""
        return "agents"
