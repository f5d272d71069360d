from odoo import fields, models
from odoo.exceptions import ValidationError

from ..lib import code, pouvoir

#: While a member may give his pouvoir or take it back by himself.
OPEN_STATES = ("convened", "open")


class MairieConvocation(models.Model):
    """A member gives his pouvoir from his own page, and carries those of others."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.convocation"

    def _get_given(self):
        """Return the pouvoir that this member gives for the meeting, if any."""
        self.ensure_one()
        return self.seance_id._get_given(self.partner_id)

    def _get_carried(self):
        """Return the pouvoir that this member carries at the meeting, if any."""
        self.ensure_one()
        return self.seance_id._get_carried(self.partner_id)

    def _get_holders(self):
        """Return the colleagues, with why each cannot carry the pouvoir, if he cannot.

        :return: list of dicts ``id``, ``name``, ``problem`` (text or "")
        """
        self.ensure_one()
        valid = self.seance_id.sudo().pouvoir_ids._filter_valid()
        given = valid.filtered(lambda row: row.giver_id != self.partner_id)
        members = self.seance_id._get_members()
        why = pouvoir.free_holders(
            self.partner_id.id, [row._prepare_pouvoir() for row in given], members.ids
        )
        return [
            {
                "id": member.id,
                "name": member.name,
                "problem": self._get_holder_problem(member, why[member.id]),
            }
            for member in members - self.partner_id
        ]

    def _get_holder_problem(self, member, why):
        if why not in ("holder_taken", "holder_gave"):
            return ""
        draft = self.env["mairie.pouvoir"].new(self._prepare_pouvoir_vals(member))
        return draft._get_refusal_text(why)

    def _ask_pouvoir(self, holder_id, reason=None):
        """The member names his colleague: a code is sent, it will sign.

        :raise ValidationError: the law refuses, or no code can be sent
        """
        self.ensure_one()
        self._check_pouvoir_open()
        holder = self.env["res.partner"].browse(holder_id).exists()
        if not holder or holder not in self.seance_id._get_members():
            raise ValidationError(self.env._("Choose a colleague."))
        self.env["mairie.pouvoir"].new(
            self._prepare_pouvoir_vals(holder, reason)
        )._check_new()
        self.env["mairie.convocation.code"].sudo()._send(
            self, "pouvoir", holder_id=holder.id, reason=reason or False
        )

    def _sign_pouvoir(self, typed, via):
        """The code signs: the pouvoir is given, its holder is told.

        :return: None, or the sentence that says what is wrong with the code
        :raise ValidationError: the law refuses, for what happened in between
        """
        self.ensure_one()
        self._check_pouvoir_open()
        Code = self.env["mairie.convocation.code"].sudo()
        asked = Code._get_last(self, "pouvoir")
        problem = asked._get_problem(typed)
        if problem:
            return problem
        self._revoke_given()
        given = (
            self.env["mairie.pouvoir"]
            .sudo()
            .create(self._prepare_pouvoir_vals(asked.holder_id, asked.reason))
        )
        given.signed_via = via
        if self.answer != "absent" and self.seance_id.state == "convened":
            self._reply("absent", via)
        self._add_event("pouvoir_given", {"to": asked.holder_id.name, "via": via})
        given._tell_holder("mairie_elus.mail_pouvoir")
        return None

    def _withdraw_pouvoir(self, via):
        """Always revocable: the holder is told."""
        self.ensure_one()
        self._check_pouvoir_open()
        given = self._revoke_given()
        if given:
            self._add_event(
                "pouvoir_withdrawn", {"to": given.holder_id.name, "via": via}
            )
            given._tell_holder("mairie_elus.mail_pouvoir_withdrawn")

    def _answer_carried(self, accepts, via):
        """The holder says that he has it, or that he cannot carry it."""
        self.ensure_one()
        carried = self._get_carried()
        if not carried:
            return
        if accepts:
            if not carried.acknowledged_at:
                carried.acknowledged_at = fields.Datetime.now()
                self._add_event(
                    "pouvoir_received", {"from": carried.giver_id.name, "via": via}
                )
            return
        self._check_pouvoir_open()
        carried._revoke()
        self._add_event("pouvoir_declined", {"from": carried.giver_id.name, "via": via})
        carried._tell_giver()

    def _revoke_given(self):
        given = self._get_given()
        given._revoke()
        return given

    def _prepare_pouvoir_vals(self, holder, reason=None):
        return {
            "seance_id": self.seance_id.id,
            "giver_id": self.partner_id.id,
            "holder_id": holder.id,
            "reason": reason or False,
        }

    def _check_pouvoir_open(self):
        if self.seance_id.state not in OPEN_STATES or not self._is_opened():
            raise ValidationError(
                self.env._(
                    "Open your notice first; once the meeting is over nothing changes "
                    "any more."
                )
            )

    def _ask_notes(self):
        """The member wants to open his private notes from his link: a code is sent."""
        self.ensure_one()
        self.env["mairie.convocation.code"].sudo()._send(self, "notes")

    def _open_notes(self, typed):
        """Return None when the code is right, else the sentence to show."""
        Code = self.env["mairie.convocation.code"].sudo()
        return Code._get_last(self, "notes")._get_problem(typed)

    def _prepare_code_vals(self, purpose):
        """Return what the page that asks for a code shows."""
        self.ensure_one()
        Code = self.env["mairie.convocation.code"].sudo()
        asked = Code._get_last(self, purpose)
        alive = asked.filtered(lambda row: row.expires_at > fields.Datetime.now())
        return {
            "purpose": purpose,
            "is_sent": bool(alive),
            "holder": alive.holder_id.name or "",
            "masked_email": code.masked_address(self.email) if self.email else "",
        }

    def _queue_code_mail(self, plain, purpose):
        subject = {
            "pouvoir": "Votre code pour signer le pouvoir",
            "notes": "Votre code pour ouvrir vos notes",
        }[purpose]
        return self._queue_own_mail("mairie_elus.mail_code", subject, code=plain)

    def _queue_own_mail(self, template, subject, **extra):
        """Put one e-mail to this member in the queue: no proof of the notice itself."""
        self.ensure_one()
        if not self.email:
            return self.env["mail.mail"]
        shared = {
            **self.seance_id._prepare_mail_template_vals(),
            "subjects": {template: subject},
            **extra,
        }
        vals = self._prepare_mail_vals(template, shared)
        del vals["mairie_convocation_id"]
        mail = self.env["mail.mail"].sudo().create(vals)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return mail

    def _prepare_page_vals(self, token=None):
        return {
            **super()._prepare_page_vals(token),
            **self._prepare_page_pouvoir(),
        }

    def _prepare_page_pouvoir(self):
        """Return what the page says of pouvoirs: given and carried."""
        given, carried = self._get_given(), self._get_carried()
        open_ = self.seance_id.state in OPEN_STATES and self._is_opened()
        limited = self.seance_id.instance_id.kind != "cao"
        can_give = open_ and limited and not carried
        is_late = can_give and self._is_late_to_give()
        return {
            "can_give": can_give and not is_late,
            "pouvoir_limit": can_give and self.seance_id._get_pouvoir_limit_text(),
            "given": given
            and {
                "to": given.holder_id.name,
                "at": self._get_moment(given.received_on),
                "known": self._get_moment(given.acknowledged_at),
            },
            "carried": carried
            and {
                "from": carried.giver_id.name,
                "known": self._get_moment(carried.acknowledged_at),
                "can_decline": open_,
            },
            "masked_email": code.masked_address(self.email) if self.email else "",
        }

    def _is_late_to_give(self):
        """Tell whether the body's own rules take no pouvoir any more."""
        vals = self._prepare_pouvoir_vals(self.partner_id)
        return self.env["mairie.pouvoir"].new(vals)._is_late()
