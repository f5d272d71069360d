"""When desks open, in words: « Un lundi sur 2, à partir du lundi 7 décembre 2026 »."""

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.misc import get_lang

from .wording import date_label

A_MONDAY = date(2024, 1, 1)


class MairieRdvOuverture(models.Model):
    _inherit = "mairie.rdv.ouverture"

    rhythm = fields.Char("When", compute="_compute_rhythm")

    @api.depends("kind", "weekday", "every", "nth", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_rhythm(self):
        for ouverture in self:
            ouverture.rhythm = ouverture._get_rhythm() + ouverture._get_season()

    def _get_rhythm(self):
        """Return which days, without the season."""
        self.ensure_one()
        if self.kind == "date":
            day = self.date_from and date_label(self.env, self.date_from, year=True)
            return (day or "").capitalize()
        day = self._get_weekday_name()
        if self.kind == "monthly":
            ranks = dict(self._fields["nth"]._description_selection(self.env))
            return self.env._(
                "%(rank)s %(day)s of the month", rank=ranks.get(self.nth, ""), day=day
            )
        if self.every > 1:
            return self.env._("One %(day)s in %(weeks)s", day=day, weeks=self.every)
        return self.env._("Every %s", day)

    def _get_season(self):
        """Return from when to when, empty when it is the whole year."""
        self.ensure_one()
        if self.kind == "date":
            return ""
        first, last = (
            moment and date_label(self.env, moment, year=True)
            for moment in (self.date_from, self.date_to)
        )
        if first and last:
            return self.env._(", from %(first)s to %(last)s", first=first, last=last)
        if first:
            return self.env._(", from %s on", first)
        return self.env._(", until %s", last) if last else ""

    def _get_weekday_name(self):
        day = A_MONDAY + timedelta(days=int(self.weekday or 0))
        lang = get_lang(self.env).code
        return format_date(self.env, day, lang_code=lang, date_format="EEEE")

    @api.depends("rhythm", "hour_from", "hour_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for ouverture in self:
            hours = f"{_clock(ouverture.hour_from)}–{_clock(ouverture.hour_to)}"
            ouverture.display_name = f"{ouverture.rhythm}, {hours}"


def _clock(hours):
    minutes = round(hours * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
