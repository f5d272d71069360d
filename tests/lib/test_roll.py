"""CGCT L2121-17, L2131-11, L1111-6: the room at each item, and its quorum."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mairie_elus.lib.pouvoir import Pouvoir
from mairie_elus.lib.roll import (
    BARRED,
    CONTRACT,
    PERSONAL,
    Move,
    present_at,
    roll_at,
    sitting,
)


def room(present, in_office=19, ground=None, concerned=0, **options):
    """A room of the first ``present`` members, the last ``concerned`` stand aside."""
    members = list(range(in_office))
    moves = [Move(member, 0, enters=True) for member in members[:present]]
    deports = [(member, ground) for member in members[present - concerned : present]]
    return roll_at(
        1,
        members,
        moves,
        in_office=in_office,
        deports=deports if ground else (),
        **options,
    )


@pytest.mark.parametrize(
    ("present", "ground", "concerned", "counted", "needed", "reached"),
    [
        (10, PERSONAL, 2, 8, 10, False),  # CE 19/01/1983, Chauré
        (11, CONTRACT, 2, 9, 9, True),
        (11, PERSONAL, 2, 9, 10, False),
        (11, None, 0, 11, 10, True),
        (10, BARRED, 1, 9, 10, False),  # the mayor and his accounts
        (11, BARRED, 1, 10, 10, True),
    ],
)
def test_quorum_of_an_item(present, ground, concerned, counted, needed, reached):
    roll = room(present, ground=ground, concerned=concerned)
    assert roll.attendance.counted == counted
    assert roll.attendance.needed == needed
    assert roll.reached is reached


def test_an_absent_representative_leaves_the_number_in_office_too():
    members = list(range(19))
    moves = [Move(member, 0, enters=True) for member in members[:9]]
    deports = [(17, CONTRACT), (18, CONTRACT)]
    roll = roll_at(1, members, moves, in_office=19, deports=deports)
    assert (roll.attendance.needed, roll.attendance.counted) == (9, 9)


def test_no_quorum_on_a_second_call():
    assert not room(3).reached
    assert room(3, second_call=True).reached


def test_a_member_counts_from_the_item_at_which_he_comes():
    moves = [Move("A", 0, True), Move("B", 3, True), Move("A", 5, False)]
    assert [present_at(item, moves, "AB") for item in (0, 2, 3, 4, 5)] == [
        ("A",),
        ("A",),
        ("A", "B"),
        ("A", "B"),
        ("B",),
    ]


def test_coming_back_counts_again():
    moves = [Move("A", 0, True), Move("A", 2, False), Move("A", 4, True)]
    assert [bool(present_at(item, moves, "A")) for item in (1, 2, 3, 4)] == [
        True,
        False,
        False,
        True,
    ]


def test_pouvoirs_vote_and_never_make_the_quorum():
    members = "ABCDE"
    moves = [Move(member, 0, True) for member in "AB"]
    pouvoirs = [Pouvoir("C", "A"), Pouvoir("D", "B")]
    roll = roll_at(1, members, moves, in_office=5, pouvoirs=pouvoirs)
    assert (roll.vote_count, roll.reached) == (4, False)
    assert roll.represented == {"C": "A", "D": "B"}


def test_the_giver_arrives_and_votes_himself():
    moves = [Move("A", 0, True), Move("B", 0, True), Move("C", 2, True)]
    pouvoirs = [Pouvoir("C", "A")]
    before, after = (
        roll_at(item, "ABC", moves, in_office=3, pouvoirs=pouvoirs) for item in (1, 2)
    )
    assert (before.vote_count, after.vote_count) == (3, 3)
    assert (before.represented, after.represented) == ({"C": "A"}, {})


@pytest.mark.parametrize("concerned", ["A", "C"])
def test_who_stands_aside_neither_carries_nor_gives(concerned):
    """A carries C's pouvoir: it is lost when either of them is interested."""
    moves = [Move("A", 0, True), Move("B", 0, True)]
    roll = roll_at(
        1,
        "ABC",
        moves,
        in_office=3,
        pouvoirs=[Pouvoir("C", "A")],
        deports=[(concerned, PERSONAL)],
    )
    assert not roll.represented
    assert concerned not in roll.voters


