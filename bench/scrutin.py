"""Elections: seats, sums of the stations, files, results sent by many at once."""

import csv
import importlib.util
import io
import statistics
import time
from itertools import groupby

from mairie_scrutin.lib import (
    candidacies_file,
    journal_chain,
    ministry_record,
    prefecture_record,
    proof_bundle,
)
from mairie_scrutin.lib.seat_allocation import allocate

from devtools import settings

from .frame import case
from .scrutin_live import live_board  # noqa: F401
from .scrutin_phones import (  # noqa: F401
    offline,
    outbox,
    phones,
    post_results,
    stormy_night,
    two_at_once,
)
from .scrutin_public import (  # noqa: F401
    public_crowd,
    public_crowd_alone,
    public_snapshot,
)


def golden_communes(run):
    """[(votes by list, seats, official seats)] of the communes decided in 2026."""
    path = run.data("scrutin/sieges_2026_t1_verifies.csv")
    lines = [x for x in path.read_text().splitlines() if not x.startswith("#")]
    by_commune = groupby(csv.DictReader(lines), key=lambda row: row["code_commune"])
    for _code, group in by_commune:
        rows = list(group)
        votes = {row["rang_liste"]: int(row["voix"]) for row in rows}
        official = {row["rang_liste"]: int(row["sieges_cm_officiels"]) for row in rows}
        yield votes, int(rows[0]["sieges_total"]), official


@case(
    "Sièges de toutes les communes",
    size="4 836 communes du 15 mars 2026",
    goal="median < 1 s, wrong = 0",
    peer="apportionment 1.0",
)
def seats(run):
    communes = list(golden_communes(run))
    found = run.measure(
        lambda: [allocate(v, n, round=1).seats for v, n, _o in communes]
    )
    official = [seats for _votes, _n, seats in communes]
    run.figure("wrong", sum(a != b for a, b in zip(found, official, strict=True)))
    other = run.peer(
        "apportionment 1.0", lambda: [_by_peer(v, n) for v, n, _o in communes]
    )
    wrong = sum(
        list(a) != list(b.values()) for a, b in zip(other, official, strict=True)
    )
    run.note(f"apportionment se trompe sur {wrong} communes (prime donnée à part)")


CANDIDACIES_HEAD = (
    "Code département;Département;Code circonscription;Circonscription;"
    "Numéro de panneau;Libellé abrégé de liste;Libellé de la liste;"
    "Code nuance de liste;Nuance de liste;Tête de liste;Ordre;Sexe;"
    "Nom sur le bulletin de vote;Prénom sur le bulletin de vote;Nationalité;"
    "Code personnalité;CC"
)


def national_candidacies(people=900_000):
    """Lines of a file as long as the ministry's: thirty names in each commune."""
    yield CANDIDACIES_HEAD.encode() + b"\n"
    for number in range(people):
        commune, rank = divmod(number, 30)
        yield (
            f'"49";"Maine-et-Loire";"{commune:05}";"Commune {commune:05}";"1";"ENS";'
            f'"Ensemble pour la commune {commune:05}";"LDIV";"Liste divers";"NON";'
            f'"{rank + 1}";"{"FM"[rank % 2]}";"NOM{number}";"Prénom";"Française";"";'
            f'"{"OUI" if rank < 8 else ""}"\n'
        ).encode()


@case(
    "Lire les candidatures du pays",
    size="900 000 personnes, un fichier de 145 Mo",
    goal="median < 5 s, lists = 1, people = 30",
)
def candidacies(run):
    content = b"".join(national_candidacies())
    size = 1 << 16

    def read():
        chunks = (content[at : at + size] for at in range(0, len(content), size))
        return candidacies_file.read(candidacies_file.decode(chunks), ["00007"])

    found = run.measure(read, times=3)
    run.figure("lists", len(found.lists))
    run.figure("people", sum(len(row.people) for row in found.lists))
    run.note(f"{len(content) // 1_000_000} Mo lus ligne à ligne")


