#!/usr/bin/env python3
"""Vérifie la preuve des assemblées d'une commune : votes, actes, convocations.

Usage : python3 verifier.py PAQUET [--lignes N --empreinte "9F3C 12AB …"]

PAQUET est le fichier .zip téléchargé, ou le dossier où il a été ouvert. Bibliothèque
standard de Python seulement ; ce programme ne partage aucune ligne avec l'application.
Code de retour : 0 intact, 1 altéré, 2 paquet illisible.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path

ORIGINE = "mairie_elus"
FICHIERS = ["journal.jsonl", "convocations.jsonl"]
COTES = ("pour", "contre", "abstention")
# Ce qui peut arriver à un acte, dans l'ordre où la loi le veut.
ETAPES = {"signed": "numbered", "published": "signed", "received": "signed"}


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


def verifier(fichiers, ancres=()):
    """Liste des fautes [(chaîne, rang de la ligne, phrase)], vide si tout est intact.

    :param ancres: [(nombre de lignes, empreinte en 64 signes)]
    """
    fautes = []
    lignes = lire_chaine(fichiers["journal.jsonl"], "journal", fautes)
    fautes += verifier_chaine("journal", lignes)
    fautes += verifier_numeros(lignes)
    fautes += verifier_ancres(lignes, ancres)
    fautes += verifier_votes(lignes)
    fautes += verifier_etapes(lignes)
    chaines = {}
    for ligne in lire_chaine(fichiers["convocations.jsonl"], "convocations", fautes):
        chaines.setdefault(ligne.get("chaine", "?"), []).append(ligne)
    for nom, suite in chaines.items():
        fautes += verifier_chaine(nom, suite)
    return fautes


def lire_chaine(texte, nom, fautes):
    """Lignes lisibles : {"faits": texte, "sceau": texte, "lus": objet}."""
    lignes = []
    for rang, brute in enumerate(texte.splitlines(), 1):
        try:
            ligne = json.loads(brute)
            lus = json.loads(ligne["faits"])
            if not isinstance(lus, dict) or not isinstance(ligne["sceau"], str):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            fautes.append((nom, rang, "ligne illisible"))
            continue
        lignes.append({**ligne, "lus": lus})
    return lignes


def sceller(faits, avant):
    return "$1$" + hashlib.sha256(f"{avant}\n{faits}".encode()).hexdigest()


def verifier_chaine(nom, lignes):
    """Chaque sceau porte sur les faits et sur le sceau d'avant : la première faute."""
    avant = ORIGINE
    for rang, ligne in enumerate(lignes, 1):
        if sceller(ligne["faits"], avant) != ligne["sceau"]:
            return [(nom, rang, "le sceau ne correspond pas aux faits")]
        avant = ligne["sceau"]
    return []


def verifier_numeros(lignes):
    fautes = []
    for rang, ligne in enumerate(lignes, 1):
        if ligne["lus"].get("number") != rang:
            fautes.append(("journal", rang, "numéro de ligne inattendu"))
            break
    if not lignes:
        fautes.append(("journal", 0, "la chaîne est vide"))
    elif lignes[0]["lus"].get("kind") != "header":
        fautes.append(("journal", 1, "la première ligne ne nomme pas la commune"))
    return fautes


def verifier_ancres(lignes, ancres):
    fautes = []
    for nombre, empreinte in ancres:
        attendue = "$1$" + "".join(empreinte.split()).lower()
        if nombre > len(lignes):
            phrase = f"{nombre} lignes imprimées, {len(lignes)} présentes : fin coupée"
            fautes.append(("journal", len(lignes), phrase))
        elif nombre < 1 or lignes[nombre - 1]["sceau"] != attendue:
            fautes.append(("journal", nombre, "l'empreinte imprimée est autre"))
    return fautes


def verifier_votes(lignes):
    """Les noms d'un vote donnent ses chiffres ; un scrutin secret n'a aucun nom."""
    votes, fautes = {}, []
    for rang, ligne in enumerate(lignes, 1):
        lus = ligne["lus"]
        details = lus.get("details") or {}
        if lus.get("kind") == "vote":
            votes[lus.get("subject")] = details
        elif lus.get("kind") == "names":
            vote = votes.get(lus.get("subject"), {})
            faute = juger_noms(vote, details.get("names") or {})
            if faute:
                fautes.append(("journal", rang, faute))
    return fautes


def juger_noms(vote, noms):
    if vote.get("mode") == "secret":
        return "un scrutin secret porte des noms"
    for cote in COTES:
        nombre = list(noms.values()).count(cote)
        if nombre > vote.get(cote, 0):
            return f"plus de noms que de voix : {cote}"
        if vote.get("mode") == "public" and nombre != vote.get(cote, 0):
            return f"les noms ne font pas le compte : {cote}"
    return ""


def verifier_etapes(lignes):
    """Un acte est signé avant d'être publié ou reçu, et ses numéros n'ont pas de trou."""
    vus, fautes, rangs = {}, [], {}
    for rang, ligne in enumerate(lignes, 1):
        lus = ligne["lus"]
        genre, sujet = lus.get("kind"), lus.get("subject")
        avant = ETAPES.get(genre)
        if avant == "signed" and (lus.get("details") or {}).get("kind") in (
            "list",
            "minutes",
        ):
            avant = None
        if genre != "signed" and avant and avant not in vus.get(sujet, ()):
            fautes.append(("journal", rang, f"{sujet} : étape « {avant} » absente"))
        vus.setdefault(sujet, set()).add(genre)
        if genre == "numbered":
            annee, _tiret, numero = str(sujet).partition("_")
            attendu = rangs.get(annee, int(numero) - 1) + 1
            if int(numero) != attendu:
                fautes.append(("journal", rang, f"{sujet} : {attendu} était attendu"))
            rangs[annee] = int(numero)
    return fautes


def main(arguments=None):
    lecteur = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lecteur.add_argument("paquet")
    lecteur.add_argument("--lignes", type=int, help="nombre de lignes, comme imprimé")
    lecteur.add_argument("--empreinte", help="64 signes, comme imprimé")
    demande = lecteur.parse_args(arguments)
    ancres = []
    if demande.empreinte:
        ancres = [(demande.lignes or 0, demande.empreinte)]
    try:
        fichiers = lire(demande.paquet)
    except Illisible as erreur:
        sys.stdout.write(f"{erreur}\n")
        return 2
    fautes = verifier(fichiers, ancres)
    for chaine, rang, phrase in fautes[:50]:
        sys.stdout.write(f"ALTÉRÉ. {chaine}, ligne {rang} : {phrase}\n")
    if fautes:
        return 1
    lignes = fichiers["journal.jsonl"].count("\n")
    sys.stdout.write(f"INTACT : {lignes} lignes du journal, convocations comprises.\n")
    if not ancres:
        sys.stdout.write("Ajoutez --lignes et --empreinte pour prouver la fin.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
