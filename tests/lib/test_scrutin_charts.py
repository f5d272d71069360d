"""Drawings of the results: seats, curve, map."""

import pytest
from mairie_scrutin.lib.charts import (
    hemicycle,
    station_shapes,
    turnout_curve,
)


@pytest.mark.parametrize("total", range(1, 170))
def test_every_seat_has_a_place_of_its_own(total):
    drawing = hemicycle([("A", total // 2), ("B", total - total // 2)])
    places = [(x, y) for _key, x, y in drawing["seats"]]
    assert len(places) == len(set(places)) == total
    radius = drawing["radius"]
    assert all(x - radius >= -0.1 and x + radius <= 400.1 for x, _y in places)
    assert all(y - radius + 0.2 >= 0 for _x, y in places)
    assert all(y + radius <= drawing["height"] + 1 for _x, y in places)


def test_parties_sit_side_by_side_from_the_left():
    seats = hemicycle([("A", 20), ("B", 3), ("C", 10)])["seats"]
    assert [key for key, _x, _y in seats] == ["A"] * 20 + ["B"] * 3 + ["C"] * 10
    across = {key: [x for k, x, _y in seats if k == key] for key in "AC"}
    assert sum(across["A"]) / 20 < 200 < sum(across["C"]) / 10


def test_no_seat_no_drawing():
    assert hemicycle([])["seats"] == hemicycle([("A", 0)])["seats"] == []


def test_curve_starts_at_the_opening_and_skips_what_nobody_counted():
    assert turnout_curve([], 8) == []
    curve = turnout_curve([(12, 0, 0), (17, 412, 957)], 8)
    assert curve[0] == (0, 160)
    assert len(curve) == 2


SQUARE = [[[1.0, 43.0], [1.1, 43.0], [1.1, 43.1], [1.0, 43.1], [1.0, 43.0]]]


def test_map_keeps_what_it_can_read():
    drawing = station_shapes(
        [
            ("1", {"type": "Polygon", "coordinates": SQUARE}),
            (
                "2",
                {
                    "type": "Feature",
                    "geometry": {"type": "MultiPolygon", "coordinates": [SQUARE]},
                },
            ),
            ("3", {"type": "Point", "coordinates": [1.05, 43.05]}),
            ("4", {"type": "Point", "coordinates": [1.05, 430.0]}),
            ("5", {"type": "LineString", "coordinates": SQUARE[0]}),
            ("6", "text"),
            ("7", None),
        ]
    )
    assert [shape[:2] for shape in drawing["shapes"]] == [
        ("1", "path"),
        ("2", "path"),
        ("3", "point"),
    ]
    _key, _kind, across, down = drawing["shapes"][2]
    assert abs(across - drawing["shapes"][0][3]) < 1
    assert abs(down - drawing["shapes"][0][4]) < 1
    assert drawing["height"] > 0


def test_north_is_up_and_a_degree_east_is_shorter():
    points = [("A", (0.0, 60.0)), ("B", (1.0, 60.0)), ("C", (0.0, 61.0))]
    drawing = station_shapes(
        [(key, {"type": "Point", "coordinates": list(spot)}) for key, spot in points]
    )
    place = {shape[0]: shape[2:] for shape in drawing["shapes"]}
    assert place["C"][1] < place["A"][1]
    east = place["B"][0] - place["A"][0]
    north = place["A"][1] - place["C"][1]
    assert east / north == pytest.approx(0.49, abs=0.03)


def test_a_single_place_is_drawn_without_dividing_by_nothing():
    drawing = station_shapes([("1", {"type": "Point", "coordinates": [1, 43]})])
    assert len(drawing["shapes"]) == 1


def test_points_nearer_than_can_be_seen_are_left_out():
    ring = [[1 + rank / 10000, 43.0] for rank in range(1000)]
    ring += [[1.1, 43.1], [1.0, 43.0]]
    shape = station_shapes([("1", {"type": "Polygon", "coordinates": [ring]})])
    assert len(shape["shapes"][0][2]) < 10_000
