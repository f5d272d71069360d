"""CGCT L2121-20: pouvoirs, one for each holder, three meetings, sleeping, lost."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mairie_elus.lib.pouvoir import Pouvoir, free_holders, in_force, is_late, refusal

MEMBERS = "ABCDE"


@pytest.mark.parametrize(
    ("giver", "holder", "others", "why"),
    [
        ("A", "A", "", "self"),
        ("Z", "B", "", "giver_unknown"),
        ("A", "Z", "", "holder_unknown"),
        ("A", "B", "CB", "holder_taken"),
        ("A", "B", "BC", "holder_gave"),
        ("A", "B", "CA", "giver_holds"),
        ("A", "B", "CD", None),
    ],
)
def test_who_may_carry_whose(giver, holder, others, why):
    others = [Pouvoir(*others)] if others else []
    assert refusal(Pouvoir(giver, holder), others, MEMBERS) == why


@pytest.mark.parametrize(
    ("before", "reason", "limited", "why"),
    [
        (2, None, True, None),
        (3, None, True, "too_long"),
        (3, "illness", True, None),
        (3, "maternity", True, None),
        (3, "holiday", True, "too_long"),
        (9, None, False, None),
    ],
)
def test_three_meetings_in_a_row_save_illness_or_maternity(
    before, reason, limited, why
):
    found = refusal(
        Pouvoir("A", "B"),
        [],
        MEMBERS,
        meetings_before=before,
        reason=reason,
        limited=limited,
    )
    assert found == why


@pytest.mark.parametrize(
    ("received", "opened", "rules", "late"),
    [
        ((17, 19, 30), True, {}, False),
        ((17, 18, 59), False, {"until": "opening"}, False),
        ((17, 19, 30), False, {"until": "opening"}, False),
        ((17, 19, 30), True, {"until": "opening"}, True),
        ((17, 19, 30), True, {"until": "opening", "leaves": True}, False),
        ((16, 19, 0), False, {"until": "opening", "hours": 24}, False),
        ((16, 19, 1), False, {"until": "opening", "hours": 24}, True),
        ((17, 18, 0), False, {"until": "vote", "hours": 24}, False),
    ],
)
def test_internal_rules_may_set_until_when_it_is_handed_in(
    received, opened, rules, late
):
    """L2121-20 sets no time; the hour of the notice is 19:00, it opens at 19:10."""
    day, hour, minute = received
    found = is_late(
        datetime(2026, 12, day, hour, minute),
        datetime(2026, 12, 17, 19),
        datetime(2026, 12, 17, 19, 10) if opened else None,
        **rules,
    )
    assert found is late


def test_the_choice_of_holders_says_why_not():
    others = [Pouvoir("C", "B"), Pouvoir("D", "E")]
    assert free_holders("A", others, MEMBERS) == {
        "B": "holder_taken",
        "C": "holder_gave",
        "D": "holder_gave",
        "E": "holder_taken",
    }
    assert free_holders("A", [], "AB") == {"B": None}


def test_a_pouvoir_sleeps_while_its_giver_is_there():
    assert in_force([Pouvoir("A", "B")], "AB") == {}
    assert in_force([Pouvoir("A", "B")], "B") == {"B": ("A",)}


def test_the_vote_is_lost_while_the_holder_is_out():
    assert in_force([Pouvoir("A", "B")], "C") == {}


@st.composite
def attempts(draw):
    pairs = st.tuples(st.sampled_from(MEMBERS), st.sampled_from(MEMBERS))
    return draw(st.lists(pairs, max_size=20))


@settings(max_examples=2500, deadline=None)
@given(attempts())
def test_whatever_is_tried_nobody_has_more_than_two_votes(pairs):
    """Accept what is not refused: no holder twice, no chain, no one on both sides."""
    kept = []
    for pair in pairs:
        pouvoir = Pouvoir(*pair)
        others = [other for other in kept if other.giver != pouvoir.giver]
        if refusal(pouvoir, others, MEMBERS) is None:
            kept = [*others, pouvoir]
    givers = [pouvoir.giver for pouvoir in kept]
    holders = [pouvoir.holder for pouvoir in kept]
    assert len(set(givers)) == len(givers)
    assert len(set(holders)) == len(holders)
    assert not set(givers) & set(holders)
