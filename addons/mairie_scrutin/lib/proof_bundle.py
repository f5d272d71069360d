"""The files of the proof of a round: what a third party needs to count again.

Pure: texts in, texts out. The chain is the proof; the tables say the same for people
and spreadsheets, and the verifier checks that they do.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from .journal_chain import grouped

FORMAT = "mairie-scrutin-preuve-1"
DETAILS = ("source", "kind", "rang")
FIGURES = ("inscrits", "votants", "emargements", "blancs", "nuls", "exprimes")

README = """PREUVE DES RÉSULTATS : {title}

L'application ne remplace pas le procès-verbal papier signé : lui seul fait foi.
Ce paquet permet à n'importe qui de vérifier que rien n'a été réécrit depuis la saisie,
et de recompter les totaux et les sièges sans notre logiciel.

Ce qu'il contient
- journal.jsonl   la chaîne : une ligne par fait (saisie, validation, réouverture…), avec
                  son numéro « n », son empreinte « h » et son texte « p »
- saisies.csv     chaque version des chiffres de chaque bureau
- listes.csv      les listes ; bureaux.csv : les bureaux
- resultats.json  les totaux et les sièges tels que l'application les a calculés
- empreinte.txt   l'empreinte du jour ({count} lignes)
- verifier.py     le vérificateur : Python 3, bibliothèque standard seulement
- horodatage-…    s'il y en a : l'empreinte et la réponse signée d'une autorité de temps

Comment vérifier
1. Installez Python 3 (python.org), puis, dans ce dossier :
       python3 verifier.py .
2. Pour prouver que rien n'a été coupé ni entièrement réécrit, ajoutez l'empreinte qui a
   été imprimée ou envoyée le soir du vote, avec son nombre de lignes :
       python3 verifier.py . --nombre {count} --empreinte "{grouped}"

Comment l'empreinte se calcule
Empreinte n = SHA-256 de « mairie-scrutin », saut de ligne, « 1 », saut de ligne,
empreinte n-1 (rien pour la première), saut de ligne, texte de la ligne n ; en UTF-8.
"""


def make_files(
    title: str,
    links: Sequence[tuple[int, str, str]],
    results: Mapping,
    verifier: str,
) -> dict[str, str]:
    """Name of file -> its text.

    :param links: (number, payload, hash) in order, at least one
    :param results: sums and seats, as the proclamation keeps them
    :param verifier: source of the stand-alone verifier
    """
    values = [json.loads(payload) for _seq, payload, _hash in links]
    count, last = len(links), links[-1][2]
    return {
        "LISEZMOI.txt": README.format(title=title, count=count, grouped=grouped(last)),
        "journal.jsonl": "".join(
            json.dumps({"n": seq, "h": hash_, "p": payload}, ensure_ascii=False) + "\n"
            for seq, payload, hash_ in links
        ),
        "saisies.csv": _entries(values),
        "listes.csv": _table(["panneau", "nom", "tete"], _last(values, "listes")),
        "bureaux.csv": _table(["bureau"], [[b] for b in _last(values, "bureaux")]),
        "resultats.json": json.dumps(
            {"format": FORMAT, **results}, ensure_ascii=False, indent=1, sort_keys=True
        )
        + "\n",
        "empreinte.txt": f"{count}\n{grouped(last)}\n",
        "verifier.py": verifier,
    }


def _last(values, kind):
    """The last state of what may change: lists, stations."""
    found = [value[kind] for value in values if value["type"] == kind]
    return found[-1] if found else []


def _entries(values):
    panels = [row[0] for row in _last(values, "listes")]
    head = ["ligne", "bureau", "le", "par", *DETAILS, *FIGURES, *panels]
    rows = [
        [
            seq,
            value["bureau"],
            value["le"],
            value["par"],
            *(value.get(name, "") for name in (*DETAILS, *FIGURES)),
            *(value["voix"].get(panel, "") for panel in panels),
        ]
        for seq, value in enumerate(values)
        if value["type"] == "saisie"
    ]
    return _table(head, rows)


def _table(head, rows):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
