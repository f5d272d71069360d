"""Elections: phones of the stations, many at once, without network, under faults."""

import time
from concurrent.futures import ThreadPoolExecutor

from devtools import evening, simulator

from .frame import case


def kept_entries(run, tour):
    """Keys of the sendings that became an entry of the round."""
    with run.town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.uuid FROM mairie_scrutin_saisie s JOIN mairie_scrutin_bureau_tour b "
            "ON b.id = s.bureau_tour_id WHERE b.tour_id = %s",
            [tour],
        )
        return [row[0] for row in cursor.fetchall()]


def check_chain(run, tour):
    """Figure ``chain faults``: the whole chain read again, on the server's side."""
    out = run.town.execute(
        f"found = env['mairie.scrutin.tour'].browse({tour})._check_integrity()\n"
        "print('FAULTS', len(found[1]), found[0]['count'])"
    )
    (line,) = [row for row in out.splitlines() if "FAULTS" in row]
    faults, links = line.split("FAULTS")[1].split()
    run.figure("chain faults", int(faults))
    run.note(f"chaîne de {links} maillons relue")


def check_kept(run, tour, answers):
    """Figures ``lost`` and ``doubled``."""
    kept = kept_entries(run, tour)
    acked = {answer.uuid for answer in answers if answer.status == 200}
    run.figure("lost", len(acked - set(kept)))
    run.figure("doubled", len(kept) - len(set(kept)))


@case(
    "Envoi d'un résultat par téléphone",
    size="60 bureaux × 12 listes, 15 par seconde, 20 % rejoués",
    goal="p95 < 300 ms, lost = 0, doubled = 0, chain faults = 0",
)
def post_results(run):
    night = simulator.prepare(run.town, stations=60, lists=12, name="bench-envoi")
    network = simulator.Network(replay=0.2)
    phones = [simulator.Phone(run.town.url, row, network) for row in night.stations]
    simulator.in_parallel([phone.enter for phone in phones], 4)
    turns = 10 if run.full else 4
    jobs = [
        (k / 15, phones[k % 60], simulator.result(night.list_ids, k), k // 60 or None)
        for k in range(60 * turns)
    ]
    start = time.monotonic()

    def send(at, phone, data, base):
        time.sleep(max(start + at - time.monotonic(), 0))
        return phone.send("result", night.tour, data, base)

    answers = simulator.in_parallel([lambda job=job: send(*job) for job in jobs], 24)
    run.record([answer.seconds for answer in answers if answer.status == 200])
    check_kept(run, night.tour, answers)
    refused = sum(answer.status != 200 for answer in answers)
    run.note(
        f"{len(answers)} envois en {time.monotonic() - start:.0f} s, {refused} refusés"
    )
    check_chain(run, night.tour)


@case(
    "Téléphone hors réseau",
    size="40 envois, 30 % de pertes, horloge fausse de 2 h",
    goal="total < 60 s, lost = 0, doubled = 0",
)
def offline(run):
    night = simulator.prepare(run.town, stations=1, lists=12, name="bench-hors-reseau")
    network = simulator.Network(loss=0.3, silence=0.3, replay=0.2)
    phone = simulator.Phone(
        run.town.url, night.stations[0], network, skew=-7200
    ).enter()
    answers = []

    def evening():
        for k in range(40):
            tell = {"hour": 8 + k / 5, "votants": 10 * k}
            answers.append(phone.send("turnout", night.tour, tell))

    run.once(evening)
    with run.town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.uuid, p.votants FROM mairie_scrutin_participation p "
            "JOIN mairie_scrutin_bureau_tour b ON b.id = p.bureau_tour_id "
            "WHERE b.tour_id = %s ORDER BY p.id",
            [night.tour],
        )
        kept = cursor.fetchall()
    run.figure(
        "lost",
        len({a.uuid for a in answers if a.status == 200} - {k for k, _v in kept}),
    )
    run.figure("doubled", len(kept) - len({k for k, _v in kept}))
    run.note(
        f"ordre gardé : {'oui' if [v for _k, v in kept] == sorted(v for _k, v in kept) else 'non'}"
    )


@case(
    "Tous les téléphones à la fois",
    size="300 bureaux × 12 listes (900 avec BENCH=full) : 15 par seconde, puis tous "
    "d'un coup",
    goal="median < 150 ms, p95 < 300 ms, at once ≥ 15, lost = 0, doubled = 0, "
    "chain faults = 0",
)
def phones(run):
    """Paris: each station sends its result within a minute, then corrects it at once."""
    count = 900 if run.full else 300
    night = simulator.prepare(
        run.town, stations=count, lists=12, name="bench-telephones", let_in=True
    )
    held = [simulator.Phone(run.town.url, row) for row in night.stations]
    start = time.monotonic()

    def send(rank):
        time.sleep(max(start + rank / 15 - time.monotonic(), 0))
        data = simulator.result(night.list_ids, rank)
        return held[rank].send("result", night.tour, data)

    answers = simulator.in_parallel([lambda k=k: send(k) for k in range(count)], 24)
    run.record([answer.seconds for answer in answers])
    begun = time.monotonic()
    again = simulator.in_parallel(
        [
            lambda k=k: held[k].send(
                "result", night.tour, simulator.result(night.list_ids, k + 1), 1
            )
            for k in range(count)
        ],
        24,
    )
    run.figure("at once", count / (time.monotonic() - begun))
    check_kept(run, night.tour, answers + again)
    check_chain(run, night.tour)


