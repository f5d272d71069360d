from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

OPEN_HOURS = 24
MOST_MESSAGES = 500


class MairieSocialBreakGlass(models.Model):
    """An administrator reads a private conversation: two people, a reason, told to all.

    Odoo lets administrators read every private chat, unseen. Here nobody does, but for
    a threat, a judge's order or the like: asked by one, approved by the data protection
    officer, open for a day, written where nobody rubs it out, said in the conversation.
    """

    _name = "mairie.social.break.glass"
    _description = "Exceptional Reading of a Conversation"
    _order = "id desc"
    _rec_name = "reason"

    partner_ids = fields.Many2many(
        "res.partner", string="Between", required=True, readonly=True
    )
    channel_id = fields.Many2one(
        "discuss.channel", readonly=True, ondelete="restrict", index=True
    )
    reason = fields.Text(required=True, readonly=True)
    asked_by_id = fields.Many2one("res.users", required=True, readonly=True)
    approved_by_id = fields.Many2one("res.users", readonly=True)
    opened_at = fields.Datetime("Opened On", readonly=True)
    refused_by_id = fields.Many2one("res.users", readonly=True)
    refused_at = fields.Datetime("Refused On", readonly=True)
    closes_at = fields.Datetime("Closes On", compute="_compute_state")
    state = fields.Selection(
        [
            ("asked", "To decide"),
            ("open", "Opened"),
            ("closed", "Closed"),
            ("refused", "Refused"),
        ],
        compute="_compute_state",
    )
    transcript = fields.Html(
        "What Was Said", compute="_compute_transcript", sanitize=False
    )

    @api.depends("opened_at", "refused_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for glass in self:
            until = glass.opened_at and glass.opened_at + timedelta(hours=OPEN_HOURS)
            glass.closes_at = until
            glass.state = "refused" if glass.refused_at else "asked"
            if until:
                glass.state = "open" if until > now else "closed"

    @api.depends("opened_at")
    @api.depends_context("uid")
    def _compute_transcript(self):
        """The words, for the one who asked, as long as it is open: to read, not to answer."""
        for glass in self:
            mine = glass.asked_by_id == self.env.user
            glass.transcript = mine and glass.state == "open" and glass._render_words()

    def _render_words(self):
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", "discuss.channel"),
                    ("res_id", "=", self.channel_id.id),
                    ("message_type", "=", "comment"),
                ],
                limit=MOST_MESSAGES,
                order="id desc",
            )
        )
        return self.env["ir.qweb"]._render(
            "mairie_social.break_glass_words", {"messages": messages.sorted("id")}
        )

    @api.model
    def ask(self, partner_ids, reason):
        """Ask to read the conversation between some people.

        :param partner_ids: everybody who is in it
        :param reason: written down for ever
        :return: id of the request
        """
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only an administrator may ask this."))
        if len((reason or "").strip()) < 20:
            raise UserError(
                self.env._("Write the reason in full: it is kept for ever.")
            )
        channel = self._find_channel(set(map(int, partner_ids)))
        glass = self.sudo().create(
            {
                "partner_ids": [(6, 0, list(map(int, partner_ids)))],
                "channel_id": channel.id,
                "reason": reason.strip(),
                "asked_by_id": self.env.uid,
            }
        )
        glass._tell_officers()
        return glass.id

    def _tell_officers(self):
        """Somebody waits for their decision; the reason is read inside."""
        company = self.asked_by_id.company_id
        officers = self.env["res.users"]._find_mairie_holders(
            "mairie_social.group_dpo", company
        )
        for partner in officers.partner_id:
            partner.message_notify(
                subject=self.env._("An exceptional reading is asked"),
                body=self.env._(
                    "You decide: « Configuration », « Exceptional readings »."
                ),
                partner_ids=partner.ids,
            )

    @api.model
    def _find_channel(self, partner_ids):
        """:return: the conversation of exactly these people; never one of a union"""
        channels = (
            self.env["discuss.channel"]
            .sudo()
            .search(
                [
                    ("channel_type", "in", ("chat", "group")),
                    ("channel_partner_ids", "in", list(partner_ids)),
                ]
            )
        )
        found = channels.filtered(
            lambda channel: (
                set(channel.channel_partner_ids.ids) == partner_ids
                and channel.mairie_group_id.kind != "union"
            )
        )
        if not found:
            raise UserError(self.env._("These people have no conversation together."))
        return found[:1]

    def action_approve(self):
        """Open the conversation for a day, and tell those who are in it."""
        self._check_may_decide()
        self.sudo().write(
            {"approved_by_id": self.env.uid, "opened_at": fields.Datetime.now()}
        )
        self.sudo()._tell_people()
        self._tell_asker(self.env._("Your exceptional reading is open for a day"))
        return True

    def action_refuse(self):
        """Nothing is opened; the request and its refusal stay written."""
        self._check_may_decide()
        self.sudo().write(
            {"refused_by_id": self.env.uid, "refused_at": fields.Datetime.now()}
        )
        self._tell_asker(self.env._("Your exceptional reading is refused"))
        return True

    def _check_may_decide(self):
        self.ensure_one()
        if not self.env.user.has_group("mairie_social.group_dpo"):
            raise AccessError(self.env._("Only the data protection officer approves."))
        if self.asked_by_id == self.env.user:
            raise AccessError(self.env._("Two people are needed: you asked yourself."))
        if self.opened_at or self.refused_at:
            raise UserError(self.env._("This has been decided already."))

    def _tell_asker(self, subject):
        partner = self.sudo().asked_by_id.partner_id
        partner.message_notify(
            subject=subject,
            body=self.env._("See « Configuration », « Exceptional readings »."),
            partner_ids=partner.ids,
        )

    def _tell_people(self):
        self.channel_id.message_post(
            body=self.env._(
                "This conversation is being read by %(who)s for a day, with the approval"
                " of the data protection officer. Reason: %(reason)s",
                who=self.asked_by_id.name,
                reason=self.reason,
            ),
            author_id=self.env.ref("base.partner_root").id,
            message_type="notification",
            subtype_xmlid="mail.mt_comment",
        )

    def write(self, vals):
        """Written once: nobody changes what was asked, not even the superuser."""
        allowed = {"approved_by_id", "opened_at", "refused_by_id", "refused_at"}
        decided = any(glass.opened_at or glass.refused_at for glass in self)
        if vals.keys() - allowed or decided:
            raise AccessError(self.env._("This record is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("This record is never deleted."))
