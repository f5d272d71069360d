import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

HOURS = re.compile(r"\d{1,2}(?:[.h]\d{2})?")


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """What the stations are asked during the day, and how results are entered."""

    _inherit = "mairie.scrutin.tour"

    ouverture = fields.Float(
        "Stations Open", default=8.0, help="Local time of the commune (R41)."
    )
    participation_hours = fields.Char(
        "Turnout Asked At",
        default="12,17",
        help="Local hours, separated by commas: 12,17. The closing is always asked.",
    )
    double_entry_mode = fields.Selection(
        [
            ("default", "With more than one station"),
            ("always", "Always"),
            ("never", "Never"),
        ],
        "Second Entry",
        default="default",
        required=True,
        help="A second person types each report again: a slip is seen at once.",
    )
    double_entry = fields.Boolean(
        "Two Entries",
        compute="_compute_double_entry",
        inverse="_inverse_double_entry",
        store=True,
    )
    use_centaines = fields.Boolean(
        "First Hundreds",
        help="Stations tell the first and the second hundred ballots counted. They stay "
        "inside the town hall and never enter the totals.",
    )
    photo_required = fields.Boolean(
        "Photo of the Report",
        default=True,
        help="The last task of the phone: the second entry is made from it.",
    )

    @api.depends("double_entry_mode", "bureau_tour_ids")
    def _compute_double_entry(self):
        for tour in self:
            mode = tour.double_entry_mode
            several = len(tour.bureau_tour_ids) > 1
            tour.double_entry = several if mode == "default" else mode == "always"

    def _inverse_double_entry(self):
        for tour in self:
            tour.double_entry_mode = "always" if tour.double_entry else "never"

    @api.constrains("participation_hours")
    def _check_participation_hours(self):
        for tour in self:
            tour._get_participation_hours()

    def _get_participation_hours(self):
        """Local hours at which the stations tell their turnout, in order.

        >>> "12, 17h30" -> [12.0, 17.5]
        """
        self.ensure_one()
        words = [word.strip() for word in (self.participation_hours or "").split(",")]
        hours = set()
        for word in filter(None, words):
            if not HOURS.fullmatch(word):
                self._refuse_hours()
            whole, _sep, minutes = word.replace("h", ".").partition(".")
            hour = int(whole) + int(minutes or 0) / 60
            if hour >= 24 or int(minutes or 0) >= 60:
                self._refuse_hours()
            hours.add(hour)
        return sorted(hours)

    def _refuse_hours(self):
        raise ValidationError(
            self.env._("Write the hours of turnout as 12,17 or 12,17h30.")
        )

    def action_tell(self):
        """Note what a station tells by voice, or read the code that it sent."""
        self.ensure_one()
        self._check_open()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_tour_tell_action"
        )
        context = {"dialog_size": "large", "default_tour_id": self.id}
        return dict(action, context=context)

    def _get_hour_now(self):
        """Hour of the town now, to the minute, as a float."""
        self.ensure_one()
        local = self.company_id._mairie_localize(fields.Datetime.now())
        return local.hour + local.minute / 60

    def action_prepare_accesses(self):
        """Show one access for each station, printed or not."""
        self.ensure_one()
        self._check_supervisor()
        accesses = self.env["mairie.scrutin.acces"]
        accesses._get_or_create(self.bureau_tour_ids)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_acces_action"
        )
        return dict(action, domain=[("tour_id", "=", self.id)], context={})