@case(
    "Retour du réseau (R8)",
    size="202 envois gardés sur un téléphone, partis par 40",
    goal="total < 10 s, lost = 0, doubled = 0",
)
def outbox(run):
    night = simulator.prepare(
        run.town, stations=1, lists=12, name="bench-retour", let_in=True
    )
    phone = simulator.Phone(run.town.url, night.stations[0])
    kept = [
        phone.prepare("turnout", night.tour, {"hour": 8 + k / 60, "votants": 2 * k})
        for k in range(201)
    ]
    kept.append(phone.prepare("closing", night.tour, {"hour": 18.0, "votants": 500}))
    answers = []

    def leave():
        for start in range(0, len(kept), 40):
            answers.extend(phone.send_together(kept[start : start + 40]))

    run.once(leave)
    acked = {
        row["uuid"]
        for row, answer in zip(kept, answers, strict=True)
        if answer["status"] == 200
    }
    with run.town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.uuid FROM mairie_scrutin_participation p "
            "JOIN mairie_scrutin_bureau_tour b ON b.id = p.bureau_tour_id "
            "WHERE b.tour_id = %s",
            [night.tour],
        )
        found = [row[0] for row in cursor.fetchall()]
    run.figure("lost", len(kept) - len(acked & set(found)))
    run.figure("doubled", len(found) - len(set(found)))
    begun = time.perf_counter()
    one = phone.prepare("turnout", night.tour, {"hour": 12.5, "votants": 600})
    phone.send_together([one])
    run.note(f"un envoi seul : {(time.perf_counter() - begun) * 1000:.0f} ms")


@case(
    "Nuit sous les pannes (R5)",
    size="12 bureaux × 2 téléphones × 8 envois, 6 processus tués "
    "(60 × 4 × 30 et 50 avec BENCH=full)",
    goal="lost = 0, doubled = 0, silence ≤ 1 s, incoherent = 0, chain faults = 0",
)
def stormy_night(run):
    stations, devices, sends, kills = (60, 4, 30, 50) if run.full else (12, 2, 8, 6)
    night = simulator.prepare(run.town, stations=stations, name="bench-pannes")
    network = simulator.Network(loss=0.05, silence=0.05, replay=0.2)
    held = [
        simulator.Phone(run.town.url, station, network)
        for station in night.stations
        for _device in range(devices)
    ]
    simulator.in_parallel([phone.enter for phone in held], 8)
    killer = simulator.Killer(run.town, kills, 1.5)
    probe, board = simulator.Probe(run.town.url), evening.Board(run.town, night.tour)
    reads, over = [], []

    def watch():
        while not over:
            reads.append(board.read())

    with ThreadPoolExecutor(1) as watcher:
        watcher.submit(watch)
        killer.start()
        probe.start()
        jobs = [
            lambda phone=phone, seed=seed: evening.play(phone, night, sends, seed)
            for seed, phone in enumerate(held)
        ]
        answers = [row for rows in simulator.in_parallel(jobs, 10) for row in rows]
        over.append(True)
        killer.stop()
        run.figure("silence", probe.stop())
    run.record([answer.seconds for answer in answers if answer.status == 200])
    results = [answer for answer in answers if answer.kind == "result"]
    check_kept(run, night.tour, results)
    seen = [read for read in reads if read]
    run.figure("incoherent", sum(votes != exprimes for votes, exprimes in seen))
    run.note(
        f"{len(answers)} envois, {killer.killed} processus tués, {len(seen)} lectures"
    )
    check_chain(run, night.tour)


@case(
    "Deux personnes sur un bureau (R6)",
    size="30 fois deux résultats partis ensemble de la même version",
    goal="overwritten = 0, told = 30",
)
def two_at_once(run):
    night = simulator.prepare(run.town, stations=1, lists=4, name="bench-deux")
    pair = [
        simulator.Phone(run.town.url, night.stations[0]).enter(name)
        for name in ("A", "B")
    ]
    overwritten, told = 0, 0
    for base in range(30):
        jobs = [
            lambda phone=phone, rank=rank, base=base: phone.send(
                "result", night.tour, simulator.result(night.list_ids, rank), base
            )
            for rank, phone in enumerate(pair, 2 * base)
        ]
        answers = simulator.in_parallel(jobs, 2)
        overwritten += sum(answer.status == 200 for answer in answers) - 1
        losers = [answer for answer in answers if answer.status == 409]
        told += sum(answer.body["current"]["version"] == base + 1 for answer in losers)
        run.seconds += [answer.seconds for answer in answers]
    run.figure("overwritten", overwritten)
    run.figure("told", told)
