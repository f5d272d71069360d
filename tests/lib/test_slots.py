"""The rules of slots, case by case. Frame unless said otherwise: Europe/Paris,
Monday 2026-06-01, one desk, no lead time, looked at on the Friday before."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mairie_base.lib.legal_calendar import public_holidays
from mairie_rdv.lib import slots
from mairie_rdv.lib.slots import (
    Block,
    Desk,
    Free,
    Need,
    Quota,
    Rule,
    duration_for,
    find_slots,
    local_to_minutes,
    merge,
    nearest,
    occurs_on,
    to_datetime,
    to_local,
    to_minutes,
    unfold,
    windows,
    within_quotas,
)

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 6, 1)
NOW = to_minutes(datetime(2026, 5, 29, 6, 0))
FOREVER = to_minutes(datetime(2100, 1, 1))


def clock(text):
    """Minutes after midnight of "09:20"."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def at(text, day=MONDAY, tz=PARIS):
    return local_to_minutes(day, clock(text), tz)


def span(text, day=MONDAY):
    start, stop = text.split("-")
    return at(start, day), at(stop, day)


def desk(*openings, key="G1", busy=(), closed=(), day=MONDAY, **vals):
    """A desk open "09:00-11:20", with taken and closed ranges written alike."""
    return Desk(
        key,
        [Block(*span(text, day)) for text in openings],
        busy={1: [span(text, day) for text in busy]},
        closed=[span(text, day) for text in closed],
        **vals,
    )


def offered(desks, duration, step=None, now=NOW, latest=FOREVER, **vals):
    """Times on offer, "09:00 10:00"."""
    desks = [desks] if isinstance(desks, Desk) else desks
    online = vals.pop("online", False)
    need = Need(duration, step or duration, **vals)
    found = find_slots(desks, need, now, latest, online=online)
    return " ".join(f"{to_local(start, PARIS):%H:%M}" for start in found)


def times(first, last, every):
    minutes = range(clock(first), clock(last) + 1, every)
    return " ".join(f"{m // 60:02}:{m % 60:02}" for m in minutes)


@pytest.mark.parametrize(
    ("opening", "duration", "expected"),
    [
        ("09:00-11:20", 60, "09:00 10:00"),
        ("09:00-09:15", 30, ""),
        ("09:00-09:45", 30, "09:00"),
    ],
)
def test_a_slot_fits_whole_in_its_opening(opening, duration, expected):
    assert offered(desk(opening), duration) == expected


def test_what_is_taken_is_not_offered():
    g1 = desk("09:00-11:00", busy=["08:30-09:30"])
    assert offered(g1, 30) == "09:30 10:00 10:30"


TWO = ["08:30-09:30", "09:45-10:45"]


@pytest.mark.parametrize("vals", [{"busy": TWO}, {"closed": TWO}])
def test_appointments_and_absences_leave_the_same_gaps(vals):
    assert offered(desk("09:00-11:00", **vals), 15) == "09:30 10:45"


def test_extra_appointment_beside_another_changes_nothing():
    g1 = desk("09:00-11:00")
    busy = {1: [span(text) for text in TWO], 2: [span("09:45-10:45")]}
    assert offered(Desk("G1", g1.blocks, busy=busy), 15) == "09:30 10:45"


def test_cancelled_appointment_frees_its_time():
    assert offered(desk("09:00-10:00", busy=[]), 30) == "09:00 09:30"


def test_absence_over_the_whole_opening_leaves_nothing():
    assert offered(desk("09:00-11:00", closed=["08:00-12:00"]), 30) == ""


def test_day_begun_offers_what_is_left_whatever_the_order_of_openings():
    g1 = desk("18:00-20:00", "09:00-12:00", "14:00-17:00")
    expected = "15:20 15:40 16:00 18:00 18:20 18:40 19:00"
    assert offered(g1, 60, step=20, now=at("15:03")) == expected


def test_shortest_notice():
    tuesday = MONDAY + timedelta(days=1)
    g1 = desk("09:00-10:00", day=tuesday)
    assert offered(g1, 20, now=at("09:10") + 24 * 60) == "09:20 09:40"


def test_longest_notice():
    g1 = desk("09:00-11:00", day=date(2026, 7, 1))
    latest = at("10:00") + 30 * 24 * 60
    assert offered(g1, 20, now=at("10:00"), latest=latest) == "09:00 09:20 09:40 10:00"


