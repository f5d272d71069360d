from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib.readers import excerpt, parse_cursor, reader_scope

PAGE = 20
MAX_PINNED = 3
LONG_TEXT = 900
SUMMARY = 140


class MairieSocialPost(models.Model):
    """The feed: pages of twenty cards, found by position and never by counting."""

    _inherit = "mairie.social.post"

    @api.model
    def get_feed(self, before=None, scope=None):
        """Read one page of the feed, newest first.

        :param before: ``[published_at, id]`` of the last card seen, or None
        :param scope: ``groups`` for the posts of one's own groups alone, or None
        :return: dict ``posts`` (see :meth:`_format_card`), ``has_more``
        """
        domain = self._get_position_domain("<", before)
        if scope == "groups":
            domain &= Domain("group_id", "!=", False)
        return self._search_feed(domain, limit=PAGE + 1)._format_page()

    @api.model
    def _search_feed(self, domain=Domain.TRUE, limit=None, order=None):
        """Search the feed of the current user.

        As superuser: the domain of the feed says by itself who reads. The record rules
        say so too, among seven choices that PostgreSQL answers less quickly.

        :return: posts, of the current user again
        """
        self.check_access("read")
        found = self.sudo().search_fetch(
            self._get_feed_domain() & domain, limit=limit, order=order
        )
        return found.sudo(self.env.su)

    @api.model
    def _get_position_domain(self, operator, cursor):
        """Posts before (``<``) or after (``>``) a card.

        :param cursor: ``[published_at, id]`` of the card, or None for all posts
        """
        try:
            place = parse_cursor(cursor)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("This page of the feed is unknown.")) from error
        if not place:
            return Domain.TRUE
        published_at, post_id = place
        # Said first and alone: the index leads there, it does not walk from today.
        reached = Domain("published_at", f"{operator}=", published_at)
        beyond = Domain("published_at", operator, published_at)
        return reached & (beyond | Domain("id", operator, post_id))

    def _format_page(self):
        """:return: dict ``posts``, ``has_more``, of one page and the card that follows"""
        return {"posts": self[:PAGE]._format_cards(), "has_more": len(self) > PAGE}

    @api.model
    def get_pinned(self):
        """:return: at most three cards pinned at this moment, newest first"""
        return self._find_pinned()._format_cards()

    @api.model
    def _find_pinned(self):
        pinned = Domain("pinned_until", ">", fields.Datetime.now())
        return self._search_feed(pinned, limit=MAX_PINNED)

    @api.model
    def count_new(self, since):
        """Count the posts of others that came after the newest card on the page.

        :param since: ``[published_at, id]`` of the newest card, or None
        :return: number, at most 99
        """
        self.check_access("read")
        domain = self._get_feed_domain() & Domain("author_id", "!=", self.env.uid)
        domain &= self._get_position_domain(">", since)
        # sudo: see :meth:`_search_feed`
        return self.sudo().search_count(domain, limit=99)

    def get_card(self):
        """:return: one whole card (see :meth:`_format_card`), for the reading page"""
        self.ensure_one()
        self.check_access("read")
        return self._format_cards(whole=True)[0]

    @api.model
    def _get_feed_domain(self):
        """What the current user finds in the feed: live posts written for them."""
        own_commune = Domain("company_id", "in", self.env.companies.ids)
        return own_commune & self._get_live_domain() & self._get_mine_domain()

    def _format_cards(self, whole=False):
        """Format several posts with a number of queries that does not grow.

        :param whole: True to give the whole text of long posts as well
        """
        if not self:
            return []
        facts = self._gather_card_facts()
        return [post._format_card(facts, whole) for post in self]

    def _gather_card_facts(self):
        """Hook: read and count for all cards at once, one query for each table.

        :return: dict, given to each :meth:`_format_card`
        """
        return {
            "reactions": self._count_reactions(),
            "comments": self._count_comments(),
            "readers": self._count_card_readers(),
            "authors": self._format_authors(),
            "pictures": self._find_described_pictures(),
            "last_seen": self.env["mairie.social.seen"]._get_last(),
            "kinds": dict(self._fields["kind"]._description_selection(self.env)),
            "reviewed": self._get_reviewed_kinds(),
            "operations": self._mail_get_operation_for_mail_message_operation("create"),
        }

    def _format_card(self, facts, whole):
        """Hook: whatever a card shows.

        :param facts: what was counted for all cards at once
        :return: dict of plain values; ``body`` is HTML, or False when it is long: then
            ``excerpt`` (plain text) stands for it
        """
        return {
            **self._format_card_text(facts, whole),
            **self._format_card_rights(facts),
        }

    def _format_card_text(self, facts, whole):
        """What everybody reads on a card."""
        post = self.sudo()
        text = post._get_plain_body()
        is_long = not whole and len(text) > LONG_TEXT
        no_picture = self.env["mairie.social.picture"]
        pinned_until = post.pinned_until
        return {
            "id": post.id,
            "name": post.name,
            "kind": post.kind,
            "kind_label": facts["kinds"][post.kind],
            "state": post.state,
            "status": post.status,
            "comment_policy": post.comment_policy,
            "publish_at": post.publish_at,
            "body": False if is_long else post.body or "",
            "excerpt": excerpt(text) if is_long else "",
            "summary": excerpt(text, limit=SUMMARY),
            "author": facts["authors"][post.author_id.id],
            "service": post.department_id.name or "",
            "published_at": post.published_at,
            "edited_at": post.edited_at,
            "event_start": post.event_start,
            "event_place": post.event_place or "",
            "pictures": facts["pictures"].get(post, no_picture)._format_pictures(),
            "files": post._format_files(),
            "readers": facts["readers"][post.id],
            "reactions": facts["reactions"][post.id],
            "comment_count": facts["comments"].get(post.id, 0),
            "is_pinned": bool(pinned_until and pinned_until > fields.Datetime.now()),
        }

    def _format_card_rights(self, facts):
        """What the current user is to a post, and may do with it."""
        post = self.sudo()
        is_author = post.author_id.id == self.env.uid
        may_review = post.kind in facts["reviewed"]
        closed = facts["operations"][self] == "write"
        last_seen, published_at = facts["last_seen"], post.published_at
        came_since = published_at and last_seen and published_at > last_seen
        return {
            "comments_open": not closed or is_author or may_review,
            "is_new": bool(came_since and not is_author),
            "may_manage": is_author or may_review,
            "may_review": may_review,
            "is_author": is_author,
            "hidden_reason": post.hidden_reason or "" if is_author else "",
            "review_note": post.review_note or "" if is_author else "",
        }

    def _count_card_readers(self):
        """Say who reads each post, counting each set of audiences only once.

        :return: post id -> dict ``total`` (people), ``scope`` (see lib/readers.py)
        """
        known, result = {}, {}
        Audience = self.env["mairie.social.audience"]
        for post_id, counts in self._read_audience_counts().items():
            key = frozenset(counts)
            if key not in known:
                if len(counts) == 1:
                    [(agents, elus)] = counts.values()
                else:
                    count = Audience._count_readers(list(counts))
                    agents, elus = count["agents"], count["elus"]
                known[key] = {
                    "total": agents + elus,
                    "scope": reader_scope(agents, elus),
                }
            result[post_id] = known[key]
        return result

    def _read_audience_counts(self):
        """:return: post id -> dict audience id -> (agents, elected members)"""
        self.flush_model(["audience_ids"])
        self.env["mairie.social.audience"].flush_model(["agent_count", "elu_count"])
        self.env.cr.execute(
            """
            SELECT link.post_id, audience.id,
                   COALESCE(audience.agent_count, 0), COALESCE(audience.elu_count, 0)
              FROM mairie_social_post_audience link
              JOIN mairie_social_audience audience ON audience.id = link.audience_id
             WHERE link.post_id = ANY(%s) AND audience.active
            """,
            [self.ids],
        )
        result = {post_id: {} for post_id in self.ids}
        for post_id, audience_id, agents, elus in self.env.cr.fetchall():
            result[post_id][audience_id] = agents, elus
        return result

    def _format_authors(self):
        """:return: user id -> see :meth:`_format_person`, for the authors of ``self``"""
        self.env["res.users"].flush_model(["partner_id"])
        self.env["res.partner"].flush_model(["name"])
        self.env.cr.execute(
            """
            SELECT author.id, partner.id, partner.name
              FROM res_users author
              JOIN res_partner partner ON partner.id = author.partner_id
             WHERE author.id = ANY(%s)
            """,
            [self.sudo().author_id.ids],
        )
        return {
            user_id: self._format_face(partner_id, name or "")
            for user_id, partner_id, name in self.env.cr.fetchall()
        }

    def _find_described_pictures(self):
        """:return: post (sudoed) -> pictures that may be shown"""
        pictures = (
            self.env["mairie.social.picture"]
            .sudo()
            .search_fetch([("post_id", "in", self.ids)])
        )
        return pictures.filtered("is_described").grouped("post_id")

    @api.model
    def _format_person(self, partner):
        """:return: dict name, initials, tint (0 to 5), for a face without a picture"""
        return self._format_face(partner.id, partner.name or "")

    @api.model
    def _format_face(self, partner_id, name):
        words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
        initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
        return {"name": name, "initials": initials, "tint": partner_id % 6}

    def _format_files(self):
        """:return: list of dict id, name, size (bytes), mimetype"""
        return [
            {
                "id": file.id,
                "name": file.name,
                "size": file.file_size,
                "mimetype": file.mimetype,
            }
            for file in self.attachment_ids
        ]
