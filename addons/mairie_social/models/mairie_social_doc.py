from odoo import api, fields, models
from odoo.tools import SQL

from ..lib.search_text import fold

TABS = ("posts", "messages", "files")


class MairieSocialDoc(models.Model):
    """What is searched: one row for each post, comment, message and file.

    The words are folded by us (no accent, no sign) before PostgreSQL stems them in
    French: "élagages" finds "élagage", and "été", a word that its French dictionary
    drops, is found as well. No extension of the database is needed.

    Rows are written and taken away in the same transaction as what they stand for.
    """

    _name = "mairie.social.doc"
    _description = "Searched Text"
    _log_access = False
    _order = "date desc, id desc"

    tab = fields.Selection([(tab, tab) for tab in TABS], required=True)
    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    company_id = fields.Integer()
    post_id = fields.Integer(index="btree_not_null")
    post_kind = fields.Char()
    author_ref = fields.Integer()
    channel_id = fields.Integer(index="btree_not_null")
    date = fields.Datetime()
    expire_at = fields.Datetime()

    _source_uniq = models.Constraint(
        "UNIQUE(res_model, res_id)", "This text is already there."
    )

    def init(self):
        """Two columns that the ORM does not know, and an index for each tab."""
        self.env.cr.execute(
            """
            ALTER TABLE mairie_social_doc
                ADD COLUMN IF NOT EXISTS audience_ids integer[],
                ADD COLUMN IF NOT EXISTS words tsvector
            """
        )
        for tab in TABS:
            for name, columns in (("words", "gin (words)"), ("date", "(date DESC)")):
                self.env.cr.execute(
                    SQL(
                        "CREATE INDEX IF NOT EXISTS %s ON mairie_social_doc"
                        " USING %s WHERE tab = %s",
                        SQL.identifier(f"mairie_social_doc_{tab}_{name}_idx"),
                        SQL(columns if "gin" in columns else f"btree {columns}"),
                        SQL(f"'{tab}'"),
                    )
                )

    @api.model
    def _put(self, rows):
        """Write rows.

        :param rows: list of dict: the fields of the model, ``audience_ids`` (list of
            ids or None) and the texts ``title`` (weighs most), ``tags``, ``body``,
            ``extra``
        """
        if not rows:
            return
        self.env.cr.execute_values(
            """
            INSERT INTO mairie_social_doc (
                   tab, res_model, res_id, company_id, post_id, post_kind, author_ref,
                   channel_id, date, expire_at, audience_ids, words)
            VALUES %s
            ON CONFLICT (res_model, res_id) DO UPDATE SET
                   words = EXCLUDED.words, audience_ids = EXCLUDED.audience_ids,
                   expire_at = EXCLUDED.expire_at, date = EXCLUDED.date,
                   post_kind = EXCLUDED.post_kind
            """,
            [self._prepare_row(row) for row in rows],
            template="""(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::integer[],
                setweight(to_tsvector('french', %s), 'A')
                || setweight(to_tsvector('french', %s), 'B')
                || setweight(to_tsvector('french', %s), 'C')
                || setweight(to_tsvector('french', %s), 'D'))""",
        )

    @api.model
    def _prepare_row(self, row):
        keys = (
            *("tab", "res_model", "res_id", "company_id", "post_id", "post_kind"),
            *("author_ref", "channel_id", "date", "expire_at", "audience_ids"),
        )
        texts = ("title", "tags", "body", "extra")
        return (
            *(row.get(key) or None for key in keys),
            *(fold(row.get(key) or "") for key in texts),
        )

    @api.model
    def _drop(self, res_model, ids):
        """Take away what is no longer to be found."""
        self.env.cr.execute(
            "DELETE FROM mairie_social_doc WHERE res_model = %s AND res_id = ANY(%s)",
            [res_model, list(ids)],
        )

    @api.model
    def _drop_posts(self, post_ids):
        """Take away posts with their comments and files."""
        self.env.cr.execute(
            "DELETE FROM mairie_social_doc WHERE post_id = ANY(%s)", [list(post_ids)]
        )

    @api.model
    def _fill(self):
        """Index what was there before the addon, once."""
        self.env.cr.execute("SELECT 1 FROM mairie_social_doc LIMIT 1")
        if not self.env.cr.fetchone():
            self._rebuild()

    @api.model
    def _rebuild(self):
        """Index everything anew, by thousands."""
        self.env.cr.execute("DELETE FROM mairie_social_doc")
        for model, domain in (
            ("mairie.social.post", [("state", "=", "published")]),
            ("mail.message", self.env["mail.message"]._get_searched_domain()),
            ("mairie.social.document", []),
            ("mairie.social.page", []),
        ):
            ids = self.env[model].sudo().search(domain, order="id").ids
            for start in range(0, len(ids), 1000):
                self.env[model].sudo().browse(ids[start : start + 1000])._mairie_index()
                self.env.invalidate_all()
