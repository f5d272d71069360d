"""Dates, hours, sizes and names in French words."""

from datetime import date, time

import pytest
from mairie_elus.lib import french


def test_the_first_of_a_month_is_an_ordinal():
    assert french.day_in_words(date(2027, 3, 1)) == "lundi 1er mars 2027"


def test_a_day_without_its_year():
    assert french.day_in_words(date(2026, 12, 17), year=False) == "jeudi 17 décembre"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(19), "19\xa0h"),
        (time(9, 5), "9\xa0h\xa005"),
        (time(0), "0\xa0h"),
    ],
)
def test_hours(moment, words):
    assert french.hour_in_words(moment) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0\xa0ko"),
        (1, "1\xa0ko"),
        (999_000, "999\xa0ko"),
        (1_000_000, "1\xa0Mo"),
        (1_450_000, "1,5\xa0Mo"),
        (13_200_000, "14\xa0Mo"),
    ],
)
def test_sizes_are_rounded_up(size, words):
    assert french.size_in_words(size) == words


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Conseil municipal", "Le conseil municipal"),
        ("Commission finances", "La commission finances"),
        ("Assemblée générale", "L'assemblée générale"),
        ("CAO", "CAO"),
    ],
)
def test_an_assembly_as_the_subject_of_a_sentence(name, sentence):
    assert french.with_article(name) == sentence
