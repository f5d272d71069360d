"""Codes that sign a pouvoir."""

from datetime import datetime, timedelta

import pytest
from mairie_elus.lib.code import LIFETIME, MAX_TRIES, digest, masked_address, verdict

NOW = datetime(2026, 12, 12, 17, 4)


def judged(typed="482915", **changes):
    facts = {
        "expires_at": NOW + LIFETIME,
        "tries": 0,
        "used": False,
        "now": NOW,
        **changes,
    }
    return verdict(typed, digest("482915", "sel"), "sel", **facts)


def test_the_code_as_it_is_read_is_taken():
    assert judged() == judged("482 915") == judged(" 482\xa0915 ") == "ok"


@pytest.mark.parametrize("typed", ["", "482914", "48291", "4829155", "abc"])
def test_another_one_is_not(typed):
    assert judged(typed) == "wrong"


def test_it_lives_ten_minutes():
    assert judged(now=NOW + timedelta(minutes=9, seconds=59)) == "ok"
    assert judged(now=NOW + LIFETIME) == "expired"


def test_it_serves_once():
    assert judged(used=True) == "expired"


def test_five_wrong_ones_close_it_even_to_the_right_one():
    assert judged(tries=MAX_TRIES - 1) == "ok"
    assert judged(tries=MAX_TRIES) == "exhausted"


def test_an_address_is_shown_to_who_knows_it():
    assert masked_address("legoff@orange.fr") == "l•••@orange.fr"
    assert masked_address("") == "•••"
