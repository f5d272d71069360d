"""The council: its dossier beside three PDF programs, its notices, its ballots, its acts.

The files of the dossier are those of the figures to beat: 300 of them, 2,400 pages,
231 MB that no compression makes smaller.
"""

import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from .frame import case

SEED = 20261130
FILES, PAGES, SIDE = 300, 8, 310
MEMBERS, FEW = 69, 33  # 33 sit in the demo town
ITEMS, ACTS = 250, 1000


def make_file(source):
    """A PDF of eight pages, each a picture of noise of 96 kB."""
    import pikepdf

    pdf = pikepdf.new()
    for _page in range(PAGES):
        picture = pdf.make_stream(
            source.randbytes(SIDE * SIDE),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=SIDE,
            Height=SIDE,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
        page.obj.Contents = pdf.make_stream(b"q 400 0 0 400 90 300 cm /I Do Q")
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def make_cover():
    import pikepdf

    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.save(target)
    return target.getvalue()


def with_pypdf(files):
    from pypdf import PdfWriter

    writer, target = PdfWriter(), io.BytesIO()
    for rank, content in enumerate(files, 1):
        writer.append(io.BytesIO(content), outline_item=f"Pièce {rank}")
    writer.write(target)
    return target.getvalue()


def with_pikepdf(files):
    """The library alone, with an outline: what our own work adds is the difference."""
    import pikepdf

    with pikepdf.new() as target:
        items = []
        for rank, content in enumerate(files, 1):
            items.append(pikepdf.OutlineItem(f"Pièce {rank}", len(target.pages)))
            with pikepdf.open(io.BytesIO(content)) as source:
                target.pages.extend(source.pages)
        with target.open_outline() as outline:
            outline.root.extend(items)
        result = io.BytesIO()
        target.save(result)
    return result.getvalue()


def with_pdfunite(folder):
    """Return the bytes of memory that the program took at most."""
    paths = sorted(folder.glob("in-*.pdf"))
    process = subprocess.Popen(
        [shutil.which("pdfunite"), *map(str, paths), str(folder / "out.pdf")]
    )
    _pid, status, used = os.wait4(process.pid, 0)
    assert status == 0
    return used.ru_maxrss * 1024


@case(
    "Dossier d'une séance en un PDF",
    size="300 fichiers, 2 400 pages, 231 Mo",
    goal="median < 3 s, peak < 1200 MB, pages = 2401, bookmarks = 301",
    peer="pdfunite (sans signet), pypdf, pikepdf seul",
)
def dossier(run):
    import pikepdf

    assert run.env  # loads Odoo
    from odoo.addons.mairie_elus.tools.pdf_merge import Section, merge

    source = random.Random(SEED)
    files = [make_file(source) for _file in range(FILES)]
    run.note(f"{sum(map(len, files)) / 1e6:.0f} Mo de pièces")
    sections = [
        Section(f"Pièce {rank}", content, key=str(rank))
        for rank, content in enumerate(files, 1)
    ]
    cover = make_cover()
    result = run.measure(
        lambda: merge(cover, sections, "Dossier", "fr-FR"), times=3, memory=True
    )
    with pikepdf.open(io.BytesIO(result)) as pdf:
        run.figure("pages", len(pdf.pages))
        with pdf.open_outline() as outline:
            run.figure("bookmarks", len(outline.root))
    del result
    run.peer("pikepdf seul", lambda: with_pikepdf(files), times=2, memory=True)
    run.peer("pypdf", lambda: with_pypdf(files), times=2, memory=True)
    if not shutil.which("pdfunite"):
        run.note("pdfunite n'est pas installé ici (paquet poppler-utils)")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rank, content in enumerate(files):
            (folder / f"in-{rank:03d}.pdf").write_bytes(content)
        peak = run.peer("pdfunite", lambda: with_pdfunite(folder), times=1)
        run.note(f"mémoire de pdfunite : {peak / 1e6:.0f} Mo")


def secretary(env):
    return env(user=env.ref("mairie_base.user_secretaire"))


def council(env, count):
    """The demo council, brought to ``count`` members in office."""
    body = env.ref("mairie_elus.instance_conseil")
    today = datetime.now().date()
    seated = body._get_contacts_on(today)
    mandature = seated[0].mandature_id
    people = env["res.partner"].create(
        [
            {"name": f"Mesure {rank:02d}", "email": f"mesure{rank}@example.org"}
            for rank in range(count - len(seated))
        ]
    )
    env["mairie.mandat"].create(
        [
            {
                "mandature_id": mandature.id,
                "partner_id": person.id,
                "date_from": mandature.date_from,
            }
            for person in people
        ]
    )
    for mandat in seated[count:]:
        mandat.date_to = today - timedelta(days=1)
    return body


def meeting(env, members, items=1, **vals):
    """A meeting of the council, ready to be convened, twenty days from now."""
    body = council(env, members)
    seance = env["mairie.seance"].create(
        {
            "instance_id": body.id,
            "date_start": datetime.now().replace(microsecond=0) + timedelta(days=20),
            "state": "ready",
        }
    )
    env["mairie.point"].create(
        [
            {
                "seance_id": seance.id,
                "name": f"Affaire {rank}",
                "note": "<p>Note</p>",
                "sequence": 10 * rank,
                "matiere_code": "7.5",
            }
            for rank in range(1, items + 1)
        ]
    )
    seance.write(vals)  # an agenda that was sent takes no item any more
    env.flush_all()
    return seance.with_env(secretary(env))


def queries(env, function):
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count
    function()
    env.flush_all()
    return env.cr.sql_log_count - before


def cost(run, members, prepare):
    """Queries of a gesture with so many members; nothing of it stays."""
    env = run.env
    with env.cr.savepoint() as point:
        gesture = prepare(env, members)
        count = queries(env, gesture)
        point.rollback()
    env.invalidate_all()
    return count


def sending(env, members):
    seance = meeting(env, members)
    return lambda: seance._convene()


@case(
    "Convoquer le conseil, preuve scellée de chacun",
    size="69 membres",
    goal="total < 5 s, queries a member ≤ 3",
)
def convene(run):
    cost(run, FEW, sending)  # what the first call of a process reads once
    few, many = (cost(run, count, sending) for count in (FEW, MEMBERS))
    run.figure("queries a member", (many - few) / (MEMBERS - FEW))
    run.note(f"{few} requêtes pour {FEW} membres, {many} pour {MEMBERS}")
    gesture = sending(run.env, MEMBERS)
    run.once(lambda: (gesture(), run.env.flush_all()))


def ballot(env, members):
    """Everybody in the room, one item in debate; the gesture closes a public vote."""
    seance = meeting(env, members, state="open")
    people = seance._get_members()
    seance.console_move(people.ids, True)
    point = seance.point_ids[0]
    seance.console_open_point(point.id)
    vals = {
        "mode": "public",
        "pour": members,
        "names": {str(person.id): "pour" for person in people},
    }
    return lambda: seance.console_vote(point.id, vals)


@case(
    "Clore un vote public nominatif, tableau rendu",
    size="69 votants",
    goal="total < 1 s, queries added ≤ 5",
)
def close_vote(run):
    cost(run, FEW, ballot)  # what the first call of a process reads once
    few, many = (cost(run, count, ballot) for count in (FEW, MEMBERS))
    run.figure("queries added", many - few)
    run.note(f"{few} requêtes pour {FEW} votants, {many} pour {MEMBERS}")
    gesture = ballot(run.env, MEMBERS)
    run.env.invalidate_all()
    run.once(lambda: (gesture(), run.env.flush_all()))


@case(
    "Lire le tableau de la séance",
    size="69 membres, 250 points",
    goal="p95 < 500 ms",
)
def console(run):
    seance = meeting(run.env, MEMBERS, items=ITEMS, state="open")
    seance.console_move(seance._get_members().ids, True)
    seance.console_open_point(seance.point_ids[0].id)
    run.env.flush_all()

    def read():
        run.env.invalidate_all()
        return seance.console_read()

    table = run.measure(read, times=10)
    assert len(table["points"]) == ITEMS


@case("Renuméroter l'ordre du jour", size="250 points", goal="p95 < 1 s")
def renumber(run):
    seance = meeting(run.env, FEW, items=ITEMS)

    def move():
        points = seance.point_ids.sorted("rank")
        points[-1].sequence = points[0].sequence - 1
        run.env.flush_all()
        assert points[-1].rank == 1

    run.measure(move, times=10)


@case("Délibérations en données ouvertes (SCDL)", size="1 000 actes", goal="p95 < 1 s")
def open_data(run):
    env = run.env
    seance = meeting(env, FEW, items=ACTS, state="open").sudo()
    seance.console_move(seance._get_members().ids, True)
    roll = seance._get_roll(seance.point_ids[:1])
    vals = {
        "mode": "ordinary",
        "pour": FEW,
        **dict.fromkeys(("contre", "abstention", "blanc", "nul"), 0),
        **dict.fromkeys(("asked_public", "asked_secret"), 0),
        "subject": False,
        **dict.fromkeys(("president_vote", "tie_ruling")),
    }
    votes = env["mairie.vote"]
    votes.create([votes._prepare_vals(point, roll, vals) for point in seance.point_ids])
    model = env["mairie.deliberation"]
    acts = model._number(
        seance.company_id, [model._prepare_vals(point) for point in seance.point_ids]
    )
    page = env["mairie.publication"].search([], limit=1)
    pages = dict.fromkeys(acts.ids, page)
    env.flush_all()

    def render():
        env.invalidate_all()
        return acts._render_open_data(pages)

    content = run.measure(render, times=5)
    assert content.count(b"\r\n") == ACTS + 1


@case(
    "Cas tirés au hasard : quorum, majorités, pouvoirs, tours, salle",
    size="5 fichiers de tests/lib",
    goal="cases ≥ 10000, failures = 0",
)
def chance(run):
    """The law against any count, any coming and going: hypothesis says how many."""
    names = ("ballot", "nomination", "pouvoir", "quorum", "roll")
    pure = ["-p", "no:odoo"]  # the law alone: no database is opened
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--hypothesis-show-statistics",
        *pure,
    ]
    done = run.once(
        lambda: subprocess.run(
            [*command, *(f"tests/lib/test_{name}.py" for name in names)],
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
        )
    )
    counts = re.findall(r"(\d+) passing(?: examples)?, (\d+) failing", done.stdout)
    run.figure("cases", sum(int(passing) for passing, _failing in counts))
    run.figure("failures", sum(int(failing) for _passing, failing in counts))
    assert done.returncode == 0, done.stdout[-500:]
