"""The spreadsheet of a round: one sheet a group, totals and checks as live formulas.

Formulas carry their value too, for readers that do not calculate.
"""

import io
import re

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name as column_name

HEAD = ["Bureau", "Lieu", "État"]
FIGURES = ["Inscrits", "Votants", "Émargements", "Blancs", "Nuls", "Exprimés"]
CHECKS = ["Participation", "Écart votants", "Écart voix", "Écart émargements"]
TITLE, NOTE, NAMES, FIRST = 0, 1, 3, 4  # rows, from 0; FIRST is the first station's
FIGURE = len(HEAD)  # column of the first figure
VOTE = FIGURE + len(FIGURES)  # column of the first list


def make_workbook(title, note, lists, groups):
    """Bytes of an XLSX file.

    :param lists: [(panneau, name)]
    :param groups: [(name of the sheet, [dict with ``code``, ``place``, ``valid``,
        ``figures`` in the order of FIGURES, ``votes`` in the order of ``lists``])]
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "comments": note})
    styles = _styles(book)
    names = _sheet_names([name for name, _stations in groups])
    summary = book.add_worksheet("Totaux")
    totals = []
    for name, (_group, stations) in zip(names, groups, strict=True):
        sheet = book.add_worksheet(name)
        _head(sheet, styles, title, note, lists, len(HEAD))
        for rank, station in enumerate(stations):
            _write_station(sheet, styles, FIRST + rank, station)
        totals.append(_write_totals(sheet, styles, name, stations, len(lists)))
    _write_summary(summary, styles, title, note, lists, totals)
    book.close()
    return out.getvalue()


def _styles(book):
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}
        ),
        "int": book.add_format({"num_format": "#,##0"}),
        "share": book.add_format({"num_format": "0.00%"}),
        "check": book.add_format({"num_format": "+#,##0;[Red]-#,##0;0"}),
        "total": book.add_format({"bold": True, "top": 1, "num_format": "#,##0"}),
        "total_share": book.add_format({"bold": True, "top": 1, "num_format": "0.00%"}),
        "bad": book.add_format({"bold": True, "bg_color": "#FDECEA"}),
    }


def _sheet_names(names):
    """Names that Excel takes: 31 signs, some forbidden, none twice."""
    taken = {"totaux"}
    for name in names:
        base = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:28] or "Bureaux"
        found, rank = base, 1
        while found.lower() in taken:
            rank += 1
            found = f"{base} {rank}"
        taken.add(found.lower())
        yield found


def _head(sheet, styles, title, note, lists, frozen):
    sheet.write_string(TITLE, 0, title, styles["title"])
    sheet.write_string(NOTE, 0, note)
    names = [*HEAD, *FIGURES, *(f"{panel} {name}" for panel, name in lists), *CHECKS]
    sheet.set_row(NAMES, 45)
    for column, name in enumerate(names):
        sheet.write_string(NAMES, column, name, styles["head"])
    sheet.freeze_panes(FIRST, frozen)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, len(names), 13)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(NAMES)
    sheet.set_footer("&L&F&RPage &P sur &N")


def _write_station(sheet, styles, row, station):
    sheet.write_string(row, 0, station["code"])
    sheet.write_string(row, 1, station["place"])
    sheet.write_string(row, 2, "validé" if station["valid"] else "provisoire")
    sheet.write_row(row, FIGURE, station["figures"], styles["int"])
    sheet.write_row(row, VOTE, station["votes"], styles["int"])
    _write_checks(sheet, styles, row, station["figures"], station["votes"], "check")


def _write_checks(sheet, styles, row, figures, votes, style):
    inscrits, votants, emargements, blancs, nuls, exprimes = figures
    cell = {n: f"{column_name(FIGURE + k)}{row + 1}" for k, n in enumerate("ivebnx")}
    column = VOTE + len(votes)
    first, last = column_name(VOTE), column_name(max(column - 1, VOTE))
    formulas = [
        (
            f"=IF({cell['i']}=0,0,{cell['v']}/{cell['i']})",
            votants / inscrits if inscrits else 0,
        ),
        (
            f"={cell['b']}+{cell['n']}+{cell['x']}-{cell['v']}",
            blancs + nuls + exprimes - votants,
        ),
        (f"=SUM({first}{row + 1}:{last}{row + 1})-{cell['x']}", sum(votes) - exprimes),
        (f"={cell['e']}-{cell['v']}", emargements - votants),
    ]
    for rank, (formula, value) in enumerate(formulas):
        chosen = styles[style if rank else "share"]
        sheet.write_formula(row, column + rank, formula, chosen, value)


def _write_totals(sheet, styles, name, stations, list_count):
    """The line of sums. :return: (name of the sheet, its row from 1, sums, stations)"""
    row = FIRST + len(stations)
    sheet.write_string(row, 0, "Total", styles["total"])
    columns = [[*s["figures"], *s["votes"]] for s in stations]
    sums = [sum(values) for values in zip(*columns, strict=True)]
    sums = sums or [0] * (len(FIGURES) + list_count)
    for rank, value in enumerate(sums):
        letter = column_name(FIGURE + rank)
        formula = f"=SUM({letter}{FIRST + 1}:{letter}{max(row, FIRST + 1)})"
        sheet.write_formula(row, FIGURE + rank, formula, styles["total"], value)
    split = len(FIGURES)
    _write_checks(sheet, styles, row, sums[:split], sums[split:], "total")
    gaps = VOTE + list_count + 1
    rule = {"type": "cell", "criteria": "!=", "value": 0, "format": styles["bad"]}
    sheet.conditional_format(FIRST, gaps, row, gaps + 2, rule)
    sheet.autofilter(NAMES, 0, max(row - 1, NAMES), VOTE + list_count + 3)
    return name, row + 1, sums, len(stations)


def _write_summary(sheet, styles, title, note, lists, totals):
    """One line a sheet, taken from it, then the sums and the share of each list."""
    _head(sheet, styles, title, note, lists, 1)
    sheet.write_string(NAMES, 0, "Groupe", styles["head"])
    sheet.write_string(NAMES, 1, "Bureaux", styles["head"])
    sheet.write_blank(NAMES, 2, None, styles["head"])
    split = len(FIGURES)
    for rank, (name, source, sums, count) in enumerate(totals):
        row = FIRST + rank
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, count, styles["int"])
        for place, value in enumerate(sums):
            letter = column_name(FIGURE + place)
            formula = f"='{name}'!{letter}{source}"
            sheet.write_formula(row, FIGURE + place, formula, styles["int"], value)
        _write_checks(sheet, styles, row, sums[:split], sums[split:], "check")
    rows = [{"figures": s[:split], "votes": s[split:]} for _n, _r, s, _c in totals]
    _name, row, sums, _count = _write_totals(sheet, styles, "", rows, len(lists))
    sheet.write_string(row, 0, "% des exprimés", styles["total"])
    exprimes = f"{column_name(VOTE - 1)}{row}"
    for rank, votes in enumerate(sums[split:]):
        letter = column_name(VOTE + rank)
        formula = f"=IF({exprimes}=0,0,{letter}{row}/{exprimes})"
        value = votes / sums[split - 1] if sums[split - 1] else 0
        sheet.write_formula(row, VOTE + rank, formula, styles["total_share"], value)
