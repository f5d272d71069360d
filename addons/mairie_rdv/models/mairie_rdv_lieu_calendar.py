"""From rows to the plain values of the slot engine, in four queries whatever the
number of places, desks, openings and appointments."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..lib.slots import (
    Block,
    Desk,
    Rule,
    local_to_minutes,
    shown_once,
    to_datetime,
    unfold,
)
from .mairie_rdv import LIVE_STATES

ANY = frozenset()


@dataclass
class DeskRow:
    """What one desk offers and holds over a range of days."""

    id: int
    lieu_id: int
    capacity: int
    demarche_ids: frozenset
    user_id: int | None = None
    openings: list = field(default_factory=list)  # (Block, démarches; none = any)
    closed: list = field(default_factory=list)
    busy: dict = field(default_factory=lambda: defaultdict(list))
    online: list = field(default_factory=list)

    def matches(self, lieu_id, guichet_id, user_id):
        """Tell whether an exception is about this desk; None means any."""
        return (
            lieu_id in (None, self.lieu_id)
            and guichet_id in (None, self.id)
            and user_id in (None, self.user_id)
        )

    def as_desk(self, demarche_id):
        """Return the engine's desk, with the openings that take a démarche."""
        blocks: list[Block] = [
            block
            for block, demarches in self.openings
            if not demarches or demarche_id in demarches
        ]
        return Desk(self.id, blocks, self.capacity, self.closed, self.busy, self.online)


class Calendar(dict):
    """Guichet id -> :class:`DeskRow`, over a range of days.

    ``counted``: démarche id -> lieu id (None: all places) -> starts of what is booked,
    for procedures that have a quota.
    """

    def __init__(self, rows):
        super().__init__(rows)
        self.counted = defaultdict(dict)


