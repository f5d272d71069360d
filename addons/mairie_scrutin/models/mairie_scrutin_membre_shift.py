from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


# One file for each concern of a member: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinMembre(models.Model):
    """The hours of a member as a shift, for the calendar: moved there, they follow."""

    _inherit = "mairie.scrutin.membre"

    shift_start = fields.Datetime(
        "From (Calendar)",
        compute="_compute_shift",
        inverse="_inverse_shift",
        store=True,
        copy=False,
        index=True,
        export_string_translation=False,
    )
    shift_stop = fields.Datetime(
        "To (Calendar)",
        compute="_compute_shift",
        inverse="_inverse_shift",
        store=True,
        copy=False,
        export_string_translation=False,
    )
    shift_label = fields.Char(
        compute="_compute_shift_label", export_string_translation=False
    )

    @api.depends(
        "slot_from", "slot_to", "tour_id.date", "tour_id.ouverture", "tour_id.cloture"
    )
    def _compute_shift(self):
        for membre in self:
            day = membre.tour_id.date
            hours = membre._get_slot() if day else ()
            moments = [membre._at_local_hour(day, hour) for hour in hours]
            membre.shift_start, membre.shift_stop = moments or (False, False)

    def _inverse_shift(self):
        """Take the hours of the calendar, whole minutes of the day of the round."""
        for membre in self:
            start, stop = membre.shift_start, membre.shift_stop
            if start and stop:
                membre.update(membre._prepare_slot(start, stop))

    def _prepare_slot(self, start, stop):
        localize = self.company_id._mairie_localize
        local = [localize(moment) for moment in (start, stop)]
        if {moment.date() for moment in local} != {self.tour_id.date}:
            raise UserError(
                self.env._(
                    "%s sits on the day of the election: move the hours, not the day.",
                    self.display_name,
                )
            )
        hours = [moment.hour + moment.minute / 60 for moment in local]
        return dict(zip(("slot_from", "slot_to"), hours, strict=True))

    def _at_local_hour(self, day, hour):
        """Naive UTC moment of a local hour; 24 h is the last minute of the day."""
        minutes = min(round(hour * 60), 24 * 60 - 1)
        local = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return self.company_id._mairie_to_utc(local)

    @api.depends("role", "firstname", "name", "bureau_tour_id")
    @api.depends_context("lang")
    def _compute_shift_label(self):
        roles = self.env["mairie.scrutin.bureau.tour"]._get_role_labels()
        for membre in self:
            membre.shift_label = f"{roles[membre.role]}, {membre.display_name}"
