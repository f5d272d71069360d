"""The files of the proof of the assemblies: what a third party needs to verify it.

Pure: texts in, texts out. Each line holds the sealed facts as they were sealed.
"""

import json
from collections.abc import Iterable, Mapping

from .seal import grouped

README = """PREUVE DES ASSEMBLÉES : {town}

Le registre papier signé fait foi. Ce paquet permet à n'importe qui de vérifier que rien
n'a été réécrit : votes, numéros, signatures, mises en ligne, accusés de la préfecture,
convocations.

Ce qu'il contient
- journal.jsonl        la chaîne de la commune : une ligne par fait
- convocations.jsonl   les envois et ce qui est arrivé à chaque convocation
- horodatages/         l'heure d'un tiers sur un sceau (RFC 3161), si la commune l'a demandée
- verifier.py          le vérificateur : Python 3, bibliothèque standard seulement

Comment vérifier
1. Installez Python 3 (python.org), puis, dans ce dossier :
       python3 verifier.py .
2. Pour prouver que la fin n'est pas coupée ni la chaîne réécrite, ajoutez l'empreinte
   imprimée au registre ou au procès-verbal, avec son nombre de lignes :
       python3 verifier.py . --lignes {count} --empreinte "{anchor}"
3. Le vérificateur dit l'heure de chaque horodatage et s'assure qu'il porte bien sur ces
   données. La signature se vérifie avec les certificats de l'autorité :
       openssl ts -verify -data horodatages/horodatage-N.txt \\
           -in horodatages/horodatage-N.tsr -CAfile autorite.pem

Comment un sceau se calcule
« $1$ » puis SHA-256 de : sceau d'avant (« mairie_elus » pour la première ligne), saut de
ligne, texte des faits ; en UTF-8.
"""


def make_files(
    town: str,
    lines: Iterable[tuple[str, str]],
    chains: Mapping[str, Iterable[tuple[str, str]]],
    verifier: str,
) -> dict[str, str]:
    """Return name of file -> its text.

    :param lines: (facts, seal) of the journal, in order, at least one
    :param chains: name of a chain of notices -> its (facts, seal), in order
    :param verifier: source of the stand-alone verifier
    """
    lines = list(lines)
    anchor = grouped(lines[-1][1])
    return {
        "LISEZMOI.txt": README.format(town=town, count=len(lines), anchor=anchor),
        "journal.jsonl": "".join(_line(facts, sealed) for facts, sealed in lines),
        "convocations.jsonl": "".join(
            _line(facts, sealed, chaine=name)
            for name, chain in chains.items()
            for facts, sealed in chain
        ),
        "empreinte.txt": f"{len(lines)} lignes\n{anchor}\n",
        "verifier.py": verifier,
    }


def _line(facts, sealed, **more):
    row = {"faits": facts, "sceau": sealed, **more}
    return json.dumps(row, ensure_ascii=False) + "\n"
