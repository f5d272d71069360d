from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..lib.register import reading_minutes


class MairieSocialPost(models.Model):
    """Mandatory reading: who was asked, for which text, and who has read it."""

    _inherit = "mairie.social.post"

    reference = fields.Char("Number of the Note", size=40)
    must_read = fields.Boolean("Mandatory Reading", copy=False)
    read_by = fields.Date("To Be Read Before", copy=False)
    ack_line_ids = fields.One2many(
        "mairie.social.ack.line",
        "post_id",
        "Register",
        readonly=True,
        groups="mairie_social.group_hr",
    )
    is_to_read = fields.Boolean(
        compute="_compute_is_to_read",
        search="_search_is_to_read",
        export_string_translation=False,
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_register(self):
        Version = self.env["mairie.social.post.version"].sudo()
        if Version.search_count([("post_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("A post with a register is kept: withdraw it instead.")
            )

    def _get_protected_fields(self):
        return super()._get_protected_fields() | {"ack_line_ids"}

    @api.depends_context("uid")
    @api.depends("must_read")
    def _compute_is_to_read(self):
        lines = self._find_own_lines()
        for post in self:
            line = lines.get(post.id)
            post.is_to_read = bool(line and not line.ack_at)

    def _search_is_to_read(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("id", "in", self._get_to_read_ids())]

    @api.model
    def _get_to_read_ids(self):
        """:return: ids of the posts whose present version the user has yet to read"""
        self.env["mairie.social.ack.line"].flush_model()
        self.flush_model(["version", "must_read", "state", "is_hidden", "expire_at"])
        self.env.cr.execute(
            """
            SELECT post.id
              FROM mairie_social_ack_line line
              JOIN mairie_social_post post
                ON post.id = line.post_id AND post.version = line.version
             WHERE line.user_id = %(user)s
               AND line.ack_at IS NULL AND line.closed_at IS NULL
               AND post.must_read AND post.state = 'published'
               AND post.is_hidden IS NOT TRUE
               AND (post.expire_at IS NULL OR post.expire_at > %(now)s)
             ORDER BY post.read_by NULLS LAST, post.published_at
            """,
            {"user": self.env.uid, "now": fields.Datetime.now()},
        )
        return [post_id for (post_id,) in self.env.cr.fetchall()]

    @api.model
    def get_to_read(self):
        """What the current user has yet to read, the most pressing first.

        :return: list of dict id, name, reference, read_by, minutes
        """
        ids = self._get_to_read_ids()
        posts = self.search_fetch([("id", "in", ids)])
        return [
            {
                "id": post.id,
                "name": post.name,
                "reference": post._get_note_label(),
                "read_by": post.read_by,
                "minutes": reading_minutes(len(post._get_plain_body().split())),
            }
            for post in posts.sorted(lambda post: ids.index(post.id))
        ]

    def acknowledge(self, version, how="web"):
        """« J'ai lu et compris ». Said twice, the first time counts.

        :param version: the version that was on the screen
        :param how: ``web`` or ``kiosk``
        :return: see :meth:`_format_ack`
        """
        self.ensure_one()
        self.check_access("read")
        if how not in ("web", "kiosk"):
            raise UserError(self.env._("This way of reading is unknown."))
        line = self._find_own_lines().get(self.id)
        if not line:
            raise AccessError(self.env._("This reading is not asked of you."))
        if version != line.version:
            raise UserError(self.env._("The text has changed. Please read it again."))
        if not line.opened_at:
            raise UserError(self.env._("Open the text first."))
        line._sign(how)
        return self._format_ack(line)

    def get_card(self):
        """Opening the reading page is noted on the line of the reader."""
        card = super().get_card()
        if self.must_read:
            line = self._find_own_lines().get(self.id)
            if line and not line.opened_at:
                line.write({"opened_at": fields.Datetime.now()})
        return card

    def _find_own_lines(self):
        """:return: post id -> line (sudoed) of the current user, present version"""
        asked = self.sudo().filtered("must_read")
        if not asked:
            return {}
        lines = (
            self.env["mairie.social.ack.line"]
            .sudo()
            .search_fetch(
                Domain("user_id", "=", self.env.uid)
                & Domain("post_id", "in", asked.ids)
                & (Domain("closed_at", "=", False) | Domain("ack_at", "!=", False)),
                ["post_id", "version", "opened_at", "ack_at", "how"],
            )
        )
        versions = {post.id: post.version for post in asked}
        return {
            line.post_id.id: line
            for line in lines
            if line.version == versions[line.post_id.id]
        }

    def _format_cards(self, whole=False):
        lines = self._find_own_lines()
        cards = super()._format_cards(whole)
        for post, card in zip(self, cards, strict=True):
            card["ack"] = post._format_ack(lines.get(post.id))
            card["reference"] = post.sudo()._get_note_label()
            card["team_left"] = post._count_team_left() if whole else 0
        return cards

    def _format_ack(self, line):
        """:return: False, or dict version, read_by, ack_at, how"""
        if not line:
            return False
        return {
            "version": line.version,
            "read_by": self.sudo().read_by,
            "ack_at": line.ack_at,
            "how": line.how,
        }

    def _get_note_label(self):
        """:return: « Note de service 12 », or an empty text"""
        self.ensure_one()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return f"{labels[self.kind]} {self.reference}" if self.reference else ""

    def _publish(self):
        posts = super()._publish()
        posts._open_registers()
        return posts

    def _correct(self, vals, substantial):
        """An important change asks everybody again; a slip asks nobody."""
        if not substantial:
            vals = {key: vals[key] for key in vals if key != "must_read"}
        result = super()._correct(vals, substantial)
        if substantial:
            self._open_registers(anew=True)
        return result

    def action_withdraw(self):
        self._check_may_manage()
        self._close_lines(self._find_open_lines())
        return super().action_withdraw()

    def _open_registers(self, anew=False):
        """Freeze the text and the list of its readers, for each mandatory post.

        :param anew: True to ask everybody again
        """
        for post in self.sudo().filtered("must_read"):
            version = self.env["mairie.social.post.version"]._freeze(post, anew)
            if post.version != version.number:
                post.write({"version": version.number})
            post._sync_lines()

    def _sync_lines(self):
        """Bring the register in step: newcomers join, those who left are closed."""
        self.ensure_one()
        Line = self.env["mairie.social.ack.line"].sudo()
        wanted = self._get_reader_ids() - {self.author_id.id}
        lines = Line.search([("post_id", "=", self.id), ("version", "=", self.version)])
        Line._insert(self, self.version, wanted - set(lines.user_id.ids))
        back = lines.filtered(lambda line: line.closed_at and line.user_id.id in wanted)
        back.write({"closed_at": False})
        gone = lines.filtered(lambda line: line.user_id.id not in wanted)
        self._close_lines(gone)

    def _find_open_lines(self):
        """:return: lines that wait, whatever the version, sudoed"""
        Line = self.env["mairie.social.ack.line"].sudo()
        return Line.search(
            [
                ("post_id", "in", self.ids),
                ("ack_at", "=", False),
                ("closed_at", "=", False),
            ]
        )

    @api.model
    def _close_lines(self, lines):
        """A line is closed, never deleted: it is part of the proof."""
        waiting = lines.filtered(lambda line: not line.ack_at and not line.closed_at)
        waiting.write({"closed_at": fields.Datetime.now(), "reminder_asked": False})

    @api.model
    def _follow_audiences(self, audience):
        """Somebody came or left: the registers of what is online follow."""
        posts = self.sudo().search(
            self._get_live_domain()
            & Domain("must_read", "=", True)
            & Domain("audience_ids", "in", audience.ids)
        )
        for post in posts:
            post._sync_lines()
