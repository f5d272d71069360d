"""CGCT L2121-15, L2121-25, L2131-1: numbers, delays, executory acts, sentences."""

from datetime import date

import pytest
from mairie_elus.lib.acts import (
    ACT_NUMBER,
    act_number,
    executory_from,
    list_due,
    missing_mentions,
    online_until,
    printed_sides,
    pv_due,
    result_sentence,
    votes_in_words,
)
from mairie_elus.lib.ballot import POUR, Count, outcome


@pytest.mark.parametrize(("year", "rank"), [(2026, 1), (2026, 99), (2030, 1234)])
def test_numbers_pass_at_the_prefecture(year, rank):
    assert ACT_NUMBER.fullmatch(act_number(year, rank))


def test_a_hyphen_does_not_pass():
    assert not ACT_NUMBER.fullmatch("2026-12-001")


def test_one_week_to_post_the_list_and_the_pv():
    assert list_due(date(2026, 11, 26)) == date(2026, 12, 3)
    assert pv_due(date(2026, 12, 17)) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("published", "received", "transmitted", "day"),
    [
        (date(2026, 11, 27), date(2026, 12, 1), True, date(2026, 12, 1)),
        (date(2026, 11, 30), date(2026, 11, 27), True, date(2026, 11, 30)),
        (date(2026, 11, 27), None, True, None),
        (date(2026, 11, 27), None, False, date(2026, 11, 27)),
        (None, date(2026, 12, 1), True, None),
    ],
)
def test_an_act_binds_once_published_and_received(
    published, received, transmitted, day
):
    assert executory_from(published, received, transmitted=transmitted) == day


@pytest.mark.parametrize(
    ("published", "until"),
    [
        (date(2026, 11, 27), date(2027, 1, 27)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
    ],
)
def test_two_months_online(published, until):
    assert online_until(published) == until


def test_the_pv_lacks_what_is_not_written():
    written = dict.fromkeys(
        ("date", "president", "members", "quorum", "agenda", "deliberations"), "x"
    )
    assert missing_mentions(written) == [
        "secretary",
        "reports",
        "special_ballot",
        "results",
        "debates",
    ]


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ((2, 1, 1), "par 2 voix pour, une voix contre et une abstention"),
        ((14, 3, 2), "par 14 voix pour, 3 voix contre et 2 abstentions"),
        ((9, 0, 0), "par 9 voix pour"),
        ((0, 0, 0), "sans aucun vote"),
    ],
)
def test_votes_in_words(votes, words):
    assert votes_in_words(*votes) == words


@pytest.mark.parametrize(
    ("count", "mode", "sentence"),
    [
        (Count(4, 0), "ordinary", "À l'unanimité des suffrages exprimés : adopté."),
        (
            Count(4, 0, 6),
            "ordinary",
            "À l'unanimité des suffrages exprimés (6 abstentions) : adopté.",
        ),
        (
            Count(7, 7, 2),
            "public",
            "Par 7 voix pour, 7 voix contre et 2 abstentions, la voix de la présidence "
            "étant prépondérante : adopté.",
        ),
        (
            Count(7, 7, 1, 1),
            "secret",
            "Au scrutin secret, par 7 voix pour, 7 voix contre et une abstention, un "
            "bulletin blanc, l'égalité au scrutin secret valant rejet : non adopté.",
        ),
        (
            Count(0, 0, 16),
            "public",
            "Par 16 abstentions, personne n'ayant pris part au vote : non adopté.",
        ),
    ],
)
def test_the_sentence_of_the_minutes(count, mode, sentence):
    result = outcome(count, mode, president=POUR)
    assert result_sentence(count, result, mode).replace("\xa0", " ") == sentence


@pytest.mark.parametrize(
    ("mode", "choice", "sides"),
    [
        ("public", "none", ("pour", "contre", "abstention")),
        ("ordinary", "none", ()),
        ("ordinary", "minority", ("contre", "abstention")),
        ("ordinary", "all", ("pour", "contre", "abstention")),
        ("secret", "all", ()),
    ],
)
def test_names_are_printed_by_law_then_by_the_choice_of_the_town(mode, choice, sides):
    """L2121-21: the names of a public vote go in the minutes, whatever is chosen."""
    assert printed_sides(mode, choice) == sides
