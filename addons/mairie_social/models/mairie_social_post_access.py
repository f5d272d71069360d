from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL


class MairieSocialPost(models.Model):
    """Who may read, and who reviews. The record rules only ask ``is_readable``.

    A rule with dates or audience ids in its own domain would be kept in Odoo's
    cache of rules: the field is searched anew each time instead.
    """

    _inherit = "mairie.social.post"

    @api.depends(
        "state",
        "is_hidden",
        "published_at",
        "expire_at",
        "audience_ids",
        "author_id",
        "group_id",
    )
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_readable(self):
        now = fields.Datetime.now()
        mine = set(self.env["mairie.social.audience"]._get_ids_of_user())
        kinds = self._get_reviewed_kinds()
        for post in self.sudo():
            live = (
                post.state == "published"
                and not post.is_hidden
                and post.published_at <= now
                and (not post.expire_at or post.expire_at > now)
            )
            post.is_readable = (
                post.author_id.id == self.env.uid
                or (
                    post.state != "draft"
                    and post.kind in kinds
                    and not post.group_id  # a group has its own moderators
                )
                or (live and bool(mine.intersection(post.audience_ids.ids)))
            )

    def _search_is_readable(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        author = Domain("author_id", "=", self.env.uid)
        reviewed = (
            Domain("state", "!=", "draft")
            & Domain("kind", "in", self._get_reviewed_kinds())
            & Domain("group_id", "=", False)
        )
        return author | reviewed | self._get_live_domain() & self._get_mine_probe()

    @api.model
    def _get_live_domain(self):
        """Published, not hidden, not over: what a feed may show at this moment."""
        now = fields.Datetime.now()
        return (
            Domain("state", "=", "published")
            & Domain("is_hidden", "=", False)
            & Domain("published_at", "<=", now)
            & (Domain("expire_at", "=", False) | Domain("expire_at", ">", now))
        )

    @api.model
    def _get_mine_domain(self):
        """Written for one of the audiences of the current user."""
        audience_ids = self.env["mairie.social.audience"]._get_ids_of_user()
        return Domain("audience_ids", "in", audience_ids)

    @api.model
    def _get_mine_probe(self):
        """:meth:`_get_mine_domain` where it is one choice among others (« or »).

        There PostgreSQL would first list all the posts of one's audiences, for years
        back. ``OFFSET 0`` makes it ask of each post that it comes to, and stop when
        the page is full.
        """
        audience_ids = self.env["mairie.social.audience"]._get_ids_of_user()
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                """EXISTS (SELECT 1 FROM mairie_social_post_audience probe
                            WHERE probe.post_id = %s AND probe.audience_id = ANY(%s)
                           OFFSET 0)""",
                SQL.identifier(alias, "id"),
                audience_ids,
            )
        )

    @api.model
    def _get_reviewed_kinds(self):
        """Kinds of posts that the current user reviews, whoever they are for.

        Hook: a group reviewed by its own moderators extends this.

        :return: list of values of ``kind``, empty for ordinary readers
        """
        user = self.env.user
        kinds = {kind for kind, _label in self._fields["kind"].selection}
        reviewed = set()
        if user.has_group("mairie_social.group_communication"):
            reviewed |= kinds - {"hr_note"}
        if user.has_group("mairie_social.group_hr"):
            reviewed |= {"hr_note", "service_note"}
        return sorted(reviewed)

    @api.depends("kind", "author_id")
    @api.depends_context("uid")
    def _compute_may_review(self):
        kinds = self._get_reviewed_kinds()
        for post in self:
            post.may_review = post.kind in kinds

    def _get_reader_ids(self):
        """:return: set of ids of the users in the audiences of one post"""
        self.ensure_one()
        Audience = self.env["mairie.social.audience"]
        return Audience._get_reader_ids(self.sudo().audience_ids.ids)

    def _check_author_rights(self):
        """Refuse a kind or an audience that the current user may not write for.

        Not a constraint: Odoo checks those as superuser, who may do anything.
        """
        if self.env.su:
            return
        kinds = self._get_allowed_kinds()
        for post in self:
            if post.kind not in kinds and post.author_id == self.env.user:
                raise AccessError(self.env._("HR notes are written by HR."))
            if post.state != "draft":
                post._check_may_publish_for_audiences()

    def _check_may_publish_for_audiences(self):
        """Refuse an audience that the current user may not write to."""
        self.ensure_one()
        if self.author_id != self.env.user and self.may_review:
            return
        Audience = self.env["mairie.social.audience"]
        chosen = self.sudo().audience_ids
        allowed = Audience.sudo().search(
            Audience._get_publishable_domain() & Domain("id", "in", chosen.ids)
        )
        if chosen - allowed:
            names = ", ".join((chosen - allowed).mapped("display_name"))
            raise UserError(
                self.env._("You may not publish for: %s. Remove them first.", names)
            )
