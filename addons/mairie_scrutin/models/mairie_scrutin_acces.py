import base64
import hashlib
import io
import secrets
from datetime import datetime, timedelta

import qrcode
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq
from qrcode.image.svg import SvgPathImage

PIN_TRIES = 5
PIN_ROUNDS = 200_000
GRACE_HOURS = 6


def _hash_token(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _hash_pin(pin, salt):
    """Slow on purpose: six digits are few for whoever would steal the database."""
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt.encode(), PIN_ROUNDS).hex()


class MairieScrutinAcces(models.Model):
    """The QR code and the PIN by which the phones of a station come in.

    Neither is kept: only digests. Printing again makes new ones, the old ones die.
    """

    _name = "mairie.scrutin.acces"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Access of a Station"
    _order = "tour_id, code"
    _rec_name = "bureau_tour_id"
    _protected_fields = (
        "token_hash",
        "pin_hash",
        "pin_salt",
        "failed_count",
        "printed_date",
        "active",
    )

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour",
        "Station",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    tour_id = fields.Many2one(related="bureau_tour_id.tour_id", store=True, index=True)
    company_id = fields.Many2one(related="bureau_tour_id.company_id", store=True)
    bureau_id = fields.Many2one(
        related="bureau_tour_id.bureau_id", string="Polling Place", store=True
    )
    code = fields.Char("Number", related="bureau_tour_id.code", store=True)
    place = fields.Char("Place", related="bureau_tour_id.place")
    token_hash = fields.Char(
        readonly=True, groups="base.group_system", export_string_translation=False
    )
    pin_hash = fields.Char(
        readonly=True, groups="base.group_system", export_string_translation=False
    )
    pin_salt = fields.Char(
        readonly=True, groups="base.group_system", export_string_translation=False
    )
    failed_count = fields.Integer("Wrong PINs", readonly=True)
    expires = fields.Datetime(
        compute="_compute_expires",
        store=True,
        readonly=False,
        help="Midnight of the day, and six hours for a long count.",
    )
    printed_date = fields.Datetime("Printed On", readonly=True)
    active = fields.Boolean(default=True)
    device_ids = fields.One2many("mairie.scrutin.device", "acces_id", "Devices")
    device_count = fields.Integer("Phones", compute="_compute_status")
    last_seen = fields.Datetime(compute="_compute_status")
    status = fields.Selection(
        [
            ("none", "Not printed"),
            ("printed", "Printed, never opened"),
            ("used", "In use"),
            ("locked", "Locked: too many wrong PINs"),
            ("expired", "Over"),
        ],
        compute="_compute_status",
    )

    _token_uniq = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")
    _station_uniq = models.UniqueIndex("(bureau_tour_id) WHERE active")

    @api.depends("tour_id.date")
    def _compute_expires(self):
        for acces in self:
            day = acces.tour_id.date
            midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
            end = acces.tour_id.company_id._mairie_to_utc(midnight)
            acces.expires = end + timedelta(hours=GRACE_HOURS)

    @api.depends(
        "token_hash", "failed_count", "expires", "device_ids.revoked", "device_ids"
    )
    def _compute_status(self):
        now = fields.Datetime.now()
        for acces in self.sudo():
            devices = acces.device_ids.filtered(lambda row: not row.revoked)
            acces.device_count = len(devices)
            seen = [row.last_seen for row in devices if row.last_seen]
            acces.last_seen = max(seen, default=False)
            if not acces.token_hash:
                acces.status = "none"
            elif acces.expires and acces.expires <= now:
                acces.status = "expired"
            elif acces.failed_count >= PIN_TRIES:
                acces.status = "locked"
            else:
                acces.status = "used" if devices else "printed"

    @api.model
    def _get_or_create(self, stations):
        """Return one access for each station, in the same order.

        A second election on the same day shares the access of its station.
        """
        known = {row.bureau_tour_id: row for row in stations.acces_ids}
        missing = [
            {"bureau_tour_id": station.id}
            for station in stations
            if station not in known
        ]
        created = self.sudo().create(missing).sudo(False)
        known |= {row.bureau_tour_id: row for row in created}
        return self.concat(*(known[station] for station in stations))

    def _renew(self):
        """Make a new link and a new PIN; phones let in before are put out.

        :return: [(access, token, pin)]: nothing of them is kept
        """
        self._check_manager()
        made = []
        for acces in self.sudo():
            token, pin = secrets.token_urlsafe(16), f"{secrets.randbelow(10**6):06d}"
            acces._set_secrets(token, pin)
            acces.device_ids.revoked = True
            acces.tour_id.with_user(self.env.uid).sudo()._log(
                "access", stations=acces.bureau_tour_id
            )
            made.append((acces, token, pin))
        return made

    def _set_secrets(self, token, pin):
        self.ensure_one()
        salt = secrets.token_hex(16)
        self.write(
            {
                "token_hash": _hash_token(token),
                "pin_salt": salt,
                "pin_hash": _hash_pin(pin, salt),
                "failed_count": 0,
                "printed_date": fields.Datetime.now(),
            }
        )

    @api.model
    def _find(self, token):
        """Return the living access behind a link, sudoed, or an empty set."""
        nothing = self.sudo().browse()
        if not token or len(token) > 64:
            return nothing
        found = self.sudo().search([("token_hash", "=", _hash_token(token))])
        if not found or not consteq(found.token_hash, _hash_token(token)):
            return nothing
        return found if found.expires > fields.Datetime.now() else nothing

    def _try_pin(self, pin):
        """Compare a PIN; count the wrong ones.

        :return: (whether it is right, tries left)
        """
        self.ensure_one()
        # written before it is compared: parallel tries meet on this row, one by one
        tried = self.failed_count + 1
        if tried > PIN_TRIES:
            return False, 0
        self.failed_count = tried
        self.flush_recordset(["failed_count"])
        if not consteq(_hash_pin(pin, self.pin_salt or ""), self.pin_hash or ""):
            return False, PIN_TRIES - tried
        self.failed_count = 0
        return True, PIN_TRIES

    def _get_stations(self):
        """Stations of the rounds of that day: the other election shares the room."""
        self.ensure_one()
        stations = self.bureau_tour_id
        other = self.tour_id.concomitant_id
        if other:
            stations |= other.bureau_tour_ids.filtered(
                lambda row: row.bureau_id == self.bureau_id
            )
        return stations

    def _check_manager(self):
        self.check_access("read")
        allowed = self.env.su or self.env.user.has_group(
            "mairie_scrutin.group_superviseur"
        )
        if not allowed:
            raise UserError(
                self.env._("Only a supervisor of the election can do this.")
            )

    def action_unlock(self):
        """Give five more tries to a station that mistyped its PIN."""
        self._check_manager()
        for acces in self.filtered(lambda row: row.failed_count):
            acces.sudo().failed_count = 0
            acces.tour_id.sudo()._log("unlock", stations=acces.bureau_tour_id)

    def action_revoke(self):
        """Put every phone out and kill the link; printing again makes another."""
        self._check_manager()
        for acces in self.sudo().filtered("token_hash"):
            acces.device_ids.revoked = True
            acces.write({"token_hash": False, "pin_hash": False})
            acces.tour_id.with_user(self.env.uid).sudo()._log(
                "revocation", stations=acces.bureau_tour_id
            )

    def action_print(self):
        """Print new sheets: the browser posts the numbers and receives one PDF."""
        self._check_manager()
        return {
            "type": "ir.actions.client",
            "tag": "mairie_scrutin.print_accesses",
            "params": {"ids": self.ids},
        }

    @api.model
    def action_print_missing(self):
        """Print the sheets of every station to come that has none yet."""
        missing = self.search([("tour_id.state", "!=", "proclame")]).filtered(
            lambda acces: acces.status == "none"
        )
        if not missing:
            raise UserError(
                self.env._(
                    "Every station has its access. To print one anew, use “Print Again” "
                    "on its line: the QR code printed before goes out."
                )
            )
        return missing.action_print()

    def _make_sheets(self):
        """Renew the accesses and return their PDF: sheets first, then PIN slips."""
        base_url = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        made = self._renew()
        sheets = [
            {
                "code": acces.code,
                "place": acces.place or "",
                "address": acces._get_address(),
                "date": acces.tour_id.date,
                "election": " · ".join(acces._get_stations().tour_id.mapped("name")),
                "qr": self._draw_qr(f"{base_url}/bureau/{token}"),
                "url": f"{base_url}/bureau/{token}",
                "pin": f"{pin[:3]}\u00a0{pin[3:]}",
            }
            for acces, token, pin in made
        ]
        report = self.env["ir.actions.report"].sudo()
        return report._render_qweb_pdf(
            "mairie_scrutin.report_acces",
            self[:1].ids,  # all sheets are in one document: it is drawn once
            {"sheets": sheets, "phone": self[:1].company_id.phone},
        )[0]

    def _get_address(self):
        bureau = self.bureau_id
        town = " ".join(filter(None, [bureau.zip, bureau.city]))
        return ", ".join(filter(None, [bureau.street, town]))

    @api.model
    def _draw_qr(self, url):
        """A QR code as a data: address."""
        target = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathImage, border=2).save(target)
        data = base64.b64encode(target.getvalue()).decode()
        return f"data:image/svg+xml;base64,{data}"
