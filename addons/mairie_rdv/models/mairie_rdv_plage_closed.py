"""What of an opening is closed that day: the calendar must not show it as open."""

from odoo import api, fields, models

from ..lib.day import open_spans
from ..lib.slots import to_local, to_minutes


class MairieRdvPlage(models.Model):
    _inherit = "mairie.rdv.plage"

    closed_label = fields.Char("Closed", compute="_compute_closed")
    # By this name Odoo's calendar hatches an event.
    is_hatched = fields.Boolean(
        compute="_compute_closed", export_string_translation=False
    )
    is_closed = fields.Boolean(
        compute="_compute_closed", export_string_translation=False
    )

    @api.depends("start", "stop", "ouverture_id")
    def _compute_closed(self):
        closings = self._search_closings()
        holidays = self._get_holidays()
        for plage in self:
            label, is_whole = plage._get_closing(closings, holidays)
            plage.closed_label = label
            plage.is_hatched = bool(label)
            plage.is_closed = is_whole

    @api.depends("guichet_ids", "exception_id", "closed_label", "is_closed")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plage in self:
            names = ", ".join(plage.guichet_ids.mapped("name")) or plage.lieu_id.name
            if plage.exception_id:
                names = self.env._("Extra: %s", names)
            if plage.is_closed:
                names = plage.closed_label
            elif plage.closed_label:
                names = f"{plage.closed_label} · {names}"
            plage.display_name = names

    def _search_closings(self):
        """Return the closings within the days of these openings."""
        if not self:
            return self.env["mairie.rdv.exception"]
        first, last = min(self.mapped("start")), max(self.mapped("stop"))
        return self.env["mairie.rdv.exception"].search(
            [
                ("kind", "=", "closing"),
                ("date_from", "<=", fields.Date.add(last.date(), days=1)),
                ("date_to", ">=", fields.Date.subtract(first.date(), days=1)),
            ]
        )

    def _get_holidays(self):
        """Return place -> its public holidays within the days of these openings."""
        if not self:
            return {}
        first, last = min(self.mapped("start")), max(self.mapped("stop"))
        return {
            lieu: lieu._get_holidays(first.date(), last.date()) for lieu in self.lieu_id
        }

    def _get_closing(self, closings, holidays):
        """Return why an opening is closed ("" when it is not), and if it all is."""
        self.ensure_one()
        start, stop = to_minutes(self.start), to_minutes(self.stop)
        day = to_local(start, self.lieu_id._get_zone_info()).date()
        is_usual = self.ouverture_id and self.is_weekly
        if is_usual and day in holidays.get(self.lieu_id, ()):
            return self.env._("Closed: public holiday"), True
        closed = [self._get_closed_spans(desk, closings) for desk in self.guichet_ids]
        names = [name for spans in closed for name, _span in spans]
        if not names:
            return "", False
        reason = ", ".join(dict.fromkeys(names))
        if any(
            open_spans([(start, stop)], [span for _name, span in spans])
            for spans in closed
        ):
            return self.env._("Partly closed: %s", reason), False
        return self.env._("Closed: %s", reason), True

    def _get_closed_spans(self, guichet, closings):
        """Return (name, span) of what closes a desk within this opening."""
        start, stop = to_minutes(self.start), to_minutes(self.stop)
        return [
            (closing.name, span)
            for closing in closings
            if closing._is_about(guichet)
            for span in closing._get_spans(self.lieu_id)
            if span[0] < stop and start < span[1]
        ]

    @api.model
    def get_unusual_days(self, date_from, date_to=None):
        """Return the days that the calendar greys: when the whole commune is closed."""
        first, last = map(
            fields.Date.to_date, (date_from[:10], (date_to or date_from)[:10])
        )
        company = self.env.company
        days = {
            day
            for year in range(first.year, last.year + 1)
            for day in company._get_mairie_holidays(year)
        }
        everywhere = self.env["mairie.rdv.exception"].search(
            [
                ("kind", "=", "closing"), ("all_day", "=", True),
                ("company_id", "=", company.id), ("lieu_id", "=", False),
                ("guichet_id", "=", False), ("user_id", "=", False),
                ("date_from", "<=", last), ("date_to", ">=", first),
            ]
        )  # fmt: skip
        for closing in everywhere:
            count = (closing.date_to - closing.date_from).days + 1
            days |= {fields.Date.add(closing.date_from, days=n) for n in range(count)}
        return {day.isoformat(): True for day in sorted(days) if first <= day <= last}
