from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.search_text import snippet, to_query

PAGE = 20
MOST = 100
#: so many newest texts are read before the index of words is asked, for common words
WALK = 6000
COMMON = 2000
ALIKE = 0.5
DOC_TABS = ("posts", "messages", "files")


class MairieSocialDoc(models.Model):
    """Search: what one may read, found, counted and quoted; and nothing else."""

    _inherit = "mairie.social.doc"

    @api.model
    @api.readonly
    def search_all(
        self, text, tab=None, since=None, until=None, offset=0, own_groups=False
    ):
        """Search the hub.

        :param text: words as typed, see :func:`~..lib.search_text.to_query`
        :param tab: ``people``, ``posts``, ``messages``, ``files`` or ``groups``; None
            for the first one that has an answer
        :param since, until: days ``YYYY-MM-DD``, both included, or None
        :param own_groups: True for what was written in the user's own groups alone
        :return: dict counts (tab -> number, at most 100), tab, results (see
            :meth:`_format_hits`), has_more
        """
        if not self.env.user._is_internal():
            raise UserError(self.env._("Only agents and elected members search here."))
        text = (text or "").strip()[:200]
        people = self._find_people(text) if text else []
        groups = self._find_groups(text) if text else []
        where = self._get_where(text, since, until)
        if own_groups:
            where = SQL("%s AND %s", where, self._get_own_groups_where())
        newest = self._find_newest(where, to_query(text))
        counts = {
            "people": min(len(people), MOST),
            **{name: len(newest[name]) for name in DOC_TABS},
            "groups": min(len(groups), MOST),
        }
        if tab not in counts:
            tab = next((name for name in counts if counts[name]), "people")
        offset = max(0, int(offset))
        if tab in DOC_TABS:
            hits = self._rank_docs(newest[tab], to_query(text), offset)
            results = self._format_hits(hits[:PAGE], text)
            has_more = len(hits) > PAGE
        else:
            found = people if tab == "people" else groups
            results = found[offset : offset + PAGE]
            has_more = len(found) > offset + PAGE
        return {"counts": counts, "tab": tab, "results": results, "has_more": has_more}

    @api.model
    def _get_where(self, text, since, until):
        """:return: SQL condition: the words, the days, and what one may read"""
        query = to_query(text)
        if not query:
            return SQL("FALSE")
        Post = self.env["mairie.social.post"]
        conditions = [
            SQL("doc.words @@ to_tsquery('french', %s)", query),
            SQL("(doc.expire_at IS NULL OR doc.expire_at > %s)", fields.Datetime.now()),
            SQL(
                """(
                    (doc.company_id = ANY(%s) AND (
                        doc.audience_ids && %s::integer[]
                        OR doc.author_ref = %s
                        OR doc.post_kind = ANY(%s)))
                    OR doc.channel_id = ANY(%s))""",
                self.env.companies.ids,
                self.env["mairie.social.audience"]._get_ids_of_user(),
                self.env.uid,
                Post._get_reviewed_kinds(),
                self._get_channel_ids(),
            ),
        ]
        if since:
            conditions.append(
                SQL("doc.date >= %s", Post._parse_local(f"{since} 00:00"))
            )
        if until:
            end = Post._parse_local(f"{until} 23:59")
            conditions.append(SQL("doc.date <= %s", end))
        return SQL(" AND ").join(conditions)

    @api.model
    def _get_channel_ids(self):
        """:return: ids of the conversations of which the current user is a member"""
        self.env["discuss.channel.member"].flush_model(["channel_id", "partner_id"])
        self.env.cr.execute(
            "SELECT channel_id FROM discuss_channel_member WHERE partner_id = %s",
            [self.env.user.partner_id.id],
        )
        return [channel_id for (channel_id,) in self.env.cr.fetchall()]

    @api.model
    def _find_newest(self, where, query):
        """Find the newest answers of each tab, at most 100: more is not counted.

        PostgreSQL guesses badly how often words come in one tab, and may walk through
        years of it. Common words are looked for among the newest texts alone; where
        that is not enough, and for other words, the index of words is asked.

        :return: tab -> list of ids
        """
        newest = {tab: [] for tab in DOC_TABS}
        left = list(DOC_TABS) if query else []
        if left and self._is_common(query):
            newest.update(self._find_ids([self._walk_tab(tab, where) for tab in left]))
            left = [tab for tab in left if len(newest[tab]) < MOST]
        if left:
            newest.update(self._find_ids([self._ask_index(tab, where) for tab in left]))
        return newest

    @api.model
    def _is_common(self, query):
        """:return: True when many texts answer, as far as PostgreSQL knows"""
        if ":*" in query:
            return True  # of the beginnings of words it knows nothing
        self.env.cr.execute(
            SQL(
                """EXPLAIN (FORMAT JSON) SELECT 1 FROM mairie_social_doc
                    WHERE words @@ to_tsquery('french', %s)""",
                query,
            )
        )
        return self.env.cr.fetchone()[0][0]["Plan"]["Plan Rows"] > COMMON

    @api.model
    def _find_ids(self, parts):
        """:return: tab -> list of ids, for those of the tabs that have an answer"""
        self.env.cr.execute(
            SQL(" UNION ALL ").join(SQL("(%s)", part) for part in parts)
        )
        found = defaultdict(list)
        for tab, doc_id in self.env.cr.fetchall():
            found[tab].append(doc_id)
        return found

    @api.model
    def _walk_tab(self, tab, where):
        """:return: SQL, the answers among the newest texts of a tab"""
        return SQL(
            """
            SELECT doc.tab, doc.id
              FROM (SELECT * FROM mairie_social_doc
                     WHERE tab = %s ORDER BY date DESC LIMIT %s) doc
             WHERE %s ORDER BY doc.date DESC LIMIT %s
            """,
            SQL(f"'{tab}'"),  # written out: the indexes are those of one tab
            WALK,
            where,
            MOST,
        )

    @api.model
    def _ask_index(self, tab, where):
        """:return: SQL, the newest of all answers; ``OFFSET 0``: words first, then dates"""
        return SQL(
            """
            SELECT found.tab, found.id
              FROM (SELECT doc.tab, doc.id, doc.date FROM mairie_social_doc doc
                     WHERE doc.tab = %s AND %s OFFSET 0) found
             ORDER BY found.date DESC LIMIT %s
            """,
            SQL(f"'{tab}'"),
            where,
            MOST,
        )

    @api.model
    def _rank_docs(self, ids, query, offset):
        """Find one page: of the newest answers, those that answer best.

        A year halves the weight of an answer.

        :return: list of (res_model, res_id, post_id, channel_id, date)
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT res_model, res_id, post_id, channel_id, date
                  FROM mairie_social_doc WHERE id = ANY(%(ids)s)
                 ORDER BY ts_rank(words, to_tsquery('french', %(query)s))
                          / (1 + EXTRACT(EPOCH FROM %(now)s - date) / 31536000) DESC,
                          date DESC, id DESC
                 LIMIT %(limit)s OFFSET %(offset)s
                """,
                ids=ids,
                now=fields.Datetime.now(),
                query=query,
                limit=PAGE + 1,
                offset=offset,
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _find_groups(self, text):
        """Hook: groups whose name answers, as :meth:`_format_hits` gives them."""
        return []

    @api.model
    def _format_hits(self, hits, text):
        """Quote what was found, once more through the rights of the user.

        :return: list of dict key, icon, title and text (pieces: text, found or not),
            detail, date, model, id: what opens
        """
        stems = self._get_stems(text)
        wanted = defaultdict(list)
        for res_model, res_id, *_where in hits:
            wanted[res_model].append(res_id)
        readable = {
            model: {
                record.id: record
                for record in self.env[model]
                .browse(ids)
                .exists()
                ._filtered_access("read")
            }
            for model, ids in wanted.items()
        }
        results = []
        for res_model, res_id, post_id, channel_id, date in hits:
            record = readable[res_model].get(res_id)
            if record:
                quote = getattr(self, f"_quote_{res_model.replace('.', '_')}")
                results.append(
                    {
                        "key": f"{res_model}-{res_id}",
                        "date": date,
                        "model": "mairie.social.post" if post_id else "discuss.channel",
                        "id": post_id or channel_id,
                        **quote(record.sudo(), stems),
                    }
                )
        return results

    def _quote_mairie_social_post(self, post, stems):
        return {
            "icon": "fa-newspaper-o",
            "title": snippet(post.name, stems),
            "detail": post.department_id.name or post.author_id.name,
            "text": snippet(post._get_plain_body(), stems),
        }

    def _quote_mail_message(self, message, stems):
        return {
            "icon": "fa-comment-o",
            "title": [(message.record_name or "", False)],
            "detail": message.author_id.name or "",
            "text": snippet(message._mairie_plain_body(), stems),
        }

    def _quote_ir_attachment(self, file, stems):
        return {
            "icon": "fa-paperclip",
            "title": snippet(file.name, stems),
            "detail": self.env["mairie.social.post"].sudo().browse(file.res_id).name,
            "text": snippet((file.index_content or "")[:20000], stems),
        }

    @api.model
    def _get_stems(self, text):
        """:return: list of the beginnings of words that PostgreSQL looks for"""
        query = to_query(text)
        words = [
            word.strip("()!:*") for word in query.split() if not word.startswith("!")
        ]
        self.env.cr.execute(
            "SELECT tsvector_to_array(to_tsvector('french', %s))", [" ".join(words)]
        )
        return self.env.cr.fetchone()[0]
