"""Files of open data, and very small stations that are never read alone."""

import csv
import io
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from mairie_scrutin.lib.open_data import (
    STATUSES,
    TOTALS,
    as_dict,
    as_xml,
    long_csv,
    merge_groups,
    merge_rows,
    wide_csv,
)

HEAD = {
    "title": "Essai, 1er tour",
    "kind": "municipales",
    "numero": 1,
    "date_iso": "2026-03-15",
    "commune": "49999",
    "release_utc": "2026-03-15T19:00:00Z",
    "licence": "Licence Ouverte 2.0",
    "source_note": "",
    "turnout": [{"label": "12 h", "votants": 5, "inscrits": 9, "stations": 1}],
}


def row(code, inscrits, *votes):
    exprimes = sum(votes)
    return {
        "code": code,
        "name": "École",
        "inscrits": inscrits,
        "votants": exprimes + 3,
        "blancs": 1,
        "nuls": 2,
        "exprimes": exprimes,
        "votes": list(votes),
        "counted": "2026-03-15T19:00:00",
    }


def figures(*rows):
    one = {"panneau": "001", "name": "=Une & <demie>", "head": "", "nuance": ""}
    two = {"panneau": "002", "name": "Deux", "head": "B", "nuance": "LDIV"}
    return {
        "status": "provisional",
        "rectified": None,
        "built_iso": "2026-03-15T20:41:00+01:00",
        "stations": len(rows),
        "stations_all": 9,
        "inscrits_all": 9000,
        **{name: sum(r[name] for r in rows) for name in TOTALS},
        "lists": [dict(one, votes=1), dict(two, votes=2)],
        "seats": [],
        "bureaux": list(rows),
    }


stations = st.dictionaries(
    st.integers(1, 99).map(str), st.integers(0, 2000), min_size=2, max_size=30
)


@given(stations, st.integers(0, 400))
def test_no_group_is_smaller_than_the_threshold_nor_alone(sizes, threshold):
    group = merge_groups([(c, n, False) for c, n in sizes.items()], threshold)
    small = {code for code, size in sizes.items() if size < threshold}
    assert small <= group
    if group and group != set(sizes):
        assert len(group) >= 2
        assert sum(sizes[code] for code in group) >= threshold


@given(stations, st.integers(0, 400), st.data())
def test_sums_are_exact_and_nothing_is_read_by_difference(sizes, threshold, data):
    group = merge_groups([(c, n, False) for c, n in sizes.items()], threshold)
    counted = data.draw(st.sets(st.sampled_from(sorted(sizes))))
    rows = [row(code, sizes[code], 10, 20) for code in sorted(counted)]
    published, held = merge_rows(rows, group)
    for name in TOTALS:
        total = sum(r[name] for r in published) + sum(r[name] for r in held)
        assert total == sum(r[name] for r in rows)
    if held:
        assert {r["code"] for r in held} < group
        assert not any(r["code"] in group for r in published)
    elif group and group <= counted:
        assert (
            sum("+" in r["code"] or r.get("codes") is not None for r in published) == 1
        )


def test_off_by_default_and_the_station_of_prisons():
    sizes = [("0001", 30, False), ("1299", 900, True), ("0002", 800, False)]
    assert merge_groups(sizes, 0) == set()
    assert merge_groups(sizes, 100) == {"0001", "1299"}
    assert merge_groups([("1", 500, False)], 100) == set()


def test_a_group_has_the_codes_of_its_stations():
    published, held = merge_rows(
        [row("0001", 30, 4, 6), row("0002", 800, 300, 200), row("0003", 20, 1, 2)],
        {"0001", "0003"},
    )
    assert not held
    assert [r["code"] for r in published] == ["0001+0003", "0002"]
    assert published[0]["votes"] == [5, 8]
    assert published[0]["codes"] == ["0001", "0003"]


def test_before_the_release_there_is_turnout_and_no_vote():
    data = as_dict(HEAD, None)
    assert (data["statut"], data["statut_cdf"]) == STATUSES[None]
    assert data["participation"][0]["votants"] == 5
    assert "listes" not in data
    assert "exprimes" not in data


def test_a_rectified_result_says_so():
    data = as_dict(HEAD, dict(figures(row("0001", 9, 1, 2)), rectified="16 mars"))
    assert data["statut_cdf"] == "correction"


def test_wide_and_long_tell_the_same_votes():
    source = figures(row("0001", 900, 300, 200), row("0002", 800, 100, 50))

    def read(data):
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))

    wide, long = read(wide_csv(source)), read(long_csv(source))
    assert wide[0][-2] == "001 =Une & <demie>"
    assert [line[-2:] for line in wide[1:]] == [["300", "200"], ["100", "50"]]
    assert [line[-1] for line in long[1:]] == ["300", "200", "100", "50"]
    assert long[1][8] == "'=Une & <demie>", "never a formula"


def test_xml_is_read_back():
    root = ElementTree.fromstring(as_xml(HEAD, figures(row("0001", 900, 300, 200))))
    assert root.findtext("bureau/information/numero") == "0001"
    assert root.findtext("bureau/candidat/intitule") == "=Une & <demie>"
    assert [c.text for c in root.iter("votes")] == ["300", "200"]
