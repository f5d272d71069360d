"""When somebody may be told something: in their own working hours, or on duty."""

from collections.abc import Iterable
from datetime import datetime

Interval = tuple[datetime, datetime]


def next_moment(now: datetime, working: Iterable[Interval]) -> datetime | None:
    """Say when to tell something that is ready at ``now``.

    :param now: aware datetime
    :param working: working times of one person, aware (start, end) pairs, in any order;
        leaves and public holidays are already taken out; for what is urgent, duty
        (« astreinte ») is already in
    :return: ``now`` inside a working time, else the beginning of the next one; None
        when no working time is known to come

    >>> from datetime import UTC, timedelta
    >>> friday = datetime(2026, 12, 11, 18, 30, tzinfo=UTC)
    >>> monday = datetime(2026, 12, 14, 7, 30, tzinfo=UTC)
    >>> next_moment(friday, [(monday, monday + timedelta(hours=4))]) == monday
    True
    >>> on_call = (friday - timedelta(hours=1), monday)
    >>> next_moment(friday, [(monday, monday + timedelta(hours=4)), on_call]) == friday
    True
    """
    starts = []
    for start, end in working:
        if start <= now < end:
            return now
        if start > now:
            starts.append(start)
    return min(starts, default=None)


def group_by_moment(
    moments: Iterable[datetime | None],
) -> list[tuple[datetime | None, int]]:
    """Count people by the moment when they will be told, soonest first, unknown last.

    :return: list of (moment, number of people)
    """
    counts: dict[datetime | None, int] = {}
    for moment in moments:
        counts[moment] = counts.get(moment, 0) + 1
    known = sorted((item for item in counts.items() if item[0]), key=lambda x: x[0])
    return known + [item for item in counts.items() if not item[0]]
