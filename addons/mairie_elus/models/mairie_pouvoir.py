from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import notice, pouvoir
from ..lib.french import day_in_words
from .mairie_instance import BODY_OF_KIND


class MairiePouvoir(models.Model):
    """A member has a colleague vote in his name at one meeting (CGCT, L2121-20)."""

    _name = "mairie.pouvoir"
    _description = "Pouvoir"
    _order = "seance_id, id"

    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="seance_id.company_id", store=True)
    giver_id = fields.Many2one(
        "res.partner", "Given by", required=True, ondelete="restrict"
    )
    holder_id = fields.Many2one(
        "res.partner", "Given to", required=True, ondelete="restrict"
    )
    reason = fields.Selection(
        [("illness", "Illness, duly noted"), ("maternity", "Maternity leave")],
        help="Lifts the limit of three meetings in a row.",
    )
    received_on = fields.Datetime("Received", default=fields.Datetime.now)
    revoked_on = fields.Datetime("Revoked", readonly=True)
    signed_via = fields.Selection(
        [("link", "By a code, from the link"), ("session", "By a code, in a session")],
        "Signed",
        readonly=True,
        help="Empty: on paper or by message, noted by the secretary.",
    )
    acknowledged_at = fields.Datetime("Holder knows since", readonly=True)

    _one_each = models.UniqueIndex(
        "(seance_id, giver_id) WHERE revoked_on IS NULL",
        "This member has given a pouvoir already.",
    )
    _one_carried = models.UniqueIndex(
        "(seance_id, holder_id) WHERE revoked_on IS NULL",
        "A member carries one pouvoir only.",
    )

    def _filter_valid(self):
        """Return those that were not taken back."""
        return self.filtered(lambda given: not given.revoked_on)

    @api.constrains("seance_id", "giver_id", "holder_id", "reason")
    def _check_lawful(self):
        for given in self._filter_valid():
            why = given._get_refusal()
            if why:
                raise ValidationError(given._get_refusal_text(why))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:  # the sentence with the names, before PostgreSQL's
            self.new(vals)._check_new()
        return super().create(vals_list)

    def _check_new(self):
        """Refuse what the law refuses, then what comes too late by the body's rules."""
        self._check_lawful()
        for given in self:
            if given._is_late():
                raise ValidationError(given.seance_id._get_pouvoir_limit_text())

    def _is_late(self):
        """Tell whether it comes too late. From paper notes: what was taken was taken."""
        self.ensure_one()
        seance = self.seance_id
        body = seance.instance_id.sudo()
        if seance.state == "closed":
            return False
        return pouvoir.is_late(
            self.received_on or fields.Datetime.now(),
            seance.date_start,
            seance.opened_at or None,
            until=body.pouvoir_until,
            hours=body.pouvoir_hours,
            leaves=body.pouvoir_leaving and seance._has_come(self.giver_id),
        )

    def _get_refusal(self):
        """Return why the law refuses this pouvoir, None when it does not."""
        self.ensure_one()
        seance = self.seance_id
        if BODY_OF_KIND[seance.kind] == notice.CAO:
            return "substitutes"
        others = seance.pouvoir_ids._filter_valid() - self
        return pouvoir.refusal(
            self._prepare_pouvoir(),
            [other._prepare_pouvoir() for other in others],
            seance._get_members().ids,
            meetings_before=self._count_meetings_before(),
            reason=self.reason or None,
            limited=BODY_OF_KIND[seance.kind] != notice.CCAS,
        )

    def _prepare_pouvoir(self):
        return pouvoir.Pouvoir(self.giver_id.id, self.holder_id.id)

    def _count_meetings_before(self):
        """Return at how many meetings in a row, just before, the giver was represented."""
        earlier = self.seance_id._get_earlier_meetings(limit=pouvoir.MAX_MEETINGS)
        count = 0
        for seance in earlier:
            if not seance._get_given(self.giver_id):
                break
            count += 1
        return count

    def _get_refusal_text(self, why):
        """Return the sentence of a refusal: the rule, and what to do."""
        giver, holder = self.giver_id.name, self.holder_id.name
        texts = {
            "substitutes": self.env._(
                "A tender committee knows no pouvoir: its substitutes sit instead."
            ),
            "self": self.env._("Nobody gives a pouvoir to himself."),
            "giver_unknown": self.env._("%s does not sit in this assembly.", giver),
            "holder_unknown": self.env._(
                "%s does not sit in this assembly: choose a colleague who does.", holder
            ),
            "holder_taken": self.env._(
                "%s already carries a pouvoir for this meeting: a councillor carries "
                "one only.",
                holder,
            ),
            "holder_gave": self.env._(
                "%s has given his or hers: he or she cannot carry yours.", holder
            ),
            "giver_holds": self.env._(
                "%s carries a pouvoir: that one must be taken back first.", giver
            ),
            "too_long": self.env._(
                "A pouvoir covers three meetings in a row at most, save illness or "
                "maternity leave. Note the reason if there is one."
            ),
        }
        return texts[why]

    def action_revoke(self):
        """Always revocable: it stays in the list, and counts no more."""
        self.check_access("write")
        self.seance_id._check_pouvoirs_open()
        self._revoke()

    def _revoke(self):
        given = self._filter_valid()
        given.revoked_on = fields.Datetime.now()
        given.flush_recordset(["revoked_on"])  # frees giver and holder at once

    def _tell_holder(self, template):
        """Write to the holder, if he gets e-mails: he votes twice, or no longer."""
        self.ensure_one()
        notice = self._get_notice_of(self.holder_id)
        if notice:
            notice._queue_own_mail(
                template, self._get_mail_subject(), giver=self.giver_id.name
            )

    def _tell_giver(self):
        """Write to the giver that his colleague cannot vote for him."""
        self.ensure_one()
        notice = self._get_notice_of(self.giver_id)
        if notice:
            notice._queue_own_mail(
                "mairie_elus.mail_pouvoir_declined",
                self._get_mail_subject(),
                holder=self.holder_id.name,
            )

    def _get_notice_of(self, partner):
        notices = self.seance_id.sudo().convocation_ids
        return notices.filtered(lambda row: row.partner_id == partner)[:1]

    def _get_mail_subject(self):
        start = self.seance_id._get_local_start()
        day = day_in_words(start.date(), year=False).partition(" ")[2]
        return f"Pouvoir pour la séance du {day}"
