"""Drawings of the results as plain figures: seats, turnout by hour, map of stations.

Pure: numbers in, coordinates out, rounded so that a page stays light. Templates draw.
"""

import math

#: Beside its colour each list has a pattern: colour never speaks alone.
PATTERNS = ("plain", "lines", "dots", "cross", "waves", "grid", "bars", "rings")


def hemicycle(parties, width=400):
    """Place seats on half circles, each party in one block from left to right.

    :param parties: [(key, seats)], from the left of the drawing
    :param width: width of the drawing; its height is half of it plus one seat
    :return: dict ``radius`` (of a seat), ``height``, ``seats``: [(key, x, y)]

    >>> drawing = hemicycle([("A", 3), ("B", 2)])
    >>> [key for key, _x, _y in drawing["seats"]]
    ['A', 'A', 'A', 'B', 'B']
    """
    total = sum(seats for _key, seats in parties)
    if total <= 0:
        return {"radius": 0, "height": 0, "seats": []}
    outer = width / 2
    radii, radius = _rings_of_seats(total, outer)
    counts = _share(total, radii)
    spots = []
    for ring, count in zip(radii, counts, strict=True):
        for rank in range(count):
            angle = math.pi * (1 - (rank / (count - 1) if count > 1 else 0.5))
            spots.append((angle, ring))
    spots.sort(key=lambda spot: (-spot[0], spot[1]))
    keys = [key for key, seats in parties for _seat in range(seats)]
    return {
        "radius": round(radius, 1),
        "height": round(radii[0] + 2 * radius + 2),
        "seats": [
            (
                key,
                round(width / 2 + ring * math.cos(angle), 1),
                round(radii[0] + radius + 1 - ring * math.sin(angle), 1),
            )
            for key, (angle, ring) in zip(keys, spots, strict=True)
        ],
    }


def _rings_of_seats(total, outer):
    """Half circles on which the seats are as large as they can be: (radii, radius)."""
    found = []
    for rows in range(1, 11):
        step = outer * 0.62 / max(rows - 0.5, 1)
        biggest = min(step * 0.44, outer * 0.09)
        radii = [outer - biggest - 1 - rank * step for rank in range(rows)]
        along = math.pi * sum(radii) / max(total - rows, 1)
        found.append((min(along * 0.44, biggest), radii))
    radius, radii = max(found, key=lambda pair: pair[0])
    return radii, radius


def _share(total, radii):
    """Seats of each half circle, by its length; whole numbers that add up."""
    length = sum(radii)
    exact = [total * ring / length for ring in radii]
    counts = [int(value) for value in exact]
    rest = sorted(range(len(radii)), key=lambda rank: counts[rank] - exact[rank])[
        : total - sum(counts)
    ]
    for rank in rest:
        counts[rank] += 1
    return counts


def turnout_curve(points, opening, width=400, height=160):
    """Points of a curve from the opening (0 %) on; time across, share up to 100 %.

    :param points: [(hour, part, whole)], hours as floats, in order; ``whole`` > 0
    :return: [(x, y)], the first one for the opening; empty without any point

    >>> turnout_curve([(12, 25, 100), (18, 50, 100)], 8)
    [(0, 160), (160, 120), (400, 80)]
    """
    known = [(hour, part, whole) for hour, part, whole in points if whole]
    if not known:
        return []
    last = known[-1][0]
    span = max(last - opening, 1)
    places = [(0, height)]
    for hour, part, whole in known:
        across = round(width * max(hour - opening, 0) / span)
        places.append((across, round(height * (1 - min(part / whole, 1)))))
    return places


def station_shapes(features, width=640, tolerance=0.7):
    """Draw GeoJSON geometries on one flat map: longitude shrunk by the latitude.

    :param features: [(key, geometry)] of type Point, Polygon or MultiPolygon; a Feature
        that holds one is taken as well; what cannot be read is left out
    :param tolerance: points nearer than that to the one before are left out, in units
        of the drawing
    :return: dict ``width``, ``height``, ``shapes``: [(key, "point", x, y) or
        (key, "path", d, x, y)] with the middle of each shape
    """
    found = [(key, _rings(geometry)) for key, geometry in features]
    found = [(key, rings) for key, rings in found if rings]
    spots = [spot for _key, rings in found for ring in rings for spot in ring]
    if not spots:
        return {"width": width, "height": 0, "shapes": []}
    west, east = min(x for x, _y in spots), max(x for x, _y in spots)
    south, north = min(y for _x, y in spots), max(y for _x, y in spots)
    shrink = math.cos(math.radians((south + north) / 2)) or 1
    margin = 16
    wide = max((east - west) * shrink, (north - south) / 2, 1e-6)
    scale = (width - 2 * margin) / wide

    def place(spot):
        across = margin + (spot[0] - west) * shrink * scale
        return round(across, 1), round(margin + (north - spot[1]) * scale, 1)

    shapes = [_shape(key, rings, place, tolerance) for key, rings in found]
    height = round((north - south) * scale + 2 * margin)
    return {"width": width, "height": height, "shapes": shapes}


def _shape(key, rings, place, tolerance):
    if len(rings) == 1 and len(rings[0]) == 1:
        return (key, "point", *place(rings[0][0]))
    parts, drawn = [], []
    for ring in rings:
        line = _thin([place(spot) for spot in ring], tolerance)
        drawn += line
        parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in line) + "Z")
    across = (min(x for x, _y in drawn) + max(x for x, _y in drawn)) / 2
    down = (min(y for _x, y in drawn) + max(y for _x, y in drawn)) / 2
    return (key, "path", "".join(parts), round(across, 1), round(down, 1))


def _thin(line, tolerance):
    kept = line[:1]
    for spot in line[1:]:
        if math.dist(spot, kept[-1]) >= tolerance:
            kept.append(spot)
    return kept


def _rings(geometry):
    """Outer rings of a geometry; a point is a ring of one spot; [] if unreadable."""
    try:
        if geometry.get("type") == "Feature":
            geometry = geometry["geometry"]
        kind, places = geometry["type"], geometry["coordinates"]
        if kind == "Point":
            return [[_spot(places)]]
        polygons = {"Polygon": [places], "MultiPolygon": places}.get(kind, [])
        return [[_spot(spot) for spot in polygon[0]] for polygon in polygons]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return []


def _spot(place):
    across, up = float(place[0]), float(place[1])
    if not (-180 <= across <= 180 and -90 <= up <= 90):
        raise ValueError("Not a longitude and a latitude")
    return across, up
