"""Openings day by day, as the calendar shows and paints them."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

DAYS_BACK, DAYS_AHEAD = 60, 400


class MairieRdvPlage(models.Model):
    """One day of one opening, exceptional ones too. PostgreSQL computes the rows.

    Painting a day in the calendar writes an opening, on that day alone or each week
    from then on; erasing a day writes a closing where the opening comes back.
    """

    _name = "mairie.rdv.plage"
    _description = "Opening on One Day"
    _auto = False
    _order = "start, id"

    ouverture_id = fields.Many2one("mairie.rdv.ouverture", "Opening", readonly=True)
    exception_id = fields.Many2one(
        "mairie.rdv.exception", "Extra Opening", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    lieu_id = fields.Many2one(
        "mairie.rdv.lieu",
        "Place",
        default=lambda self: self.env["mairie.rdv.lieu"].search([], limit=1),
    )
    start = fields.Datetime()
    stop = fields.Datetime()
    is_weekly = fields.Boolean("Comes Back", readonly=True)
    guichet_ids = fields.Many2many(
        "mairie.rdv.guichet",
        string="Desks",
        compute="_compute_desks",
        inverse="_inverse_nothing",
        domain="[('lieu_id', '=', lieu_id)]",
    )
    demarche_ids = fields.Many2many(
        "mairie.rdv.demarche",
        string="Procedures",
        compute="_compute_desks",
        inverse="_inverse_nothing",
        help="Empty: all those of the desk.",
    )
    repeats = fields.Boolean(
        "Every Week", compute="_compute_desks", inverse="_inverse_nothing"
    )
    online_share = fields.Integer(
        "Share Booked Online (%)",
        compute="_compute_desks",
        inverse="_inverse_nothing",
        default=100,
    )

    @property
    def _table_query(self):
        openings, extras = self._get_openings_query(), self._get_extras_query()
        return SQL("%s UNION ALL %s", openings, extras)

    def _get_openings_query(self):
        """Return the days of the ordinary openings; their ids are even."""
        return SQL(
            """
            SELECT (o.id * 1000 + d.n) * 2 AS id, o.id AS ouverture_id,
                   NULL::integer AS exception_id, o.lieu_id, o.company_id,
                   o.kind != 'date' AS is_weekly,
                   (d.day + o.hour_from * interval '1 hour')
                       AT TIME ZONE l.tz AT TIME ZONE 'UTC' AS start,
                   (d.day + o.hour_to * interval '1 hour')
                       AT TIME ZONE l.tz AT TIME ZONE 'UTC' AS stop
              FROM mairie_rdv_ouverture o
              JOIN mairie_rdv_lieu l ON l.id = o.lieu_id
        CROSS JOIN LATERAL (
                   SELECT n, (%(first)s::date + n)::timestamp AS day
                     FROM generate_series(0, %(count)s) n
                    WHERE (o.date_from IS NULL OR %(first)s::date + n >= o.date_from)
                      AND (o.date_to IS NULL OR %(first)s::date + n <= o.date_to)
                   ) d
             WHERE o.active
               AND CASE o.kind
                   WHEN 'date' THEN d.day = o.date_from
                   WHEN 'weekly' THEN
                        extract(isodow FROM d.day) = o.weekday::int + 1
                        AND (o.every <= 1 OR
                             (date_trunc('week', d.day)::date
                              - date_trunc('week', o.date_from)::date) / 7
                             %% o.every = 0)
                   ELSE extract(isodow FROM d.day) = o.weekday::int + 1
                        AND CASE o.nth WHEN '-1'
                            THEN extract(month FROM d.day + interval '7 days')
                                 != extract(month FROM d.day)
                            ELSE (extract(day FROM d.day)::int - 1) / 7 + 1
                                 = o.nth::int
                            END
                   END
            """,
            first=fields.Date.subtract(fields.Date.today(), days=DAYS_BACK),
            count=DAYS_BACK + DAYS_AHEAD,
        )

    def _get_extras_query(self):
        """Return the days of the exceptional openings; their ids are odd.

        One of the whole commune is drawn once, on the clock of its first place.
        """
        return SQL(
            """
            SELECT (e.id * 1000 + n) * 2 + 1 AS id, NULL AS ouverture_id,
                   e.id AS exception_id, l.id AS lieu_id, e.company_id,
                   e.date_from != e.date_to AS is_weekly,
                   (%(first)s::date + n + e.hour_from * interval '1 hour')
                       AT TIME ZONE l.tz AT TIME ZONE 'UTC' AS start,
                   (%(first)s::date + n + e.hour_to * interval '1 hour')
                       AT TIME ZONE l.tz AT TIME ZONE 'UTC' AS stop
              FROM mairie_rdv_exception e
        CROSS JOIN LATERAL (
                   SELECT id, tz FROM mairie_rdv_lieu
                    WHERE active AND company_id = e.company_id
                      AND (e.lieu_id IS NULL OR id = e.lieu_id)
                 ORDER BY sequence, id LIMIT 1
                   ) l
              JOIN generate_series(0, %(count)s) n
                ON %(first)s::date + n BETWEEN e.date_from AND e.date_to
             WHERE e.kind = 'extra'
            """,
            first=fields.Date.subtract(fields.Date.today(), days=DAYS_BACK),
            count=DAYS_BACK + DAYS_AHEAD,
        )

    @api.depends("ouverture_id", "exception_id")
    def _compute_desks(self):
        for plage in self:
            extra = plage.exception_id
            desks = extra._get_guichets() if extra else plage.ouverture_id.guichet_ids
            plage.guichet_ids = desks
            plage.demarche_ids = plage.ouverture_id.demarche_ids
            plage.online_share = 100 if extra else plage.ouverture_id.online_share
            plage.repeats = plage.ouverture_id.kind == "weekly"

    def _inverse_nothing(self):
        """Painting goes through ``create``; nothing else is written."""

    # A row is computed: there is no parent method to call.
    # pylint: disable=method-required-super
    @api.model_create_multi
    def create(self, vals_list):
        """Write the openings that were painted. Same hours each week are one."""
        weekly, vals_of = {}, []
        for vals in vals_list:
            opening = self._prepare_ouverture_vals(vals)
            if opening["kind"] == "weekly":
                key = (opening["weekday"], opening["hour_from"], opening["hour_to"])
                if key in weekly:
                    first = weekly[key]
                    first["date_from"] = min(first["date_from"], opening["date_from"])
                    continue
                weekly[key] = opening
            vals_of.append(opening)
        openings = self.env["mairie.rdv.ouverture"].create(vals_of)
        openings.flush_recordset()
        return self.search([("ouverture_id", "in", openings.ids)])

    @api.model
    def _prepare_ouverture_vals(self, vals):
        """Return the values of the opening of one painted day."""
        if not vals.get("lieu_id") or not vals.get("guichet_ids"):
            raise UserError(self.env._("Choose the place and the desks that open."))
        # On the clock of the place, as it is drawn and erased: it may be overseas.
        lieu = self.env["mairie.rdv.lieu"].browse(vals["lieu_id"])
        start, stop = (
            fields.Datetime.context_timestamp(
                self.with_context(tz=lieu.tz), fields.Datetime.to_datetime(moment)
            )
            for moment in (vals["start"], vals["stop"])
        )
        return {
            "lieu_id": vals["lieu_id"],
            "guichet_ids": vals["guichet_ids"],
            "demarche_ids": vals.get("demarche_ids", []),
            "online_share": vals.get("online_share", 100),
            "kind": "weekly" if vals.get("repeats") else "date",
            "weekday": str(start.weekday()),
            "date_from": start.date(),
            "hour_from": start.hour + start.minute / 60,
            "hour_to": (stop.hour + stop.minute / 60) or 24.0,
        }

    def unlink(self):
        """Erase days: openings on one day go, of the others one day closes."""
        once = self.filtered(lambda plage: not plage.is_weekly)
        closings = []
        for plage in self - once:
            start, stop = (
                fields.Datetime.context_timestamp(
                    self.with_context(tz=plage.lieu_id.tz), moment
                )
                for moment in (plage.start, plage.stop)
            )
            closings += [
                {
                    "name": self.env._("Closed that day"),
                    "kind": "closing",
                    "company_id": plage.company_id.id,
                    "lieu_id": plage.lieu_id.id,
                    "guichet_id": guichet.id,
                    "date_from": start.date(),
                    "date_to": start.date(),
                    "all_day": False,
                    "hour_from": start.hour + start.minute / 60,
                    "hour_to": (stop.hour + stop.minute / 60) or 24.0,
                }
                for guichet in plage.guichet_ids
            ]
        self.env["mairie.rdv.exception"].create(closings)
        # Their days go with them: read both before either is gone.
        openings, extras = once.ouverture_id, once.exception_id
        openings.unlink()
        extras.unlink()
        return True

    def write(self, vals):
        """Moving a day of the calendar is refused: the form of the opening says why."""
        if vals:
            raise UserError(
                self.env._("Open the opening to change its hours: it may come back.")
            )
        return True

    def action_open_ouverture(self):
        self.ensure_one()
        opening = self.ouverture_id or self.exception_id
        return {
            "type": "ir.actions.act_window",
            "res_model": opening._name,
            "res_id": opening.id,
            "views": [(False, "form")],
        }
