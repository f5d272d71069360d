"""Which posts a letter to everybody may carry."""

from datetime import date

import pytest
from mairie_social.lib.newsletter import default_period, readable_by_all


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 12, 3), date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 12, 10), date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 12, 11), date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 5), date(2026, 12, 1), date(2026, 12, 31)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_month_of_a_letter(today, first, last):
    assert default_period(today) == (first, last)


def test_one_receiver_who_may_not_read_keeps_a_post_out():
    readers = {"all": {1, 2, 3, 4}, "agents": {1, 2, 3}, "élus": {4}}
    assert readable_by_all({1, 2, 3, 4}, readers) == {"all"}
    assert readable_by_all({1, 2}, readers) == {"all", "agents"}


def test_a_letter_to_nobody_carries_nothing():
    assert readable_by_all(set(), {"all": {1}}) == set()
