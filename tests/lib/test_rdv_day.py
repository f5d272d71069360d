"""Gaps of a desk, on whole minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_rdv.lib.day import free_spans, open_spans, places_within, subtract

span = st.tuples(st.integers(0, 100), st.integers(1, 40)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


@given(st.lists(span, max_size=6), st.lists(span, max_size=6))
def test_what_is_left_is_in_one_and_not_in_the_other(spans, taken):
    left = subtract(spans, taken)
    minutes = {minute for start, stop in left for minute in range(start, stop)}
    inside = {minute for start, stop in spans for minute in range(start, stop)}
    outside = {minute for start, stop in taken for minute in range(start, stop)}
    assert minutes == inside - outside


@pytest.mark.parametrize(
    ("busy", "capacity", "found"),
    [
        ({}, 1, [(0, 60)]),
        ({1: [(0, 60)]}, 1, []),
        ({1: [(0, 60)]}, 2, [(0, 60)]),
        ({1: [(10, 55)]}, 1, [(0, 10)]),
    ],
)
def test_gap_too_short_serves_nobody(busy, capacity, found):
    assert free_spans([(0, 60)], busy, capacity, 0, 10) == found


def test_closing_shortens_the_opening():
    assert open_spans([(0, 60, 100)], [(30, 40)]) == [(0, 30), (40, 60)]


def test_nothing_is_offered_before_now():
    assert free_spans([(0, 60)], {}, 1, 45, 10) == [(45, 60)]


def test_place_that_begins_before_the_limit_counts():
    assert places_within([(0, 40)], 20, 20) == 1
    assert places_within([(0, 40)], 20, 21) == 2
