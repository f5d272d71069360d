"""« J'ai déjà un rendez-vous » : found by its code and a contact, and by no less."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..exceptions import TooManyBookings
from ..lib.codes import read_code

TRIES, WINDOW = 10, timedelta(minutes=15)


class MairieRdvTry(models.Model):
    """A search for an appointment from one connection; forgotten the next day."""

    _name = "mairie.rdv.try"
    _description = "Search for an Appointment"

    ip_hash = fields.Char(required=True, index=True, export_string_translation=False)

    @api.autovacuum
    def _gc_tries(self):
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        self.search([("create_date", "<", limit)]).unlink()


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    @api.model
    def _count_try(self, ip):
        """Note a search from a connection.

        :raise TooManyBookings: too many of them; guessing a code would take centuries
        """
        tries, ip_hash = self.env["mairie.rdv.try"].sudo(), self._hash_ip(ip)
        since = fields.Datetime.now() - WINDOW
        mine = [("ip_hash", "=", ip_hash), ("create_date", ">", since)]
        if tries.search_count(mine) >= self._get_limit("tries_per_ip", TRIES):
            raise TooManyBookings(
                self.env._("Too many searches. Try again in a quarter of an hour."),
                retry_after=int(WINDOW.total_seconds()),
            )
        tries.create({"ip_hash": ip_hash})

    @api.model
    def _find_by_code(self, code, email, phone, company_id):
        """Return the token of an appointment to come, or None.

        Code and contact must both be right; which of them is wrong is not told.
        """
        read = read_code(code)
        if not read:
            return None
        rdv = self.sudo().search(
            [
                ("code", "=", read),
                ("company_id", "=", company_id),
                ("state", "in", ("confirmed", "arrived", "cancelled_mairie")),
            ],
            limit=1,
        )
        address = email_normalize(email or "")
        if address and rdv.email == address:
            return rdv.access_token
        if phone and rdv.phone and rdv._read_phone(str(phone)[:30]) == rdv.phone:
            return rdv.access_token
        return None
