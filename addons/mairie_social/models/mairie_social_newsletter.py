from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from ..lib.newsletter import default_period, readable_by_all

UNCARRIED_KINDS = ("letter", "hr_note")


class MairieSocialNewsletter(models.Model):
    """The internal letter: posts of a month, put in order, with a few words on top.

    One text for all its receivers: it carries only what each of them may read.
    """

    _name = "mairie.social.newsletter"
    _description = "Internal Letter"
    _order = "period_end desc, id desc"

    name = fields.Char(
        "Title",
        size=160,
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    audience_ids = fields.Many2many(
        "mairie.social.audience",
        "mairie_social_newsletter_audience",
        string="Who Will Receive",
        domain=[("may_publish", "=", True)],
        default=lambda self: self._default_audiences(),
    )
    period_start = fields.Date(
        "From", required=True, default=lambda self: self._default_period()[0]
    )
    period_end = fields.Date(
        "To", required=True, default=lambda self: self._default_period()[1]
    )
    intro = fields.Html(
        "A Few Words First", sanitize_style=True, strip_style=True, strip_classes=True
    )
    line_ids = fields.One2many(
        "mairie.social.newsletter.line", "newsletter_id", "Posts", copy=False
    )
    state = fields.Selection(
        [("draft", "In preparation"), ("sent", "Sent")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    sent_at = fields.Datetime("Sent On", readonly=True, copy=False)
    sender_id = fields.Many2one("res.users", "Sent By", readonly=True, copy=False)
    post_id = fields.Many2one(
        "mairie.social.post", "In the Feed", readonly=True, copy=False
    )
    receipt_ids = fields.One2many(
        "mairie.social.newsletter.receipt", "newsletter_id", "E-mails", copy=False
    )
    receivers_sentence = fields.Char(
        "Who Will Receive, in Figures", compute="_compute_receivers_sentence"
    )
    misfit_count = fields.Integer("Posts to Take Out", compute="_compute_misfit_count")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    _period_ordered = models.Constraint(
        "CHECK(period_start <= period_end)", "The last day comes after the first one."
    )
    _post_uniq = models.UniqueIndex("(post_id)")

    def _default_audiences(self):
        Audience = self.env["mairie.social.audience"]
        domain = [("kind", "=", "all"), ("company_id", "=", self.env.company.id)]
        return Audience.search(domain, limit=1)

    @api.model
    def _default_period(self):
        return default_period(fields.Date.context_today(self))

    @api.depends("period_end")
    def _compute_name(self):
        for letter in self:
            if not letter.name and letter.period_end:
                month = format_date(self.env, letter.period_end, date_format="MMMM y")
                letter.name = self.env._("The internal letter: %s", month)

    @api.depends("audience_ids", "state", "receipt_ids")
    def _compute_receivers_sentence(self):
        for letter in self:
            is_sent = letter.state == "sent"
            letter.receivers_sentence = (
                letter._get_sent_sentence() if is_sent else letter._get_plan_sentence()
            )

    def _get_plan_sentence(self):
        total, mailed = len(self._get_receiver_ids()), len(self._get_mailed_users())
        return self.env._(
            "%(total)s people will find it in the feed; %(mailed)s also receive it by"
            " e-mail; for the %(others)s others, print the sheet for the notice boards.",
            total=total,
            mailed=mailed,
            others=total - mailed,
        )

    def _get_sent_sentence(self):
        return self.env._(
            "Sent on %(moment)s by %(who)s: in the feed, and %(count)s e-mails.",
            moment=format_datetime(self.env, self.sent_at, dt_format="d MMMM y, H:mm"),
            who=self.sender_id.sudo().name or "",
            count=len(self.receipt_ids),
        )

    @api.depends("audience_ids", "line_ids.post_id", "state")
    def _compute_misfit_count(self):
        for letter in self:
            is_draft = letter.state == "draft"
            letter.misfit_count = len(letter._get_misfits()) if is_draft else 0

    @api.depends("name", "intro", "line_ids.summary", "line_ids.sequence")
    def _compute_preview(self):
        for letter in self:
            letter.preview = letter._render("mairie_social.newsletter_body")

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        letters._check_audiences()
        return letters

    def write(self, vals):
        if not self.env.su and any(letter.state == "sent" for letter in self):
            raise UserError(self.env._("A letter stays as it was sent."))
        result = super().write(vals)
        if "audience_ids" in vals:
            self._check_audiences()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(letter.state == "sent" for letter in self):
            raise UserError(self.env._("A letter that was sent stays in the history."))

    def _check_audiences(self):
        """Not a constraint: Odoo checks those as superuser, who may do anything."""
        allowed = self.env["mairie.social.audience"]._get_publishable_domain()
        for letter in self:
            chosen = letter.sudo().audience_ids
            if not self.env.su and chosen - chosen.sudo(False).filtered_domain(allowed):
                raise ValidationError(self.env._("You may not write to these readers."))

    def action_collect(self):
        """Add the posts of the period that every receiver may read, oldest last."""
        self.ensure_one()
        found = self._find_posts()
        fitting = self._filter_fitting(found)
        new = fitting - self.line_ids.post_id
        last = max(self.line_ids.mapped("sequence"), default=0)
        self.env["mairie.social.newsletter.line"].create(
            [
                {"newsletter_id": self.id, "post_id": post.id, "sequence": last + rank}
                for rank, post in enumerate(new, start=1)
            ]
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if new else "info",
                "message": self.env._(
                    "%(taken)s posts added. %(left)s are not readable by all receivers:"
                    " they stay out.",
                    taken=len(new),
                    left=len(found - fitting),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_drop_misfits(self):
        """Take out what not every receiver may read any more."""
        self.ensure_one()
        self._get_misfits().unlink()
        return True

    @api.model
    def _get_carried_kinds(self):
        """Hook: kinds of posts that a letter takes by itself."""
        kinds = self.env["mairie.social.post"]._fields["kind"].selection
        return [kind for kind, _label in kinds if kind not in UNCARRIED_KINDS]

    def _find_posts(self):
        """:return: posts of the period still online that the current user may read"""
        self.ensure_one()
        Post = self.env["mairie.social.post"]
        first = Post._parse_local(f"{self.period_start} 00:00")
        last = Post._parse_local(f"{self.period_end} 23:59")
        return Post.search(
            Post._get_live_domain()
            & Domain("company_id", "=", self.company_id.id)
            & Domain("kind", "in", self._get_carried_kinds())
            & Domain("published_at", ">=", first)
            & Domain("published_at", "<=", last)
        )

    def _filter_fitting(self, posts):
        """:return: those of ``posts`` that every receiver of one letter may read"""
        self.ensure_one()
        Audience = self.env["mairie.social.audience"]
        sets = {post: frozenset(post.sudo().audience_ids.ids) for post in posts}
        people = {ids: Audience._get_reader_ids(ids) for ids in set(sets.values())}
        fitting = readable_by_all(self._get_receiver_ids(), people)
        return posts.filtered(lambda post: sets[post] in fitting)

    def _get_misfits(self):
        """:return: lines that may not leave: closed to a receiver, or offline"""
        self.ensure_one()
        live = self.line_ids.post_id.sudo().filtered_domain(
            self.env["mairie.social.post"]._get_live_domain()
        )
        fitting = self._filter_fitting(live)
        return self.line_ids.filtered(lambda line: line.sudo().post_id not in fitting)

    def _get_receiver_ids(self):
        """:return: set of ids of the users in the audiences of one letter"""
        self.ensure_one()
        Audience = self.env["mairie.social.audience"]
        return Audience._get_reader_ids(self.sudo().audience_ids.ids)

    def _render(self, template, **values):
        """:return: Markup of one template about one letter, in its sender's language"""
        self.ensure_one()
        values = {"letter": self, "base_url": self.get_base_url(), **values}
        return self.env["ir.qweb"]._render(template, values, minimal_qcontext=True)
