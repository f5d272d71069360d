import json

from odoo import api, fields, models

from ..lib.seal import first_broken


class MairieEnvoi(models.Model):
    """One sending of the notices of a meeting: sealed facts, never changed."""

    _name = "mairie.envoi"
    _description = "Sending of Notices"
    _inherit = ["mairie.eliminable.mixin"]
    _order = "sent_at desc, id desc"

    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", "Commune", required=True)
    sequence = fields.Integer("Version", required=True)
    sent_at = fields.Datetime("Sent", required=True)
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")
    email_count = fields.Integer("By e-mail")
    paper_count = fields.Integer("On paper")
    latest_send_date = fields.Date("Last lawful day")
    override_reason = fields.Text("Reason of the late sending")
    facts = fields.Text("Sealed facts", required=True)
    seal = fields.Char(required=True)
    summary = fields.Char(compute="_compute_summary")
    is_intact = fields.Boolean(
        compute="_compute_is_intact",
        help="Each seal is computed again from the facts and from the seal before it.",
    )

    _version_unique = models.Constraint(
        "UNIQUE (seance_id, sequence)", "This version has been sent already."
    )

    @api.depends("sequence")
    @api.depends_context("lang")
    def _compute_summary(self):
        for envoi in self:
            envoi.summary = " ".join(envoi._get_summary_sentences())

    def _get_summary_sentences(self):
        """Return what left and what is left to do, in short sentences."""
        self.ensure_one()
        local = self.company_id._mairie_localize(self.sent_at)
        waiting = self._count_waiting_mails()
        values = {"count": self.email_count, "time": f"{local:%H:%M}"}
        if waiting:
            yield self.env._(
                "%(count)s e-mails handed over at %(time)s, %(waiting)s still to leave.",
                waiting=waiting,
                **values,
            )
        else:
            yield self.env._("%(count)s e-mails left at %(time)s.", **values)
        if self.paper_count == 1:
            yield self.env._("1 letter to post today.")
        elif self.paper_count:
            yield self.env._("%s letters to post today.", self.paper_count)

    def _count_waiting_mails(self):
        return len(
            self.seance_id.convocation_ids.filtered(
                lambda item: item.channel == "email" and item.delivery_state == "queued"
            )
        )

    @api.depends("facts", "seal")
    def _compute_is_intact(self):
        for envoi in self:
            chain = envoi.seance_id.envoi_ids.sorted("sequence")
            broken = first_broken([(item.facts, item.seal) for item in chain])
            envoi.is_intact = broken is None or broken > list(chain).index(envoi)

    @api.depends("seance_id.name", "sequence")
    def _compute_display_name(self):
        for envoi in self:
            envoi.display_name = self.env._(
                "%(meeting)s, sending no. %(number)s",
                meeting=envoi.seance_id.name,
                number=envoi.sequence,
            )

    def _get_facts(self):
        """Return the sealed facts as a mapping."""
        self.ensure_one()
        return json.loads(self.facts)

    def action_print_paper(self):
        return self.seance_id.action_print_paper()

    def action_print_certificate(self):
        report = self.env.ref("mairie_elus.action_report_certificate")
        return report.report_action(self)