def test_published_minutes():
    """19 en exercice, 15 present, 3 pouvoirs: 18 votes (Riaillé, 14/09/2016)."""
    members = list(range(19))
    moves = [Move(member, 0, True) for member in members[:15]]
    pouvoirs = [Pouvoir(15, 0), Pouvoir(16, 1), Pouvoir(17, 2)]
    assert roll_at(1, members, moves, in_office=19, pouvoirs=pouvoirs).vote_count == 18


COMMITTEE, SPARE = ["maire", "a", "b", "c"], {"x": None, "y": None, "z": None}


def tender_committee(*present):
    """Three members and the mayor (under 3,500 inhabitants), three substitutes."""
    moves = [Move(one, 0, True) for one in present]
    members = [*COMMITTEE, *SPARE]
    return roll_at(1, members, moves, in_office=4, substitutes=SPARE)


def test_a_tender_committee_needs_three_of_four():
    assert tender_committee("maire", "a").attendance.needed == 3
    assert not tender_committee("maire", "a").reached
    assert tender_committee("maire", "a", "b").reached


def test_substitutes_sit_for_those_who_are_away():
    roll = tender_committee("maire", "a", "x")
    assert (roll.reached, roll.voters, roll.spare) == (True, ("maire", "a", "x"), ())


def test_a_surplus_substitute_never_votes():
    roll = tender_committee("maire", "a", "b", "c", "x")
    assert (roll.vote_count, roll.spare) == (4, ("x",))
    assert tender_committee("maire", "a", "b", "x", "y").voters == (
        *("maire", "a", "b"),
        "x",
    )


def test_the_substitute_of_one_member_sits_for_no_other():
    own = {"x": "a"}
    assert sitting({"b", "x"}, "abx", own) == {"x": "a"}
    assert sitting({"a", "x"}, "abx", own) == {}


def test_a_substitute_sits_or_the_pouvoir_counts_never_both():
    moves = [Move("b", 0, True), Move("x", 0, True)]
    roll = roll_at(
        1,
        "abx",
        moves,
        in_office=2,
        pouvoirs=[Pouvoir("a", "b")],
        substitutes={"x": "a"},
    )
    assert (roll.vote_count, roll.represented) == (2, {})


def test_a_social_board_of_seventeen_needs_nine():
    assert not room(8, in_office=17).reached
    assert room(9, in_office=17).reached


@settings(max_examples=500, deadline=None)
@given(st.sets(st.sampled_from([*COMMITTEE, *SPARE])))
def test_nobody_is_counted_twice_in_a_committee(present):
    roll = tender_committee(*present)
    titular = len(present & set(COMMITTEE))
    assert roll.vote_count == min(len(present), len(COMMITTEE))
    assert roll.vote_count == titular + len(present & set(SPARE)) - len(roll.spare)
    assert roll.reached == (roll.vote_count >= 3)


@settings(max_examples=2500, deadline=None)
@given(
    st.integers(1, 69).flatmap(
        lambda size: st.tuples(
            st.just(size),
            st.lists(
                st.tuples(st.integers(0, size - 1), st.integers(0, 9), st.booleans()),
                max_size=30,
            ),
            st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))),
        )
    )
)
def test_each_member_has_one_vote_at_most(case):
    """Whatever the comings and goings: voters and givers are apart, and all are members."""
    size, moves, pairs = case
    members = list(range(size))
    pouvoirs, givers, holders = [], set(), set()
    for giver, holder in pairs:
        if giver != holder and giver not in givers and holder not in holders:
            pouvoirs.append(Pouvoir(giver, holder))
            givers.add(giver)
            holders.add(holder)
    moves = [Move(*move) for move in sorted(moves, key=lambda move: move[1])]
    roll = roll_at(9, members, moves, in_office=size, pouvoirs=pouvoirs)
    assert not set(roll.voters) & set(roll.represented)
    assert roll.vote_count <= size
    assert set(roll.represented.values()) <= set(roll.voters)
    assert roll.reached == (2 * len(roll.present) > size)
