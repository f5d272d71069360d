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

    _name = "res.company"
    _inherit = ["res.company", "mairie.setup.mixin"]
    _mairie_setup_rank = 0

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
        "Municipal Population",
        compute="_compute_mairie_population",
        inverse="_inverse_mairie_population",
    )
    mairie_population_date = fields.Date(
        "Population In Force From", compute="_compute_mairie_population"
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
    mairie_contrast_pairs = fields.Json(
        "Contrasts", compute="_compute_mairie_contrast_pairs"
    )
    mairie_dpo_email = fields.Char("E-mail of the Data Protection Officer")

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
            row = company._get_mairie_population_row(today)
            company.mairie_population = row.municipal
            company.mairie_population_date = row.date

    def _inverse_mairie_population(self):
        for company in self.filtered("mairie_population"):
            first = company.mairie_population
            self.env["mairie.population"]._set_first(company, first)

    @api.depends("mairie_department_code")
    def _compute_mairie_territory(self):
        for company in self:
            department = company.mairie_department_code or ""
            company.mairie_tz = commune.default_timezone_of(department)
            company.mairie_holiday_zone = commune.holiday_zone_of(department)
            company.mairie_local_law = commune.applies_local_law(department)

    @api.depends("mairie_color")
    def _compute_mairie_contrast_pairs(self):
        for company in self:
            company.mairie_contrast_pairs = [
                pair._asdict()
                for pair in contrast.contrast_pairs(company._get_mairie_color())
            ]

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
        return self._get_mairie_population_row(on_date).municipal

    def _get_mairie_population_row(self, on_date):
        rows = self.sudo().mairie_population_ids.sorted("date")
        past = rows.filtered(lambda row: row.date and row.date <= on_date)
        return past[-1:] or rows[:1]

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

    def _get_mairie_logo(self):
        """Return the logo in base64, or False: Odoo's « Your logo » is nobody's."""
        self.ensure_one()
        return not self.uses_default_logo and self.logo_web

    def _prepare_mairie_public_vals(self):
        """Return what the frame of a public page shows: plain values, no record.

        Hook: a town may show more in the header or the footer.
        """
        self.ensure_one()
        company = self.sudo()
        logo = company._get_mairie_logo()
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
            "privacy_url": "/mairie/donnees",
            "words_lang": self._get_mairie_words_lang(),
        }

    def _get_mairie_words_lang(self):
        """Return the language of what the town writes itself, when the page has another.

        Screen readers must know it (RGAA 8.7). :return: "fr-FR", or None
        """
        own = self.sudo().partner_id.lang or "fr_FR"
        shown = self.env.lang or own
        return own.replace("_", "-") if own[:2] != shown[:2] else None

    def _get_mairie_setup_title(self):
        return self.env._("The commune")

    def _get_mairie_setup_steps(self):
        commune = self.env.company
        has_sites = self.env["hr.work.location"].search_count(
            [("company_id", "=", commune.id), ("address_id", "!=", False)], limit=1
        )
        has_services = self.env["hr.department"].search_count(
            [("company_id", "=", commune.id), ("parent_id", "!=", False)], limit=1
        )
        return [
            self._prepare_mairie_setup_step(
                "commune",
                self.env._("Your commune"),
                commune.mairie_insee_code and commune.mairie_population,
                "mairie_base.mairie_commune_action",
                self.env._("Name, INSEE code, population"),
            ),
            self._prepare_mairie_setup_step(
                "colours",
                self.env._("Your colours"),
                not commune.uses_default_logo,
                "mairie_base.mairie_commune_action",
                self.env._("Logo, colour, contrasts"),
            ),
            self._prepare_mairie_setup_step(
                "services",
                self.env._("Your sites and services"),
                has_sites and has_services,
                "hr.hr_department_tree_action",
                self.env._("Import them from a spreadsheet"),
            ),
        ]

    def _get_mairie_address_lines(self):
        """Return the address on envelopes: street, then postcode and town."""
        self.ensure_one()
        town = " ".join(filter(None, [self.zip, self.city]))
        return [line for line in (self.street, self.street2, town) if line]


def _fingerprint(content):
    return f"{zlib.crc32(content):08x}"
