"""The table of a part, on the terminal and in docs/mesures/<part>.md (in French)."""

import datetime
import os
import platform

from devtools import settings

from .frame import TIMES, goal_name, summary
from .place import machine

HEADINGS = [
    "Mesure",
    "Taille",
    "Médiane",
    "p95",
    "Pairs (médiane)",
    "Objectif",
    "Verdict",
]


def rows(runs):
    """One row of text for each run, under HEADINGS."""
    for run in runs:
        times = summary(run.seconds)
        yield [
            run.case.title,
            run.case.size,
            duration(times.get("median")),
            duration(times.get("p95")),
            "<br>".join(_peers(run)) or "–",
            run.case.goal or "–",
            _verdict(run),
        ]


def _peers(run):
    mine = summary(run.seconds).get("median")
    for name, seconds in run.peers.items():
        median = summary(seconds)["median"]
        ratio = f", × {median / mine:.2g}" if mine else ""
        yield f"{name} : {duration(median)}{ratio}"


def _verdict(run):
    if run.error:
        return f"erreur : {run.error}"
    if not run.case.goal:
        return "mesuré"
    return "tenu" if run.passed else "**manqué**"


def details(run):
    """What the table has no column for: each figure of the goal, then the notes."""
    lines, named = [], set()
    for text, found, held in run.verdicts():
        name = goal_name(text)
        named.add(name)
        shown = written(name, found)
        lines.append(f"{text} : {shown}, {'tenu' if held else 'manqué'}")
    lines += [
        f"{name} : {written(name, value)}"
        for name, value in run.figures.items()
        if name not in named
    ]
    if run.peak is not None:
        lines.append(f"mémoire prise : {run.peak / 1e6:.0f} Mo")
    return lines + run.notes


def written(name, value):
    if value is None:
        return "non mesuré"
    if name in TIMES:
        return duration(value)
    if name == "peak":
        return f"{value / 1e6:.0f} Mo"
    return f"{value:g}" if isinstance(value, float) else str(value)


def duration(seconds):
    if seconds is None:
        return "–"
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s"


def text_table(runs):
    """For the terminal: columns as wide as their longest cell."""
    table = [HEADINGS, *rows(runs)]
    table = [[cell.replace("<br>", " ; ") for cell in row] for row in table]
    widths = [max(len(row[i]) for row in table) for i in range(len(HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    ]
    return "\n".join(line.rstrip() for line in lines)


def markdown(part, runs):
    """The page docs/mesures/<part>.md: machine, date, table, details."""
    today = datetime.date.today()
    lines = [
        f"# Mesures : {part}",
        "",
        f"Relevé du {today:%d/%m/%Y} par `make bench T={part}` : {machine()}, "
        f"charge {os.getloadavg()[2]:.1f}, "
        f"Python {platform.python_version()}. Un rapport « × 3 » à côté d'un pair veut "
        "dire qu'il met trois fois notre temps.",
        "",
        "| " + " | ".join(HEADINGS) + " |",
        "|" + " --- |" * len(HEADINGS),
    ]
    lines += ["| " + " | ".join(_cell(c) for c in row) + " |" for row in rows(runs)]
    lines += ["", "## Détail", ""]
    for run in runs:
        found = [line for line in details(run) if line]
        if found:
            lines.append(f"- **{run.case.title}** : " + " ; ".join(found))
    return "\n".join(lines) + "\n"


def _cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def keep(part, runs):
    folder = settings.ROOT / "docs" / "mesures"
    folder.mkdir(exist_ok=True)
    path = folder / f"{part}.md"
    path.write_text(markdown(part, runs))
    return path
