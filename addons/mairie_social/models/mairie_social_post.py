import functools
import re

from lxml import html
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import html2plaintext

# Corrections say whether readers are told: see `correct`.
SEALED_WHEN_PUBLISHED = {"name", "body", "company_id"}
DROPPED_TAGS = ("img", "picture", "video", "audio", "source", "svg")
BOLD = re.compile(r"</?(?:strong|b|em|i)\b[^>]*>")
STATUS_LABELS = [
    ("draft", "Draft"),
    ("review", "To review"),
    ("scheduled", "Scheduled"),
    ("published", "Published"),
    ("expired", "Expired"),
    ("hidden", "Hidden"),
]


@functools.lru_cache(maxsize=512)
def plain_text(body):
    """Write HTML as text. The posts of the day are read by everybody, again and again.

    :param body: HTML, sanitized
    """
    body = BOLD.sub("", body)  # else written as *bold*
    return html2plaintext(body, include_references=False).strip()


class MairieSocialPost(models.Model):
    """A piece of news, for one or several audiences.

    No follower, no inbox line: a post is read where it stands (the feed), by the
    people of its audiences. Comments are messages of the thread.
    """

    _name = "mairie.social.post"
    _inherit = ["mail.thread"]
    _description = "Post"
    _order = "published_at desc, id desc"
    _mail_post_access = "read"

    name = fields.Char("Title", required=True, size=160)
    body = fields.Html(
        "Text", sanitize_style=True, strip_style=True, strip_classes=True
    )
    kind = fields.Selection(
        [
            ("news", "News"),
            ("event", "Event"),
            ("practice", "Good practice"),
            ("question", "Question"),
            ("letter", "Internal letter"),
            ("service_note", "Service note"),
            ("hr_note", "HR note"),
            ("kudos", "Kudos"),
        ],
        required=True,
        default="news",
    )
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    author_id = fields.Many2one(
        "res.users", required=True, index=True, default=lambda self: self.env.user
    )
    department_id = fields.Many2one("hr.department", "In the Name of")
    audience_ids = fields.Many2many(
        "mairie.social.audience",
        "mairie_social_post_audience",
        "post_id",
        "audience_id",
        string="Who Will Read",
        copy=True,
    )
    event_start = fields.Datetime("Takes Place On", index="btree_not_null")
    event_place = fields.Char("Place")
    picture_ids = fields.One2many("mairie.social.picture", "post_id", "Pictures")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "mairie_social_post_attachment",
        "post_id",
        "attachment_id",
        string="Files",
        copy=False,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "To review"),
            ("scheduled", "Scheduled"),
            ("published", "Published"),
        ],
        required=True,
        default="draft",
        copy=False,
    )
    is_hidden = fields.Boolean("Hidden", copy=False)
    publish_at = fields.Datetime("Publish On", copy=False)
    published_at = fields.Datetime("Published On", copy=False, readonly=True)
    edited_at = fields.Datetime("Corrected On", copy=False, readonly=True)
    expire_at = fields.Datetime("Readable Until", copy=False)
    pinned_until = fields.Datetime(copy=False, index="btree_not_null")
    comment_policy = fields.Selection(
        [("open", "Comments open"), ("closed", "Comments closed")],
        "Comments",
        required=True,
        default="open",
    )
    is_unfinished = fields.Boolean(copy=False, export_string_translation=False)
    version = fields.Integer(default=1, readonly=True, copy=False)
    reaction_ids = fields.One2many("mairie.social.reaction", "post_id", "Reactions")
    status = fields.Selection(STATUS_LABELS, compute="_compute_status")
    is_readable = fields.Boolean(
        compute="_compute_is_readable",
        search="_search_is_readable",
        export_string_translation=False,
    )
    may_review = fields.Boolean(
        compute="_compute_may_review", export_string_translation=False
    )
    audience_label = fields.Char("Readers", compute="_compute_audience_label")

    # Whole, not of live posts only: lists of an author or a reviewer walk it as well.
    _feed_idx = models.Index("(published_at DESC, id DESC)")
    _due_idx = models.Index("(state, publish_at)")
    _published_dated = models.Constraint(
        "CHECK(state != 'published' OR published_at IS NOT NULL)",
        "A published post has a date.",
    )
    _scheduled_dated = models.Constraint(
        "CHECK(state != 'scheduled' OR publish_at IS NOT NULL)",
        "Say when this post is to be published.",
    )

    @api.depends("state", "is_hidden", "expire_at")
    def _compute_status(self):
        now = fields.Datetime.now()
        for post in self:
            over = post.expire_at and post.expire_at <= now
            if post.state != "published":
                post.status = post.state
            elif post.is_hidden:
                post.status = "hidden"
            else:
                post.status = "expired" if over else "published"

    @api.depends("audience_ids.name")
    def _compute_audience_label(self):
        for post in self:
            names = post.sudo().audience_ids.mapped("display_name")
            post.audience_label = ", ".join(name for name in names if name)

    @api.depends("author_id")
    def _compute_display_name(self):
        for post in self:
            post.display_name = post.name or self.env._("Untitled")

    @api.constrains("audience_ids", "state")
    def _check_audiences(self):
        for post in self.filtered(lambda post: post.state != "draft"):
            if not post.sudo().audience_ids:
                raise ValidationError(self.env._("Choose who will read."))

    @api.constrains("publish_at", "expire_at")
    def _check_dates(self):
        for post in self:
            start = post.published_at or post.publish_at
            if start and post.expire_at and post.expire_at <= start:
                raise ValidationError(
                    self.env._("The last day must come after the publication.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals)
            self._clean_vals(vals)
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        posts = super(MairieSocialPost, quiet).create(vals_list)
        posts._adopt_attachments()
        posts._check_author_rights()
        return posts.with_env(self.env)

    def write(self, vals):
        self._check_protected(vals)
        self._clean_vals(vals)
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_attachments()
        if vals.keys() & {"kind", "audience_ids"}:
            self._check_author_rights()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if not self.env.su and any(post.state == "published" for post in self):
            raise UserError(
                self.env._("A published post is withdrawn first, then deleted.")
            )

    def _check_protected(self, vals):
        """Refuse to move a post by hand: its state changes through its actions."""
        changed = {key for key in self._get_protected_fields() & vals.keys()}
        if "state" in changed and not self and vals["state"] == "draft":
            changed.discard("state")
        if any(post.state == "published" for post in self):
            changed |= SEALED_WHEN_PUBLISHED & vals.keys()
        if changed and not self.env.su:
            raise AccessError(
                self.env._("These fields are not written directly: %s", changed)
            )

    def _get_protected_fields(self):
        """:return: names of the fields that only the actions of a post may write"""
        return {
            "author_id",
            "state",
            "is_hidden",
            "publish_at",
            "published_at",
            "edited_at",
            "pinned_until",
            "version",
            "reaction_ids",
        }

    def _clean_vals(self, vals):
        """Keep pictures in the gallery, where they are described, not in the text."""
        if vals.get("body"):
            vals["body"] = self._clean_body(vals["body"])

    @api.model
    def _clean_body(self, body):
        """Drop pictures, players and what loads a page of another host.

        :param body: HTML typed or pasted by an author
        :return: HTML; the field sanitizes it further
        """
        root = html.fragment_fromstring(str(body), create_parent="div")
        for element in list(root.iter(*DROPPED_TAGS)):  # dropping upsets a walk
            element.drop_tree()
        for link in root.iter("a"):
            href = (link.get("href") or "").strip().lower()
            if not href.startswith(("http://", "https://", "mailto:", "tel:", "/")):
                link.attrib.pop("href", None)
            link.set("rel", "noopener noreferrer")
        return html.tostring(root, encoding="unicode")[len("<div>") : -len("</div>")]

    def _get_plain_body(self):
        """:return: text of the post without markup"""
        self.ensure_one()
        return plain_text(str(self.body or ""))

    def _get_allowed_kinds(self):
        """:return: list of the kinds that the current user may write"""
        kinds = [kind for kind, _label in self._fields["kind"].selection]
        kinds.remove("kudos")  # given from their own form, with a quota
        if not self.env.user.has_group("mairie_social.group_hr"):
            kinds.remove("hr_note")
        return kinds

    def _adopt_attachments(self):
        """Tie the files to their post, so that its readers and only they open them."""
        for post in self:
            foreign = post.attachment_ids.filtered(
                lambda file, post=post: (
                    (file.res_model, file.res_id) != (post._name, post.id)
                )
            )
            if any(
                not self.env.su
                and (file.res_id or file.sudo().create_uid != self.env.user)
                for file in foreign
            ):
                raise AccessError(self.env._("This file belongs to something else."))
            foreign.sudo().write(
                {"res_model": post._name, "res_id": post.id, "public": False}
            )
