"""What a newsletter covers, and what it may carry."""

from collections.abc import Collection, Hashable, Mapping
from datetime import date, timedelta

# Up to this day of the month the newsletter is still that of the month before.
LATE_UNTIL = 10


def default_period(today: date) -> tuple[date, date]:
    """Say which month a newsletter begun ``today`` tells of.

    :return: first and last day, both included

    >>> default_period(date(2026, 11, 3))
    (datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))
    >>> default_period(date(2026, 11, 25))
    (datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
    """
    first = today.replace(day=1)
    if today.day <= LATE_UNTIL:
        last = first - timedelta(days=1)
        return last.replace(day=1), last
    after = (first + timedelta(days=31)).replace(day=1)
    return first, after - timedelta(days=1)


def readable_by_all(
    receivers: Collection[int], readers: Mapping[Hashable, Collection[int]]
) -> set[Hashable]:
    """Keep the posts that each receiver of the newsletter may read anyway.

    A newsletter has one text for all: what a single receiver may not read stays out.

    :param receivers: people who receive the newsletter
    :param readers: post -> people who may read it
    :return: posts; none when nobody receives the newsletter

    >>> sorted(readable_by_all({1, 2}, {"all": {1, 2, 3}, "one": {1, 3}, "both": {1, 2}}))
    ['all', 'both']
    """
    wanted = set(receivers)
    return {
        post for post, people in readers.items() if wanted and wanted <= set(people)
    }
