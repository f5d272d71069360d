"""What the town learns from its appointments, without anybody's name.

Rows that are anonymised stay in the view: the figures survive the purge.
"""

from odoo import fields, models
from odoo.tools import SQL

from .mairie_rdv import STATES


class MairieRdvStat(models.Model):
    _name = "mairie.rdv.stat"
    _description = "Appointment Statistics"
    _auto = False
    _order = "day desc"
    _rec_name = "day"

    day = fields.Date(readonly=True)
    hour = fields.Integer("Hour of the Day", readonly=True, aggregator=None)
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    lieu_id = fields.Many2one("mairie.rdv.lieu", "Place", readonly=True)
    guichet_id = fields.Many2one("mairie.rdv.guichet", "Desk", readonly=True)
    demarche_id = fields.Many2one("mairie.rdv.demarche", "Procedure", readonly=True)
    origin = fields.Selection(
        [("web", "Online"), ("ants", "France Titres search"), ("guichet", "Desk"),
         ("telephone", "Telephone")],
        readonly=True,
    )  # fmt: skip
    state = fields.Selection(STATES, readonly=True)
    week = fields.Date("Week of", readonly=True)
    persons = fields.Integer(readonly=True)
    received = fields.Integer(
        "Persons Received", readonly=True, help="Those who came: not the expected ones."
    )
    delay_days = fields.Float(
        "Delay (days)", readonly=True, aggregator="avg",
        help="From the booking to the appointment.",
    )  # fmt: skip
    wait_minutes = fields.Float("Wait (minutes)", readonly=True, aggregator="avg")
    minutes = fields.Integer("Minutes at the Desk", readonly=True)
    is_no_show = fields.Float(
        "Share of Absent", readonly=True, aggregator="avg",
        help="Among those who were expected and did not cancel.",
    )  # fmt: skip
    is_extra = fields.Boolean("Extra Appointment", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT rdv.id,
                   (rdv.start AT TIME ZONE 'UTC' AT TIME ZONE lieu.tz)::date AS day,
                   date_trunc('week', rdv.start AT TIME ZONE 'UTC'
                              AT TIME ZONE lieu.tz)::date AS week,
                   EXTRACT(HOUR FROM rdv.start AT TIME ZONE 'UTC'
                           AT TIME ZONE lieu.tz)::integer AS hour,
                   rdv.company_id, rdv.lieu_id, rdv.guichet_id, rdv.demarche_id,
                   rdv.origin, rdv.state, rdv.persons, rdv.is_extra,
                   CASE WHEN rdv.state IN ('done', 'in_progress', 'arrived')
                        THEN rdv.persons ELSE 0 END AS received,
                   -- Who comes without an appointment is booked once he is there.
                   GREATEST(EXTRACT(EPOCH FROM rdv.start - COALESCE(rdv.confirmed_at,
                            rdv.create_date)), 0) / 86400 AS delay_days,
                   GREATEST(EXTRACT(EPOCH FROM rdv.called_at - GREATEST(
                            rdv.arrived_at, rdv.start)), 0) / 60 AS wait_minutes,
                   EXTRACT(EPOCH FROM rdv.stop - rdv.start)::integer / 60 AS minutes,
                   CASE WHEN rdv.state = 'no_show' THEN 1.0
                        WHEN rdv.state IN ('done', 'in_progress', 'arrived') THEN 0.0
                   END AS is_no_show
              FROM mairie_rdv rdv
              JOIN mairie_rdv_lieu lieu ON lieu.id = rdv.lieu_id
             WHERE rdv.state NOT IN ('hold', 'expired')
            """
        )
