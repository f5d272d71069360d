#!/usr/bin/env python3
"""Vérifie la preuve des assemblées d'une commune : votes, actes, convocations.

Usage : python3 verifier.py PAQUET [--lignes N --empreinte "9F3C 12AB …"]

PAQUET est le fichier .zip téléchargé, ou le dossier où il a été ouvert. Bibliothèque
standard de Python seulement ; ce programme ne partage aucune ligne avec l'application.
Des horodatages (RFC 3161), il vérifie sur quoi ils portent et lit l'heure ; la signature
de l'autorité se vérifie avec openssl, il dit comment.
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
HORODATAGES = "horodatages/"
# Étiquettes DER (X.690) et noms d'objets (OID) d'un horodatage, en octets.
SUITE, OCTETS, NOM, HEURE, ZERO = 0x30, 0x04, 0x06, 0x18, 0xA0
SHA256 = bytes.fromhex("608648016503040201")
CONTENU_SIGNE = bytes.fromhex("2a864886f70d010702")
HORODATAGE = bytes.fromhex("2a864886f70d0109100104")
COTES = ("pour", "contre", "abstention")
# Ce qui peut arriver à un acte, dans l'ordre où la loi le veut.
ETAPES = {
    "signed": "numbered",
    "published": "signed",
    "posted": "signed",
    "received": "signed",
}
EXPLICATION = """Vérifié : chaque horodatage porte sur l'empreinte de ces données.
Non vérifié : la signature de l'autorité, que Python seul ne sait pas lire. Pour elle :
    openssl ts -verify -data horodatages/NOM.txt -in horodatages/NOM.tsr -CAfile autorite.pem
"""


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
        dossier = chemin / HORODATAGES
        return {
            reponse.stem: (
                lire_octets(reponse.with_suffix(".txt")),
                reponse.read_bytes(),
            )
            for reponse in sorted(dossier.glob("*.tsr"))
        }
    with zipfile.ZipFile(chemin) as paquet:
        noms = set(paquet.namelist())
        return {
            nom[len(HORODATAGES) : -4]: (
                paquet.read(f"{nom[:-4]}.txt") if f"{nom[:-4]}.txt" in noms else b"",
                paquet.read(nom),
            )
            for nom in sorted(noms)
            if nom.startswith(HORODATAGES) and nom.endswith(".tsr")
        }


def lire_octets(fichier):
    return fichier.read_bytes() if fichier.exists() else b""


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


def verifier_horodatages(horodatages, fichiers):
    """Renvoie (ancres du journal, fautes, phrases de ce qui a été vérifié)."""
    ancres, fautes, phrases = [], [], []
    envois = {
        ligne["sceau"]
        for ligne in lire_chaine(fichiers["convocations.jsonl"], "convocations", [])
        if str(ligne.get("chaine", "")).startswith("envois ")
    }
    for nom, (texte, reponse) in horodatages.items():
        try:
            heure = lire_horodatage(texte, reponse)
            *debut, sceau = texte.decode("utf-8").splitlines()
            nombre = int(debut[-1])
        except (ValueError, IndexError) as erreur:
            fautes.append((nom, 0, f"horodatage sans valeur : {erreur}"))
            continue
        if len(debut) == 1:
            ancres.append((nombre, sceau.removeprefix("$1$")))
            objet = f"les {nombre} premières lignes du journal"
        else:
            objet = f"l'envoi n° {nombre} de « {debut[0]} »"
            if sceau not in envois:
                fautes.append((nom, 0, f"{objet} : ce sceau n'est pas dans le paquet"))
        phrases.append(f"{nom} : le {heure} UTC, {objet}.")
    return ancres, fautes, phrases


def lire_horodatage(texte, reponse):
    """Heure d'une réponse RFC 3161 dont l'empreinte est bien celle du texte.

    La signature n'est pas vérifiée ici : la bibliothèque standard ne sait pas le faire.
    """
    statut, (_suite, jeton) = ouvrir(reponse, SUITE)
    if ouvrir_suite(statut[1])[0][1] not in (b"\0", b"\1"):
        raise ValueError("l'autorité a refusé")
    genre, (etiquette, signe) = ouvrir_suite(jeton)
    if genre != (NOM, CONTENU_SIGNE) or etiquette != ZERO:
        raise ValueError("ce n'est pas un jeton signé")
    contenu = ouvrir(signe, SUITE)[2][1]
    genre, (etiquette, enveloppe) = ouvrir_suite(contenu)
    if genre != (NOM, HORODATAGE) or etiquette != ZERO:
        raise ValueError("ce n'est pas un horodatage")
    faits = ouvrir(ouvrir_un(enveloppe, OCTETS), SUITE)
    algorithme, empreinte = ouvrir_suite(faits[2][1])
    if ouvrir_suite(algorithme[1])[0] != (NOM, SHA256):
        raise ValueError("empreinte d'une autre sorte que SHA-256")
    if empreinte != (OCTETS, hashlib.sha256(texte).digest()):
        raise ValueError("il porte sur un autre texte")
    etiquette, heure = faits[4]
    lue = heure[:14].decode("ascii")
    if etiquette != HEURE or not lue.isdigit() or len(lue) != 14:
        raise ValueError("heure illisible")
    return f"{lue[6:8]}/{lue[4:6]}/{lue[:4]} à {lue[8:10]}:{lue[10:12]}:{lue[12:14]}"


def ouvrir(octets, attendue):
    """Éléments [(étiquette, contenu)] de l'unique élément DER de ces octets."""
    return ouvrir_suite(ouvrir_un(octets, attendue))


def ouvrir_un(octets, attendue):
    elements = ouvrir_suite(octets)
    if len(elements) != 1 or elements[0][0] != attendue:
        raise ValueError("structure inattendue")
    return elements[0][1]


def ouvrir_suite(octets):
    """Éléments DER qui se suivent : une étiquette, une longueur, un contenu."""
    elements, place = [], 0
    while place < len(octets):
        etiquette, taille = octets[place], octets[place + 1]
        place += 2
        if taille & 0x80:
            nombre = taille & 0x7F
            taille = int.from_bytes(octets[place : place + nombre], "big")
            place += nombre
        if place + taille > len(octets):
            raise ValueError("réponse coupée")
        elements.append((etiquette, octets[place : place + taille]))
        place += taille
    return elements


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
            if not (numero.isascii() and numero.isdigit()):
                fautes.append(("journal", rang, f"{sujet} : numéro illisible"))
                continue
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
        horodatages = lire_horodatages(demande.paquet)
    except Illisible as erreur:
        sys.stdout.write(f"{erreur}\n")
        return 2
    datees, fausses, phrases = verifier_horodatages(horodatages, fichiers)
    fautes = fausses + verifier(fichiers, [*ancres, *datees])
    for chaine, rang, phrase in fautes[:50]:
        ou = f", ligne {rang}" if rang else ""
        sys.stdout.write(f"ALTÉRÉ. {chaine}{ou} : {phrase}\n")
    if fautes:
        return 1
    lignes = fichiers["journal.jsonl"].count("\n")
    sys.stdout.write(f"INTACT : {lignes} lignes du journal, convocations comprises.\n")
    sys.stdout.write("".join(f"HORODATÉ. {phrase}\n" for phrase in phrases))
    if phrases:
        sys.stdout.write(EXPLICATION)
    if not ancres:
        sys.stdout.write("Ajoutez --lignes et --empreinte pour prouver la fin.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
