"""What an appointment tells its citizen, when, and by which channel."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import split_every

from ..lib.codes import spell
from ..lib.slots import local_to_minutes, to_datetime, to_local, to_minutes
from ..lib.sms import cut, to_gsm
from .wording import date_label, time_label

#: those that nobody awaits at this minute: they respect the quiet hours
POLITE_EVENTS = {"reminder", "closed", "missed", "retrait"}
#: a closing may be undone for a minute before anybody is told
UNDO_DELAY = timedelta(minutes=1)
ON_THE_WAY = timedelta(hours=1)
MISSED_DELAY = timedelta(hours=2)
PLACE_LENGTH, REMINDER_BATCH = 24, 2000


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    sms_ok = fields.Boolean(
        "SMS Wanted",
        groups="mairie_rdv.group_agent",
        help="The citizen agreed to receive SMS about this appointment.",
    )

    def _notify(self, event, number=None):
        """Put the message of an event in the outbox; nothing is sent here.

        :param event: a key of ``EVENTS``
        :param number: messages of one event differ by it; the moves by default
        """
        self._queue_message(event, number)

    def _queue_message(self, kind, number=None):
        if kind in ("cancelled", "cancelled_mairie", "moved"):
            self._wake_waiting_list()
        # The appointment first: two clicks then meet on its row, and Odoo tries the
        # second again, instead of on the message, which would be an error.
        self.flush_recordset()
        self.env["mairie.rdv.envoi"].sudo().create(
            [
                rdv._prepare_message_vals(kind, channel, number)
                for rdv in self.sudo()
                for channel in rdv._get_channels()
            ]
        )

    def _prepare_message_vals(self, kind, channel="email", number=None):
        self.ensure_one()
        return {
            "rdv_id": self.id,
            "kind": kind,
            "channel": channel,
            "number": self.move_count if number is None else number,
            "next_try": self._get_leaving_time(kind),
        }

    def _is_message_wanted(self, envoi):
        """Tell whether a message still makes sense when it leaves."""
        self.ensure_one()
        if envoi.channel == "sms" and not self._is_sms_allowed():
            return False
        if envoi.kind in ("reminder", "confirmed", "moved", "link"):
            return self._is_coming()
        if envoi.kind == "missed":
            return self.state == "no_show"
        if envoi.kind == "closed":
            return self.state == "cancelled_mairie"
        if envoi.kind == "waiting_offer":
            return self.state == "hold" and self.hold_until > fields.Datetime.now()
        return True

    def _unqueue_message(self, kind):
        """Take back a message that has not left yet."""
        self.sudo().envoi_ids.filtered(
            lambda envoi: envoi.kind == kind and envoi.state == "queued"
        ).unlink()

    # -- when --------------------------------------------------------------------

    def _get_leaving_time(self, kind):
        """Return when the message of an event leaves, from now on."""
        moment = fields.Datetime.now()
        if kind == "closed":
            moment += UNDO_DELAY
        if kind not in POLITE_EVENTS:
            return moment
        polite = self._get_polite_time(moment)
        # Better woken than on the way to a closed door.
        is_urgent = kind == "closed" and polite > self.start - ON_THE_WAY
        return moment if is_urgent else polite

    def _get_polite_time(self, moment):
        """Return ``moment``, or the end of the quiet hours that it falls in."""
        self.ensure_one()
        tz = self.lieu_id._get_zone_info()
        company = self.company_id
        local = to_local(to_minutes(moment), tz)
        hour = local.hour + local.minute / 60
        begin, end = company.mairie_rdv_quiet_from, company.mairie_rdv_quiet_to
        day = local.date()
        if begin > end and hour >= begin:
            day += timedelta(days=1)
        elif not (hour < end if begin > end else begin <= hour < end):
            return moment
        return to_datetime(local_to_minutes(day, round(end * 60), tz))

    def _get_reminder_time(self):
        """Return when to remind: days before, at the same wall hour, politely.

        The wall hour stays the same across a change of clocks.
        """
        self.ensure_one()
        local = self._get_local_start()
        day = local.date() - timedelta(days=self.company_id.mairie_rdv_reminder_days)
        minute = local.hour * 60 + local.minute
        zone = self.lieu_id._get_zone_info()
        return self._get_polite_time(to_datetime(local_to_minutes(day, minute, zone)))

    @api.model
    def _cron_remind(self):
        """Queue the reminders that are due. Idempotent: the outbox keeps one each."""
        now = fields.Datetime.now()
        reminding = [("mairie_rdv_reminder_days", ">", 0)]
        for company in self.env["res.company"].search(reminding):
            # All of them, by batches: a first batch that is told already must not
            # hide those behind it.
            coming = self.search(self._get_coming_domain(company, now), order="start")
            for ids in split_every(REMINDER_BATCH, coming.ids):
                rdvs = self.browse(ids)
                rdvs.filtered(lambda rdv: rdv._is_to_remind(now))._notify("reminder")
        self._notify_missed(now)

    @api.model
    def _get_coming_domain(self, company, now):
        days = company.mairie_rdv_reminder_days
        return [
            ("company_id", "=", company.id),
            ("state", "=", "confirmed"),
            ("start", ">", now),
            ("start", "<=", now + timedelta(days=days + 1)),
        ]

    @api.model
    def _notify_missed(self, now):
        """Write to who did not come, once agents have had time to undo it."""
        missed = self.search(
            [
                ("state", "=", "no_show"),
                ("done_at", ">", now - timedelta(days=2)),
                ("done_at", "<", now - MISSED_DELAY),
                ("envoi_ids", "not any", [("kind", "=", "missed")]),
            ]
        )
        missed._notify("missed")

    def _is_to_remind(self, now):
        self.ensure_one()
        told = self.envoi_ids.filtered(
            lambda envoi: envoi.kind == "reminder" and envoi.number == self.move_count
        )
        # Who booked or moved within the day needs no reminder of it.
        told_at = self.envoi_ids.mapped("next_try")
        since = max([*told_at, self.confirmed_at or self.create_date])
        is_fresh = since > now - timedelta(days=1)
        return not told and not is_fresh and self._get_reminder_time() <= now

    # -- what --------------------------------------------------------------------

    def _get_message_values(self, kind, is_short=False):
        """Return what the marks of a message stand for, and where its buttons lead."""
        self.ensure_one()
        local = self._get_local_start()
        lieu = self.lieu_id
        links = self._get_message_links(kind)
        values = {
            "date": self._get_when(),
            "jour": date_label(self.env, local.date()),
            "heure": time_label(self.env, local.time()),
            "lieu": cut(to_gsm(lieu.name), PLACE_LENGTH) if is_short else lieu.name,
            "adresse": lieu._get_address(),
            "code": spell(self.code),
            "ville": self.company_id.name,
            "telephone": lieu._get_phone(),
            "lien": links["lien"],
            "limite": self._get_limit_label(kind),
            "dates": self._get_dates_text(kind),
            "pieces": self._get_pieces_text(),
            "raison": self._get_public_reason(),
        }
        if is_short:
            values["date"] = self._get_short_when(local)
        return values, links

    def _get_short_when(self, local):
        """Return "jeu. 17/12 à 9 h 20": what an SMS has room for."""
        day = date_label(self.env, local.date(), short=True)
        return self.env._(
            "%(day)s at %(time)s", day=day, time=time_label(self.env, local.time())
        )

    def _get_message_links(self, kind):
        """Return the addresses of a message; ``lien`` is its own page."""
        self.ensure_one()
        manage = self._get_manage_url()
        return {
            "lien": f"{manage}/choisir" if kind == "closed" else manage,
            "annuler": f"{manage}/annuler",
            "changer": f"{manage}/changer",
            "rdv": f"{self.get_base_url()}/rdv",
        }

    def _get_limit_label(self, kind):
        """Return until when what a message offers is kept. Hook."""
        self.ensure_one()
        if not self.hold_until:
            return ""
        local = to_local(to_minutes(self.hold_until), self.lieu_id._get_zone_info())
        return time_label(self.env, local.time())

    def _get_dates_text(self, kind):
        """Return the dates that a message offers, one per line. Hook."""
        return ""

    def _get_public_reason(self):
        """Return the sentence that tells citizens why a date is lost. Hook."""
        return ""

    def _get_pieces_text(self):
        """Return the pieces to bring; those of a sensitive procedure stay unsaid."""
        self.ensure_one()
        demarche = self.demarche_id
        if demarche.is_sensitive:
            return self.env._("the list is behind the button")
        return demarche._get_pieces_text() or self.env._("nothing in particular")

    # -- STOP --------------------------------------------------------------------

    @api.model
    def _stop_sms(self, phone):
        """Send no more SMS to a number: appointments to come included."""
        self.sudo().search(
            [("phone", "=", phone), ("sms_ok", "=", True)]
        ).sms_ok = False

    @api.model
    def _stop_sms_public(self, token):
        """Stop the SMS of the owner of a token. :return: True, or None if unknown"""
        rdv = self._find_public(token)
        if not rdv:
            return None
        if rdv.phone:
            self._stop_sms(rdv.phone)
        return True
