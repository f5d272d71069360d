import re

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..lib import notice


class MairieSeanceConvene(models.TransientModel):
    _name = "mairie.seance.convene"
    _description = "Convene the Members"

    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, readonly=True, ondelete="cascade"
    )
    clock_detail = fields.Char(related="seance_id.clock_detail")
    is_late = fields.Boolean(compute="_compute_facts")
    late_text = fields.Char(compute="_compute_facts")
    is_urgency_possible = fields.Boolean(compute="_compute_facts")
    advice = fields.Char(compute="_compute_facts")
    blocker_ids = fields.One2many(
        "mairie.seance.convene.blocker",
        "convene_id",
        "To settle first",
        compute="_compute_blocker_ids",
        store=True,
    )
    is_blocked = fields.Boolean(compute="_compute_is_blocked")
    warning = fields.Text(compute="_compute_facts")
    member_count = fields.Integer("Members", compute="_compute_facts")
    email_count = fields.Integer("By e-mail", compute="_compute_facts")
    paper_count = fields.Integer("On paper", compute="_compute_facts")
    subject = fields.Char(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    date_start = fields.Datetime(
        "New date and hour",
        compute="_compute_date_start",
        store=True,
        readonly=False,
    )
    urgency_reason = fields.Text("Reason of the urgency")
    override_reason = fields.Text(
        "Reason for sending late",
        help="Kept with the proof. A judge cancels what was decided after a late "
        "notice, unless every member is proved to have had it in time.",
    )

    @api.depends("seance_id")
    def _compute_facts(self):
        for convene in self:
            seance = convene.seance_id
            contacts = seance._get_contacts()
            convene.is_late = seance._is_too_late()
            convene.late_text = convene.is_late and seance._get_late_text()
            convene.is_urgency_possible = (
                seance.call != notice.URGENT and seance._is_urgency_possible()
            )
            convene.advice = convene._get_advice()
            notes = [seance.changes_text, seance.advice, seance.dossier_report]
            convene.warning = "\n".join(filter(None, notes))
            convene.member_count = len(contacts)
            convene.email_count = sum(c.channel == "email" for c in contacts)
            convene.paper_count = sum(c.channel == "paper" for c in contacts)

    def _get_advice(self):
        """Return the safer day where the text does not say "clear days"."""
        seance = self.seance_id
        rule = seance._get_notice_rule()
        if not rule or rule.is_clear or seance.is_late:
            return False
        return self.env._(
            "The text does not say “clear days”: send one day earlier to be safe."
        )

    @api.depends("seance_id")
    def _compute_date_start(self):
        """Propose the first lawful day, at the same hour."""
        for convene in self:
            seance = convene.seance_id
            convene.date_start = seance._is_too_late() and seance._get_earliest_start()

    @api.depends("seance_id")
    def _compute_blocker_ids(self):
        for convene in self:
            convene.blocker_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "name": sentence,
                            "res_model": record._name,
                            "res_id": record.id,
                        }
                    )
                    for sentence, record in convene.seance_id._get_blockers()
                ),
            ]

    @api.depends("blocker_ids")
    def _compute_is_blocked(self):
        for convene in self:
            convene.is_blocked = bool(convene.blocker_ids)

    @api.depends("seance_id")
    def _compute_preview(self):
        """Show the e-mail as the first member will read it, its link left out."""
        for convene in self:
            found = convene.seance_id._get_changes()
            template = convene.seance_id._get_notice_template(found)
            values = convene._prepare_preview_vals()
            convene.subject = values.get("subjects", {}).get(template)
            convene.preview = values and self._render_preview(template, values)

    def _render_preview(self, template, values):
        """Without addresses: a link would take the focus, and the screen with it."""
        html = self.env["ir.qweb"]._render(template, values, minimal_qcontext=True)
        return Markup(re.sub(r'\shref="[^"]*"', "", html))

    def _prepare_preview_vals(self):
        seance = self.seance_id
        contact = next(iter(seance._get_contacts()), None)
        if not contact or not seance.date_start:
            return {}
        Convocation = self.env["mairie.convocation"].sudo()
        draft = Convocation.new(Convocation._prepare_renewed_vals(seance, contact))
        shared = seance._prepare_mail_template_vals()
        changes = seance._get_changes()
        return {**shared, "convocation": draft, "url": "#", "changes": changes}

    def action_convene(self):
        """Send, then show the proof."""
        self.ensure_one()
        envoi = self.seance_id._convene(self.override_reason)
        return self._open_envoi(envoi)

    def action_change_date(self):
        """Keep everything, at another date; the clock starts again."""
        self.ensure_one()
        if not self.date_start:
            raise UserError(self.env._("Choose the new date and hour first."))
        self.seance_id.date_start = self.date_start
        return self.seance_id.action_convene()

    def action_urgency(self):
        """Convene in urgency: the council votes on it as its first item."""
        self.ensure_one()
        if not (self.urgency_reason or "").strip():
            raise UserError(self.env._("Write the reason of the urgency first."))
        self.seance_id._make_urgent(self.urgency_reason)
        return self.seance_id.action_convene()

    def _open_envoi(self, envoi):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Members convened"),
            "res_model": "mairie.envoi",
            "res_id": envoi.id,
            "view_mode": "form",
            "target": "new",
        }