def _by_peer(votes, seats):
    """The peer knows d'Hondt only: the prime and the threshold are done for it."""
    from apportionment import methods

    total = sum(votes.values())
    prime = -(-seats // 2) if seats > 4 else seats // 2
    admitted = [v if 20 * v >= total else 0 for v in votes.values()]
    with_prime = max(range(len(admitted)), key=list(votes.values()).__getitem__)
    shared = methods.compute("dhondt", admitted, seats - prime, verbose=False)
    return [n + prime * (rank == with_prime) for rank, n in enumerate(shared)]


def paris(run):
    """[(code, inscrits, votants, blancs, exprimés, votes by list)] of 897 stations."""
    path = run.data("scrutin/paris_europeennes_2019_bureaux.csv")
    lines = [x for x in path.read_text().splitlines() if not x.startswith("#")]
    head, *rows = csv.reader(lines)
    return head[8:], [
        (row[2], *(int(cell) for cell in row[4:8]), [int(cell) for cell in row[8:]])
        for row in rows
    ]


def load_stations(run, stations, list_count, name):
    """A round with these results, written by COPY as a bulk load is.

    :param stations: [(code, inscrits, votants, blancs, exprimés, votes)]
    :return: (round, seconds of the loading)
    """
    env, cr = run.env, run.env.cr
    scrutin = env["mairie.scrutin"].create(
        {"name": name, "kind": "europeennes", "commune_insee": "75056", "year": 2019}
    )
    tour = env["mairie.scrutin.tour"].create(
        {"scrutin_id": scrutin.id, "date": "2019-05-26", "public_code": name}
    )
    lists = env["mairie.scrutin.candidature"].create(
        [
            {"tour_id": tour.id, "panneau": f"{k:03d}", "sequence": k, "name": f"L{k}"}
            for k in range(1, list_count + 1)
        ]
    )
    env.flush_all()
    start = time.perf_counter()
    company, tables = env.company.id, "mairie_scrutin"
    first = {}
    for table in ("bureau", "bureau_tour", "saisie"):
        cr.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {tables}_{table}")
        first[table] = cr.fetchone()[0]
    rows = {table: io.StringIO() for table in ("bureau", "bt", "saisie", "ligne")}
    for rank, (code, inscrits, votants, blancs, exprimes, votes) in enumerate(stations):
        b, bt, s = (first[t] + rank for t in ("bureau", "bureau_tour", "saisie"))
        rows["bureau"].write(f"{b}\t{code}\t{company}\t75056\tt\n")
        rows["bt"].write(
            f"{bt}\t{tour.id}\t{b}\t{code}\t{inscrits}\t{company}\tvalide\tclos\n"
        )
        nuls = votants - blancs - exprimes
        figures = f"{inscrits}\t{votants}\t{votants}\t{blancs}\t{nuls}\t{exprimes}"
        rows["saisie"].write(
            f"{s}\t{bt}\timport\tdefinitif\t1\t1\t{figures}\t2019-05-26 20:00\n"
        )
        for row, voix in zip(lists.ids, votes, strict=True):
            rows["ligne"].write(f"{s}\t{row}\t{voix}\n")
    columns = {
        "bureau": ("bureau", "id,code,company_id,commune_insee,active"),
        "bt": (
            "bureau_tour",
            "id,tour_id,bureau_id,code,inscrits,company_id,state,phase",
        ),
        "saisie": (
            "saisie",
            "id,bureau_tour_id,source,kind,rang,version,inscrits,votants,emargements,"
            "blancs,nuls,exprimes,create_date",
        ),
        "ligne": ("saisie_ligne", "saisie_id,candidature_id,voix"),
    }
    for key, (table, names) in columns.items():
        rows[key].seek(0)
        cr._obj.copy_expert(f"COPY {tables}_{table} ({names}) FROM STDIN", rows[key])
    cr.execute(
        f"UPDATE {tables}_bureau_tour SET saisie_id = id - %s + %s WHERE tour_id = %s",
        (first["bureau_tour"], first["saisie"], tour.id),
    )
    seconds = time.perf_counter() - start
    cr.execute(f"ANALYZE {tables}_saisie_ligne, {tables}_saisie, {tables}_bureau_tour")
    env.invalidate_all()
    return tour, seconds


@case(
    "Totaux d'un tour",
    size="897 bureaux de Paris × 34 listes (2019)",
    goal="median < 50 ms, wrong = 0",
    peer="pandas",
)
def totals(run):
    import pandas

    names, stations = paris(run)
    tour, _seconds = load_stations(run, stations, len(names), "bench-paris")
    found = run.measure(tour._get_totals, times=30)
    expected = [sum(votes) for votes in zip(*(row[5] for row in stations), strict=True)]
    run.figure(
        "wrong",
        sum(a != b for a, b in zip(found["votes"].values(), expected, strict=True)),
    )
    frame = pandas.DataFrame(
        [
            (row[0], name, n)
            for row in stations
            for name, n in zip(names, row[5], strict=True)
        ],
        columns=["bureau", "liste", "voix"],
    )
    run.peer(
        "pandas groupby (déjà en mémoire)", lambda: frame.groupby("liste").voix.sum()
    )
    entries = tour.bureau_tour_ids.saisie_id

    def naive():
        run.env.invalidate_all()
        votes = {}
        for line in entries.line_ids:
            votes[line.candidature_id.id] = (
                votes.get(line.candidature_id.id, 0) + line.voix
            )

    run.peer("ORM, ligne à ligne", naive, times=1)


@case(
    "Instantané public",
    size="897 bureaux × 34 listes",
    goal="median < 100 ms",
)
def snapshot(run):
    names, stations = paris(run)
    tour, _seconds = load_stations(run, stations, len(names), "bench-instantane")
    run.measure(tour._prepare_public_figures, times=10)


@case(
    "Charge de la France entière",
    size="un huitième de 69 297 bureaux × 34 listes (tout avec BENCH=full)",
    goal="loading < 5 min, p95 < 1 s, wrong = 0, peak < 400 MB",
    peer="pandas",
)
def france(run):
    names, stations = paris(run)
    count = 69_297 if run.full else 69_297 // 8
    many = [(f"F{k:06d}", *stations[k % len(stations)][1:]) for k in range(count)]
    tour, seconds = load_stations(run, many, len(names), "bench-france")
    run.figure("loading", round(seconds, 2))
    found = run.measure(tour._get_totals, times=3, memory=True)
    run.figure("wrong", abs(sum(row[4] for row in many) - found["exprimes"]))
    run.note(f"{count} bureaux, {count * len(names)} lignes chargées par COPY")


@case(
    "Import du fichier de la préfecture",
    size="Toulouse 2026 : 284 bureaux × 10 listes",
    goal="median < 3 s, stations = 284",
)
def import_prefecture(run):
    content = addon_file("demo/toulouse_2026_t1_prefecture.csv")
    scrutin = run.env["mairie.scrutin"].create(
        {"name": "Import", "commune_insee": "31555", "year": 2026, "seat_count": 69}
    )
    tour = run.env["mairie.scrutin.tour"].create(
        {"scrutin_id": scrutin.id, "date": "2026-03-15", "public_code": "bench-import"}
    )
    record = prefecture_record.parse(content)
    run.once(lambda: (tour._import_record(record), run.env.flush_all()))
    run.figure("stations", len(tour.bureau_tour_ids))


def addon_file(path):
    return (settings.ADDONS / "mairie_scrutin" / path).read_bytes()


@case(
    "Lecture d'un fichier du ministère",
    size="8 970 bureaux × 34 listes, format 2026 (305 000 voix)",
    goal="median < 10 s, rows = 8970, peak < 700 MB",
    peer="pandas.read_csv",
)
def read_ministry(run):
    import pandas

    names, stations = paris(run)
    places = [
        ministry_record.Place(
            "75", "75056", f"{k:05d}", row[1], row[2], row[4], row[3],
            row[2] - row[3] - row[4],
            tuple(
                ministry_record.ListVotes(f"{n:03d}", voix, name)
                for n, (name, voix) in enumerate(zip(names, row[5], strict=True), 1)
            ),
        )
        for k, row in enumerate(stations * 10)
    ]  # fmt: skip
    data = ministry_record.write_2026(places).encode()
    found = run.once(lambda: ministry_record.parse(data), memory=True)
    run.figure("rows", len(found.places))
    run.peer(
        "pandas.read_csv (sans contrôle)",
        lambda: pandas.read_csv(io.BytesIO(data), sep=";", dtype=str),
        times=3,
    )


@case(
    "Exports d'un tour",
    size="284 bureaux × 10 listes : préfecture, ministère, long, XLSX, preuve",
    goal="max < 2 s",
)
def exports(run):
    tour = run.env["mairie.scrutin.tour"].search(
        [("public_code", "=", "toulouse-2026-tour-1")]
    )
    for name in ("prefecture", "ministere", "long", "xlsx", "preuve"):
        run.once(lambda name=name: tour._get_export(name))
        run.note(f"{name} {run.seconds[-1] * 1000:.0f} ms")


@case(
    "Vérificateur",
    size="100 000 maillons, preuve complète",
    goal="median < 10 s, faults = 0, peak < 900 MB",
)
def verify(run):
    spec = importlib.util.spec_from_file_location(
        "verifier", settings.ADDONS / "mairie_scrutin/tools/verifier.py"
    )
    verifier = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(verifier)
    values = [
        {"type": "entete", "entete": {"tour": 1}},
        {"type": "listes", "listes": [["001", "Une", ""]]},
        {"type": "bureaux", "bureaux": [f"{k:05d}" for k in range(50_000)]},
    ]
    figures = {"inscrits": 9, "votants": 5, "emargements": 5, "blancs": 0, "nuls": 0}
    for k in range(50_000):
        entry = {"type": "saisie", "bureau": f"{k:05d}", "le": "", "par": "", **figures}
        values.append({**entry, "exprimes": 5, "voix": {"001": 5}})
    for k in range(50_000):
        act = {"evenement": "validation", "bureau": f"{k:05d}", "saisie": k + 3}
        values.append({"type": "journal", **act})
    links, last = [], ""
    for seq, value in enumerate(values):
        payload = journal_chain.canonical(value)
        last = journal_chain.link_hash(last, payload)
        links.append((seq, payload, last))
    totals_ = verifier.recompter(list(enumerate(values)))
    files = proof_bundle.make_files("Mesure", links, {**totals_, "sieges": []}, "")
    found = run.once(lambda: verifier.verifier(files), memory=True)
    run.figure("faults", len(found))
    start = time.perf_counter()
    journal_chain.check(links)
    run.note(f"chaîne seule : {time.perf_counter() - start:.2f} s")


@case(
    "Procès-verbaux prêts à signer, en un PDF",
    size="20 bureaux (284 avec BENCH=full), 10 listes, 3 pages chacun",
    goal="one < 0.5 s, tagged = 1",
    peer="",
)
def minutes(run):
    """Pages of the minutes of Toulouse, 15 March 2026, in figures and words."""
    import io

    from pypdf import PdfReader

    tour = run.env["mairie.scrutin.tour"].search(
        [("public_code", "=", "toulouse-2026-tour-1")]
    )
    stations = tour.bureau_tour_ids[: None if run.full else 20]
    reports = run.env["ir.actions.report"]
    pdf, _kind = run.once(
        lambda: reports._render_qweb_pdf("mairie_scrutin.report_pv", stations.ids)
    )
    run.figure("one", run.seconds[0] / len(stations))
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    run.figure("tagged", int(bool(root["/MarkInfo"]["/Marked"])))
    run.note(f"{len(stations)} bureaux, {len(pdf) // 1000} ko")


@case(
    "Salle de la soirée, lecture entière",
    size="900 bureaux × 34 listes (300 en note)",
    goal="median < 1 s, unchanged < 30 ms",
)
def night_read(run):
    names, stations = paris(run)
    for count in (300, 900):
        many = [
            (f"{count}{k:04d}", *stations[k % len(stations)][1:]) for k in range(count)
        ]
        tour, _s = load_stations(run, many, len(names), f"bench-soiree-{count}")

        def read(tour=tour):
            run.env.registry.clear_cache("default")
            run.env.invalidate_all()
            return tour.get_night()

        found = run.measure(read, times=5)
        run.note(f"{count} bureaux : {statistics.median(run.seconds) * 1000:.0f} ms")
    start = time.perf_counter()
    for _turn in range(20):
        tour.get_night(found["version"])
    run.figure("unchanged", (time.perf_counter() - start) / 20)


@case(
    "Scellement d'une ligne",
    size="au bout d'une chaîne de 20 000 maillons, 900 bureaux",
    goal="median < 15 ms, whole < 30 s",
)
def sealing(run):
    names, stations = paris(run)
    tour, _s = load_stations(run, stations, len(names), "bench-scellement")
    from odoo.addons.mairie_scrutin.tools import sealing as tool  # run.env loaded it

    insert = (
        "INSERT INTO mairie_scrutin_journal (tour_id, event, detail, user_id, "
        "create_date) SELECT %s, 'export', n::text, %s, now() at time zone 'UTC' "
        "FROM generate_series(1, %s) n RETURNING id"
    )
    cr = run.env.cr
    cr.execute(insert, [tour.id, run.env.uid, 19_000])
    start = time.perf_counter()
    links, _hash = tool.seal(cr, tour.id)
    run.figure("whole", time.perf_counter() - start)
    run.note(f"{links} maillons posés d'un coup")

    def one():
        cr.execute(insert, [tour.id, run.env.uid, 1])
        tool.seal(cr, tour.id, {"journal": [cr.fetchone()[0]]})

    run.measure(one, times=50)
