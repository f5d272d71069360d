from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mairie_rdv_ouverture import WEEKDAYS

WORKING_DAYS = "01234"
MORNING, AFTERNOON = (9.0, 12.0), (13.5, 17.0)


class MairieRdvWeek(models.TransientModel):
    """The usual week of desks, told at once: an opening for each half-day."""

    _name = "mairie.rdv.week"
    _description = "Usual Week"

    lieu_id = fields.Many2one(
        "mairie.rdv.lieu",
        "Place",
        required=True,
        default=lambda self: self.env["mairie.rdv.lieu"]._find_only_of_commune(),
    )
    guichet_ids = fields.Many2many(
        "mairie.rdv.guichet",
        string="Desks",
        compute="_compute_guichet_ids",
        store=True,
        readonly=False,
        domain="[('lieu_id', '=', lieu_id)]",
    )
    day_ids = fields.One2many(
        "mairie.rdv.week.day", "week_id", default=lambda self: self._default_days()
    )

    @api.model
    def _default_days(self):
        return [
            fields.Command.create(
                {
                    "weekday": day,
                    "is_open": day in WORKING_DAYS,
                    **self._default_hours(),
                }
            )
            for day, _name in WEEKDAYS
        ]

    @api.model
    def _default_hours(self):
        """Hook: the hours that a town receives at, proposed for each day."""
        hours = ("morning_from", "morning_to", "afternoon_from", "afternoon_to")
        return dict(zip(hours, MORNING + AFTERNOON, strict=True))

    @api.depends("lieu_id")
    def _compute_guichet_ids(self):
        for week in self:
            week.guichet_ids = week.lieu_id.guichet_ids

    def action_open(self):
        """Create the openings that are not there yet, then show those of the place."""
        self.ensure_one()
        self.check_access("write")
        wanted = self._get_wanted()
        if not wanted:
            raise UserError(self.env._("Tick the days on which the desks receive."))
        if not self.guichet_ids:
            raise UserError(self.env._("Choose the desks that open."))
        there = self._get_there()
        self.env["mairie.rdv.ouverture"].create(
            [self._prepare_ouverture_vals(*key) for key in wanted if key not in there]
        )
        return {**self.lieu_id.action_open_times(), "target": "main"}

    def _get_wanted(self):
        """:return: list of (weekday, hour_from, hour_to)"""
        days = self.day_ids.filtered("is_open")
        return [(day.weekday, *hours) for day in days for hours in day._get_hours()]

    def _get_there(self):
        """:return: set of (weekday, hour_from, hour_to) at which the desks open already"""
        ouvertures = self.env["mairie.rdv.ouverture"].search(
            [
                ("lieu_id", "=", self.lieu_id.id),
                ("kind", "=", "weekly"),
                ("every", "=", 1),
                ("date_from", "=", False),
                ("date_to", "=", False),
            ]
        )
        same = ouvertures.filtered(lambda o: self.guichet_ids <= o.guichet_ids)
        return {(o.weekday, o.hour_from, o.hour_to) for o in same}

    def _prepare_ouverture_vals(self, weekday, hour_from, hour_to):
        return {
            "lieu_id": self.lieu_id.id,
            "guichet_ids": [fields.Command.set(self.guichet_ids.ids)],
            "kind": "weekly",
            "weekday": weekday,
            "hour_from": hour_from,
            "hour_to": hour_to,
        }


class MairieRdvWeekDay(models.TransientModel):
    _name = "mairie.rdv.week.day"
    _description = "Day of a Usual Week"
    _order = "weekday"

    week_id = fields.Many2one("mairie.rdv.week", required=True, ondelete="cascade")
    weekday = fields.Selection(WEEKDAYS, "Day", required=True)
    is_open = fields.Boolean("Receives")
    morning_from = fields.Float("Opens")
    morning_to = fields.Float("Closes")
    afternoon_from = fields.Float("Opens Again")
    afternoon_to = fields.Float("Closes Again")

    def _get_hours(self):
        """:return: list of (from, to) in hours; a half-day of equal hours is closed"""
        self.ensure_one()
        halves = [
            (self.morning_from, self.morning_to),
            (self.afternoon_from, self.afternoon_to),
        ]
        if any(start > end for start, end in halves):
            days = dict(self._fields["weekday"]._description_selection(self.env))
            raise UserError(
                self.env._("%s: an opening begins before it ends.", days[self.weekday])
            )
        return [(start, end) for start, end in halves if start != end]
