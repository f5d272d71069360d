"""What a poll shows, and when."""

import pytest
from mairie_social.lib.poll import result_state, shares


def state(**facts):
    return result_state(
        **{
            "is_anonymous": False,
            "voters": 7,
            "is_closed": False,
            "has_voted": True,
            "policy": "vote",
            **facts,
        }
    )


def test_anonymous_results_wait_for_five_votes_even_once_closed():
    assert state(is_anonymous=True, voters=4, is_closed=True) == "few"
    assert state(is_anonymous=True, voters=5, is_closed=True) == "shown"


def test_anonymous_results_wait_for_the_closing():
    """Figures read before and after one vote would tell that vote."""
    assert state(is_anonymous=True, voters=50) == "closing"


def test_named_results_are_for_whoever_has_voted():
    assert state() == "shown"
    assert state(has_voted=False) == "vote"
    assert state(has_voted=False, is_closed=True) == "shown"


def test_results_after_the_closing_when_so_chosen():
    assert state(policy="closing") == "closing"
    assert state(policy="closing", is_closed=True) == "shown"


@pytest.mark.parametrize("counts", [[1, 1, 1], [0, 0], [7, 2, 1], [1, 0], [33, 33, 34]])
def test_percents_add_up_to_a_hundred(counts):
    assert sum(shares(counts)) == (100 if sum(counts) else 0)


def test_equal_votes_differ_by_one_percent_at_most():
    assert shares([1, 1, 1]) == [34, 33, 33]
    assert shares([3, 1]) == [75, 25]
