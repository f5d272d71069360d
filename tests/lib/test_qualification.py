"""Second round: who stands, who merges; 2026 towns and 2017 constituencies."""

import csv
from pathlib import Path

import pytest
from mairie_scrutin.lib.qualification import first_round_candidates, second_round_lists

DATA = Path(__file__).parent.parent / "data" / "scrutin"


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if line[0] != "#"))


def test_towns_going_to_a_second_round_in_2026():
    towns = rows("second_tour_2026_communes")
    assert len(towns) == 81
    for row in towns:
        votes = dict(enumerate(map(int, row["voix"].split()), 1))
        found = second_round_lists(votes, int(row["exprimes"]))
        assert found.standing == tuple(
            map(int, row["qualifiees_10pct_rangs"].split())
        ), row
        merge = row["fusionnables_5pct_rangs"].split()
        assert found.mergeable == tuple(map(int, merge)), row


def test_constituencies_of_2017():
    seats = rows("legislatives_2017_qualification")
    assert len(seats) == 273
    for row in seats:
        votes = {
            pair.split(":")[0]: int(pair.split(":")[1])
            for pair in row["panneaux_voix_top4"].split()
        }
        found = first_round_candidates(
            votes, int(row["inscrits"]), int(row["exprimes"])
        )
        assert (found.elected or "") == row["elu_t1"], row
        if not found.elected:
            assert sorted(found.standing) == sorted(row["qualifies_loi"].split()), row


@pytest.mark.parametrize(
    ("votes", "standing", "mergeable"),
    [(82, True, False), (81, False, True), (41, False, True), (40, False, False)],
)
def test_thresholds_compare_whole_numbers(votes, standing, mergeable):
    found = second_round_lists({"A": votes, "B": 812 - votes}, 812)
    assert ("A" in found.standing, "A" in found.mergeable) == (standing, mergeable)


def test_communes_have_no_fallback_but_lyon_has():
    votes = {"A": 900, "B": 60, "C": 40}
    assert second_round_lists(votes).standing == ("A",)
    lyon = second_round_lists(votes, regime="metropole_lyon")
    assert (lyon.standing, lyon.fallback) == (("A", "B"), True)
