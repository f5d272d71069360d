"""How long each item of a meeting took, suspensions left out."""

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta

Key = Hashable
#: What the journal of a meeting says: an item is taken, the meeting stops, goes on, ends.
ITEM, SUSPENDED, RESUMED, CLOSED = "item", "suspended", "resumed", "closed"


def time_by_item(
    events: Iterable[tuple[datetime, str, Key | None]], end: datetime
) -> dict[Key, timedelta]:
    """Return item -> time spent on it, several visits added up.

    :param events: (moment, kind, item of an ``ITEM`` event), in their order
    :param end: until when the last one lasted

    >>> nine = datetime(2026, 12, 17, 19)
    >>> later = lambda minutes: nine + timedelta(minutes=minutes)
    >>> spent = time_by_item([(nine, ITEM, 1), (later(4), ITEM, 2)], later(10))
    >>> spent[1], spent[2]
    (datetime.timedelta(seconds=240), datetime.timedelta(seconds=360))
    """
    spent, current, since = {}, None, None
    for moment, kind, item in events:
        if current is not None and since is not None:
            spent[current] = spent.get(current, timedelta()) + (moment - since)
        if kind == ITEM:
            current, since = item, moment
        elif kind == RESUMED:
            since = moment
        else:
            since = None
            if kind == CLOSED:
                current = None
    if current is not None and since is not None:
        last = max(end - since, timedelta())
        spent[current] = spent.get(current, timedelta()) + last
    return spent


def minutes(duration: timedelta) -> int:
    """Return whole minutes, begun ones counted.

    >>> minutes(timedelta(seconds=61)), minutes(timedelta())
    (2, 0)
    """
    seconds = duration.days * 86_400 + duration.seconds
    return -(-seconds // 60)
