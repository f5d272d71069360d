"""Elections: seats, sums of the stations, files, results sent by many at once."""

import csv
from itertools import groupby

from mairie_scrutin.lib import candidacies_file
from mairie_scrutin.lib.seat_allocation import allocate

from .frame import case


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
