"""Three rounds, then age: CGCT, L2121-21, L2122-7, L2122-7-2."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mairie_elus.lib.nomination import (
    AgeUnknownError,
    alternates,
    decide,
    mean_birth,
    round_sentence,
)

OLD, YOUNG = [date(1951, 3, 4)], [date(1987, 6, 1)]


def test_blank_ballots_do_not_count():
    verdict = decide({"A": 8, "B": 7}, 1)  # 16 voters, one blank
    assert (verdict.elected, verdict.exprimes, verdict.needed) == ("A", 15, 8)


@pytest.mark.parametrize("number", [1, 2])
def test_a_relative_majority_elects_nobody_before_the_third_round(number):
    verdict = decide({"A": 7, "B": 5, "C": 4}, number)
    assert (verdict.elected, verdict.rule, verdict.needed) == (None, "none", 9)


def test_half_of_the_votes_is_not_a_majority():
    assert decide({"A": 8, "B": 8}, 1).elected is None


def test_third_round_is_relative():
    assert decide({"A": 7, "B": 5, "C": 4}, 3).rule == "relative"


def test_the_elder_of_those_who_are_equal_is_elected():
    births = {"A": YOUNG, "B": OLD, "C": [date(1930, 1, 1)]}
    verdict = decide({"A": 6, "B": 6, "C": 4}, 3, births)
    assert (verdict.elected, verdict.rule) == ("B", "age")


def test_the_list_of_the_highest_mean_age_is_elected():
    births = {
        "X": [date(1975, 1, 1), date(1975, 12, 31)],
        "Y": [date(1990, 1, 1), date(1956, 1, 1)],
    }
    assert decide({"X": 8, "Y": 8}, 3, births).elected == "Y"


def test_an_unknown_age_is_asked_for():
    with pytest.raises(AgeUnknownError) as asked:
        decide({"A": 6, "B": 6, "C": 1}, 3, {"A": OLD})
    assert asked.value.tied == ("A", "B")


def test_twins_are_not_told_apart_by_age():
    with pytest.raises(AgeUnknownError):
        decide({"A": 6, "B": 6}, 3, {"A": OLD, "B": OLD})


def test_nobody_votes_nobody_is_elected():
    assert decide({"A": 0, "B": 0}, 3, {"A": OLD, "B": YOUNG}).rule == "nobody"


@pytest.mark.parametrize("number", [0, 4])
def test_there_are_three_rounds(number):
    with pytest.raises(ValueError):
        decide({"A": 1}, number)


def test_lists_of_deputies_alternate():
    assert alternates([])
    assert alternates(["M"])
    assert alternates("FMFMF")
    assert not alternates("FMMF")


def test_mean_of_no_date_is_refused():
    with pytest.raises(ValueError):
        mean_birth([])


def test_sentences_of_the_minutes():
    verdict = decide({"A": 6, "B": 6, "C": 4}, 1)
    counts = [("A", 6), ("B", 6), ("C", 4)]
    text = round_sentence(counts, verdict, round_number=1, blanc=1, nul=2)
    assert text.replace("\xa0", " ") == (
        "Premier tour, au scrutin secret : A, 6 voix ; B, 6 voix ; C, 4 voix ; un "
        "bulletin blanc ; 2 bulletins nuls. Suffrages exprimés : 16, majorité absolue : "
        "9. Personne n'a la majorité absolue, un deuxième tour a lieu."
    )
    verdict = decide({"A": 6, "B": 6}, 3, {"A": OLD, "B": YOUNG})
    text = round_sentence(
        counts[:2], verdict, round_number=3, elected="A", by_hand=True
    )
    assert text.replace("\xa0", " ") == (
        "Troisième tour, à main levée : A, 6 voix ; B, 6 voix. Suffrages exprimés : 12. "
        "A est élu au bénéfice de l'âge."
    )


def oracle(votes, number, births):
    """The same rule, written from the article and not from the code."""
    cast = sum(votes)
    winners = [i for i, count in enumerate(votes) if 2 * count > cast]
    if winners:
        return winners[0]
    if number < 3 or not cast:
        return None
    rows = sorted(range(len(votes)), key=lambda i: (-votes[i], births[i]))
    return rows[0]


@settings(max_examples=2000, deadline=None)
@given(
    votes=st.lists(st.integers(0, 40), min_size=1, max_size=6),
    number=st.integers(1, 3),
    data=st.data(),
)
def test_rule_holds_for_any_count(votes, number, data):
    day = st.dates(date(1920, 1, 1), date(2008, 1, 1))
    size = len(votes)
    births = data.draw(st.lists(day, min_size=size, max_size=size, unique=True))
    verdict = decide(
        dict(enumerate(votes)), number, {i: [births[i]] for i in range(size)}
    )
    assert verdict.elected == oracle(votes, number, births)
