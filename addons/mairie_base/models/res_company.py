import zlib
from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import ValidationError

from ..lib import commune, contrast
from ..lib.legal_calendar import METROPOLE, ZONES, public_holidays

DEFAULT_COLOR = "#1f4e79"


class ResCompany(models.Model):
    """The commune: each company is one."""

    _inherit = "res.company"

    mairie_insee_code = fields.Char("INSEE Code", size=5)
    mairie_siret = fields.Char("SIRET", size=17)
    mairie_department_code = fields.Char(
        "Department Code",
        size=3,
        compute="_compute_mairie_department_code",
        store=True,
        readonly=False,
        precompute=True,
    )
    mairie_population_ids = fields.One2many(
        "mairie.population", "company_id", "Legal Populations"
    )
    mairie_population = fields.Integer(
        "Municipal Population", compute="_compute_mairie_population"
    )
    mairie_tz = fields.Selection(
        _tz_get,
        "Time Zone of the Commune",
        compute="_compute_mairie_territory",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Deadlines, opening hours and election times are counted in it.",
    )
    mairie_holiday_zone = fields.Selection(
        list(ZONES.items()),
        "Public Holidays",
        compute="_compute_mairie_territory",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    mairie_local_law = fields.Boolean(
        "Law of Alsace-Moselle",
        compute="_compute_mairie_territory",
        store=True,
        readonly=False,
        precompute=True,
        help="The council follows articles L2541-1 and following of the CGCT.",
    )
    mairie_color = fields.Char(
        "Town Colour",
        default=DEFAULT_COLOR,
        help="One colour is enough: those of texts, links and lines follow from it.",
    )
    mairie_dpo_email = fields.Char("E-mail of the Data Protection Officer")
    mairie_accessibility_url = fields.Char("Accessibility Statement")

    @api.depends("mairie_insee_code")
    def _compute_mairie_department_code(self):
        for company in self:
            code = company.mairie_insee_code
            if commune.is_valid_insee_code(code):
                company.mairie_department_code = commune.department_of(code)
            else:
                company.mairie_department_code = company.mairie_department_code

    @api.depends("mairie_population_ids.date", "mairie_population_ids.municipal")
    def _compute_mairie_population(self):
        for company in self:
            today = company._mairie_local_date(fields.Datetime.now())
            company.mairie_population = company._get_mairie_population(today)

    @api.depends("mairie_department_code")
    def _compute_mairie_territory(self):
        for company in self:
            department = company.mairie_department_code or ""
            company.mairie_tz = commune.default_timezone_of(department)
            company.mairie_holiday_zone = commune.holiday_zone_of(department)
            company.mairie_local_law = commune.applies_local_law(department)

    @api.constrains("mairie_insee_code")
    def _check_mairie_insee_code(self):
        for code in self.filtered("mairie_insee_code").mapped("mairie_insee_code"):
            if not commune.is_valid_insee_code(code):
                raise ValidationError(
                    self.env._(
                        "%s is not an INSEE code: five characters, such as 49007 "
                        "or 2A004.",
                        code,
                    )
                )

    @api.constrains("mairie_siret")
    def _check_mairie_siret(self):
        for siret in self.filtered("mairie_siret").mapped("mairie_siret"):
            if not commune.is_valid_siret(siret):
                raise ValidationError(
                    self.env._(
                        "%s is not a SIRET: 14 digits are expected, and the last "
                        "one checks the others. Read it again.",
                        siret,
                    )
                )

    @api.constrains("mairie_color")
    def _check_mairie_color(self):
        for color in self.filtered("mairie_color").mapped("mairie_color"):
            if not contrast.is_color(color):
                raise ValidationError(
                    self.env._("%s is not a colour such as #1f4e79.", color)
                )

    def _get_mairie_population(self, on_date):
        """Return the municipal population in force on a day, 0 when unknown.

        Before the first known row, the first one: better than no law at all.

        :param on_date: local date of the act
        """
        self.ensure_one()
        rows = self.sudo().mairie_population_ids.sorted("date")
        past = rows.filtered(lambda row: row.date <= on_date)
        return (past[-1:] or rows[:1]).municipal

    def _get_mairie_holidays(self, year):
        """Return the commune's public holidays: date -> name in French."""
        self.ensure_one()
        return public_holidays(year, self.mairie_holiday_zone or METROPOLE)

    def _get_mairie_zone_info(self):
        self.ensure_one()
        return ZoneInfo(self.mairie_tz or "Europe/Paris")

    def _mairie_localize(self, dt_utc):
        """Turn a naive UTC datetime of the ORM into an aware one of the commune."""
        return dt_utc.replace(tzinfo=UTC).astimezone(self._get_mairie_zone_info())

    def _mairie_local_date(self, dt_utc):
        """Return the commune's calendar date at a naive UTC datetime."""
        return self._mairie_localize(dt_utc).date()

    def _mairie_to_utc(self, naive_local):
        """Turn a naive datetime of the commune into the naive UTC one of the ORM.

        Of an hour that exists twice (October) the first one is meant.
        """
        aware = naive_local.replace(tzinfo=self._get_mairie_zone_info())
        return aware.astimezone(UTC).replace(tzinfo=None)

    def _get_mairie_color(self):
        self.ensure_one()
        color = self.mairie_color
        return color if contrast.is_color(color) else DEFAULT_COLOR

    def _get_mairie_theme_vals(self):
        """Return the colours of the public pages: CSS variable -> "#rrggbb"."""
        color = self._get_mairie_color()
        return {
            "brand": color,
            "on-brand": contrast.readable_text_color(color),
            "link-light": contrast.darken_until(color),
            "link-dark": contrast.lighten_until(color),
            "line-light": contrast.darken_until(color, contrast.LINE_RATIO),
            "line-dark": contrast.lighten_until(color, contrast.LINE_RATIO),
        }

    def _get_mairie_theme_css(self):
        """Return the same as a style sheet; public.css says where each one goes."""
        rules = "".join(
            f"--m-{name}:{color};"
            for name, color in self._get_mairie_theme_vals().items()
        )
        return f":root{{{rules}}}"

    def _prepare_mairie_public_vals(self):
        """Return what the frame of a public page shows: plain values, no record.

        Hook: a town may show more in the header or the footer.
        """
        self.ensure_one()
        company = self.sudo()
        logo = company.logo_web
        theme = ";".join(self._get_mairie_theme_vals().values())
        return {
            "name": company.name,
            "logo_url": logo
            and f"/mairie/logo/{company.id}?v={_fingerprint(bytes(logo))}",
            "theme_url": f"/mairie/theme/{company.id}.css"
            f"?v={_fingerprint(theme.encode())}",
            "address": company._get_mairie_address_lines(),
            "phone": company.phone or "",
            "phone_url": "tel:" + "".join((company.phone or "").split()),
            "website": company.website or "",
            "accessibility_url": company.mairie_accessibility_url or "",
            "privacy_url": "/mairie/donnees",
        }

    def _get_mairie_address_lines(self):
        """Return the address on envelopes: street, then postcode and town."""
        self.ensure_one()
        town = " ".join(filter(None, [self.zip, self.city]))
        return [line for line in (self.street, self.street2, town) if line]


def _fingerprint(content):
    return f"{zlib.crc32(content):08x}"