def test_rest_after_an_appointment():
    g1 = desk("09:00-10:30", busy=["09:30-10:00"])
    assert offered(g1, 20, step=30, after=10) == "09:00 10:00"


def test_last_rest_may_pass_closing_time():
    assert offered(desk("09:00-10:20"), 20, after=10) == "09:00 09:20 09:40 10:00"


def test_rest_keeps_neighbours_away():
    g1 = desk("09:00-10:20", busy=["09:20-09:50"])
    assert offered(g1, 20, after=10) == "10:00"


def test_rest_before_an_appointment():
    g1 = desk("09:00-10:20", busy=["09:00-09:20"])
    assert offered(g1, 20, before=5) == "09:40 10:00"


@pytest.mark.parametrize(
    ("persons", "expected"), [(1, "09:00 09:20"), (2, "09:00"), (3, "")]
)
def test_duration_follows_the_number_of_persons(persons, expected):
    minutes = duration_for(persons, 20, {1: 20, 2: 35, 3: 50})
    assert offered(desk("09:00-09:40"), minutes, step=20) == expected


@pytest.mark.parametrize(
    ("persons", "table", "expected"),
    [(3, {}, 60), (4, {1: 20, 2: 35}, 75), (1, {2: 35}, 20), (5, {5: 70}, 70)],
)
def test_duration_without_a_line_of_its_own(persons, table, expected):
    assert duration_for(persons, 20, table) == expected


def test_nobody_is_received_for_nobody():
    with pytest.raises(ValueError, match="one person"):
        duration_for(0, 20, {})


def test_two_half_free_desks_make_no_appointment():
    g1 = desk("09:00-09:40", busy=["09:20-09:40"])
    g2 = desk("09:00-09:40", busy=["09:00-09:20"], key="G2")
    assert offered([g1, g2], 40) == ""


def test_each_time_is_shown_once_with_the_desks_that_serve_it():
    desks = [desk("09:00-10:00", busy=["09:20-09:40"], key=key) for key in ("A", "B")]
    found = find_slots(desks, Need(20, 20), NOW, FOREVER)
    both = [Free("A", 1), Free("B", 1)]
    assert found == {at("09:00"): both, at("09:40"): both}


def test_two_identical_openings_count_once():
    assert offered(desk("09:00-10:00", "09:00-10:00"), 30) == "09:00 09:30"


@pytest.mark.parametrize(
    ("step", "expected"),
    [(20, times("10:00", "11:40", 20)), (5, times("09:45", "11:40", 5))],
)
def test_another_demarche_does_not_move_the_grid(step, expected):
    g1 = desk("09:00-12:00", busy=["09:00-09:45"])
    assert offered(g1, 20, step=step) == expected


def test_every_second_week():
    rule = Rule(540, 720, every=2, anchor=MONDAY)
    days = [MONDAY + timedelta(weeks=week) for week in range(3)]
    assert [occurs_on(rule, day) for day in days] == [True, False, True]


def test_every_second_week_is_counted_from_the_week_of_its_anchor():
    rule = Rule(540, 720, weekday=0, every=2, anchor=date(2026, 6, 4))
    assert occurs_on(rule, MONDAY)
    assert not occurs_on(rule, date(2026, 6, 8))
    assert not occurs_on(rule, date(2026, 5, 25))


def open_days(rule, first, last):
    return [block.start for block in unfold([rule], first, last, PARIS)]


def test_first_saturday_of_the_month():
    rule = Rule(540, 720, kind="monthly", weekday=5, nth=1)
    expected = [at("09:00", date(2026, 6, 6)), at("09:00", date(2026, 7, 4))]
    assert open_days(rule, MONDAY, date(2026, 7, 31)) == expected


def test_last_wednesday_of_the_month():
    rule = Rule(540, 720, kind="monthly", weekday=2, nth=-1)
    expected = [at("09:00", date(2026, 6, 24)), at("09:00", date(2026, 7, 29))]
    assert open_days(rule, MONDAY, date(2026, 7, 31)) == expected


def test_a_season_has_a_first_and_a_last_day():
    rule = Rule(540, 720, first=MONDAY, last=date(2026, 6, 8))
    found = open_days(rule, date(2026, 5, 1), date(2026, 6, 30))
    assert found == [at("09:00"), at("09:00", date(2026, 6, 8))]


