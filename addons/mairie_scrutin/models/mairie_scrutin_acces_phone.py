from odoo import fields, models
from odoo.tools import hmac

STORE_SCOPE = "mairie_scrutin.phone_store"


# One file for each concern of an access: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinAcces(models.Model):
    """What the page of a station is given before and at the PIN."""

    _inherit = "mairie.scrutin.acces"

    def _get_head(self):
        """What anyone with the link may read: which station, nothing of the count."""
        self.ensure_one()
        tours = self._get_stations().tour_id
        return {
            "store": self._get_store_name(),
            "code": self.code,
            "place": self.place or "",
            "election": " · ".join(tours.mapped("name")),
            "noscript": self.env._(
                "This page needs JavaScript. Without it, call the town hall: the result "
                "can be dictated."
            ),
            "lang": (self.company_id._get_phone_lang()).replace("_", "-"),
        }

    def _get_store_name(self):
        """Where phones keep what they send: sheets printed again do not change it."""
        return hmac(self.env(su=True), STORE_SCOPE, self.id)[:16]

    def _let_in(self, pin, device_name):
        """Exchange the PIN for the token of a phone.

        :return: (HTTP status, plain answer)
        """
        self.ensure_one()
        right, left = self._try_pin(pin.replace(" ", "").replace("\u00a0", ""))
        if not right:
            sentence = (
                self.env._("Wrong PIN. %s tries left.", left)
                if left
                else self.env._(
                    "Too many wrong PINs: this access is locked. Call the town hall, "
                    "which unlocks it."
                )
            )
            error = {"code": "X11", "sentence": sentence, "field": "pin"}
            return (403 if left else 423), {"errors": [error], "left": left}
        name = device_name if isinstance(device_name, str) else ""
        device, token = self.env["mairie.scrutin.device"]._let_in(self, name)
        self.tour_id._log("device", device.name, stations=self.bureau_tour_id)
        return 200, {
            "device_token": token,
            "device_id": device.id,
            "expires": device._iso(device.expires),
        }


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinDevice(models.Model):
    _inherit = "mairie.scrutin.device"

    def _note_seen(self):
        """Once a minute at most: pages ask often, the row is not to be fought over."""
        now = fields.Datetime.now()
        if not self.last_seen or (now - self.last_seen).total_seconds() > 60:
            self.last_seen = now

    def _receive_photo(self, uuid, tour, kind, content):
        """Keep a photo of the report. :return: (HTTP status, plain answer)"""
        self.ensure_one()
        sending = {"uuid": uuid, "kind": "result", "seq": self.last_seq}
        try:
            self._read_head(sending)
            number = int(tour) if (tour or "").isdigit() and len(tour) < 10 else None
            station = self._find_station(number)
        except Exception as refused:
            if not hasattr(refused, "errors"):
                raise
            return 422, {"errors": refused.errors}
        photos = self.env["mairie.scrutin.photo"].sudo()
        return photos._receive(self, station, uuid, kind, content)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_phone_lang(self):
        """Language of the page of the stations: the town's.

        Hook: a town that speaks several.
        """
        known = {code for code, _name in self.env["res.lang"].sudo().get_installed()}
        wanted = (self.partner_id.lang, "fr_FR", self.env.lang, "en_US")
        return next(code for code in wanted if code in known)
