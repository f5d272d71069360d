"""Stations and their people: booths, deadlines, composition, maps, tables."""

import doctest
import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_scrutin.lib import station_layout, station_map, station_people, table_file
from mairie_scrutin.lib.station_people import Person

DAY = [Person(1, "president", 8, 18), Person(2, "secretaire", 8, 18)]
PAIR = [
    Person(3, "assesseur", 8, 18, list="A", birth=date(1961, 3, 2)),
    Person(4, "assesseur", 8, 18, list="B", birth=date(1990, 5, 1)),
]


def codes(people, opening=8.0, closing=18.0):
    return [
        gap.code for gap in station_people.check_composition(people, opening, closing)
    ]


@pytest.mark.parametrize(
    "module", [station_layout, station_map, station_people, table_file]
)
def test_examples_of_the_docstrings(module):
    assert doctest.testmod(module).failed == 0


def test_station_0005_of_toulouse():
    """957 registered, 556 envelopes: figures of the Code, L62, L65, R65-1."""
    assert station_layout.layout(957) == station_layout.Layout(4, 4, 16)
    assert station_layout.packets(556) == (5, 56)


@given(st.integers(0, 5000), st.integers(0, 30))
def test_tables_never_outnumber_the_booths(inscrits, tables):
    found = station_layout.layout(inscrits, tables)
    assert found.tables <= found.booths
    assert found.scrutateurs == 4 * found.tables
    assert 300 * found.booths >= inscrits > 300 * (found.booths - 1) or not inscrits


def test_deadlines_of_march_2026():
    first, second = date(2026, 3, 15), date(2026, 3, 22)
    assert station_people.hours_order_deadline(first) == date(2026, 3, 10)
    assert station_people.designation_deadline(first) == datetime(2026, 3, 12, 18)
    assert station_people.claims_deadline(first) == datetime(2026, 3, 20, 18)
    assert station_people.claims_deadline(second) == datetime(2026, 3, 27, 18)
    assert station_people.emargement_back(second) == date(2026, 3, 18)


def test_a_complete_station_is_silent():
    assert codes(DAY + PAIR) == []


def test_missing_people_are_told_with_their_number():
    gaps = station_people.check_composition([*DAY, PAIR[0]], 8, 18)
    assert [(gap.code, gap.params) for gap in gaps] == [("M02", {"missing": 1})]
    assert codes([]) == ["M01", "M02", "M03"]


def test_half_days_that_follow_each_other_hold_one_seat():
    halves = [
        Person(5, "assesseur", 8, 13, list="B"),
        Person(6, "assesseur", 13, 18, list="C"),
    ]
    assert codes([*DAY, PAIR[0], *halves]) == []
    assert codes([*DAY, *halves]) == ["M02"]


def test_two_members_at_all_times():
    """Everyone but the president has lunch at once (R42)."""
    people = [
        Person(1, "president", 8, 18),
        Person(2, "secretaire", 8, 12),
        Person(3, "assesseur", 8, 12, list="A"),
        Person(4, "assesseur", 8, 12.5, list="B"),
    ]
    assert station_people.short_slots(people, 8, 18) == [(12.5, 18.0, 1)]
    assert codes(people) == ["M04"]


def test_a_deputy_counts_only_without_his_titular():
    deputy = Person(9, "assesseur_suppl", 8, 18, list="A", replaces=3)
    people = [Person(3, "assesseur", 8, 12, list="A"), deputy]
    assert station_people.coverage(people, 11.5, 12.5) == [(11.5, 1), (12.0, 1)]


def test_an_absent_member_leaves_his_seat_to_his_deputy():
    absent = Person(3, "assesseur", 8, 18, available=False, list="A")
    deputy = Person(9, "assesseur_suppl", 8, 18, list="A", replaces=3)
    assert codes([*DAY, PAIR[1], absent]) == ["M02"]
    assert codes([*DAY, PAIR[1], absent, deputy]) == []


def test_electors_of_the_departement_and_of_the_commune():
    """R44: a list may name electors of the département, the mayor may not."""
    named = Person(3, "assesseur", 8, 18, list="A", scope="departement")
    chosen = Person(4, "assesseur", 8, 18, scope="departement")
    assert codes([*DAY, named, PAIR[1]]) == []
    assert codes([*DAY, named, chosen]) == ["M07"]
    assert codes([*DAY, named, Person(5, "assesseur", 8, 18, scope="none")]) == ["M06"]


