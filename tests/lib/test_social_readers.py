"""Who reads, in one word; where a text is cut; what a cursor may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_social.lib.readers import excerpt, parse_cursor, reader_scope


@pytest.mark.parametrize(
    ("agents", "elus", "scope"),
    [(143, 0, "agents"), (0, 33, "elus"), (1, 1, "both"), (0, 0, "nobody")],
)
def test_scope_says_which_side_reads(agents, elus, scope):
    assert reader_scope(agents, elus) == scope


def test_short_text_is_kept_whole():
    assert excerpt("Les bacs\n sortent  jeudi") == "Les bacs sortent jeudi"


@given(st.text(), st.integers(min_value=2, max_value=200))
def test_excerpt_is_never_longer_than_asked(text, limit):
    assert len(excerpt(text, limit)) <= limit


def test_excerpt_ends_at_a_word():
    assert excerpt("un deux trois quatre", limit=12) == "un deux…"
    assert excerpt("un deux, trois quatre", limit=9) == "un deux…"


def test_cursor_is_a_date_and_an_identifier():
    assert parse_cursor(None) is None
    assert parse_cursor(["2026-11-22 08:00:00", 12]) == ("2026-11-22 08:00:00", 12)


@pytest.mark.parametrize("cursor", [["x", "y"], [12, 12], ["a", 1, 2], [None, 3]])
def test_forged_cursor_is_refused(cursor):
    with pytest.raises(ValueError):
        parse_cursor(cursor)
