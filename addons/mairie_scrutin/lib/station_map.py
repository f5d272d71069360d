"""A map of stations as GeoJSON: which property bears the number, which station is where."""

import json
import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .station_layout import normalise_code

KINDS = ("Point", "Polygon", "MultiPolygon")


class MapError(ValueError):
    """The file is not a map. ``code``: not_json, not_a_collection, empty."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Feature:
    """One thing of the map; ``geometry`` is None when it cannot be drawn."""

    rank: int
    geometry: dict | None
    properties: dict
    error: str = ""


def read_map(content: bytes) -> list[Feature]:
    """Return the features of a GeoJSON file, those that cannot be drawn with a reason.

    Reasons: ``kind`` (neither point nor polygon), ``position`` (not longitude and
    latitude in degrees), ``open_ring`` (an outline that is not closed).
    :raise MapError: see the class
    Source: RFC 7946.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise MapError("not_json") from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise MapError("not_a_collection")
    if not features:
        raise MapError("empty")
    return [_read_feature(rank, row) for rank, row in enumerate(features, 1)]


def _read_feature(rank, row):
    row = row if isinstance(row, dict) else {}
    properties = row.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    geometry = row.get("geometry")
    error = _geometry_error(geometry if isinstance(geometry, dict) else {})
    if error:
        return Feature(rank, None, properties, error)
    plain = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
    return Feature(rank, plain, properties)


def _geometry_error(geometry):
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in KINDS:
        return "kind"
    if kind == "Point":
        return "" if _is_position(coordinates) else "position"
    polygons = coordinates if kind == "MultiPolygon" else [coordinates]
    if not isinstance(polygons, list) or not polygons:
        return "position"
    for rings in polygons:
        if not isinstance(rings, list) or not rings:
            return "position"
        for ring in rings:
            if not isinstance(ring, list) or not all(map(_is_position, ring)):
                return "position"
            if len(ring) < 4 or ring[0] != ring[-1]:
                return "open_ring"
    return ""


def _is_position(place):
    if not isinstance(place, list) or len(place) < 2:
        return False
    numbers = all(
        isinstance(value, int | float) and math.isfinite(value) for value in place[:2]
    )
    return numbers and abs(place[0]) <= 180 and abs(place[1]) <= 90


def code_of(value: object, codes: Collection[str]) -> str | None:
    """Return the number of a station among ``codes`` that a property tells.

    Towns write 5, "0005", "5.0", "49998_0005" or "Bureau 5".

    >>> codes = {"0005", "136A"}
    >>> [code_of(value, codes) for value in (5, 5.0, "49998_0005", "BV 5", "136a", "7")]
    ['0005', '0005', '0005', '0005', '136A', None]
    """
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, float):
        if not value.is_integer():
            return None
        value = int(value)
    text = str(value).strip()
    whole = re.sub(r"\.0$", "", text)
    last = (re.findall(r"[0-9A-Za-z]+", whole) or [""])[-1]
    for found in (whole, last, last[-4:]):
        code = normalise_code(found) if found else ""
        if code in codes:
            return code
    return None


def rank_properties(
    features: Sequence[Feature], codes: Collection[str]
) -> list[tuple[str, int, list[str]]]:
    """Return (property, stations recognised, first values), the best one first."""
    names = {name: None for feature in features for name in feature.properties}
    rows = []
    for name in names:
        values = [feature.properties.get(name) for feature in features]
        told = {code_of(value, codes) for value in values} - {None}
        samples = [str(value) for value in values if value not in (None, "")][:3]
        rows.append((name, len(told), samples))
    return sorted(rows, key=lambda row: -row[1])


def match(
    features: Sequence[Feature], name: str, codes: Collection[str]
) -> tuple[dict[str, dict], list[tuple[Feature, str]]]:
    """Return (number -> geometry, [(feature left out, why)]).

    Pieces of one station are joined. Why: the reasons of :func:`read_map`, or
    ``unknown`` when no station has that number, ``mixed`` for a point beside outlines.
    """
    found: dict[str, dict] = {}
    left = []
    for feature in features:
        code = code_of(feature.properties.get(name), codes)
        if feature.error or code is None:
            left.append((feature, feature.error or "unknown"))
        elif code not in found:
            found[code] = feature.geometry
        else:
            joined = _join(found[code], feature.geometry)
            if joined is None:
                left.append((feature, "mixed"))
            else:
                found[code] = joined
    return found, left


def _join(first, second):
    if "Point" in (first["type"], second["type"]):
        return None
    pieces = []
    for geometry in (first, second):
        multiple = geometry["type"] == "MultiPolygon"
        pieces += geometry["coordinates"] if multiple else [geometry["coordinates"]]
    return {"type": "MultiPolygon", "coordinates": pieces}


def find_overlaps(shapes: dict[str, dict]) -> list[tuple[str, str]]:
    """Return the pairs of numbers whose outlines cover each other.

    The middle of an outline lies in another one: neighbours that share a border, even one
    drawn twice, are not named.

    :param shapes: number -> geometry, as :func:`match` gives them

    >>> square = lambda x: {"type": "Polygon", "coordinates": [
    ...     [[x, 0], [x + 2, 0], [x + 2, 2], [x, 2], [x, 0]]]}
    >>> find_overlaps({"0001": square(0), "0002": square(2), "0003": square(2.5)})
    [('0002', '0003')]
    """
    rings = {code: _get_outlines(geometry) for code, geometry in sorted(shapes.items())}
    found = set()
    for code, own in rings.items():
        for ring in own:
            middle = _get_middle(ring)
            if not _is_inside(middle, ring):
                continue
            found |= {
                tuple(sorted((code, other)))
                for other, others in rings.items()
                if other != code and any(_is_inside(middle, one) for one in others)
            }
    return sorted(found)


def _get_outlines(geometry):
    """Outer rings: a hole is the place of another station."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    if geometry["type"] == "MultiPolygon":
        return [polygon[0] for polygon in geometry["coordinates"]]
    return []


def _get_middle(ring):
    corners = ring[:-1]
    return tuple(
        sum(place[axis] for place in corners) / len(corners) for axis in (0, 1)
    )


def _is_inside(place, ring):
    """Whether a line to the east crosses the ring an odd number of times."""
    x, y = place
    inside = False
    for one, other in zip(ring, ring[1:], strict=False):
        if (one[1] > y) != (other[1] > y):
            slope = (other[0] - one[0]) / (other[1] - one[1])
            inside ^= x < one[0] + (y - one[1]) * slope
    return inside
