"""Release of results: the clocks of scrutins held in 2022 and 2026, in UTC."""

from datetime import datetime, timezone

import pytest
from mairie_scrutin.lib.embargo import release_time


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


PARIS = utc(2026, 3, 15, 19)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (None, PARIS),
        (utc(2026, 3, 15, 14), PARIS),  # La Réunion closes before Paris
        (utc(2026, 3, 15, 22), utc(2026, 3, 15, 22)),  # Guadeloupe closes after
    ],
)
def test_general_election_waits_for_the_later_closing(local, expected):
    assert release_time("municipales", PARIS, local) == expected


def test_one_national_constituency_follows_the_metropolitan_clock_everywhere():
    paris, guadeloupe = utc(2022, 4, 10, 18), utc(2022, 4, 10, 22)
    assert release_time("presidentielle", paris, guadeloupe) == paris


def test_partial_election_waits_for_its_own_constituency():
    local = utc(2026, 6, 7, 16)
    assert release_time("municipales", PARIS, local, partial=True) == local


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError):
        release_time("municipales", datetime(2026, 3, 15, 20))
