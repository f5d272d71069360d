from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.addons.mairie_base.lib.legal_calendar import ZONES, public_holidays

from ..lib.slots import to_local, to_minutes


class MairieRdvLieu(models.Model):
    """A place where citizens are received, with its own clock and holidays."""

    _name = "mairie.rdv.lieu"
    _description = "Appointment Place"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    site_id = fields.Many2one("hr.work.location", check_company=True)
    street = fields.Char(compute="_compute_address", store=True, readonly=False)
    zip = fields.Char(
        "Postcode", compute="_compute_address", store=True, readonly=False
    )
    city = fields.Char(compute="_compute_address", store=True, readonly=False)
    phone = fields.Char(help="Shown to citizens who cannot book online.")
    tz = fields.Selection(
        _tz_get,
        "Time Zone",
        required=True,
        default=lambda self: self.env.company.mairie_tz or "Europe/Paris",
    )
    holiday_zone = fields.Selection(
        list(ZONES.items()),
        "Public Holidays",
        required=True,
        default=lambda self: self.env.company.mairie_holiday_zone or "metropole",
    )
    guichet_ids = fields.One2many("mairie.rdv.guichet", "lieu_id", "Desks")
    guichet_count = fields.Integer("Number of Desks", compute="_compute_guichet_count")
    user_ids = fields.Many2many(
        "res.users",
        "mairie_rdv_lieu_user_rel",
        "lieu_id",
        "user_id",
        "Agents",
        default=lambda self: self._default_user_ids(),
        help="Only they see the appointments of this place.",
    )

    def _default_user_ids(self):
        """Whoever sets a place up sees its day; what a module brings is nobody's."""
        return self.env.user if not self.env.su else self.env.user.browse()

    @api.depends("site_id")
    def _compute_address(self):
        for lieu in self:
            address = lieu.site_id.address_id
            lieu.street = address.street or lieu.street
            lieu.zip = address.zip or lieu.zip
            lieu.city = address.city or lieu.city

    @api.depends("guichet_ids")
    def _compute_guichet_count(self):
        for lieu in self:
            lieu.guichet_count = len(lieu.guichet_ids)

    @api.model
    def _find_only(self, domain):
        """Return the place of a domain that holds one alone, else none."""
        lieux = self.search(domain, limit=2)
        return lieux if len(lieux) == 1 else lieux.browse()

    @api.model
    def _find_only_of_commune(self):
        """Return the place of a commune that has one only, else none."""
        return self._find_only([("company_id", "=", self.env.company.id)])

    def action_open_times(self):
        """Lead to the openings of the place, and to a new one there."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_rdv.mairie_rdv_ouverture_action"
        )
        return {
            **action,
            "name": self.env._("Opening hours: %s", self.name),
            "domain": [("lieu_id", "=", self.id)],
            "context": {"default_lieu_id": self.id},
        }

    def _get_zone_info(self):
        self.ensure_one()
        return ZoneInfo(self.tz)

    def _is_quiet_now(self, company):
        """Tell whether it is within the hours when nobody is written to."""
        self.ensure_one()
        local = to_local(to_minutes(fields.Datetime.now()), self._get_zone_info())
        hour = local.hour + local.minute / 60
        begin, end = company.mairie_rdv_quiet_from, company.mairie_rdv_quiet_to
        return hour < end or hour >= begin if begin > end else begin <= hour < end

    def _get_holidays(self, first, last):
        """Return the public holidays of the place between two days, as a set."""
        self.ensure_one()
        return {
            day
            for year in range(first.year, last.year + 1)
            for day in public_holidays(year, self.holiday_zone)
        }

    def _get_address(self):
        """Return the address on one line, as a citizen reads it."""
        self.ensure_one()
        town = " ".join(filter(None, [self.zip, self.city]))
        return ", ".join(filter(None, [self.street, town]))

    def _get_phone(self):
        """Return the number to call about appointments: the place's or the town's."""
        self.ensure_one()
        return self.phone or self.company_id.phone or ""

    def _prepare_public_vals(self):
        """Return what the public pages show of the place: plain values only."""
        self.ensure_one()
        phone = self._get_phone()
        return {
            "id": self.id,
            "name": self.name,
            "address": self._get_address(),
            "phone": phone,
            "offers_sms": self.company_id._has_mairie_sms(),
            "waiting_minutes": self.company_id.mairie_rdv_waiting_minutes,
            "phone_url": "tel:" + "".join(phone.split()),
        }
