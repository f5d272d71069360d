import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import consteq

from ..lib.seal import canonical, seal
from .mairie_seance import CONVENED_STATES

#: Days after the meeting during which the personal link still opens.
LINK_DAYS_AFTER = 30
#: What is written together with a sealed event, never by hand.
PROVED_FIELDS = {
    "seance_id",
    "partner_id",
    "active",
    "channel",
    "sent_at",
    "delivery_state",
    "opened_at",
    "answer",
    "answered_at",
}
TOKEN_SHAPE = re.compile(r"[A-Za-z0-9_-]+")


class MairieConvocation(models.Model):
    _name = "mairie.convocation"
    _description = "Notice to a Member"
    _order = "seance_id, sequence, id"
    _rec_name = "partner_id"

    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="seance_id.company_id", store=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, ondelete="restrict", index=True
    )
    mandat_id = fields.Many2one("mairie.mandat", "Mandate", ondelete="restrict")
    civility = fields.Selection(
        [("madame", "Madame"), ("monsieur", "Monsieur")], required=True
    )
    channel = fields.Selection(
        [("email", "E-mail"), ("paper", "Paper")], "Convened by", required=True
    )
    email = fields.Char(groups="mairie_elus.group_secretary")
    paper_address = fields.Text(groups="mairie_elus.group_secretary")
    token = fields.Char(groups="base.group_system", copy=False)
    token_expires_at = fields.Datetime(groups="base.group_system", copy=False)
    sent_at = fields.Datetime("Sent", readonly=True)
    delivery_state = fields.Selection(
        [
            ("queued", "To leave"),
            ("sent", "Left"),
            ("failed", "Refused"),
            ("letter", "Letter"),
        ],
        "Sending",
        readonly=True,
    )
    delivery_error = fields.Char(groups="mairie_elus.group_secretary")
    opened_at = fields.Datetime(
        "Opened", readonly=True, groups="mairie_elus.group_secretary"
    )
    answer = fields.Selection(
        [
            ("present", "Will be there"),
            ("late", "Will come late"),
            ("absent", "Absent"),
            ("unknown", "Does not know yet"),
        ],
        readonly=True,
    )
    answered_at = fields.Datetime("Answered", readonly=True)
    event_ids = fields.One2many("mairie.convocation.event", "convocation_id", "Proof")
    last_seal = fields.Char(groups="base.group_system", copy=False)
    event_count = fields.Integer(groups="base.group_system", copy=False)

    _member_unique = models.Constraint(
        "UNIQUE (seance_id, partner_id)", "This member has a notice already."
    )

    def write(self, vals):
        if not self.env.su and PROVED_FIELDS & vals.keys():
            raise AccessError(
                self.env._("A notice changes with its proof only, never by hand.")
            )
        return super().write(vals)

    @api.model
    def _prepare_renewed_vals(self, seance, contact):
        """Return the values of a notice that leaves now, first time or again."""
        vals = contact._prepare_contact_vals()
        is_mandat = contact._name == "mairie.mandat"
        vals.update(
            {
                "seance_id": seance.id,
                "active": True,
                "mandat_id": contact.id if is_mandat else False,
                "sequence": contact.tableau_rank if is_mandat else 100,
                "token": secrets.token_urlsafe(16),
                "token_expires_at": seance.date_start + timedelta(days=LINK_DAYS_AFTER),
                "sent_at": seance.convened_at,
                "delivery_state": "queued" if vals["channel"] == "email" else "letter",
                "delivery_error": False,
                "opened_at": False,
                "answer": False,
                "answered_at": False,
            }
        )
        return vals

    @api.model
    def _find_by_token(self, convocation_id, token):
        """Return the notice that a personal link opens, nothing if it opens none.

        A wrong link, an old one and one of a cancelled meeting answer alike.
        """
        if not TOKEN_SHAPE.fullmatch(token or ""):
            return self.browse()
        convocation = self.sudo().browse(convocation_id).exists()
        known = convocation.token or ""
        if not known or not consteq(known, token):
            return self.browse()
        if not convocation._is_link_alive():
            return self.browse()
        return convocation

    @api.model
    def _find_for_user(self, convocation_id, user):
        """Return a user's own notice, nothing if it is another's."""
        convocation = self.sudo().browse(convocation_id).exists()
        own = convocation.partner_id == user.partner_id
        return convocation if own and convocation._is_known() else self.browse()

    def _is_link_alive(self):
        return self._is_known() and self.token_expires_at > fields.Datetime.now()

    def _is_known(self):
        """Tell whether its member still has it: sent once, the meeting not withdrawn."""
        self.ensure_one()
        return self.active and self.seance_id.state != "cancelled"

    def _is_readable(self):
        """Tell whether the agenda is open: not while the meeting is being changed."""
        self.ensure_one()
        return self._is_known() and self.seance_id.state in CONVENED_STATES

    def _is_opened(self):
        """Tell whether the documents are open: the receipt is given."""
        return self._is_readable() and bool(self.opened_at)

    def _add_event(self, kind, details=None):
        """Add one sealed event to each of these notices.

        The notice itself is written too, so that two events of one notice at the same
        instant cannot be sealed on the same one: PostgreSQL refuses, Odoo retries.

        :param kind: a value of mairie.convocation.event.kind
        :param details: JSON-able facts
        """
        now = fields.Datetime.now()
        vals_list = [item._prepare_event_vals(kind, details, now) for item in self]
        for item, vals in zip(self, vals_list, strict=True):
            item.write({"last_seal": vals["seal"], "event_count": vals["number"]})
        return self.env["mairie.convocation.event"].sudo().create(vals_list)

    def _prepare_event_vals(self, kind, details, now):
        self.ensure_one()
        facts = {
            "kind": kind,
            "at": fields.Datetime.to_string(now),
            "member": self.partner_id.name,
            "channel": self.channel,
            "by": self.env.user.name,
            "details": details or {},
        }
        text = canonical(facts)
        return {
            "convocation_id": self.id,
            "seance_id": self.seance_id.id,
            "company_id": self.company_id.id,
            "number": self.event_count + 1,
            "kind": kind,
            "answer": (details or {}).get("answer", False),
            "occurred_at": now,
            "facts": text,
            "seal": seal(text, self.last_seal) if self.last_seal else seal(text),
        }

    def _open(self, via):
        """The member taps: this is the receipt. The first tap counts."""
        self.ensure_one()
        if self._is_readable() and not self.opened_at:
            self.opened_at = fields.Datetime.now()
            self._add_event("opened", {"via": via, "files": self._get_file_hashes()})

    def _reply(self, answer, via):
        """Record an answer; the last one counts, all of them stay.

        :param answer: "present", "late", "absent" or "unknown"
        :raise ValidationError: another word, or the meeting has begun
        """
        self.ensure_one()
        if answer not in dict(self._fields["answer"].selection):
            raise ValidationError(self.env._("Choose one of the answers."))
        if self.seance_id.state != "convened":
            raise ValidationError(
                self.env._("The meeting has begun: tell the president directly.")
            )
        if answer == self.answer:
            return
        self.write({"answer": answer, "answered_at": fields.Datetime.now()})
        self._add_event("replied", {"answer": answer, "via": via})

    def _record_download(self, name, sha256, via):
        """Keep the first reading of each file, once the receipt is given."""
        self.ensure_one()
        details = {"file": name, "sha256": sha256 or "", "via": via}
        read = self.event_ids.filtered(lambda event: event.kind == "downloaded")
        if self.opened_at and not any(event._is_about(sha256) for event in read):
            self._add_event("downloaded", details)

    def _get_file_hashes(self):
        """Return the files that the members receive: name and SHA-256."""
        annexes = self.seance_id.annexe_ids.sorted(
            lambda annexe: (annexe.point_id.rank, annexe.sequence, annexe.id)
        )
        return [
            {"item": annexe.point_id.rank, "name": annexe.name, "sha256": annexe.sha256}
            for annexe in annexes
        ]

    def action_record_answer(self, answer):
        """The secretary notes an answer given by telephone or on paper."""
        self.check_access("write")
        for convocation in self:
            convocation.sudo()._reply(answer, "secretary")

    def action_note_present(self):
        self.action_record_answer("present")

    def action_note_absent(self):
        self.action_record_answer("absent")