def test_one_assessor_a_list_and_one_president():
    twin = Person(7, "assesseur", 8, 18, list="A")
    assert codes([*DAY, *PAIR, twin]) == ["M08"]
    assert codes([*DAY, *PAIR, Person(8, "president", 8, 18)]) == ["M05"]
    assert codes([*DAY, *PAIR, Person(8, "assesseur_suppl", 8, 18)]) == ["M09"]


def test_who_replaces_whom():
    """R43 to R45: oldest assessor for the president, youngest for the secretary."""
    president, secretary = DAY
    people = [*DAY, *PAIR]
    assert station_people.replacements(president, people) == [PAIR[0], PAIR[1]]
    assert station_people.replacements(secretary, people) == [PAIR[1], PAIR[0]]
    deputy = Person(9, "president_suppl", 8, 18)
    assert station_people.replacements(president, [*people, deputy])[0] == deputy


def collection(*features):
    rows = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


POINT = {"type": "Point", "coordinates": [1.44, 43.6]}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[0, 47], [0.1, 47], [0.1, 47.1], [0, 47]]],
}


def test_the_property_that_bears_the_number_is_found():
    features = station_map.read_map(
        collection(({"id": 901, "uniq_bdv": "0005"}, POINT), ({"uniq_bdv": 6}, SQUARE))
    )
    ranked = station_map.rank_properties(features, {"0005", "0006", "0007"})
    assert ranked[0][:2] == ("uniq_bdv", 2)
    found, left = station_map.match(features, "uniq_bdv", {"0005", "0006"})
    assert (found, left) == ({"0005": POINT, "0006": SQUARE}, [])


def test_what_cannot_be_drawn_is_told():
    broken = {"type": "Polygon", "coordinates": [[[0, 47], [1, 47], [1, 48], [0, 48]]]}
    far = {"type": "Point", "coordinates": [574_000, 6_279_000]}
    line = {"type": "LineString", "coordinates": [[0, 1], [1, 1]]}
    features = station_map.read_map(
        collection(*(({"bv": "1"}, shape) for shape in (broken, far, line, None)))
    )
    errors = [feature.error for feature in features]
    assert errors == ["open_ring", "position", "kind", "kind"]
    _found, left = station_map.match(features, "bv", {"0001"})
    assert len(left) == 4


def test_pieces_of_one_station_are_joined():
    features = station_map.read_map(
        collection(({"bv": 1}, SQUARE), ({"bv": 1}, SQUARE))
    )
    found, left = station_map.match(features, "bv", {"0001"})
    assert found["0001"]["type"] == "MultiPolygon"
    assert len(found["0001"]["coordinates"]) == 2
    assert not left


@given(st.binary(max_size=200))
def test_any_file_is_a_map_or_a_reason(content):
    with pytest.raises(station_map.MapError) as caught:
        station_map.read_map(content)
    assert caught.value.code in ("not_json", "not_a_collection", "empty")


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_any_geometry_is_drawn_or_refused(coordinates):
    for kind in station_map.KINDS:
        feature = ({"bv": 1}, {"type": kind, "coordinates": coordinates})
        (read,) = station_map.read_map(collection(feature))
        assert bool(read.geometry) != bool(read.error)


def test_a_table_keeps_each_line_whole():
    rows = table_file.read_table(
        '\nBureau,Nom,Autre\n5,Martin,x\n\n6,"Le Goff, Anne",y\n',
        {"code": ["bureau"], "name": ["nom"]},
        ["code"],
    )
    assert [row.number for row in rows] == [3, 5]
    assert rows[1].values == {"code": "6", "name": "Le Goff, Anne"}
    assert rows[1].raw == '6,"Le Goff, Anne",y'


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (" \n\n", "empty"), ("a;b\n1;2", "no_header")]
)
def test_an_unreadable_table_says_why(text, code):
    with pytest.raises(table_file.TableError) as caught:
        table_file.read_table(text, {"code": ["bureau"]}, ["code"])
    assert caught.value.code == code
