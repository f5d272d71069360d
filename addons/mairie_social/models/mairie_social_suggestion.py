from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class MairieSocialSuggestion(models.Model):
    """An idea for the town hall: everybody reads it, and an answer is due.

    No log fields: the author of an anonymous idea is written nowhere, and its day is
    kept without its hour.
    """

    _name = "mairie.social.suggestion"
    _description = "Suggestion"
    _order = "sent_on desc, id desc"
    _log_access = False

    name = fields.Char("Your Idea in One Line", required=True, size=120)
    body = fields.Text("What It Would Change")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    is_anonymous = fields.Boolean("Do Not Keep My Name")
    author_id = fields.Many2one("res.users", "Proposed By", readonly=True)
    department_id = fields.Many2one("hr.department", "For Which Service")
    sent_on = fields.Date("Proposed On", readonly=True)
    answer_due_on = fields.Date(readonly=True)
    state = fields.Selection(
        [
            ("open", "Answer due"),
            ("accepted", "Accepted"),
            ("refused", "Not kept"),
        ],
        required=True,
        default="open",
        readonly=True,
    )
    status = fields.Selection(
        [
            ("open", "Answer due"),
            ("late", "Answer late"),
            ("accepted", "Accepted"),
            ("refused", "Not kept"),
        ],
        "Answer Status",
        compute="_compute_status",
    )
    answer = fields.Text()
    answered_by = fields.Char(readonly=True)
    answered_on = fields.Date(readonly=True)
    supporter_ids = fields.Many2many(
        "res.users",
        "mairie_social_suggestion_supporter",
        string="Supported By",
        groups=fields.NO_ACCESS,
        copy=False,
    )
    support_count = fields.Integer(
        "Support", compute="_compute_support_count", store=True
    )
    is_supported = fields.Boolean(
        "I Support It", compute="_compute_support", export_string_translation=False
    )
    is_mine = fields.Boolean(
        compute="_compute_support", export_string_translation=False
    )

    @api.depends("supporter_ids")
    def _compute_support_count(self):
        for idea in self:
            idea.support_count = len(idea.supporter_ids)

    @api.depends("supporter_ids", "author_id")
    @api.depends_context("uid")
    def _compute_support(self):
        user = self.env.user
        for idea in self:
            idea.is_supported = user in idea.sudo().supporter_ids
            idea.is_mine = idea.author_id == user

    @api.depends("state", "answer_due_on")
    def _compute_status(self):
        today = fields.Date.context_today(self)
        for idea in self:
            late = idea.answer_due_on and idea.answer_due_on < today
            idea.status = "late" if idea.state == "open" and late else idea.state

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._prepare_sent_vals(vals) for vals in vals_list])

    def write(self, vals):
        if not self.env.su and not self._is_handler():
            raise AccessError(self.env._("An idea sent is no longer changed."))
        kept = {"name", "body", "is_anonymous", "author_id", "sent_on", "answer_due_on"}
        if kept & vals.keys() and not self.env.su:
            raise AccessError(self.env._("The words of an idea stay as they came."))
        return super().write(vals)

    def action_support(self):
        """One voice for each person, while the answer is awaited; told as a number."""
        self.check_access("read")
        for idea in self:
            if idea.state != "open":
                raise UserError(self.env._("This idea has had its answer."))
            if idea.is_mine:
                raise UserError(self.env._("This idea is yours already."))
            idea.sudo().supporter_ids = [Command.link(self.env.uid)]
        return True

    def action_withdraw_support(self):
        self.check_access("read")
        self.filtered(lambda idea: idea.state == "open").sudo().supporter_ids = [
            Command.unlink(self.env.uid)
        ]
        return True

    def action_accept(self):
        return self._answer("accepted")

    def action_refuse(self):
        """A refusal is explained: the answer is required."""
        return self._answer("refused")

    def _answer(self, state):
        if not self._is_handler():
            raise AccessError(self.env._("Ideas are answered by Communication."))
        for idea in self:
            if not (idea.answer or "").strip():
                raise UserError(
                    self.env._("Write the answer first: everybody reads it.")
                )
            idea.sudo().write(
                {
                    "state": state,
                    "answered_by": self.env.user.name,
                    "answered_on": fields.Date.context_today(self),
                }
            )
            idea.sudo()._tell_author()
        return True

    def _tell_author(self):
        """Whoever signed the idea is told; of an anonymous one nobody knows whose it is."""
        partner = self.author_id.partner_id
        if partner:
            partner.message_notify(
                subject=self.env._("Your idea has an answer"),
                body=f"« {self.name} » {self.answer}",
                partner_ids=partner.ids,
            )

    @api.model
    def _prepare_sent_vals(self, vals):
        """Date the idea; forget who sends it when so asked."""
        today = vals.get("sent_on") if self.env.su else None
        today = fields.Date.to_date(today) or fields.Date.context_today(self)
        author = vals.get("author_id", self.env.uid) if self.env.su else self.env.uid
        vals = {
            **vals,
            "author_id": False if vals.get("is_anonymous") else author,
            "sent_on": today,
            "answer_due_on": today + timedelta(days=self._get_days_to_answer()),
        }
        if not self.env.su:
            for key in ("state", "answer", "answered_by", "answered_on"):
                vals.pop(key, None)
        return vals

    def _get_days_to_answer(self):
        """Hook: within how many days an answer is due."""
        return self.env.company.sudo().mairie_social_suggestion_days

    def _is_handler(self):
        return self.env.user.has_group("mairie_social.group_communication")
