"""The controls of a result, numbered: what each says, where it comes from, what to do.

The guide « Les contrôles » is this table written as a page, so that it never lags behind
the code. French only: it is read by people, and quotes French law.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Control:
    """One control of ``lib.tally``.

    :ivar source: article of the Code électoral, or where a limit comes from
    """

    title: str
    source: str
    action: str


CATALOGUE = {
    "E01": Control(
        "La somme des voix n'est pas le nombre d'exprimés",
        "arithmétique du PV",
        "Relire la feuille de pointage. Un chiffre de trop ou deux chiffres inversés sont"
        " reconnus, et la ligne proposée.",
    ),
    "E02": Control(
        "Blancs, nuls et exprimés ne font pas le nombre d'enveloppes",
        "L65",
        "Recompter les blancs et les nuls, puis les exprimés.",
    ),
    "E03": Control(
        "Un nombre manque", "PV complet", "Écrire 0 s'il n'y en a pas : 0 s'écrit."
    ),
    "E04": Control(
        "La participation baisse entre deux heures",
        "les votants s'ajoutent",
        "Corriger l'heure fausse ; l'ancien nombre reste lisible.",
    ),
    "E05": Control("Un nombre est négatif", "arithmétique", "Relire la ligne."),
    "E06": Control(
        "Les abstentions ne sont pas inscrits moins votants",
        "fichier de la préfecture",
        "Corriger le fichier, ou saisir le PV.",
    ),
    "A01": Control(
        "Plus de votants que d'inscrits",
        "L62, R59",
        "Possible avec une décision de justice : écrire le motif du PV.",
    ),
    "A02": Control(
        "Émargements et enveloppes diffèrent",
        "L65",
        "Recompter une fois. L'écart qui reste s'écrit au PV, et ici.",
    ),
    "A03": Control(
        "Beaucoup de blancs (5 % des votants par défaut)",
        "plus haut relevé : 4,6 % sur 569 bureaux",
        "Vérifier, puis confirmer.",
    ),
    "A04": Control(
        "Les bulletins annexés ne sont pas blancs plus nuls",
        "L66, CE 10/07/2015 n° 382737",
        "Recompter les annexes : le juge les compte.",
    ),
    "A05": Control(
        "Beaucoup de nuls (4 % des votants par défaut)",
        "plus haut relevé : 3,5 % sur 569 bureaux",
        "Vérifier, puis confirmer.",
    ),
    "A06": Control(
        "Une liste sans voix ici, alors qu'elle pèse dans la commune",
        "5 % des exprimés de la commune",
        "Relire sa ligne.",
    ),
    "A07": Control(
        "Les mêmes chiffres qu'un autre bureau",
        "copie d'un PV sur un autre",
        "Vérifier le numéro du bureau.",
    ),
    "A08": Control(
        "Les causes des nuls ne font pas le nombre de nuls",
        "L66, R66-2, L268, L269",
        "À chaque nul sa cause, contresignée.",
    ),
    "A09": Control(
        "Une centaine ne fait pas cent bulletins",
        "R65-1",
        "Recompter le paquet. Les centaines n'entrent jamais dans les totaux.",
    ),
    "A10": Control(
        "Les inscrits diffèrent de la liste arrêtée à la mairie",
        "liste d'émargement",
        "Relire la liste ; si elle est juste, dire pourquoi (décision du jour).",
    ),
    "A11": Control("Personne n'a voté", "vraisemblance", "Vérifier, puis confirmer."),
}

HEAD = """# Les contrôles

**E** bloque : le résultat se corrige, il ne s'accepte pas. **A** demande un motif, celui du PV ; il reste écrit à côté du
résultat, avec l'appareil ou la personne qui l'a donné, et un superviseur le signe en validant. Dès qu'un chiffre change, les
motifs et la case « Identique au PV papier » s'effacent. Une machine à voter éteint A02, A04, A08 et les centaines (L57-1). Les
seuils d'A03 et d'A05 se règlent pour chaque scrutin.

| N° | Ce qui est vu | Source | Que faire |
|---|---|---|---|
"""


def to_markdown() -> str:
    """Return the page of the guide."""
    rows = [
        f"| {code} | {row.title} | {row.source} | {row.action} |"
        for code, row in CATALOGUE.items()
    ]
    return HEAD + "\n".join(rows) + "\n"
