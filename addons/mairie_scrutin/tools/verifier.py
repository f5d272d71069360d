#!/usr/bin/env python3
"""Vérifie la preuve d'un scrutin et recompte ses totaux et ses sièges.

Usage : python3 verifier.py PAQUET [--nombre N --empreinte "9F3C 12AB …"]

PAQUET est le fichier .zip téléchargé, ou le dossier où il a été ouvert. Bibliothèque
standard de Python seulement ; ce programme ne partage aucune ligne avec l'application.
Code de retour : 0 intact, 1 altéré, 2 paquet illisible.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

ALGORITHME = "mairie-scrutin\n1\n"
CHIFFRES = ["inscrits", "votants", "emargements", "blancs", "nuls", "exprimes"]
DETAILS = ["source", "kind", "rang"]
ENTETE = ["ligne", "bureau", "le", "par", *DETAILS, *CHIFFRES]
FICHIERS = [
    "journal.jsonl",
    "saisies.csv",
    "listes.csv",
    "bureaux.csv",
    "resultats.json",
]
# SHA-256 puis 32 octets, et une heure, tels qu'un jeton RFC 3161 les écrit (DER).
EMPREINTE_HORODATEE = re.compile(
    rb"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20(.{32})",
    re.DOTALL,
)
HEURE = re.compile(rb"\x18[\x0f-\x1f](\d{14})[.\d]*Z")
# Prime de la première liste, selon le nombre de sièges n ; None : pas de prime.
PRIMES = {
    "l262": lambda n: (n + 1) // 2 if n > 4 else n // 2,
    "cc": lambda n: (n + 1) // 2 if n > 4 else n // 2,
    "l262_plm25": lambda n: -(-n // 4),
    "cc_plm25": lambda n: -(-n // 4),
    "metropole_lyon": lambda n: (n + 1) // 2,
    "polynesie": lambda n: (n + 1) // 2,
    "regional": lambda n: -(-n // 4),
    "corse": lambda n: min(11, n),
    "nc_sans_prime": None,
    "national": None,
}


class Illisible(Exception):
    """Le paquet ne peut pas être lu."""


def lire(chemin):
    """Nom de fichier -> texte."""
    chemin = Path(chemin)
    try:
        if chemin.is_dir():
            return {nom: (chemin / nom).read_text("utf-8") for nom in FICHIERS}
        with zipfile.ZipFile(chemin) as paquet:
            return {nom: paquet.read(nom).decode("utf-8") for nom in FICHIERS}
    except (OSError, KeyError, UnicodeDecodeError, zipfile.BadZipFile) as erreur:
        raise Illisible(f"paquet illisible : {erreur}") from erreur


def lire_horodatages(chemin):
    """Nom -> (texte horodaté, réponse de l'autorité) ; rien s'il n'y en a pas."""
    chemin = Path(chemin)
    if chemin.is_dir():
        noms = sorted(fichier.stem for fichier in chemin.glob("horodatage-*.tsr"))
        return {
            nom: tuple(
                (chemin / f"{nom}{fin}").read_bytes() for fin in (".txt", ".tsr")
            )
            for nom in noms
        }
    with zipfile.ZipFile(chemin) as paquet:
        noms = sorted(n[:-4] for n in paquet.namelist() if n.endswith(".tsr"))
        return {
            nom: tuple(paquet.read(f"{nom}{fin}") for fin in (".txt", ".tsr"))
            for nom in noms
        }


def lire_horodatage(texte, reponse):
    """Renvoie (nombre de lignes, empreinte, heure) ; sans vérifier la signature.

    La signature se vérifie avec openssl : la bibliothèque standard ne sait pas le faire.
    """
    trouve = EMPREINTE_HORODATEE.search(reponse)
    if not trouve or trouve.group(1) != hashlib.sha256(texte).digest():
        raise ValueError("l'horodatage porte sur autre chose")
    heure = HEURE.search(reponse, trouve.end()).group(1).decode()
    nombre, empreinte = texte.decode().splitlines()
    lisible = (
        f"{heure[6:8]}/{heure[4:6]}/{heure[:4]} à {heure[8:10]}:{heure[10:12]} UTC"
    )
    return int(nombre), empreinte, lisible


def verifier_horodatages(horodatages):
    """Renvoie (ancres, fautes, phrases)."""
    ancres, fautes, phrases = [], [], []
    for nom, (texte, reponse) in horodatages.items():
        try:
            nombre, empreinte, heure = lire_horodatage(texte, reponse)
        except (ValueError, AttributeError):
            fautes.append((None, f"{nom}.tsr : porte sur autre chose que {nom}.txt"))
            continue
        ancres.append((nombre, empreinte))
        phrases.append(
            f"Horodaté le {heure} : {nombre} lignes. Signature : openssl ts -verify "
            f"-data {nom}.txt -in {nom}.tsr -CAfile AUTORITE.pem"
        )
    return ancres, fautes, phrases


def verifier(fichiers, ancres=()):
    """Renvoie la liste des fautes [(numéro de ligne ou None, phrase)], vide si intact.

    :param ancres: [(nombre de lignes, empreinte de 64 signes)]
    """
    fautes, maillons = verifier_chaine(fichiers["journal.jsonl"])
    fautes += verifier_ancres(maillons, ancres)
    faits = [(numero, fait) for numero, _h, fait in maillons if fait is not None]
    for controle in (verifier_saisies, verifier_tables, verifier_resultats):
        try:
            fautes += controle(fichiers, faits)
        except (KeyError, TypeError, ValueError, AttributeError) as erreur:
            fautes.append((None, f"contenu inattendu ({type(erreur).__name__})"))
    return fautes


def verifier_chaine(texte):
    fautes, maillons, avant = [], [], ""
    for rang, ligne in enumerate(texte.splitlines()):
        try:
            maillon = json.loads(ligne)
            numero, empreinte, charge = maillon["n"], maillon["h"], maillon["p"]
            fait = json.loads(charge)
            if not isinstance(fait, dict):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            fautes.append((rang, "ligne illisible"))
            maillons.append((rang, "", None))
            avant = ""
            continue
        if numero != rang:
            fautes.append((rang, f"numéro {numero} au lieu de {rang}"))
        if empreindre(avant, charge) != empreinte:
            fautes.append((rang, "l'empreinte ne correspond pas au texte"))
        maillons.append((rang, empreinte, fait))
        avant = empreinte
    if not maillons:
        fautes.append((0, "la chaîne est vide"))
    elif not maillons[0][2] or maillons[0][2].get("type") != "entete":
        fautes.append((0, "la première ligne ne nomme pas le scrutin"))
    return fautes, maillons


def empreindre(avant, charge):
    texte = f"{ALGORITHME}{avant}\n{charge}".encode()
    return "$1$" + hashlib.sha256(texte).hexdigest()


def verifier_ancres(maillons, ancres):
    for nombre, empreinte in ancres:
        attendue = "$1$" + "".join(empreinte.split()).lower()
        if nombre > len(maillons):
            phrase = (
                f"{nombre} lignes imprimées, {len(maillons)} présentes : fin coupée"
            )
            yield len(maillons), phrase
        elif nombre < 1 or maillons[nombre - 1][1] != attendue:
            yield nombre - 1, "l'empreinte imprimée est autre : chaîne réécrite"


def derniere_liste(faits, genre):
    trouves = [fait[genre] for _numero, fait in faits if fait.get("type") == genre]
    return trouves[-1] if trouves else []


def tableau(texte):
    return list(csv.reader(io.StringIO(texte), delimiter=";"))


def verifier_saisies(fichiers, faits):
    """Chaque saisie s'additionne, et saisies.csv dit ce que dit la chaîne."""
    panneaux = [liste[0] for liste in derniere_liste(faits, "listes")]
    attendu = [[*ENTETE, *panneaux]]
    for numero, fait in faits:
        if fait.get("type") != "saisie":
            continue
        voix = fait["voix"]
        cellules = [numero, fait["bureau"], fait["le"], fait["par"]]
        cellules += [fait.get(nom, "") for nom in (*DETAILS, *CHIFFRES)]
        cellules += [voix.get(panneau, "") for panneau in panneaux]
        attendu.append([str(cellule) for cellule in cellules])
    lu = tableau(fichiers["saisies.csv"])
    if len(lu) != len(attendu):
        nombres = f"{len(lu) - 1} lignes au lieu de {len(attendu) - 1}"
        yield None, f"saisies.csv : {nombres}"
    for a, b in zip(attendu, lu, strict=False):
        if a != b:
            yield None, f"saisies.csv, ligne {a[0]} : autre chose que dans la chaîne"


def verifier_tables(fichiers, faits):
    listes = [["panneau", "nom", "tete"], *derniere_liste(faits, "listes")]
    if tableau(fichiers["listes.csv"]) != listes:
        yield None, "listes.csv : autre chose que dans la chaîne"
    bureaux = [["bureau"], *([code] for code in derniere_liste(faits, "bureaux"))]
    if tableau(fichiers["bureaux.csv"]) != bureaux:
        yield None, "bureaux.csv : autre chose que dans la chaîne"


def retenues(faits):
    """Bureau -> saisie que sa dernière validation a retenue, s'il n'a pas été rouvert."""
    saisies = {n: fait for n, fait in faits if fait.get("type") == "saisie"}
    trouvees = {}
    for _numero, fait in faits:
        if fait.get("type") != "journal" or "bureau" not in fait:
            continue
        if fait["evenement"] in ("validation", "rectification"):
            trouvees[fait["bureau"]] = saisies[fait["saisie"]]
        elif fait["evenement"] == "reopening":
            trouvees.pop(fait["bureau"], None)
    return trouvees


def recompter(faits):
    """Totaux des bureaux validés, comme resultats.json les nomme."""
    validees = retenues(faits).values()
    voix = {liste[0]: 0 for liste in derniere_liste(faits, "listes")}
    for fait in validees:
        for panneau, nombre in fait["voix"].items():
            voix[panneau] = voix.get(panneau, 0) + nombre
    totaux = {nom: sum(fait.get(nom, 0) for fait in validees) for nom in CHIFFRES}
    attendus = len(derniere_liste(faits, "bureaux"))
    return {
        "bureaux": len(validees),
        "bureaux_attendus": attendus,
        **totaux,
        "voix": voix,
    }


def verifier_resultats(fichiers, faits):
    annonces = json.loads(fichiers["resultats.json"])
    totaux = recompter(faits)
    yield from comparer(annonces, totaux, "resultats.json")
    tour = faits[0][1]["entete"]["tour"]
    for part in annonces.get("sieges", []):
        yield from verifier_sieges(part, totaux, tour)
    clotures = [(n, f["cloture"]) for n, f in faits if f.get("cloture")]
    for numero, cloture in clotures:
        ecarts = comparer(cloture, recompter(faits[: numero + 1]), "proclamation")
        yield from ((numero, phrase) for _rien, phrase in ecarts)


def comparer(annonce, totaux, nom):
    for cle, valeur in totaux.items():
        if annonce[cle] != valeur:
            yield None, f"{nom} : {cle} {annonce[cle]}, le recompte donne {valeur}"


def verifier_sieges(part, totaux, tour):
    organe, annonces = part["organe"], part["listes"]
    if part["regime"] not in PRIMES or part["etat"] not in ("shared", "second_round"):
        return
    calcules = repartir(totaux["voix"], totaux["exprimes"], part, tour)
    if calcules is not None and calcules != {**dict.fromkeys(calcules, 0), **annonces}:
        yield None, f"sièges ({organe}) : {annonces}, le recompte donne {calcules}"


def repartir(voix, exprimes, part, tour):
    """Panneau -> sièges ; None quand une égalité demande les âges."""
    sieges, prime = part["sieges"], PRIMES[part["regime"]]
    ordre = sorted(voix, key=voix.get, reverse=True)
    recus = dict.fromkeys(voix, 0)
    if prime and tour == 1 and 2 * voix[ordre[0]] <= exprimes:
        return recus
    reste = sieges
    if prime:
        if len(ordre) > 1 and voix[ordre[0]] == voix[ordre[1]]:
            return None
        recus[ordre[0]] = prime(sieges)
        reste -= recus[ordre[0]]
    admises = [p for p in voix if 20 * voix[p] >= exprimes]
    gagnes = dict.fromkeys(admises, 0)
    for _siege in range(reste):
        rang = {p: (Fraction(voix[p], gagnes[p] + 1), voix[p]) for p in admises}
        meilleurs = [p for p in admises if rang[p] == max(rang.values())]
        if len(meilleurs) > 1:
            return None
        gagnes[meilleurs[0]] += 1
    return {p: recus[p] + gagnes.get(p, 0) for p in voix}


def main(arguments=None):
    lecteur = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lecteur.add_argument("paquet")
    lecteur.add_argument("--nombre", type=int, help="lignes, comme imprimé")
    lecteur.add_argument("--empreinte", help="64 signes, comme imprimé")
    demande = lecteur.parse_args(arguments)
    ancres = []
    if demande.empreinte:
        ancres = [(demande.nombre or 0, demande.empreinte)]
    try:
        fichiers = lire(demande.paquet)
        horodatages = lire_horodatages(demande.paquet)
    except Illisible as erreur:
        sys.stdout.write(f"{erreur}\n")
        return 2
    datees, fausses, phrases = verifier_horodatages(horodatages)
    fautes = fausses + verifier(fichiers, [*ancres, *datees])
    lignes = fichiers["journal.jsonl"].count("\n")
    for numero, phrase in fautes[:50]:
        ou = "" if numero is None else f"ligne {numero + 1} : "
        sys.stdout.write(f"ALTÉRÉ. {ou}{phrase}\n")
    if fautes:
        return 1
    sys.stdout.write(f"INTACT : {lignes} lignes, totaux et sièges recomptés.\n")
    sys.stdout.write("".join(f"{phrase}\n" for phrase in phrases))
    if not ancres:
        sys.stdout.write("Ajoutez --nombre et --empreinte pour prouver la fin.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
