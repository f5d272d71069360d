"""Open data of a round: files made from the plain figures that were published.

Pure: everything comes from the snapshot; nothing here can know more than it holds.
"""

import csv
import io
from xml.etree import ElementTree

TOTALS = ("inscrits", "votants", "blancs", "nuls", "exprimes")

#: Words of ours -> words of the common data format of elections (NIST SP 1500-100).
STATUSES = {
    None: ("non_publie", "pre-election"),
    "provisional": ("provisoires", "unofficial-partial"),
    "complete": ("complets_non_proclames", "unofficial-complete"),
    "proclaimed": ("proclames", "certified"),
    "rectified": ("rectifies", "correction"),
}


def merge_groups(stations, threshold):
    """Return the stations to publish together, so that none is read alone.

    Every station under the threshold goes into one group; while the group itself is
    under it, or holds one station only, the smallest of the others joins.

    :param stations: [(code, inscrits, always)]; ``always`` marks a station that joins
        whatever its size (voters of prisons: R40-1)
    :param threshold: registered voters; 0 merges nothing
    :return: set of codes, empty when there is nothing to merge

    >>> sorted(merge_groups([("1", 20, False), ("2", 700, False), ("3", 800, False)], 50))
    ['1', '2']
    """
    if threshold <= 0:
        return set()
    group = {code for code, size, always in stations if always or size < threshold}
    if not group:
        return set()
    sizes = {code: size for code, size, _always in stations}
    others = sorted((size, code) for code, size in sizes.items() if code not in group)
    while others and (len(group) < 2 or sum(sizes[code] for code in group) < threshold):
        group.add(others.pop(0)[1])
    return group


def merge_rows(rows, group):
    """Replace the rows of ``group`` by their sum, held back until all are there.

    One of them counted alone would be read by difference from the totals: until the
    last is counted, none is published, and the totals leave them out.

    :param rows: counted stations, dicts with ``code``, TOTALS and ``votes`` (a list)
    :return: (rows to publish, rows held back)
    """
    if not group:
        return rows, []
    inside = [row for row in rows if row["code"] in group]
    outside = [row for row in rows if row["code"] not in group]
    if len(inside) < len(group):
        return outside, inside
    merged = {name: sum(row[name] for row in inside) for name in TOTALS}
    votes = [sum(column) for column in zip(*(r["votes"] for r in inside), strict=True)]
    codes = sorted(group)
    first = dict(inside[0], code="+".join(codes), codes=codes, votes=votes, **merged)
    first["counted"] = max(row.get("counted") or "" for row in inside)
    return sorted([*outside, first], key=lambda row: row["code"]), []


def as_dict(head, figures):
    """The whole open data as plain values, for JSON.

    :param head: what may be said at any time
    :param figures: the published figures, None before the release
    """
    status = figures and (figures.get("rectified") and "rectified" or figures["status"])
    french, common = STATUSES[status or None]
    data = {
        "election": head["title"],
        "type": head["kind"],
        "tour": head["numero"],
        "date": head["date_iso"],
        "commune": head["commune"],
        "publication_a_partir_de": head["release_utc"],
        "licence": head["licence"],
        "source": head["source_note"],
        "statut": french,
        "statut_cdf": common,
        "participation": [_turnout_row(point) for point in head["turnout"]],
    }
    if figures is None:
        return data
    return data | {
        "etabli": figures["built_iso"],
        "bureaux_comptes": figures["stations"],
        "bureaux": figures["stations_all"],
        "inscrits_de_la_commune": figures["inscrits_all"],
        **{name: figures[name] for name in TOTALS},
        "listes": [_list_row(row) for row in figures["lists"]],
        "sieges": [_council_row(row) for row in figures["seats"]],
        "resultats_par_bureau": [_station_row(row) for row in figures["bureaux"]],
    }


def _turnout_row(point):
    return {
        "heure": point["label"],
        "votants": point["votants"],
        "inscrits": point["inscrits"],
        "bureaux": point["stations"],
    }


def _list_row(row):
    return {
        "panneau": row["panneau"],
        "nom": row["name"],
        "tete_de_liste": row["head"],
        "nuance": row["nuance"],
        "voix": row["votes"],
    }


def _council_row(row):
    return {
        "organe": row["organe"],
        "a_pourvoir": row["total"],
        "etat": row["state"],
        "listes": [
            {"panneau": line["panneau"], "sieges": line["seats"]}
            for line in row["lists"]
        ],
    }


def _station_row(row):
    return {
        "bureau": row["code"],
        "lieu": row["name"],
        **{name: row[name] for name in TOTALS},
        "voix": row["votes"],
    }


def wide_csv(figures):
    """One line a station, one column a list; UTF-8 with BOM for spreadsheets."""
    names = [f"{row['panneau']} {row['name']}" for row in figures["lists"]]
    lines = [["bureau", "lieu", *TOTALS, *names]]
    for row in figures["bureaux"]:
        totals = [row[name] for name in TOTALS]
        lines.append([row["code"], row["name"], *totals, *row["votes"]])
    return _write(lines)


def long_csv(figures):
    """One line for each list in each station; UTF-8 with BOM for spreadsheets."""
    lines = [["bureau", "lieu", *TOTALS, "panneau", "liste", "nuance", "voix"]]
    for row in figures["bureaux"]:
        station = [row["code"], row["name"], *(row[name] for name in TOTALS)]
        for one, votes in zip(figures["lists"], row["votes"], strict=True):
            columns = [one["panneau"], one["name"], one["nuance"], votes]
            lines.append(station + columns)
    return _write(lines)


def as_xml(head, figures):
    """One ``bureau`` for each station, each with its ``candidat``s."""
    root = ElementTree.Element("resultats")
    _texts(root, {"election": head["title"], "tour": head["numero"]})
    _texts(root, {"date": head["date_iso"], "commune": head["commune"]})
    status = figures.get("rectified") and "rectified" or figures["status"]
    _texts(root, {"statut": STATUSES[status][0], "etabli": figures["built_iso"]})
    for row in figures["bureaux"]:
        station = ElementTree.SubElement(root, "bureau")
        information = ElementTree.SubElement(station, "information")
        _texts(information, {"numero": row["code"], "lieu": row["name"]})
        _texts(information, {name: row[name] for name in TOTALS})
        for one, votes in zip(figures["lists"], row["votes"], strict=True):
            candidate = ElementTree.SubElement(station, "candidat")
            _texts(candidate, {"panneau": one["panneau"], "intitule": one["name"]})
            _texts(candidate, {"votes": votes})
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _texts(parent, values):
    for name, value in values.items():
        child = ElementTree.SubElement(parent, name)
        child.text = "".join(c for c in str(value) if c >= " " or c in "\t\n")


def _write(lines):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([[_cell(value) for value in line] for line in lines])
    return out.getvalue().encode("utf-8-sig")


def _cell(value):
    """A cell that a spreadsheet never runs as a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
