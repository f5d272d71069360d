"""Holding a place while the citizen fills the form in, within limits."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import hmac
from psycopg2.errors import UniqueViolation

from ..exceptions import SlotTaken, TooManyBookings

DAY = 24 * 3600
EXTENSIONS = 5
HOLDS_PER_IP = 5
BOOKINGS_PER_IP = 30


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    @api.model
    def _hold_public(
        self, demarche_id, lieu_id, value, persons, request_key, ip, invitation=""
    ):
        """Hold a time while the citizen fills the form in.

        The same request twice gives the same appointment; the same journey with
        another time moves it.

        :param value: wall time of the place, "2026-12-17T09:20"
        :param invitation: token that opened a procedure not shown to everybody
        :param request_key: made with the page, the same for each of its buttons
        :return: token of the appointment
        :raise SlotTaken: with the time that was asked gone
        :raise TooManyBookings: too many places held from this address
        """
        demarche = self.env["mairie.rdv.demarche"].sudo().browse(demarche_id)
        lieu = self.env["mairie.rdv.lieu"].sudo().browse(lieu_id)
        start = lieu._read_start(value)
        if not start or not 1 <= persons <= demarche.persons_max:
            raise SlotTaken(self.env._("This time is not on offer."))
        rdv = self.sudo().search([("request_key", "=", request_key)], limit=1)
        vals = self._prepare_hold_create_vals(demarche, lieu, start, persons)
        if rdv._answers_request(vals):
            return rdv.access_token
        if rdv and rdv.state not in ("hold", "expired"):
            # Back on an old page after booking: another appointment is wanted.
            key = f"{request_key}/{value}"
            return self._hold_public(
                demarche_id, lieu_id, value, persons, key, ip, invitation
            )
        vals |= self._prepare_invited_vals(invitation, demarche)
        if not rdv:
            vals |= self._prepare_request_vals(request_key, ip)
        return rdv._hold_time(vals).access_token

    def _answers_request(self, vals):
        """Tell whether what a request asks was done already: a click, twice."""
        is_kept = bool(self) and self.state != "expired"
        asked = [self.demarche_id.id, self.lieu_id.id, self.start, self.persons]
        names = ("demarche_id", "lieu_id", "start", "persons")
        return is_kept and asked == [vals[name] for name in names]

    def _prepare_request_vals(self, request_key, ip):
        """Return what names a first request: its key, where it came from.

        :raise TooManyBookings: too many places held from this address
        """
        ip_hash = self._hash_ip(ip)
        self._check_ip_limits(ip_hash)
        return {"request_key": request_key, "ip_hash": ip_hash}

    def _hold_time(self, vals):
        """Hold a time with these values: move what is held already, or make a hold.

        :raise SlotTaken: the time is not on offer, or went to others meanwhile
        """

        def keep(place):
            if not self:
                return self.sudo().create({**vals, **place})
            self.write({**vals, **place})
            return self

        demarche = self.env["mairie.rdv.demarche"].sudo().browse(vals["demarche_id"])
        lieu = self.env["mairie.rdv.lieu"].sudo().browse(vals["lieu_id"])
        try:
            return self._keep_on_free_place(
                demarche, lieu, vals["start"], vals["persons"], keep, ignore=self
            )
        except UniqueViolation:
            raise SlotTaken(self.env._("This time has just been taken.")) from None

    def _prepare_hold_create_vals(self, demarche, lieu, start, persons):
        """Return the values of a held appointment. Hook for integrators."""
        minutes = timedelta(minutes=demarche.hold_minutes)
        return {
            "demarche_id": demarche.id,
            "lieu_id": lieu.id,
            "start": start,
            "persons": persons,
            "state": "hold",
            "origin": "web",
            "lang": self.env.lang,
            "hold_until": fields.Datetime.now() + minutes,
        }

    def _prepare_invited_vals(self, token, demarche):
        """Return what an invitation brings: its holder's name and contact."""
        invitations = self.env["mairie.rdv.invitation"]
        found = invitations._find_public(token, demarche.company_id.id)
        if found.demarche_id != demarche or not found:
            return {}
        names = ("first_name", "last_name", "email", "phone", "sms_ok")
        return {"invitation_id": found.id, **{name: found[name] for name in names}}

    @api.model
    def _get_token_of_request(self, demarche_id, lieu_id, value, persons, request_key):
        """Return the token of what a request took already, or None."""
        rdv = self.sudo().search([("request_key", "=", request_key)], limit=1)
        start = rdv.lieu_id._read_start(value) if rdv else None
        vals = {"demarche_id": demarche_id, "lieu_id": lieu_id, "start": start,
                "persons": persons}  # fmt: skip
        return rdv.access_token if rdv._answers_request(vals) else None

    @api.model
    def _hash_ip(self, ip):
        """Return a keyed fingerprint: addresses themselves are not stored."""
        return hmac(self.env(su=True), "mairie_rdv-ip", ip or "")[:32]

    @api.model
    def _get_limit(self, name, default):
        """Return a limit of the town: ``mairie_rdv.<name>``, whole number."""
        text = self.env["ir.config_parameter"].sudo().get_param(f"mairie_rdv.{name}")
        return int(text) if str(text).isdigit() else default

    def _check_ip_limits(self, ip_hash):
        """Refuse one connection more places, or more bookings a day, than its share.

        :raise TooManyBookings: saying when it will be worth trying again
        """
        now = fields.Datetime.now()
        rows = self.sudo().search_fetch(
            [("ip_hash", "=", ip_hash), ("state", "!=", "expired")],
            ["state", "hold_until", "create_date"],
        )
        ends = [
            rdv.hold_until
            for rdv in rows
            if rdv.state == "hold" and rdv.hold_until > now
        ]
        if len(ends) >= self._get_limit("holds_per_ip", HOLDS_PER_IP):
            wait = min(ends, default=now) - now
            raise TooManyBookings(
                self.env._(
                    "Several places are held from your connection already. Finish one "
                    "of them, or try again in a few minutes."
                ),
                retry_after=max(int(wait.total_seconds()), 60),
            )
        booked = [rdv for rdv in rows if rdv.create_date > now - timedelta(days=1)]
        if len(booked) >= self._get_limit("bookings_per_ip", BOOKINGS_PER_IP):
            raise TooManyBookings(
                self.env._(
                    "Many appointments were booked from your connection today. Try "
                    "again tomorrow, or call us."
                ),
                retry_after=DAY,
            )

    def _can_extend(self):
        """Tell whether the place may be held longer: others wait for some of them."""
        self.ensure_one()
        is_shared = self.attente_id or self.proposal_of_id
        return self.extension_count < EXTENSIONS and not is_shared

    @api.model
    def _extend_public(self, token):
        """Hold the place for as long again, a few times at most."""
        rdv = self._find_public(token)
        if rdv.state == "hold" and rdv._can_extend():
            minutes = timedelta(minutes=rdv.demarche_id.hold_minutes)
            rdv.write(
                {
                    "hold_until": fields.Datetime.now() + minutes,
                    "extension_count": rdv.extension_count + 1,
                }
            )
        return rdv._prepare_public_vals() if rdv else None