def test_exceptional_opening_and_closing():
    weekly = Rule(540, 720, weekday=0)
    saturday = Rule(540, 720, kind="date", first=date(2026, 6, 13), on_holidays=True)
    blocks = unfold([weekly, saturday], date(2026, 6, 13), date(2026, 6, 15), PARIS)
    closed = [(at("00:00", date(2026, 6, 15)), at("24:00", date(2026, 6, 15)))]
    found = find_slots([Desk("G1", blocks, closed=closed)], Need(60, 60), 0, FOREVER)
    assert {to_local(start, PARIS).date() for start in found} == {date(2026, 6, 13)}


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("metropole", ["2026-05-14", "2026-05-25", "2026-07-14", "2026-11-11"]),
        ("metropole", ["2027-03-29", "2027-05-06", "2027-05-17"]),
        ("alsace_moselle", ["2026-04-03", "2026-12-26"]),
        ("mayotte", ["2026-04-27"]),
        ("martinique", ["2026-05-22"]),
        ("guadeloupe", ["2026-05-27"]),
        ("guyane", ["2026-06-10"]),
        ("reunion", ["2026-12-20"]),
    ],
)
def test_public_holidays_are_closed(zone, days):
    for day in map(date.fromisoformat, days):
        everyday = [Rule(540, 720, weekday=weekday) for weekday in range(7)]
        holidays = public_holidays(day.year, zone)
        assert not unfold(everyday, day, day, PARIS, holidays)
        assert unfold(everyday, day, day, PARIS)


def test_exceptional_opening_holds_on_a_public_holiday():
    day = date(2026, 7, 14)
    rule = Rule(540, 720, kind="date", first=day, on_holidays=True)
    assert unfold([rule], day, day, PARIS, {day})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-27", "08:00"),
        ("2026-03-30", "07:00"),
        ("2026-10-24", "07:00"),
        ("2026-10-26", "08:00"),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_when_clocks_change(day, expected):
    start = at("09:00", date.fromisoformat(day))
    assert f"{to_datetime(start):%H:%M}" == expected
    assert f"{to_local(start, PARIS):%H:%M}" == "09:00"


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)]
)
def test_a_local_day_has_its_own_length(day, hours):
    day = date.fromisoformat(day)
    assert at("24:00", day) - at("00:00", day) == hours * 60


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Indian/Reunion", "2026-06-02 04:00"),
        ("America/Guadeloupe", "2026-06-02 12:00"),
        ("Pacific/Noumea", "2026-06-01 21:00"),
    ],
)
def test_overseas_day_is_the_local_one(zone, expected):
    tz = ZoneInfo(zone)
    tuesday = date(2026, 6, 2)
    (block,) = unfold([Rule(480, 720, weekday=1)], tuesday, tuesday, tz)
    assert f"{to_datetime(block.start):%Y-%m-%d %H:%M}" == expected
    assert to_local(block.start, tz) == datetime(2026, 6, 2, 8)


def test_the_past_is_empty_and_today_is_cut():
    assert offered(desk("09:00-12:00"), 60, now=at("12:00")) == ""
    assert offered(desk("09:00-12:00"), 60, now=at("10:30")) == "11:00"


@pytest.mark.parametrize("wanted", ["09:07", "08:40", "12:00", "10:50"])
def test_a_time_off_the_grid_or_out_of_hours_is_not_on_offer(wanted):
    found = find_slots([desk("09:00-11:00")], Need(20, 20), NOW, FOREVER)
    assert at(wanted) not in found


@pytest.mark.parametrize(("booked", "public"), [(5, True), (6, False)])
def test_share_kept_for_the_desk(booked, public):
    starts = [at("09:00") + 20 * index for index in range(booked)]
    g1 = Desk(
        "G1",
        [Block(*span("09:00-12:20"), online_share=60)],
        busy={1: [(start, start + 20) for start in starts]},
        online=starts,
    )
    assert bool(offered(g1, 20, online=True)) is public
    assert offered(g1, 20)


def test_slot_may_begin_when_the_one_before_ends():
    g1 = desk("09:00-09:40", busy=["09:00-09:20"])
    assert offered(g1, 20) == "09:20"


