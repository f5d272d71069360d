"""The search for free times: rows are read once, the engine does the rest."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import fields, models

from ..lib.slots import (
    Quota,
    find_slots,
    nearest,
    quota_key,
    to_datetime,
    to_local,
    to_minutes,
    windows,
    within_quotas,
)
from .wording import date_label, time_label

DAYS_SHOWN = 14
EARLIEST_SHOWN = 3
SEARCH_WINDOWS = (DAYS_SHOWN, 30, 90)


class Offer(NamedTuple):
    """One time on offer: what pages and machines need, and nothing to look up.

    :param start: minutes since 1970, UTC (``lib.slots.to_datetime``)
    :param local: wall time of the place, naive
    :param free: how many places of desks are free then
    """

    demarche_id: int
    lieu_id: int
    start: int
    local: datetime
    free: int


class MairieRdvDemarche(models.Model):
    _inherit = "mairie.rdv.demarche"

    def _get_bounds(self, online=True):
        """Return the first and last instant that may be booked, naive UTC."""
        self.ensure_one()
        now = fields.Datetime.now()
        notice = timedelta(hours=self.lead_min_hours) if online else timedelta()
        return now + notice, now + timedelta(days=self.lead_max_days)

    def _get_day_bounds(self, lieux, online=True):
        """Return the first and last local day that may be booked at ``lieux``."""
        self.ensure_one()
        earliest, latest = map(to_minutes, self._get_bounds(online))
        zones = [lieu._get_zone_info() for lieu in lieux]
        return (
            min(to_local(earliest, tz).date() for tz in zones),
            max(to_local(latest, tz).date() for tz in zones),
        )

    def _find_free(self, calendar, lieux, persons=1, online=True):
        """Return the times on offer in a calendar that is already loaded.

        :param calendar: what ``lieux._load_calendar`` gave
        :return: lieu id -> {start in minutes: list of free places}
        """
        self.ensure_one()
        earliest, latest = map(to_minutes, self._get_bounds(online))
        now = to_minutes(fields.Datetime.now())
        need = self._get_need(persons)
        quotas = self._get_quotas(calendar, lieux) if online else {}
        found = {}
        for lieu in lieux:
            desks = [
                row.as_desk(self.id)
                for row in calendar.values()
                if row.lieu_id == lieu.id and self.id in row.demarche_ids
            ]
            starts = find_slots(desks, need, earliest, latest, online, now)
            if limits := quotas.get(lieu.id):
                starts = within_quotas(starts, limits, lieu._get_zone_info())
            found[lieu.id] = starts
        return found

    def _get_offer(self, lieux, date_from, date_to, persons=1, audience="web"):
        """Return the times on offer of these procedures, as plain tuples.

        The one door of the slot engine: pages, agents and France Titres read it. Five
        queries or so, whatever the number of places, desks, days and appointments.

        :param lieux: places, several at once
        :param date_from: first local day, ``date_to`` the last one, both included
        :param audience: "web", "link", "ants" see what the public may book by itself;
            "agent" sees all, shares kept back and quotas included
        :return: list of :class:`Offer`, sorted by procedure, place and time
        """
        online = audience != "agent"
        self._fetch_for_slots()
        lieux = lieux.filtered("active")
        bounds = [demarche._get_day_bounds(lieux, online) for demarche in self if lieux]
        if not bounds:
            return []
        first = max(date_from, min(bound[0] for bound in bounds))
        last = min(date_to, max(bound[1] for bound in bounds))
        if first > last:
            return []
        calendar = lieux._load_calendar(first, last)
        offers = []
        for demarche in self:
            if persons > demarche.persons_max and online:
                continue
            found = demarche._find_free(calendar, lieux, persons, online)
            for lieu in lieux:
                tz = lieu._get_zone_info()
                offers += [
                    Offer(demarche.id, lieu.id, start, to_local(start, tz), len(places))
                    for start, places in found[lieu.id].items()
                ]
        return offers

    def _get_slots(self, lieux, date_from, date_to, persons=1, audience="web"):
        """Return what ``_get_offer`` gives, by local day: day -> list of Offer."""
        days = defaultdict(list)
        for offer in self._get_offer(lieux, date_from, date_to, persons, audience):
            days[offer.local.date()].append(offer)
        return dict(sorted(days.items()))

    def _fetch_for_slots(self):
        """Read at once what the engine needs of several procedures."""
        self.fetch(["duration", "step", "duration_ids", "quota_ids", "persons_max"])
        self.duration_ids.fetch(["persons", "minutes"])
        self.quota_ids.fetch(["period", "maximum", "lieu_id"])

    def _get_quotas(self, calendar, lieux):
        """Return lieu id -> quotas of the procedure, counted over a calendar."""
        self.ensure_one()
        if not self.quota_ids:
            return {}
        found = defaultdict(list)
        for lieu in lieux:
            tz = lieu._get_zone_info()
            for quota in self.quota_ids:
                if quota.lieu_id and quota.lieu_id != lieu:
                    continue
                taken = Counter(
                    quota_key(quota.period, to_local(start, tz).date())
                    for start in calendar.counted[self.id].get(
                        quota.lieu_id.id or None, ()
                    )
                )
                found[lieu.id].append(Quota(quota.period, quota.maximum, taken))
        return found

    def _get_free_places(self, lieu, start, persons, online=True, ignore=None):
        """Return the free places of one time, recomputed from the database.

        :param start: naive UTC datetime
        :return: list of ``(guichet id, place)``, empty when the time is not on offer
        """
        self.ensure_one()
        wanted = to_minutes(start)
        day = to_local(wanted, lieu._get_zone_info()).date()
        calendar = lieu._load_calendar(day, day, ignore)
        found = self._find_free(calendar, lieu, persons, online)
        return [tuple(free) for free in found[lieu.id].get(wanted, [])]

    def _search_days(self, lieu, persons, first=None, ignore=None):
        """Return the times of one place, day by day.

        The days listed begin at ``first``, or at the first day that has a time.

        :return: dict with ``earliest`` (slots), ``days`` (label, iso, slots),
            ``next_day`` (iso date of the following page, or None)
        """
        self.ensure_one()
        start, end = self._get_day_bounds(lieu)
        start = max(first or start, start)
        for begin, stop in windows(start, end, SEARCH_WINDOWS):
            calendar = lieu._load_calendar(begin, stop, ignore)
            found = self._find_free(calendar, lieu, persons)[lieu.id]
            if found:
                return self._prepare_days(lieu, calendar, found, (begin, stop, end))
        return {"earliest": [], "days": [], "next_day": None}

    def _prepare_days(self, lieu, calendar, found, bounds):
        """Lay the times of a window out in days; open days that are full are kept."""
        begin, stop, end = bounds
        tz = lieu._get_zone_info()
        slots = [self._prepare_slot(lieu, start) for start in found]
        by_day = defaultdict(list)
        for slot in slots:
            by_day[slot["day"]].append(slot)
        if not stop - begin < timedelta(days=DAYS_SHOWN):
            begin = slots[0]["day"]
        last = min(begin + timedelta(days=DAYS_SHOWN - 1), stop)
        open_days = {
            to_local(block.start, tz).date()
            for row in calendar.values()
            if self.id in row.demarche_ids
            for block in row.as_desk(self.id).blocks
        }
        following = last + timedelta(days=1)
        return {
            "earliest": slots[:EARLIEST_SHOWN],
            "days": [
                {
                    "iso": day.isoformat(),
                    "label": date_label(self.env, day),
                    "slots": by_day.get(day, []),
                }
                for day in sorted(open_days | set(by_day))
                if begin <= day <= last
            ],
            "next_day": following.isoformat() if following <= end else None,
        }

    def _prepare_slot(self, lieu, start):
        """Return one time as pages show it.

        ``value`` is what a form sends back: the wall time of the place.
        """
        local = to_local(start, lieu._get_zone_info())
        return {
            "start": to_datetime(start),
            "day": local.date(),
            "value": f"{local:%Y-%m-%dT%H:%M}",
            "day_label": date_label(self.env, local.date()),
            "time_label": time_label(self.env, local.time()),
            "lieu_id": lieu.id,
            "lieu_name": lieu.name,
        }

    def _get_first_slot(self):
        """Return the first time on offer online, at any place, or None."""
        self.ensure_one()
        return self._get_first_slots().get(self.id)

    def _get_first_slots(self):
        """Return the first time on offer of each procedure: id -> slot.

        Places are read once for all procedures, in growing ranges of days: the cost
        does not grow with the number of procedures.
        """
        found, places = {}, {demarche: demarche._get_lieux() for demarche in self}
        waiting = [demarche for demarche in self if places[demarche]]
        if not waiting:
            return found
        lieux = self.env["mairie.rdv.lieu"].union(*places.values())
        bounds = [demarche._get_day_bounds(lieux) for demarche in waiting]
        first, last = min(b[0] for b in bounds), max(b[1] for b in bounds)
        for begin, stop in windows(first, last, SEARCH_WINDOWS):
            calendar = lieux._load_calendar(begin, stop)
            for demarche in waiting:
                if slot := demarche._pick_first(calendar, places[demarche]):
                    found[demarche.id] = slot
            waiting = [demarche for demarche in waiting if demarche.id not in found]
            if not waiting:
                break
        return found

    def _pick_first(self, calendar, lieux):
        free = self._find_free(calendar, lieux)
        firsts = [
            (min(starts), index)
            for index, lieu in enumerate(lieux)
            if (starts := free[lieu.id])
        ]
        if not firsts:
            return None
        start, index = min(firsts)
        return self._prepare_slot(lieux[index], start)

    def _get_nearest_slots(self, lieu, start, persons, ignore=None, count=3):
        """Return the times nearest to one that is gone, within two weeks of it."""
        self.ensure_one()
        first, last = self._get_day_bounds(lieu)
        wanted = to_minutes(start)
        day = to_local(wanted, lieu._get_zone_info()).date()
        week = timedelta(weeks=1)
        begin, stop = max(first, day - week), min(last, max(day, first) + 2 * week)
        if begin > stop:
            return []
        calendar = lieu._load_calendar(begin, stop, ignore)
        found = self._find_free(calendar, lieu, persons)[lieu.id]
        return [
            self._prepare_slot(lieu, minute) for minute in nearest(found, wanted, count)
        ]
