"""Slots: opening hours minus what is taken, on plain numbers.

Every instant is a whole number of minutes since 1970-01-01 00:00 UTC, every range
is half-open ``[start, stop)``. Nothing here knows Odoo, the clock or a database:
holidays, closures, appointments and "now" come in as arguments.

The rule, in prose with worked examples: ``docs/algorithmes/creneaux.md``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

DAY = 24 * 60
#: clocks change before this minute of the day, in every French zone
_CHANGES_BEFORE = 4 * 60
_EPOCH = datetime(1970, 1, 1)

Span = tuple[int, int]


class Block(NamedTuple):
    """An opening of one desk: its grid of times is anchored at ``start``.

    ``online_share`` is the part, in per cent, that the public may book by itself until
    ``release``, the instant when what was kept back goes online too (None: never).
    """

    start: int
    stop: int
    online_share: int = 100
    release: int | None = None


@dataclass(frozen=True)
class Rule:
    """When a desk opens, in local days and minutes after local midnight.

    - ``weekly``: each ``weekday`` (0 = Monday), every ``every`` weeks counted from
      the week of ``anchor``;
    - ``monthly``: the ``nth`` such weekday of the month (1 to 5, -1 for the last);
    - ``date``: the single day ``first``.

    ``first`` and ``last`` bound the rule, both days included. An exceptional opening
    sets ``on_holidays``: it is held even on a public holiday. What ``online_share``
    keeps back goes online ``release_days`` days before (0: never).
    """

    start: int
    stop: int
    kind: str = "weekly"
    weekday: int = 0
    every: int = 1
    anchor: date | None = None
    nth: int = 1
    first: date | None = None
    last: date | None = None
    on_holidays: bool = False
    online_share: int = 100
    release_days: int = 0


@dataclass(frozen=True)
class Quota:
    """How many appointments a day or a week may take, whoever receives them.

    :param period: "day" or "week"; a week begins on Monday
    :param taken: day, or Monday of the week -> appointments there already
    """

    period: str
    maximum: int
    taken: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Need:
    """What an appointment takes: minutes at the desk, grid step, rest on each side."""

    duration: int
    step: int
    before: int = 0
    after: int = 0


@dataclass(frozen=True)
class Desk:
    """One desk over the range looked at.

    :param key: whatever names the desk for the caller
    :param blocks: openings, in any order, overlapping or not
    :param closed: closures and absences; rest time may run into them
    :param busy: place (1 to capacity) -> ranges taken, rest time included
    :param online: start of each appointment that was booked online
    """

    key: object
    blocks: Sequence[Block] = ()
    capacity: int = 1
    closed: Sequence[Span] = ()
    busy: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    online: Sequence[int] = ()


class Free(NamedTuple):
    """A way to serve a slot: one free place of one desk."""

    desk: object
    place: int


def to_minutes(moment: datetime) -> int:
    """Return the minutes since 1970 of a naive UTC ``moment`` (seconds are dropped)."""
    return (moment - _EPOCH) // timedelta(minutes=1)


def to_datetime(minutes: int) -> datetime:
    """Return the naive UTC datetime of ``minutes`` since 1970."""
    return _EPOCH + timedelta(minutes=minutes)


def local_to_minutes(day: date, minute: int, tz: tzinfo) -> int:
    """Return the instant when clocks of ``tz`` show ``minute`` after midnight.

    ``minute`` may be 1440 (the next midnight). In the hour skipped in spring the
    instant is the one that the clock would have shown without the change; in the
    hour lived twice in autumn it is the first one.
    """
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    return to_minutes(
        wall.replace(tzinfo=tz).astimezone(timezone.utc).replace(tzinfo=None)
    )


def to_local(minutes: int, tz: tzinfo) -> datetime:
    """Return the wall time of ``tz``, naive, at ``minutes`` since 1970."""
    aware = to_datetime(minutes).replace(tzinfo=timezone.utc)
    return aware.astimezone(tz).replace(tzinfo=None)


def duration_for(persons: int, base: int, table: Mapping[int, int]) -> int:
    """Return the minutes needed to receive ``persons`` people.

    :param base: minutes for one person
    :param table: number of persons -> minutes, as the town hall measured them.
        Where the number is missing, each person more than the nearest smaller line
        adds ``base``; with no line at all the answer is ``base * persons``.

    >>> duration_for(2, 20, {1: 20, 2: 35}), duration_for(3, 20, {1: 20, 2: 35})
    (35, 55)
    """
    if persons < 1:
        raise ValueError("an appointment is for one person at least")
    known = max((count for count in table if count <= persons), default=0)
    return table.get(known, 0) + base * (persons - known)


def occurs_on(rule: Rule, day: date) -> bool:
    """Tell whether ``rule`` opens on ``day``, holidays and closures left aside."""
    if rule.kind == "date":
        return day == rule.first
    if day.weekday() != rule.weekday:
        return False
    if rule.first and day < rule.first or rule.last and day > rule.last:
        return False
    if rule.kind == "monthly":
        return _is_nth_weekday(day, rule.nth)
    return (
        rule.every <= 1
        or _weeks_between(rule.anchor or rule.first, day) % (rule.every) == 0
    )


def _is_nth_weekday(day: date, nth: int) -> bool:
    if nth < 0:
        return (day + timedelta(weeks=1)).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _weeks_between(anchor: date | None, day: date) -> int:
    monday = (anchor or day) - timedelta(days=(anchor or day).weekday())
    return (day - monday).days // 7


def unfold(
    rules: Iterable[Rule],
    first: date,
    last: date,
    tz: tzinfo,
    holidays: Collection[date] = (),
) -> list[Block]:
    """Return the openings between two local days, both included, sorted.

    :param holidays: local days when only rules with ``on_holidays`` open
    :return: one block for each rule and day; identical ones are kept once
    """
    rules = list(rules)
    blocks = set()
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        off = day in holidays
        for rule in rules:
            if occurs_on(rule, day) and (rule.on_holidays or not off):
                release = _release_of(rule, day, tz)
                blocks.update(
                    Block(start, stop, rule.online_share, release)
                    for start, stop in _spans_of(rule, day, tz)
                )
    return sorted(blocks, key=lambda block: (*block[:3], block.release or 0))


def _spans_of(rule: Rule, day: date, tz: tzinfo) -> list[Span]:
    start = local_to_minutes(day, rule.start, tz)
    stop = local_to_minutes(day, rule.stop, tz)
    return (
        shown_once(start, stop, tz) if rule.start < _CHANGES_BEFORE else [(start, stop)]
    )


def shown_once(start: int, stop: int, tz: tzinfo) -> list[Span]:
    """Return a range without the hour that clocks of ``tz`` show a second time.

    One night of autumn has an hour twice. Whoever books "2 h" then means the first
    one: the second one could be shown, and never be booked.
    """
    shown = (to_local(stop, tz) - to_local(start, tz)) // timedelta(minutes=1)
    twice = stop - start - shown
    if twice <= 0:
        return [(start, stop)]
    again = next(
        minute
        for minute in range(start + 1, stop + 1)
        if to_local(minute, tz) < to_local(minute - 1, tz)
    )
    spans = (start, again), (again + twice, stop)
    return [span for span in spans if span[0] < span[1]]


def _release_of(rule: Rule, day: date, tz: tzinfo) -> int | None:
    if rule.online_share >= 100 or not rule.release_days:
        return None
    return local_to_minutes(day - timedelta(days=rule.release_days), 0, tz)


def find_slots(
    desks: Iterable[Desk],
    need: Need,
    earliest: int,
    latest: int,
    online: bool = False,
    now: int = 0,
) -> dict[int, list[Free]]:
    """Return the starts on offer between two instants, both included.

    A start is on offer when the whole appointment fits in one opening of one desk,
    crosses no closure, and when the appointment with its rest time crosses nothing
    taken on one place of that desk. Desks are never added up: half an appointment
    at each of two desks is no appointment.

    :param online: honour the online share of the openings
    :param now: instant at which shares kept back may have gone online
    :return: start -> free places, sorted by start; a start that several desks can
        serve appears once

    >>> desk = Desk("G1", [Block(540, 680)])
    >>> list(find_slots([desk], Need(duration=60, step=60), 0, 9999))
    [540, 600]
    """
    found: dict[int, list[Free]] = {}
    for desk in desks:
        starts = _grid_of(desk, need, earliest, latest, now if online else None)
        starts = list(_clear(starts, merge(desk.closed), 0, need.duration))
        for place in range(1, desk.capacity + 1):
            taken = merge(desk.busy.get(place, ()))
            for start in _clear(starts, taken, need.before, need.duration + need.after):
                found.setdefault(start, []).append(Free(desk.key, place))
    return dict(sorted(found.items()))


def _grid_of(
    desk: Desk, need: Need, earliest: int, latest: int, now: int | None
) -> list[int]:
    """Return the grid times of a desk within the bounds, sorted, each once.

    :param now: instant of the online search; None for agents, who see all shares
    """
    starts = set()
    for block in desk.blocks:
        grid = range(block.start, block.stop - need.duration + 1, need.step)
        if now is not None and _is_share_spent(desk, block, len(grid), now):
            continue
        starts.update(start for start in grid if earliest <= start <= latest)
    return sorted(starts)


def _is_share_spent(desk: Desk, block: Block, grid_size: int, now: int) -> bool:
    """Tell whether the public already took its share of the places of a block."""
    if block.online_share >= 100 or block.release is not None and now >= block.release:
        return False
    used = sum(block.start <= start < block.stop for start in desk.online)
    return (used + 1) * 100 > block.online_share * grid_size * desk.capacity


def _clear(
    starts: Iterable[int], taken: Sequence[Span], before: int, after: int
) -> Iterator[int]:
    """Yield the ``starts`` whose ``[start - before, start + after)`` is free.

    :param starts: sorted
    :param taken: sorted and disjoint, as :func:`merge` gives them
    """
    index = 0
    for start in starts:
        while index < len(taken) and taken[index][1] <= start - before:
            index += 1
        if index == len(taken) or taken[index][0] >= start + after:
            yield start


def quota_key(period: str, day: date) -> date:
    """Return what names the day or the week of ``day``: the week's Monday."""
    return day - timedelta(days=day.weekday()) if period == "week" else day


