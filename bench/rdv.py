"""Appointments: how long citizens wait for the times, beside OCA resource_booking.

The same month on both sides: desks open 8 h to 12 h and 13 h 30 to 17 h 30 on working
days, times of 20 minutes, 60 % of them taken at random with a fixed seed.
"""

import contextlib
import csv
import io
import itertools
import logging
import random
import re
import secrets
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import requests

from .frame import case

SEED = 20260601
PARIS, UTC = ZoneInfo("Europe/Paris"), ZoneInfo("UTC")
HOURS = ((8, 0), (13, 30))
STEPS = 12  # of 20 minutes in four hours
PEER = "resource_booking"
BOOKED = 2880


#: codes that no appointment of the town has: they hold a 0
codes = (
    "0" + "".join(rest) for rest in itertools.product("23456789ABCDEFGHJK", repeat=5)
)


def month():
    """First and last day of the month after the next one begins."""
    first = (date.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def times(first, last):
    """Every start of the month, as naive UTC."""
    for index in range((last - first).days + 1):
        day = first + timedelta(days=index)
        if day.weekday() < 5:
            for hour, minute in HOURS:
                wall = datetime(
                    day.year, day.month, day.day, hour, minute, tzinfo=PARIS
                )
                begin = wall.astimezone(UTC).replace(tzinfo=None)
                yield from (begin + timedelta(minutes=20 * n) for n in range(STEPS))


def town_hall(env, desks, first, last):
    """A place with desks that open as above; return it with its procedure."""
    lieu = env["mairie.rdv.lieu"].create({"name": "Mesure", "tz": "Europe/Paris"})
    demarche = env["mairie.rdv.demarche"].create(
        {"name": "Mesure", "slug": secrets.token_hex(4), "duration": 20,
         "lead_max_days": 120}
    )  # fmt: skip
    guichets = env["mairie.rdv.guichet"].create(
        [
            {"name": str(i), "lieu_id": lieu.id, "demarche_ids": [(6, 0, demarche.ids)]}
            for i in range(desks)
        ]
    )
    env["mairie.rdv.ouverture"].create(
        [
            {
                "lieu_id": lieu.id,
                "guichet_ids": [(6, 0, guichets.ids)],
                "weekday": str(weekday),
                "hour_from": hour + minute / 60,
                "hour_to": hour + minute / 60 + 4,
            }
            for weekday in range(5)
            for hour, minute in HOURS
        ]
    )
    return lieu, demarche, guichets


def taken(first, last, desks, count):
    """(desk number, start) of what is booked: the same on both sides."""
    dice = random.Random(SEED)
    every = [(desk, start) for desk in range(desks) for start in times(first, last)]
    return sorted(dice.sample(every, count))


def book_here(env, lieu, demarche, guichets, rows):
    env.cr.executemany(
        """
        INSERT INTO mairie_rdv (code, access_token, demarche_id, lieu_id, company_id,
               guichet_id, place, persons, start, stop, busy_start, busy_stop, state,
               origin, create_date, write_date)
        VALUES (%s, %s, %s, %s, %s, %s, 1, 1, %s, %s, %s, %s, 'confirmed', 'web',
                now(), now())
        """,
        [
            (next(codes), secrets.token_urlsafe(16), demarche.id, lieu.id,
             lieu.company_id.id, guichets[desk].id, start, stop, start, stop)
            for desk, start in rows
            for stop in [start + timedelta(minutes=20)]
        ],
    )  # fmt: skip
    env.cr.execute("ANALYZE mairie_rdv")


def peer_ready(run):
    """Install the peer on the private copy, once; its data are rolled back."""
    copy = run.bench.copy
    if getattr(copy, "has_peer", False):
        return
    subprocess.run(
        copy.odoo.command("-d", copy.db, "-i", PEER, "--stop-after-init", "--no-http",
                          "--log-level=error"),
        check=True,
        capture_output=True,
    )  # fmt: skip
    copy.has_peer = True


def book_there(env, desks, rows):
    """The same month in resource_booking; return a booking that looks for a time."""
    calendar = env["resource.calendar"].create(
        {
            "name": "Mesure",
            "tz": "Europe/Paris",
            "attendance_ids": [
                (0, 0, {"name": "x", "dayofweek": str(weekday), "day_period": period,
                        "hour_from": hour + minute / 60,
                        "hour_to": hour + minute / 60 + 4})
                for weekday in range(5)
                for (hour, minute), period in zip(
                    HOURS, ("morning", "afternoon"), strict=True
                )
            ],
        }
    )  # fmt: skip
    resources = env["resource.resource"].create(
        [
            {"name": f"Guichet {i}", "resource_type": "material", "tz": "Europe/Paris",
             "calendar_id": calendar.id}
            for i in range(desks)
        ]
    )  # fmt: skip
    combinations = env["resource.booking.combination"].create(
        [{"resource_ids": [(6, 0, resource.ids)]} for resource in resources]
    )
    kind = env["resource.booking.type"].create(
        {
            "name": "Mesure",
            "duration": 1 / 3,
            "slot_duration": 1 / 3,
            "resource_calendar_id": calendar.id,
            "combination_rel_ids": [
                (0, 0, {"combination_id": combination.id})
                for combination in combinations
            ],
        }
    )
    partner = env["res.partner"].create({"name": "Mesure"})
    vals = {"type_id": kind.id, "partner_ids": [(6, 0, partner.ids)]}
    env.flush_all()
    for desk, start in rows:
        stop = start + timedelta(minutes=20)
        env.cr.execute(
            "INSERT INTO calendar_event (name, start, stop, active, allday, privacy, "
            "show_as, user_id) VALUES ('x', %s, %s, true, false, 'public', 'busy', %s) "
            "RETURNING id",
            [start, stop, env.uid],
        )
        env.cr.execute(
            "INSERT INTO resource_booking (active, meeting_id, combination_id, type_id, "
            "state, start, stop, duration, combination_auto_assign) "
            "VALUES (true, %s, %s, %s, 'scheduled', %s, %s, %s, false)",
            [env.cr.fetchone()[0], combinations[desk].id, kind.id, start, stop, 1 / 3],
        )
    env.cr.execute("ANALYZE calendar_event")
    env.cr.execute("ANALYZE resource_booking")
    env.invalidate_all()
    return env["resource.booking"].create({**vals, "combination_auto_assign": True})


def count_queries(env, function):
    env.invalidate_all()
    before = env.cr.sql_log_count
    function()
    return env.cr.sql_log_count - before


@case(
    "Un mois de places",
    size="10 guichets, 2 880 rendez-vous",
    goal="p95 < 150 ms, faster ≥ 10, queries ≤ 14, growth = 0",
    peer="OCA resource_booking 19.0",
)
def month_of_times(run):
    peer_ready(run)
    env, (first, last) = run.env, month()
    one = town_hall(env, 1, first, last)
    few = count_queries(env, lambda: one[1]._get_slots(one[0], first, last))
    lieu, demarche, guichets = town_hall(env, 10, first, last)
    rows = taken(first, last, 10, BOOKED)
    book_here(env, lieu, demarche, guichets, rows)
    queries = count_queries(env, lambda: demarche._get_slots(lieu, first, last))

    def ours():
        env.invalidate_all()
        return demarche._get_slots(lieu, first, last)

    found = run.measure(ours, times=30)
    booking = book_there(env, 10, rows)

    def theirs():
        env.invalidate_all()
        return booking._get_calendar_context(first.year, first.month)["slots"]

    slots = run.peer("resource_booking", theirs, times=3)
    ours_by_day = {day: len(offers) for day, offers in found.items()}
    same = sum(len(slots.get(day, ())) == count for day, count in ours_by_day.items())
    median = sorted(run.seconds)[len(run.seconds) // 2]
    run.figure("faster", sorted(run.peers["resource_booking"])[1] / median)
    run.figure("queries", queries)
    run.figure("growth", queries - few)
    run.note(
        f"{len(rows)} rendez-vous, {sum(ours_by_day.values())} places ; "
        f"{same} jours sur {len(ours_by_day)} identiques des deux côtés ; "
        f"resource_booking : {count_queries(env, theirs)} requêtes SQL"
    )


@case(
    "Un mois de places, du village à l'agglomération",
    size="1, 4, 10 et 30 guichets ; libres, pris à 60 %, à 95 %",
    goal="p95 < 150 ms, growth = 0",
    peer="OCA resource_booking 19.0",
)
def month_of_each_size(run):
    peer_ready(run)
    env, (first, last) = run.env, month()
    starts, seconds, queries = len(list(times(first, last))), [], set()
    for desks in (1, 4, 10, 30):
        for share in (0, 60, 95):
            rows = taken(first, last, desks, starts * desks * share // 100)
            with contextlib.closing(env.cr.savepoint()) as point:
                lieu, demarche, guichets = town_hall(env, desks, first, last)
                book_here(env, lieu, demarche, guichets, rows)

                def ours(demarche=demarche, lieu=lieu):
                    env.invalidate_all()
                    return demarche._get_slots(lieu, first, last)

                queries.add(count_queries(env, ours))
                found = [seconds_of(ours) for _turn in range(5)]
                seconds += found
                words = f"{desks} guichets à {share} % : {max(found) * 1000:.0f} ms"
                if share == 60:
                    booking = book_there(env, desks, rows)
                    env.invalidate_all()
                    theirs = seconds_of(
                        lambda booking=booking: booking._get_calendar_context(
                            first.year, first.month
                        )
                    )
                    words += f", resource_booking {theirs * 1000:.0f} ms"
                run.note(words)
                point.rollback()
                env.invalidate_all()
    run.record(seconds)
    run.figure("growth", max(queries) - min(queries))


def seconds_of(function):
    begun = time.perf_counter()
    function()
    return time.perf_counter() - begun


@case(
    "Prochaine place, tous lieux",
    size="première place à 5 jours, à 80 jours, jamais",
    goal="p95 < 150 ms",
)
def next_place(run):
    env = run.env
    env["mairie.rdv.demarche"].search([]).active = False
    seconds = []
    for wait in (5, 80, None):
        day = date.today() + timedelta(days=wait or 300)
        demarches = env["mairie.rdv.demarche"]
        for _index in range(4):
            lieu, demarche, guichets = town_hall(env, 10, day, day)
            env["mairie.rdv.ouverture"].search([("lieu_id", "=", lieu.id)]).write(
                {"date_from": day}
            )
            demarche.lead_max_days = 120
            demarches += demarche

        def look(demarches=demarches):
            env.invalidate_all()
            return demarches._get_first_slots()

        found = look()
        assert len(found) == (4 if wait else 0)
        run.measure(look, times=10)
        seconds += run.seconds
    run.record(seconds)
    run.note("4 démarches, 4 lieux, 40 guichets, 90 jours et plus parcourus")


@case(
    "France Titres",
    size="5 lieux, 90 jours, 20 guichets, 18 000 rendez-vous",
    goal="p95 < 1 s, queries ≤ 14",
)
def machine_search(run):
    env, today = run.env, date.today()
    first, last = today, today + timedelta(days=90)
    places, demarches = env["mairie.rdv.lieu"], env["mairie.rdv.demarche"]
    for _index in range(5):
        lieu, demarche, guichets = town_hall(env, 4, first, last)
        places, demarches = places + lieu, demarches + demarche
        rows = taken(first, last, 4, 3600)
        book_here(env, lieu, demarche, guichets, rows)

    def look():
        env.invalidate_all()
        return demarches._get_offer(places, first, last, 1, "ants")

    found = run.measure(look, times=10)
    run.figure("queries", count_queries(env, look))
    run.note(f"{len(found)} places")


@case(
    "Réserver : garder, puis confirmer",
    size="10 guichets, 2 880 rendez-vous",
    goal="median < 60 ms, hold queries ≤ 25, confirm queries ≤ 25",
    peer="OCA resource_booking 19.0",
)
def booking(run):
    peer_ready(run)
    env, (first, last) = run.env, month()
    lieu, demarche, guichets = town_hall(env, 10, first, last)
    rows = taken(first, last, 10, BOOKED)
    book_here(env, lieu, demarche, guichets, rows)
    env["ir.config_parameter"].set_param("mairie_rdv.holds_per_ip", "1000")
    env["ir.config_parameter"].set_param("mairie_rdv.bookings_per_ip", "1000")
    free = iter(demarche._get_offer(lieu, first, last))
    rdvs = env["mairie.rdv"]
    tokens = []

    def hold():
        offer = next(free)
        key = secrets.token_urlsafe(16)
        value = f"{offer.local:%Y-%m-%dT%H:%M}"
        args = demarche.id, lieu.id, value, 1, key, "192.0.2.7"
        tokens.append(rdvs._hold_public(*args))
        env.flush_all()

    def confirm():
        number = len(tokens)
        form = {"first_name": "Léa", "last_name": "Martin", "email": f"m{number}@ex.fr"}
        rdvs._confirm_public(tokens[-1], form)
        env.flush_all()

    def both():
        hold()
        confirm()

    run.measure(both, times=20)
    run.figure("hold queries", count_queries(env, hold))
    run.figure("confirm queries", count_queries(env, confirm))
    looking = book_there(env, 10, rows)
    busy = {(desk, start) for desk, start in rows}
    starts = (
        s for s in times(first, last) if any((d, s) not in busy for d in range(10))
    )

    def theirs():
        fresh = looking.copy()
        fresh.write({"start": next(starts)})
        env.flush_all()

    run.peer("resource_booking", theirs, times=3)


@case(
    "Ruée sur une même place",
    size="8 usagers à la fois, 40 places",
    goal="doubles = 0, refused without choice = 0, errors = 0, p95 < 2 s",
)
def rush(run):
    town = run.town
    day = date.today() + timedelta(days=20)
    town.execute(
        f"""
env["ir.config_parameter"].set_param("mairie_rdv.holds_per_ip", "100000")
env["ir.config_parameter"].set_param("mairie_rdv.bookings_per_ip", "100000")
lieu = env["mairie.rdv.lieu"].create({{"name": "Ruée", "tz": "Europe/Paris"}})
demarche = env["mairie.rdv.demarche"].create(
    {{"name": "Ruée", "slug": "ruee", "duration": 20, "lead_min_hours": 0}})
guichets = env["mairie.rdv.guichet"].create([
    {{"name": str(i), "lieu_id": lieu.id, "demarche_ids": [(6, 0, demarche.ids)]}}
    for i in range(2)])
env["mairie.rdv.ouverture"].create({{"lieu_id": lieu.id, "kind": "date",
    "guichet_ids": [(6, 0, guichets.ids)], "date_from": "{day}",
    "hour_from": 8.0, "hour_to": 15.0}})
"""
    )
    url = f"{town.url}/rdv/ruee/quand"
    citizens = []
    for _index in range(8):
        session = requests.Session()
        page = session.get(url, timeout=60).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        citizens.append((session, token))

    def ask(citizen, start):
        session, token = citizen
        form = {"csrf_token": token, "start": start, "key": secrets.token_urlsafe(16)}
        begun = time.perf_counter()
        answer = session.post(url, data=form, allow_redirects=False, timeout=60)
        seconds = time.perf_counter() - begun
        return answer.status_code, 'name="start"' in answer.text, seconds

    answers = []
    with ThreadPoolExecutor(8) as pool:
        for index in range(20):
            start = f"{day}T{8 + index // 3:02}:{index % 3 * 20:02}"
            answers += pool.map(lambda c, s=start: ask(c, s), citizens)
    run.record([seconds for _status, _choice, seconds in answers])
    won = sum(status == 303 for status, _choice, _seconds in answers)
    run.figure("doubles", max(won - 40, 0))
    losers = [choice for status, choice, _seconds in answers if status == 409]
    # The last time leaves nothing to choose from but other days: there is none.
    run.figure("refused without choice", sum(not choice for choice in losers[:-16]))
    run.figure("errors", sum(status not in (303, 409) for status, _c, _s in answers))
    run.note(f"{len(answers)} demandes, {won} servies")


# -- France Titres, the day, the nights ---------------------------------------------


def published(env, count, desks, first, last, bookings):
    """Places in the search of France Titres, each with desks and bookings."""
    places = env["mairie.rdv.lieu"]
    for _index in range(count):
        lieu, demarche, guichets = town_hall(env, desks, first, last)
        demarche.write({"stage": "depot", "ants_reason": "CNI-PASSPORT"})
        demarche.persons_max = 4
        lieu.write(
            {"street": "1 rue", "zip": "49000", "city": "Angers", "ants_latitude": 47.4,
             "ants_longitude": -0.5, "ants_published": True}
        )  # fmt: skip
        book_here(env, lieu, demarche, guichets, taken(first, last, desks, bookings))
        places += lieu
    return places


@case(
    "France Titres, trois adresses",
    size="1, 5 et 30 lieux, 30 et 90 jours, 1 et 4 personnes ; 4 guichets par lieu",
    goal="p95 < 1 s, thirty < 3 s, points < 200 ms, numbers < 300 ms, growth = 0",
)
def france_titres(run):
    env, today = run.env, date.today()

    from odoo.addons.mairie_rdv.lib.ants import read_slot_search

    last = today + timedelta(days=90)
    env["mairie.rdv.lieu"].search([]).ants_published = False
    places = published(env, 30, 4, today, last, 1800)
    ants = env["mairie.rdv.ants"]

    def look(count, days, persons):
        search = read_slot_search(
            {
                "meeting_point_ids": places[:count].mapped("ants_point_id"),
                "start_date": [today.isoformat()],
                "end_date": [(today + timedelta(days=days)).isoformat()],
                "documents_number": [str(persons)],
            }
        )
        env.invalidate_all()
        begin = time.perf_counter()
        found = ants._get_slots(search)
        return time.perf_counter() - begin, sum(map(len, found.values()))

    seen = {}
    for count in (1, 5, 30):
        for days in (30, 90):
            for persons in (1, 4):
                tries = [look(count, days, persons) for _try in range(4)]
                seen[count, days, persons] = max(seconds for seconds, _n in tries[1:])
                run.note(
                    f"{count} lieux × {days} jours × {persons} pers. : "
                    f"{seen[count, days, persons] * 1000:.0f} ms, {tries[0][1]} places"
                )
    run.record([look(5, 90, 1)[0] for _try in range(10)])
    run.figure("thirty", max(seen[30, 90, 1], seen[30, 90, 4]))
    growth = count_queries(env, lambda: look(30, 90, 1))
    run.figure("growth", growth - count_queries(env, lambda: look(1, 30, 1)))
    begin = time.perf_counter()
    points = ants._get_points()
    run.figure("points", time.perf_counter() - begin)
    assert len(points) == 30
    rdvs = env["mairie.rdv"].search([("lieu_id", "in", places.ids)], limit=20)
    numbers = [f"NUM{index:07}" for index in range(20)]
    env["mairie.rdv.personne"].create(
        [
            {"rdv_id": rdv.id, "application_id": number}
            for rdv, number in zip(rdvs, numbers, strict=False)
        ]
    )
    env.invalidate_all()
    begin = time.perf_counter()
    ants._search_applications(numbers)
    run.figure("numbers", time.perf_counter() - begin)


@case(
    "Accueil du jour",
    size="30 guichets, 600 rendez-vous dans la journée",
    goal="p95 < 300 ms, growth = 0",
)
def day_of_thirty_desks(run):
    env, today = run.env, date.today()
    day = today + timedelta(days=(7 - today.weekday()) % 7)

    def town(desks):
        lieu, demarche, guichets = town_hall(env, desks, day, day)
        rows = taken(day, day, desks, 20 * desks)
        book_here(env, lieu, demarche, guichets, rows)
        lieu.user_ids = env.user
        return lieu

    rdvs = env["mairie.rdv"]
    env.user.group_ids += env.ref("mairie_rdv.group_responsable")
    one, many = town(1), town(30)

    def read(lieu):
        env.invalidate_all()
        return rdvs.get_desk_day(lieu.id, day.isoformat())

    few = count_queries(env, lambda: read(one))
    shown = run.measure(lambda: read(many), times=15)
    assert len(shown["rdvs"]) == 600
    run.figure("growth", count_queries(env, lambda: read(many)) - few)
    run.note(f"{few} requêtes SQL")


EXPORTED = ["code", "start", "stop", "demarche_id", "lieu_id", "guichet_id", "persons",
            "contact_name", "email", "phone", "origin", "state", "arrived_at",
            "called_at", "done_at"]  # fmt: skip


@case(
    "Exporter une année",
    size="4 guichets, 10 000 rendez-vous, 15 colonnes, en CSV",
    goal="total < 30 s, rows = 10000",
)
def export_of_a_year(run):
    """What the button of a list does, up to the text of the file."""
    env, first = run.env, date.today() - timedelta(days=400)
    last = first + timedelta(days=380)
    lieu, demarche, guichets = town_hall(env, 4, first, last)
    book_here(env, lieu, demarche, guichets, taken(first, last, 4, 10_000))
    rdvs = env["mairie.rdv"]

    def export():
        env.invalidate_all()
        found = rdvs.search([("lieu_id", "=", lieu.id)])
        text = io.StringIO()
        csv.writer(text).writerows(found.export_data(EXPORTED)["datas"])
        return text.getvalue()

    run.figure("rows", len(run.once(export).splitlines()))


@case(
    "Effacer à échéance",
    size="60 000 rendez-vous échus (300 000 en forme longue)",
    goal="total < 60 s",
)
def retention(run):
    env = run.env
    count = 300_000 if run.full else 60_000
    lieu, demarche, guichets = town_hall(env, 30, date.today(), date.today())
    env.cr.execute(
        """
        INSERT INTO mairie_rdv (code, access_token, demarche_id, lieu_id, company_id,
               guichet_id, place, persons, start, stop, busy_start, busy_stop, state,
               origin, first_name, last_name, email, create_date, write_date)
        SELECT upper(lpad(to_hex(n), 6, '0')), 'mesure-' || n, %s, %s, %s,
               (%s::int[])[n %% 30 + 1], 1, 1, t, t + interval '20 min', t,
               t + interval '20 min', 'done', 'web', 'Léa', 'Martin', 'lea@ex.fr', t, t
          FROM generate_series(1, %s) n,
               LATERAL (SELECT timestamp '2015-01-05 08:00'
                               + (n / 30) * interval '30 min' AS t) moment
        """,
        [demarche.id, lieu.id, lieu.company_id.id, guichets.ids, count],
    )
    rdvs = env["mairie.rdv"]

    def purge():
        while ids := rdvs._find_due():
            rdvs.browse(ids)._anonymise()

    run.once(purge)
    env.cr.execute(
        "SELECT count(*) FROM mairie_rdv WHERE lieu_id = %s AND last_name IS NOT NULL",
        [lieu.id],
    )
    assert env.cr.fetchone()[0] == 0
    run.note(f"{count / run.seconds[0]:.0f} rendez-vous par seconde")


# -- messages, crowds, strangers -----------------------------------------------------

OPENING = """
env["ir.config_parameter"].set_param("mairie_rdv.holds_per_ip", "100000")
env["ir.config_parameter"].set_param("mairie_rdv.bookings_per_ip", "100000")
lieu = env["mairie.rdv.lieu"].create({{"name": "Ouverture", "tz": "Europe/Paris"}})
demarche = env["mairie.rdv.demarche"].create(
    {{"name": "Ouverture", "slug": "ouverture", "duration": 20, "lead_min_hours": 0}})
guichets = env["mairie.rdv.guichet"].create([
    {{"name": str(i), "lieu_id": lieu.id, "demarche_ids": [(6, 0, demarche.ids)]}}
    for i in range(10)])
env["mairie.rdv.ouverture"].create({{"lieu_id": lieu.id, "kind": "date",
    "guichet_ids": [(6, 0, guichets.ids)], "date_from": "{day}",
    "hour_from": 7.0, "hour_to": 20.0}})
"""


@contextlib.contextmanager
def mute_log(name):
    """Refusals that a case provokes are not to be read in its output."""
    logger = logging.getLogger(name)
    level, logger.level = logger.level, logging.CRITICAL
    try:
        yield
    finally:
        logger.setLevel(level)


@case(
    "Mille rappels",
    size="1 000 rendez-vous ; le serveur de messagerie refuse une fois sur deux",
    goal="total < 60 s, twice = 0, missing = 0",
)
def thousand_reminders(run):
    """Each reminder leaves once, whatever the mail server refuses and the cron repeats."""
    env, day = run.env, date.today() + timedelta(days=1)
    lieu, demarche, guichets = town_hall(env, 50, day, day)
    env.company.write({"mairie_rdv_quiet_from": 1, "mairie_rdv_quiet_to": 1})
    noon = datetime(day.year, day.month, day.day, 6)
    rows = [(i % 50, noon + timedelta(minutes=20 * (i // 50))) for i in range(1000)]
    book_here(env, lieu, demarche, guichets, rows)
    env.cr.execute(
        "UPDATE mairie_rdv SET email = 'rappel-' || id || '@exemple.example', "
        "create_date = now() - interval '9 days' WHERE lieu_id = %s",
        [lieu.id],
    )
    env.invalidate_all()
    dice, received = random.Random(SEED), Counter()

    def send_email(_server, message, *_args, **_kwargs):
        if dice.random() < 0.5:
            raise MailDeliveryException("refused, for this time")
        received[message["To"]] += 1
        return message["Message-Id"]

    from odoo.addons.base.models.ir_mail_server import MailDeliveryException

    servers, crons = type(env["ir.mail_server"]), type(env["ir.cron"])
    rdvs, envois = env["mairie.rdv"], env["mairie.rdv.envoi"]
    ours = [("rdv_id.lieu_id", "=", lieu.id)]

    def night():
        for turn in range(12):
            rdvs._cron_remind()
            env.flush_all()
            env.cr.execute("UPDATE mairie_rdv_envoi SET next_try = '2020-01-01'")
            env.invalidate_all()
            while envois.search_count([*ours, *envois._get_due_domain()]):
                envois._cron_send()
            mails = envois.sudo().search(ours).mail_id
            mails.write({"scheduled_date": False})
            mails.filtered(lambda mail: mail.state == "outgoing").send()
            envois._follow_mails()
            waiting = [*ours, ("state", "not in", ("sent", "failed"))]
            if turn and not envois.search_count(waiting):
                return

    with (
        patch.object(servers, "send_email", send_email),
        patch.object(servers, "_connect__", lambda *_args, **_kwargs: None),
        patch.object(crons, "_commit_progress", return_value=1.0),
        mute_log("odoo.addons.mail"),
    ):
        run.once(night)
    run.figure("twice", sum(count > 1 for count in received.values()))
    # Refused six times in a row: the mairie is told, and sees it in its list.
    given_up = envois.search_count([*ours, ("state", "=", "failed")])
    run.figure("missing", 1000 - len(received) - given_up)
    run.note(f"{len(received)} messages reçus, {given_up} abandonnés et signalés")


@case(
    "Ouverture d'un calendrier",
    size="300 usagers à la fois, parcours entier, 24 connexions de front",
    goal="server errors = 0, unserved = 0, p95 < 2 s",
)
def opening_day(run):
    """Each citizen reads the list, the days, takes a time, confirms, sees the proof."""
    from tests.server.test_rdv_race import Crowd

    town, citizens = run.town, 300 if run.full else 100
    day = date.today() + timedelta(days=20)
    town.execute(OPENING.format(day=day))
    crowd = Crowd(town.url)
    served = crowd.come(citizens, 24)
    run.record(crowd.seconds)
    run.figure("server errors", crowd.broken)
    run.figure("unserved", citizens - served)
    answers = dict(crowd.statuses)
    run.note(f"{citizens} usagers, {len(crowd.seconds)} pages ; réponses {answers}")


@case(
    "Adresses de France Titres sous schemathesis",
    size="toute notre description, cas permis et interdits",
    goal="cases ≥ 2000, faults = 0",
)
def fuzz_france_titres(run):
    from tests.server.test_rdv_ants_fuzz import cases_of, fuzz

    code, words = run.once(lambda: fuzz(run.town.url, examples=900))
    run.figure("cases", cases_of(words))
    run.figure("faults", code + len(run.town.complaints()))
    if code:
        run.note(" ".join(words[-600:].split()))


# -- a big town, last: its rows stay -------------------------------------------------

#: appointments since 1985 at the first desk of the town, one each half hour
MANY = """
INSERT INTO mairie_rdv (code, access_token, demarche_id, lieu_id, company_id, guichet_id,
       place, persons, start, stop, busy_start, busy_stop, state, origin, create_date,
       write_date)
SELECT upper(lpad(to_hex(n), 6, '0')), 'ville-' || n, demarche.id, desk.lieu_id,
       desk.company_id, desk.id, 1, 1, t, t + interval '20 min', t,
       t + interval '20 min', 'done', 'web', t, t
  FROM generate_series(1, %s) n,
       LATERAL (SELECT timestamp '1985-01-05 08:00' + n * interval '30 min' AS t) moment,
       (SELECT id FROM mairie_rdv_demarche ORDER BY id LIMIT 1) demarche,
       (SELECT id, lieu_id, company_id FROM mairie_rdv_guichet ORDER BY id LIMIT 1) desk
"""


@case(
    "Installer et mettre à jour une grande ville",
    size="64 000 rendez-vous (640 000 en forme longue)",
    goal="constraint < 3 min, update < 60 s",
)
def update_of_a_city(run):
    """The constraint of what is there already, then the update of the addon."""
    count, town = 640_000 if run.full else 64_000, run.bench.copy
    name = "mairie_rdv_no_overlap"
    with contextlib.closing(town.connect()) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(MANY, [count])
        cursor.execute(
            "SELECT pg_get_constraintdef(oid), obj_description(oid)"
            "  FROM pg_constraint WHERE conname = %s",
            [name],
        )
        rule, comment = cursor.fetchone()
        cursor.execute(f"ALTER TABLE mairie_rdv DROP CONSTRAINT {name}")
        add = f"ALTER TABLE mairie_rdv ADD CONSTRAINT {name} {rule}"
        run.figure("constraint", seconds_of(lambda: cursor.execute(add)))
        # What Odoo knows it by: without, the update would make it once more.
        cursor.execute(f"COMMENT ON CONSTRAINT {name} ON mairie_rdv IS %s", [comment])
        command = town.odoo.command("-d", town.db, "-u", "mairie_rdv", "--no-http",
                                    "--stop-after-init", "--log-level=error")  # fmt: skip
        run.once(lambda: subprocess.run(command, check=True, capture_output=True))
        run.figure("update", run.seconds[0])