class MairieRdvLieu(models.Model):
    _inherit = "mairie.rdv.lieu"

    def _load_calendar(self, first, last, ignore=None):
        """Return the desks of these places between two local days, both included.

        :param ignore: appointment whose own time counts as free (when it moves)
        :return: guichet id -> :class:`DeskRow`
        """
        self.env.flush_all()
        desks = Calendar(self._load_desks())
        if desks:
            self._load_openings(desks, first, last)
            self._load_exceptions(desks, first, last)
            self._load_busy(desks, first, last, ignore)
            self._load_counted(desks, first, last, ignore)
        return desks

    def _load_counted(self, desks, first, last, ignore):
        """Count what procedures with a quota have booked, whole weeks included."""
        week = timedelta(days=8)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.demarche_id, r.lieu_id,
                       array_agg((EXTRACT(EPOCH FROM r.start) / 60)::bigint)
                  FROM mairie_rdv r
                 WHERE r.demarche_id IN (SELECT demarche_id FROM mairie_rdv_quota)
                   AND r.demarche_id = ANY(%s) AND r.state = ANY(%s)
                   AND r.start > %s AND r.start < %s
                   AND (r.state != 'hold' OR r.hold_until > %s) AND r.id != %s
              GROUP BY r.demarche_id, r.lieu_id
                """,
                list({id_ for row in desks.values() for id_ in row.demarche_ids}),
                list(LIVE_STATES),
                first - week,
                last + week,
                fields.Datetime.now(),
                ignore.id if ignore else 0,
            )
        )
        for demarche_id, lieu_id, starts in rows:
            counted = desks.counted[demarche_id]
            counted[lieu_id] = starts
            counted[None] = counted.get(None, []) + starts

    def _load_desks(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT g.id, g.lieu_id, g.capacity, array_agg(rel.demarche_id), g.user_id
                  FROM mairie_rdv_guichet g
                  JOIN mairie_rdv_guichet_demarche_rel rel ON rel.guichet_id = g.id
                 WHERE g.lieu_id = ANY(%s) AND g.active
              GROUP BY g.id
              ORDER BY g.sequence, g.id
                """,
                list(self.ids),
            )
        )
        return {
            row[0]: DeskRow(*row[:3], frozenset(row[3]), user_id=row[4]) for row in rows
        }

    def _load_openings(self, desks, first, last):
        """Unfold each opening once for each place, then hand it to its desks."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.kind, o.weekday, o.every, o.nth, o.date_from, o.date_to,
                       o.hour_from, o.hour_to, o.online_share, o.release_days,
                       ARRAY(SELECT guichet_id FROM mairie_rdv_ouverture_guichet_rel
                              WHERE ouverture_id = o.id),
                       ARRAY(SELECT demarche_id FROM mairie_rdv_ouverture_demarche_rel
                              WHERE ouverture_id = o.id)
                  FROM mairie_rdv_ouverture o
                 WHERE o.active AND o.lieu_id = ANY(%s)
                   AND (o.date_from IS NULL OR o.date_from <= %s)
                   AND (o.date_to IS NULL OR o.date_to >= %s)
                """,
                list(self.ids),
                last,
                first,
            )
        )
        zones = self._get_day_frames(first, last)
        unfolded = {}
        for row in rows:
            rule, demarches = _rule_of(row), frozenset(row[11])
            for guichet_id in row[10]:
                if desk := desks.get(guichet_id):
                    key = (rule, desk.lieu_id)
                    if key not in unfolded:
                        tz, holidays = zones[desk.lieu_id]
                        unfolded[key] = unfold([rule], first, last, tz, holidays)
                    desk.openings += [(block, demarches) for block in unfolded[key]]

    def _load_exceptions(self, desks, first, last):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT kind, lieu_id, guichet_id, user_id, date_from, date_to, all_day,
                       hour_from, hour_to
                  FROM mairie_rdv_exception
                 WHERE company_id = ANY(%s) AND date_from <= %s AND date_to >= %s
                """,
                self.company_id.ids,
                last,
                first,
            )
        )
        zones = self._get_day_frames(first, last)
        for kind, lieu_id, guichet_id, user_id, date_from, date_to, *hours in rows:
            for desk in desks.values():
                wanted = (lieu_id, guichet_id, user_id)
                if not desk.matches(*wanted):
                    continue
                tz = zones[desk.lieu_id][0]
                days = max(first, date_from), min(last, date_to)
                spans = day_spans(*days, *hours, tz)
                if kind == "closing":
                    desk.closed += spans
                else:
                    desk.openings += [
                        (Block(*shown), ANY)
                        for span in spans
                        for shown in shown_once(*span, tz)
                    ]

    def _load_busy(self, desks, first, last, ignore):
        """Fetch what is taken; a hold whose time is over no longer counts."""
        day = timedelta(days=1)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT guichet_id, place,
                       (EXTRACT(EPOCH FROM busy_start) / 60)::bigint,
                       (EXTRACT(EPOCH FROM busy_stop) / 60)::bigint,
                       (EXTRACT(EPOCH FROM start) / 60)::bigint,
                       origin
                  FROM mairie_rdv
                 WHERE guichet_id = ANY(%s) AND state = ANY(%s)
                   AND busy_start < %s AND busy_stop > %s
                   AND (state != 'hold' OR hold_until > %s) AND id != %s
                """,
                list(desks),
                list(LIVE_STATES),
                last + 2 * day,
                first - day,
                fields.Datetime.now(),
                ignore.id if ignore else 0,
            )
        )
        for guichet_id, place, busy_start, busy_stop, start, origin in rows:
            desks[guichet_id].busy[place].append((busy_start, busy_stop))
            if origin in ("web", "ants"):
                desks[guichet_id].online.append(start)

    def _get_day_frames(self, first, last):
        """Return lieu id -> (time zone, public holidays between the two days)."""
        return {
            lieu.id: (lieu._get_zone_info(), lieu._get_holidays(first, last))
            for lieu in self
        }

    def _read_start(self, value):
        """Return the naive UTC datetime of a wall time, False when it is not one.

        :param value: "2026-12-17T09:20"
        """
        self.ensure_one()
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value or ""):
            return False
        try:
            wall = fields.Datetime.to_datetime(value.replace("T", " ") + ":00")
        except ValueError:
            return False
        if not 2000 <= wall.year < 2200:
            return False
        minute = wall.hour * 60 + wall.minute
        zone = self._get_zone_info()
        return to_datetime(local_to_minutes(wall.date(), minute, zone))


def _rule_of(row):
    kind, weekday, every, nth, date_from, date_to, *rest = row[:10]
    hour_from, hour_to, share, release_days = rest
    return Rule(
        start=_minutes(hour_from),
        stop=_minutes(hour_to),
        kind=kind,
        weekday=int(weekday or 0),
        every=every or 1,
        anchor=date_from,
        nth=int(nth or 1),
        first=date_from,
        last=date_to,
        on_holidays=kind == "date",
        online_share=share,
        release_days=release_days or 0,
    )


def day_spans(first, last, all_day, hour_from, hour_to, tz):
    """Return the ranges of an exception: one for whole days, else one a day."""
    if all_day:
        return [(local_to_minutes(first, 0, tz), local_to_minutes(last, 24 * 60, tz))]
    return [
        (
            local_to_minutes(day, _minutes(hour_from), tz),
            local_to_minutes(day, _minutes(hour_to), tz),
        )
        for offset in range((last - first).days + 1)
        for day in [first + timedelta(days=offset)]
    ]


def _minutes(hours):
    return round(hours * 60)
