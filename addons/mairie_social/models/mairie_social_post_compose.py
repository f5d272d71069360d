from odoo import Command, api, fields, models
from odoo.addons.html_editor.tools import handle_history_divergence
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

COMPOSER_FIELDS = (
    "name",
    "body",
    "kind",
    "department_id",
    "audience_ids",
    "event_start",
    "event_place",
    "event_url",
    "event_registration",
    "event_seats",
    "expire_at",
    "comment_policy",
    "must_read",
    "read_by",
    "reference",
    "is_urgent",
    "urgent_reason",
)
LOCAL_FIELDS = {"event_start", "expire_at"}
MAX_FILE_BYTES = 25 * 1024 * 1024
REFUSED_TYPES = ("text/html", "image/svg", "application/xhtml", "text/javascript")
REFUSED_ENDINGS = (".html", ".htm", ".xhtml", ".svg", ".svgz", ".js", ".mjs")
PUBLIC_AUDIENCES = ("all", "agents")


class MairieSocialPost(models.Model):
    """What the dialog « Publier » asks of the server."""

    _inherit = "mairie.social.post"

    @api.model
    def get_composer(self, post_id=None):
        """Read what the dialog offers, and the post that it opens.

        :param post_id: a draft or a published post to change, or None: then the last
            unfinished draft of the dialog is found again
        :return: dict ``kinds``, ``services``, ``audiences`` (lists of dict id, name…)
            and ``post`` (dict of values, or False)
        """
        self.check_access("create")
        post = self.browse(post_id).exists() if post_id else self._get_last_draft()
        if post:
            post._check_may_manage()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "user": self._format_person(self.env.user.partner_id),
            "kinds": [
                {"id": kind, "name": labels[kind]} for kind in self._get_allowed_kinds()
            ],
            "services": self._get_composer_services(),
            "own_service": self._get_own_services()[:1].id,
            "audiences": self._get_composer_audiences(post),
            "needs_review": self._needs_review(),
            "may_pin": bool(self._get_reviewed_kinds()),
            "post": post._format_draft() if post else False,
        }

    @api.model
    def save_draft(self, post_id, vals, unfinished=True):
        """Keep what is typed.

        :param unfinished: True while the dialog saves by itself: it will open again
            with this draft; False once its author has put it aside
        :return: id of the draft
        """
        vals = dict(self._prepare_composer_vals(vals), is_unfinished=unfinished)
        post = self.browse(post_id).exists() if post_id else self.browse()
        if not post:
            vals.setdefault("name", self.env._("Untitled"))
            return self.create(vals).id
        post._check_may_manage()
        if post.state == "published":
            raise UserError(self.env._("This post is already published."))
        if post.state != "draft":
            post._follow_others(vals)
        post.write(vals)
        return post.id

    def _follow_others(self, vals):
        """Its author and its reviewers may write at once: a copy left behind is refused."""
        try:
            handle_history_divergence(self, "body", vals)
        except ValidationError as error:
            raise UserError(
                self.env._(
                    "Somebody else has changed this text meanwhile. Copy your words,"
                    " close, and open the post again."
                )
            ) from error

    def correct(self, vals, substantial):
        """Change a published post; see :meth:`_correct`. :return: one card"""
        self.ensure_one()
        self._check_may_manage()
        self._correct(self._prepare_composer_vals(vals), bool(substantial))
        return self.get_card()

    def describe_pictures(self, words):
        """Write the descriptions of the pictures of one post.

        :param words: list of dict ``id``, ``alt``, ``is_decorative``
        """
        self.ensure_one()
        self._check_may_manage()
        pictures = {picture.id: picture for picture in self.picture_ids}
        for line in words:
            picture = pictures.get(line["id"])
            if picture:
                picture.sudo().write(
                    {"alt": line["alt"], "is_decorative": bool(line["is_decorative"])}
                )
        return True

    def add_picture(self, data):
        """Add a picture, base64. :return: see ``_format_pictures``, one line"""
        self.ensure_one()
        self._check_may_manage()
        vals = {"post_id": self.id, "image": data}
        picture = self.env["mairie.social.picture"].sudo().create(vals)
        return picture._format_pictures()[0]

    def remove_picture(self, picture_id):
        self.ensure_one()
        self._check_may_manage()
        self.picture_ids.filtered(lambda line: line.id == picture_id).sudo().unlink()
        return True

    def add_file(self, name, data):
        """Join a file, base64. :return: see :meth:`_format_files`, one line"""
        self.ensure_one()
        self._check_may_manage()
        self._check_file(name, len(data) * 3 // 4)
        file = self.env["ir.attachment"].create(
            {"name": name, "datas": data, "res_model": self._name, "res_id": self.id}
        )
        self._check_file(name, file.file_size, file.mimetype)
        self.sudo().attachment_ids |= file
        return self._format_files()[-1]

    @api.model
    def _check_file(self, name, size, mimetype=""):
        """Refuse a file that is too large, or that a browser would run.

        :param size: bytes
        :raise UserError: it may not be joined
        """
        if size > MAX_FILE_BYTES:
            raise UserError(self.env._("This file is larger than 25 MB."))
        endings = name.lower().endswith(REFUSED_ENDINGS)
        if endings or mimetype.startswith(REFUSED_TYPES):
            raise UserError(self.env._("This kind of file cannot be joined."))

    def remove_file(self, file_id):
        self.ensure_one()
        self._check_may_manage()
        self.attachment_ids.filtered(lambda line: line.id == file_id).sudo().unlink()
        return True

    def delete_draft(self):
        """Delete drafts of one's own, with their pictures and files."""
        self._check_may_manage()
        self.unlink()
        return True

    @api.model
    def count_readers(self, audience_ids):
        """Count who will read, before publishing.

        :return: dict total, agents, elus, without_email, is_public (asks to confirm)
        """
        chosen = self._filter_publishable(audience_ids)
        kinds = chosen.mapped("kind")
        return dict(
            chosen._count_readers(chosen.ids),
            is_public=any(kind in PUBLIC_AUDIENCES for kind in kinds),
        )

    @api.model
    def foresee_push(self, audience_ids):
        """Say whose telephones would tell them, and when; asked after the count.

        :return: see ``mairie.social.push.job._foresee``
        """
        chosen = self._filter_publishable(audience_ids)
        readers = chosen._get_reader_ids(chosen.ids) - {self.env.uid}
        return self.env["mairie.social.push.job"]._foresee(readers)

    @api.model
    def _filter_publishable(self, audience_ids):
        """:return: those of the audiences that the current user may publish for"""
        Audience = self.env["mairie.social.audience"]
        return Audience.search(
            Audience._get_publishable_domain() & Domain("id", "in", audience_ids)
        )

    @api.model
    def _get_last_draft(self):
        """:return: the newest draft that its author left without a title or readers"""
        return self.search(
            Domain("author_id", "=", self.env.uid)
            & Domain("state", "=", "draft")
            & Domain("is_unfinished", "=", True),
            limit=1,
            order="write_date desc, id desc",
        )

    def _get_composer_services(self):
        """:return: list of dict id, name: services in whose name one may write"""
        Department = self.env["hr.department"].sudo()
        domain = Domain("company_id", "in", [*self.env.companies.ids, False])
        if not self._writes_for_the_town():
            domain &= Domain("id", "child_of", self._get_own_services().ids)
        services = Department.search(domain, order="name")
        return [{"id": service.id, "name": service.name} for service in services]

    @api.model
    def _get_own_services(self):
        """:return: services of the current user, sudoed"""
        staff = self.env["hr.employee"].sudo()
        return staff.search([("user_id", "=", self.env.uid)]).department_id

    def _get_composer_audiences(self, post):
        """:return: list of dict id, name, kind, count: who one may write to"""
        Audience = self.env["mairie.social.audience"]
        audiences = Audience.search(
            Audience._get_publishable_domain() & Domain("member_count", ">", 0)
        )
        return [
            {
                "id": audience.id,
                "name": audience.display_name,
                "kind": audience.kind,
                "count": audience.member_count,
            }
            for audience in audiences.sudo() | post.sudo().audience_ids
        ]

    def _format_draft(self):
        """:return: dict of the values that the dialog edits"""
        self.ensure_one()
        post = self.sudo()
        is_named = post.name != self.env._("Untitled")
        return {
            "id": post.id,
            "state": post.state,
            "name": post.name if is_named else "",
            "body": post.body or "",
            "kind": post.kind,
            "department_id": post.department_id.id,
            "audience_ids": post.audience_ids.ids,
            "event_start": post._format_local(post.event_start),
            "event_place": post.event_place or "",
            "expire_at": post._format_local(post.expire_at),
            "comment_policy": post.comment_policy,
            "must_read": post.must_read,
            "read_by": fields.Date.to_string(post.read_by) or "",
            "reference": post.reference or "",
            "review_note": post.review_note or "",
            "pictures": post.picture_ids._format_pictures(),
            "files": post._format_files(),
            "write_date": post.write_date,
        }

    @api.model
    def _prepare_composer_vals(self, vals):
        """Keep the known fields; a service in whose name one may not write is refused."""
        vals = {key: vals[key] for key in COMPOSER_FIELDS if key in vals}
        department_id = vals.get("department_id")
        allowed = {service["id"] for service in self._get_composer_services()}
        if department_id and department_id not in allowed:
            raise AccessError(
                self.env._("You may not write in the name of this service.")
            )
        if "audience_ids" in vals:
            vals["audience_ids"] = [Command.set(vals["audience_ids"])]
        for key in LOCAL_FIELDS & vals.keys():
            vals[key] = vals[key] and self._parse_local(vals[key])
        if "name" in vals and not (vals["name"] or "").strip():
            vals["name"] = self.env._("Untitled")
        return vals

    def _writes_for_the_town(self):
        user = self.env.user
        return user.has_group("mairie_social.group_communication") or user.has_group(
            "mairie_social.group_hr"
        )
