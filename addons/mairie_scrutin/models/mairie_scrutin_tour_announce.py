from odoo import api, fields, models
from odoo.fields import Domain

LICENCE = "Licence Ouverte 2.0 (Etalab)"
#: Addresses below /resultats that are not the code of a round.
RESERVED_CODES = {"donnees-ouvertes"}
#: What ``_is_visible`` says, for a query: t the round.
VISIBLE_TERMS = """
    (t.is_announced OR t.armed_by_id IS NOT NULL) AND t.is_rehearsal IS NOT TRUE
"""


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """What the town decides on the public page of a round."""

    _inherit = "mairie.scrutin.tour"

    is_announced = fields.Boolean(
        "Page Announced",
        copy=False,
        help="Visitors see the page before the results, with its hour of opening and "
        "the turnout. Arming the opening announces it as well.",
    )
    public_turnout = fields.Boolean(
        "Turnout Before the Hour",
        default=True,
        help="Visitors read the turnout during the day: it is not a result.",
    )
    local_closing = fields.Float(
        "Last Closing Around",
        help="Local time of the last closing in the overseas department, or in the "
        "constituency of a partial election. Leave 0 for that of the commune.",
    )
    small_station_threshold = fields.Integer(
        "Merge Stations Under",
        help="Stations with fewer registered voters are published together, once all "
        "of them are counted. 0: each station on its own.",
    )
    rectified_date = fields.Date(
        "Rectified On",
        copy=False,
        help="Day on which the commission corrected the figures; the page says so.",
    )

    _threshold_positive = models.Constraint(
        "CHECK(small_station_threshold >= 0)",
        "A number of registered voters is 0 or more.",
    )

    @api.model
    def _get_visible_domain(self):
        """Rounds that visitors know of; see ``_is_visible``."""
        told = Domain("is_announced", "=", True) | Domain("armed_by_id", "!=", False)
        return told & Domain("is_rehearsal", "=", False)

    def _is_visible(self):
        """Whether visitors know of the page: never because results came in."""
        self.ensure_one()
        told = self.is_announced or self.armed_by_id
        return bool(told and not self.is_rehearsal)
