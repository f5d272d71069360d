"""Time spent on each item, suspensions left out."""

from datetime import datetime, timedelta

from mairie_elus.lib.timing import (
    CLOSED,
    ITEM,
    RESUMED,
    SUSPENDED,
    minutes,
    time_by_item,
)

START = datetime(2026, 12, 17, 19)


def at(count):
    return START + timedelta(minutes=count)


def test_a_suspension_belongs_to_no_item():
    events = [
        (at(0), ITEM, 1),
        (at(10), SUSPENDED, None),
        (at(25), RESUMED, None),
        (at(30), ITEM, 2),
        (at(37), CLOSED, None),
    ]
    assert time_by_item(events, at(90)) == {
        1: timedelta(minutes=15),
        2: timedelta(minutes=7),
    }


def test_two_visits_add_up():
    events = [(at(0), ITEM, 1), (at(5), ITEM, 2), (at(8), ITEM, 1)]
    assert time_by_item(events, at(20)) == {
        1: timedelta(minutes=17),
        2: timedelta(minutes=3),
    }


def test_a_meeting_that_has_not_begun_took_no_time():
    assert time_by_item([], at(20)) == {}
    assert time_by_item([(at(0), SUSPENDED, None)], at(20)) == {}


def test_minutes_are_begun_ones():
    assert minutes(timedelta(seconds=1)) == 1
    assert minutes(timedelta(minutes=7)) == 7
