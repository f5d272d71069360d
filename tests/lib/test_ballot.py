"""CGCT L2121-18, L2121-20, L2121-21, L1612-12: what a vote decides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mairie_elus.lib.ballot import (
    ABSTENTION,
    CONTRE,
    ORDINARY,
    POUR,
    PUBLIC,
    SECRET,
    CastingVoteUnknownError,
    Count,
    OpenTieError,
    closes_doors,
    is_tie_open,
    may_ask_doors,
    outcome,
    requests_for,
)

#: pour, contre, abstention, blanc, mode, president, adopted, rule
CASES = [
    (8, 7, 1, 0, PUBLIC, POUR, True, "majority"),
    (7, 7, 2, 0, PUBLIC, POUR, True, "casting_vote"),
    (7, 7, 2, 0, PUBLIC, CONTRE, False, "casting_vote"),
    (7, 7, 1, 1, SECRET, None, False, "secret_tie"),
    (5, 4, 7, 0, PUBLIC, ABSTENTION, True, "majority"),
    (4, 0, 6, 0, ORDINARY, ABSTENTION, True, "majority"),
    (7, 7, 2, 0, PUBLIC, ABSTENTION, False, "undecided_tie"),
    (0, 0, 16, 0, PUBLIC, ABSTENTION, False, "nobody"),
    (6, 8, 0, 0, SECRET, None, False, "majority"),
]


@pytest.mark.parametrize(
    ("pour", "contre", "abst", "blanc", "mode", "president", "adopted", "rule"), CASES
)
def test_table_of_outcomes(pour, contre, abst, blanc, mode, president, adopted, rule):
    result = outcome(Count(pour, contre, abst, blanc), mode, president=president)
    assert (result.adopted, result.rule) == (adopted, rule)


@pytest.mark.parametrize(
    ("pour", "contre", "abst", "adopted"),
    [(7, 7, 0, True), (6, 8, 0, False), (0, 0, 14, True)],
)
def test_accounts_pass_unless_a_majority_is_against(pour, contre, abst, adopted):
    for mode in (ORDINARY, PUBLIC, SECRET):
        assert (
            outcome(Count(pour, contre, abst), mode, accounts=True).adopted is adopted
        )


def test_a_public_tie_asks_for_the_president():
    with pytest.raises(CastingVoteUnknownError):
        outcome(Count(7, 7), PUBLIC)


@pytest.mark.parametrize(
    ("body", "mode", "local_law", "is_open"),
    [
        ("council", SECRET, False, False),
        ("epci", PUBLIC, False, False),
        ("ccas", PUBLIC, False, False),
        ("ccas", SECRET, False, True),
        ("cao", ORDINARY, False, True),
        ("commission", ORDINARY, False, True),
        ("commission", ORDINARY, True, False),  # Alsace-Moselle, L2541-8
    ],
)
def test_where_no_text_settles_a_tie(body, mode, local_law, is_open):
    assert is_tie_open(body, mode, local_law) is is_open


@pytest.mark.parametrize("ruling", [True, False])
def test_an_open_tie_follows_the_rules_of_the_body(ruling):
    """CCAS 5/5 in secret: no automatic result, the clerk says."""
    with pytest.raises(OpenTieError):
        outcome(Count(5, 5), SECRET, open_tie=True)
    found = outcome(Count(5, 5), SECRET, open_tie=True, ruling=ruling)
    assert (found.adopted, found.rule) == (ruling, "own_rules")


def test_a_board_of_the_ccas_follows_its_president_in_public():
    assert outcome(Count(5, 5), PUBLIC, president=POUR).adopted


def test_abstentions_do_not_break_unanimity_a_blank_does():
    assert outcome(Count(4, 0, 6)).unanimous
    assert not outcome(Count(4, 0, blanc=1), SECRET).unanimous
    assert not outcome(Count(0, 0, 6)).unanimous


@pytest.mark.parametrize(
    ("mode", "present", "due"), [(SECRET, 12, 4), (SECRET, 11, 4), (PUBLIC, 13, 4)]
)
def test_members_present_ask_for_another_mode(mode, present, due):
    assert requests_for(mode, present) == due


def test_only_names_and_secrecy_are_asked_for():
    with pytest.raises(ValueError, match="asked for"):
        requests_for(ORDINARY, 12)


def test_doors_close_by_the_majority_of_present_and_represented():
    assert closes_doors(9, 12 + 4)
    assert not closes_doors(8, 12 + 4)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="zero or more"):
        Count(-1, 0)


VOTES = st.integers(0, 200)


@settings(max_examples=2500, deadline=None)
@given(VOTES, VOTES, VOTES, st.sampled_from([POUR, CONTRE, ABSTENTION]))
def test_written_another_way(pour, contre, abst, president):
    """More than half of those who took a side; at half, the president's side."""
    result = outcome(Count(pour, contre, abst), PUBLIC, president=president)
    side = {POUR: 1, CONTRE: -1, ABSTENTION: 0}[president]
    balance = pour - contre or (side if pour else 0)
    assert result.adopted == (balance > 0)


@settings(max_examples=2500, deadline=None)
@given(VOTES, VOTES, VOTES, VOTES, VOTES)
def test_one_more_vote_for_never_rejects(pour, contre, abst, blanc, nul):
    before = outcome(Count(pour, contre, abst, blanc, nul), SECRET)
    after = outcome(Count(pour + 1, contre, abst, blanc, nul), SECRET)
    assert after.adopted or not before.adopted


@pytest.mark.parametrize(
    ("asked", "epci", "allowed"),
    [(2, False, False), (3, False, True), (4, True, False), (5, True, True)],
)
def test_who_may_ask_that_the_public_leave(asked, epci, allowed):
    assert may_ask_doors(asked, epci=epci) is allowed
    assert may_ask_doors(0, by_president=True, epci=epci)