def within_quotas(
    found: Mapping[int, list[Free]], quotas: Iterable[Quota], tz: tzinfo
) -> dict[int, list[Free]]:
    """Return the starts whose day and week still have room under every quota."""
    quotas = list(quotas)
    full = [
        (quota.period, key)
        for quota in quotas
        for key, count in quota.taken.items()
        if count >= quota.maximum
    ]
    if not full and all(quota.maximum for quota in quotas):
        return dict(found)
    none_at_all = not all(quota.maximum for quota in quotas)
    return {
        start: places
        for start, places in found.items()
        if not none_at_all and not _is_in(full, to_local(start, tz).date())
    }


def _is_in(full: Collection[tuple[str, date]], day: date) -> bool:
    return any(quota_key(period, day) == key for period, key in full)


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return ``spans`` sorted, with those that touch or overlap made one.

    >>> merge([(5, 7), (1, 3), (3, 4), (6, 9)])
    [(1, 4), (5, 9)]
    """
    merged: list[Span] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        elif start < stop:
            merged.append((start, stop))
    return merged


def windows(first: date, last: date, lengths: Sequence[int] = (7, 30, 90)):
    """Yield growing, adjoining ranges of days from ``first`` to ``last``, included.

    The next free place is looked for in the first range, then in the second…: most
    searches stop after a week, and none goes on for ever.
    """
    sizes = iter(lengths)
    size = lengths[-1]
    while first <= last:
        size = next(sizes, size)
        end = min(last, first + timedelta(days=size - 1))
        yield first, end
        first = end + timedelta(days=1)


def nearest(starts: Iterable[int], wanted: int, count: int) -> list[int]:
    """Return the ``count`` starts nearest to ``wanted``, sorted in time."""
    return sorted(
        sorted(starts, key=lambda start: (abs(start - wanted), start))[:count]
    )