def test_afternoon_given_before_the_morning():
    mixed = desk("13:00-17:00", "08:00-12:00")
    tidy = desk("08:00-12:00", "13:00-17:00")
    assert offered(mixed, 30) == offered(tidy, 30)


def test_a_desk_with_three_places_serves_three():
    g1 = Desk("G1", [Block(*span("09:00-09:20"))], capacity=3, busy={2: [(0, FOREVER)]})
    found = find_slots([g1], Need(20, 20), NOW, FOREVER)
    assert found == {at("09:00"): [Free("G1", 1), Free("G1", 3)]}


def test_search_for_the_next_place_ends():
    last = MONDAY + timedelta(weeks=26)
    ranges = list(windows(MONDAY, last))
    assert ranges[0] == (MONDAY, MONDAY + timedelta(days=6))
    assert ranges[-1][1] == last
    for (_start, end), (start, _end) in zip(ranges, ranges[1:], strict=False):
        assert start == end + timedelta(days=1)
    assert not list(windows(last, MONDAY))


def test_nearest_looks_both_ways():
    assert nearest([10, 20, 30, 40, 90], wanted=32, count=3) == [20, 30, 40]


# -- any calendar at all -------------------------------------------------------

minute = st.integers(0, 600)
some_spans = st.lists(
    st.tuples(minute, st.integers(1, 90)).map(lambda pair: (pair[0], sum(pair))),
    max_size=6,
)
needs = st.builds(
    Need,
    duration=st.integers(5, 60),
    step=st.integers(5, 40),
    before=st.integers(0, 15),
    after=st.integers(0, 15),
)


def crosses(span, others):
    return any(span[0] < stop and start < span[1] for start, stop in others)


def by_hand(desk, place, start, need):
    """The definition, word for word, without any of the engine's short cuts."""
    work = (start, start + need.duration)
    wide = (start - need.before, work[1] + need.after)
    return (
        any(
            block.start <= start
            and work[1] <= block.stop
            and not (start - block.start) % need.step
            for block in desk.blocks
        )
        and not crosses(work, desk.closed)
        and not crosses(wide, desk.busy.get(place, ()))
    )


@settings(max_examples=300, deadline=None)
@given(some_spans, some_spans, some_spans, some_spans, needs)
def test_offered_is_bookable_and_the_rest_is_not(opened, closed, one, two, need):
    g1 = Desk("G1", [Block(*s) for s in opened], 2, closed, {1: one, 2: two})
    found = find_slots([g1], need, 0, 700)
    assert list(found) == sorted(found)
    for start in range(0, 701):
        places = [p for p in (1, 2) if by_hand(g1, p, start, need)]
        assert [free.place for free in found.get(start, [])] == places


@settings(max_examples=150, deadline=None)
@given(some_spans, some_spans, needs, st.randoms(use_true_random=False))
def test_booking_until_full_never_overlaps(opened, taken, need, random):
    busy = merge(taken)
    while found := find_slots(
        [Desk("G1", [Block(*s) for s in opened], busy={1: busy})], need, 0, 700
    ):
        start = random.choice(list(found))
        wide = (start - need.before, start + need.duration + need.after)
        assert not crosses(wide, busy)
        busy = [*busy, wide]


@settings(max_examples=200)
@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(4 * 60, 24 * 60),
    st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Miquelon"]),
)
def test_wall_clock_survives_the_way_to_utc_and_back(day, minute_of_day, zone):
    tz = ZoneInfo(zone)
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute_of_day)
    assert to_local(local_to_minutes(day, minute_of_day, tz), tz) == wall


#: the zones of France whose clocks change, and the neighbours of some that do not
ZONES = ["Europe/Paris", "America/Miquelon", "Indian/Reunion", "America/Guadeloupe",
         "America/Cayenne", "Indian/Mayotte", "Pacific/Noumea", "Pacific/Tahiti"]  # fmt: skip


def changes(zone):
    """Days of three years that have not 24 hours."""
    tz, first = ZoneInfo(zone), date(2026, 1, 1)
    days = (first + timedelta(days=n) for n in range(3 * 365))
    return [day for day in days if at("24:00", day, tz) - at("00:00", day, tz) != 1440]


