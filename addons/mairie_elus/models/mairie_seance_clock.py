import re
from datetime import datetime, time

from babel.dates import format_date as babel_format_date
from odoo import api, fields, models
from odoo.addons.mairie_base.lib.legal_calendar import (
    earliest_meeting_date,
    latest_notice_date,
)
from odoo.tools.misc import babel_locale_parse, get_lang

from ..lib import notice
from .mairie_instance import BODY_OF_KIND

#: The legal figures of a notice, counted together.
NOTICE_FIELDS = (
    "population",
    "notice_days",
    "notice_is_clear",
    "notice_code",
    "notice_source",
    "note_required",
    "latest_send_date",
    "latest_send_at",
)


class MairieSeance(models.Model):
    """The legal clock: until when the notice may leave, and by which rule."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    population = fields.Integer(
        compute="_compute_notice",
        store=True,
        help="Legal population in force on the day of the meeting.",
    )
    notice_days = fields.Integer(
        "Days of notice", compute="_compute_notice", store=True
    )
    notice_is_clear = fields.Boolean(
        "Clear days",
        compute="_compute_notice",
        store=True,
        help="Neither the day of sending nor that of the meeting counts. Week-ends count.",
    )
    notice_code = fields.Char("Rule", compute="_compute_notice", store=True)
    notice_source = fields.Char("Text", compute="_compute_notice", store=True)
    note_required = fields.Boolean(
        "Summary note required", compute="_compute_notice", store=True
    )
    latest_send_date = fields.Date(
        "Last lawful day of sending", compute="_compute_notice", store=True, index=True
    )
    latest_send_at = fields.Datetime(
        "Last lawful moment of sending", compute="_compute_notice", store=True
    )
    days_left = fields.Integer(compute="_compute_clock")
    is_late = fields.Boolean(compute="_compute_clock")
    is_due = fields.Boolean("The day has come", compute="_compute_clock")
    clock_detail = fields.Char("Legal clock", compute="_compute_clock")
    when_text = fields.Char("When", compute="_compute_when_text")

    @api.depends(
        "date",
        "state",
        "company_id.mairie_population_ids.date",
        "company_id.mairie_population_ids.municipal",
        "company_id.mairie_local_law",
        "call",
        "instance_id.kind",
        "instance_id.delai_ids.date_from",
        "instance_id.delai_ids.days",
        "instance_id.delai_ids.is_clear",
        "instance_id.delai_ids.note_required",
        "point_ids.is_icpe",
    )
    def _compute_notice(self):
        """Count while the meeting is prepared; once convened it keeps its figures."""
        for seance in self:
            kept = seance._get_kept_notice_vals()
            seance.update(kept or seance._prepare_notice_vals())

    def _get_kept_notice_vals(self):
        """Return the figures that the notice left with, nothing before it leaves."""
        self.ensure_one()
        origin = self._origin
        has_left = origin.notice_code or origin.convened_at
        if self.state in ("draft", "ready") or not has_left:
            return {}
        return {name: origin[name] for name in NOTICE_FIELDS}

    def _prepare_notice_vals(self):
        """Return the figures of the notice: everything False where no rule exists."""
        self.ensure_one()
        rule = self._get_notice_rule()
        latest = rule and latest_notice_date(self.date, rule.clear_days)
        return {
            "population": self._get_population(),
            "notice_days": rule.days if rule else 0,
            "notice_is_clear": bool(rule and rule.is_clear),
            "notice_code": rule.code if rule else False,
            "notice_source": rule.source if rule else False,
            "note_required": bool(rule and rule.note_required),
            "latest_send_date": latest or False,
            "latest_send_at": latest and self._get_end_of_day(latest),
        }

    def _get_population(self):
        self.ensure_one()
        if not self.date:
            return 0
        return self.company_id._get_mairie_population(self.date) or 0

    def _get_notice_rule(self, call=None):
        """Return the delay to respect: the law, or the body's own longer one.

        Hook: another kind of body counts otherwise.
        :return: lib.notice.NoticeRule or None
        """
        self.ensure_one()
        if not (self.date and self.instance_id):
            return None
        call = call or self.call
        try:
            law = notice.notice_rule(
                self.date,
                BODY_OF_KIND[self.kind],
                self._get_population(),
                call,
                local_law=bool(self.company_id.mairie_local_law),
                icpe=any(self.point_ids.mapped("is_icpe")),
            )
        except notice.UrgencyNotAllowedError:
            law = None
        source = self.env._("Internal rules")
        own = notice.own_rule(self.instance_id._get_own_delays(), self.date, source)
        if call == notice.URGENT and law:
            return law
        return notice.strictest(law, own)

    def _get_end_of_day(self, day):
        """Return the UTC instant of the last minute of a local day."""
        return self.company_id._mairie_to_utc(datetime.combine(day, time(23, 59)))

    def _get_today(self):
        """Return today's date in the commune."""
        return self.company_id._mairie_local_date(fields.Datetime.now())

    @api.depends("date", "latest_send_date", "state", "notice_days", "notice_is_clear")
    @api.depends_context("lang")
    def _compute_clock(self):
        for seance in self:
            latest = seance.latest_send_date
            pending = seance.state in ("draft", "ready")
            left = (latest - seance._get_today()).days if latest else 0
            seance.days_left = left
            seance.is_late = bool(latest) and pending and left < 0
            seance.is_due = bool(seance.date) and seance.date <= seance._get_today()
            seance.clock_detail = seance._get_clock_detail()

    @api.depends("date_start", "company_id.mairie_tz")
    @api.depends_context("lang")
    def _compute_when_text(self):
        for seance in self:
            start = seance.date_start and seance._get_local_start()
            seance.when_text = start and self.env._(
                "%(day)s at %(hour)s",
                day=seance._format_day(start.date()),
                hour=f"{start:%H:%M}",
            )

    def _get_clock_detail(self):
        """Return the last lawful day with its sum, in one sentence or two."""
        if not self.date:
            return False
        if not self.latest_send_date:
            return self.env._("The law sets no delay for this assembly.")
        values = {
            "day": self._format_day(self.latest_send_date),
            "delay": self._get_delay_text(),
            "meeting": self._format_day(self.date, "EEEE d"),
            "left": self._get_left_text(),
        }
        return self.env._(
            "Last lawful sending: %(day)s, 23:59 (%(delay)s before %(meeting)s). %(left)s",
            **values,
        )

    def _get_delay_text(self):
        if self.notice_is_clear and self.notice_days == 1:
            return self.env._("1 clear day")
        if self.notice_is_clear:
            return self.env._("%s clear days", self.notice_days)
        if self.notice_days == 1:
            return self.env._("1 day")
        return self.env._("%s days", self.notice_days)

    def _get_left_text(self):
        if self.state not in ("draft", "ready"):
            return ""
        if self.days_left < 0:
            return self.env._("That day is over.")
        if self.days_left == 0:
            return self.env._("It is today.")
        if self.days_left == 1:
            return self.env._("1 day is left.")
        return self.env._("%s days are left.", self.days_left)

    def _format_day(self, day, pattern="EEEE d MMMM"):
        """Return a date in words, in the language of the reader."""
        code = get_lang(self.env).code
        words = babel_format_date(day, pattern, locale=babel_locale_parse(code))
        # The first of a month is an ordinal in French, which Babel does not know.
        return re.sub(r"\b1\b", "1er", words) if code.startswith("fr") else words

    def _get_earliest_date(self):
        """Return the first date that an ordinary notice sent today would allow."""
        self.ensure_one()
        rule = self._get_notice_rule(notice.ORDINARY)
        days = rule.clear_days if rule else 0
        return earliest_meeting_date(self._get_today(), days)

    def _get_earliest_start(self):
        """Return that first date at the hour of the meeting, in UTC."""
        hour = self._get_local_start().time()
        return self.company_id._mairie_to_utc(
            datetime.combine(self._get_earliest_date(), hour)
        )

    def _is_urgency_possible(self):
        """Tell whether one clear day at least remains, for a body that knows urgency."""
        self.ensure_one()
        rule = self._get_notice_rule(notice.URGENT)
        if not rule or not self.latest_send_date:
            return False
        return self._get_today() <= latest_notice_date(self.date, rule.clear_days)

    def _get_late_text(self):
        """Return why the sending is refused and the lawful ways out."""
        self.ensure_one()
        parts = [
            self.env._(
                "Too late for this notice: the last day was %s.",
                self._format_day(self.latest_send_date),
            ),
            self.env._(
                "You may change the date: from %s on.",
                self._format_day(self._get_earliest_date()),
            ),
        ]
        if self.call != notice.URGENT and self._is_urgency_possible():
            parts.append(
                self.env._(
                    "Or convene in urgency: 1 clear day at least, and the council "
                    "votes on the urgency as its first item."
                )
            )
        return " ".join(parts)