def misread(day, zone, clock=None):
    """Times of a day open by night and by day that its citizens would read wrong.

    :param clock: the zone that the openings are unfolded in, when not the right one
    """
    tz = ZoneInfo(zone)
    hours = (0, 360), (540, 720)
    rules = [Rule(*pair, weekday=day.weekday()) for pair in hours]
    blocks = unfold(rules, day, day, clock or tz)
    starts = list(find_slots([Desk("G1", blocks)], Need(20, 20), 0, FOREVER))
    walls = [to_local(start, tz) for start in starts]
    minutes = [wall.hour * 60 + wall.minute for wall in walls]
    lost = [
        start
        for start, wall, minute in zip(starts, walls, minutes, strict=True)
        if local_to_minutes(wall.date(), minute, tz) != start
    ]
    strange = [
        wall
        for wall, minute in zip(walls, minutes, strict=True)
        if wall.date() != day or not any(a <= minute < b for a, b in hours)
    ]
    twice = [wall for wall in walls if walls.count(wall) > 1]
    return [*lost, *strange, *twice]


@pytest.mark.parametrize("zone", ZONES)
def test_nights_when_clocks_change_shift_and_double_no_hour(zone):
    days = changes(zone) or [date(2026, 3, 29), date(2026, 10, 25)]
    assert not [fault for day in days for fault in misread(day, zone)]


def test_clocks_change_where_they_do():
    assert len(changes("Europe/Paris")) == len(changes("America/Miquelon")) == 6
    assert not changes("Indian/Reunion")


def test_a_clock_that_never_changes_would_be_seen():
    """The control: openings unfolded by the hour of winter, the second hour left in."""
    winter, summer = timezone(timedelta(hours=1)), date(2026, 3, 30)
    assert misread(summer, "Europe/Paris", clock=winter)


def test_the_hour_lived_twice_would_be_seen(monkeypatch):
    """The control: without ``shown_once`` a citizen reads « 2 h » twice."""
    monkeypatch.setattr(slots, "shown_once", lambda start, stop, _tz: [(start, stop)])
    assert misread(date(2026, 10, 25), "Europe/Paris")


def test_share_kept_back_goes_online_so_many_days_before():
    release = at("00:00", MONDAY - timedelta(days=3))
    block = Block(*span("09:00-11:00"), online_share=0, release=release)
    desks = [Desk("G1", [block])]
    need = Need(60, 60)

    def online(now):
        return len(find_slots(desks, need, NOW, FOREVER, online=True, now=now))

    assert (online(release - 1), online(release)) == (0, 2)
    assert len(find_slots(desks, need, NOW, FOREVER)) == 2, "agents see it all along"


def test_unfolded_openings_know_when_their_share_is_released():
    rule = Rule(clock("09:00"), clock("12:00"), online_share=50, release_days=2)
    (block,) = unfold([rule], MONDAY, MONDAY, PARIS)
    assert block.release == at("00:00", MONDAY - timedelta(days=2))


TUESDAY, NEXT_MONDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=7)
OVER_A_WEEK = {at("09:00", day): [] for day in (MONDAY, TUESDAY, NEXT_MONDAY)}


@pytest.mark.parametrize(
    ("quotas", "days"),
    [
        ([], [MONDAY, TUESDAY, NEXT_MONDAY]),
        ([Quota("day", 2, {MONDAY: 2})], [TUESDAY, NEXT_MONDAY]),
        ([Quota("day", 2, {MONDAY: 1})], [MONDAY, TUESDAY, NEXT_MONDAY]),
        ([Quota("week", 2, {MONDAY: 2})], [NEXT_MONDAY]),
        ([Quota("day", 2, {MONDAY: 2}), Quota("week", 3, {MONDAY: 2})],
         [TUESDAY, NEXT_MONDAY]),
        ([Quota("day", 0)], []),
    ],
)  # fmt: skip
def test_a_quota_closes_its_day_or_its_week(quotas, days):
    found = within_quotas(OVER_A_WEEK, quotas, PARIS)
    assert [to_local(start, PARIS).date() for start in found] == days


def test_week_of_a_sunday_night_overseas_is_the_local_one():
    zone = ZoneInfo("Pacific/Noumea")  # UTC+11: Monday begins on Sunday in UTC
    start = local_to_minutes(MONDAY, 0, zone)
    assert to_datetime(start).date() < MONDAY
    assert not within_quotas({start: []}, [Quota("week", 1, {MONDAY: 1})], zone)
    assert within_quotas({start: []}, [Quota("week", 1, {TUESDAY: 1})], zone)
