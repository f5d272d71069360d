"""What the public looks for, and what the public copy hides."""

import pytest
from mairie_elus.lib.public_search import MASK, fold, mask, slug, words


def test_accents_and_case_do_not_matter():
    assert fold("Écoles  Élémentaires, N° 3") == "ecoles elementaires n 3"
    assert words("L'École") == ["l", "ecole"]
    assert words("a b c d e f g h i j", limit=3) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("écrire à jean.dupont@example.org.", "jean.dupont@example.org"),
        ("au 02 41 72 81 50", "02 41 72 81 50"),
        ("au +33 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("compte FR76 3000 6000 0112 3456 7890 189", "FR76 3000"),
        ("n° 1 85 05 49 007 123 45", "1 85 05"),
        ("M. Untel, né le 3 mai 1970 à Angers", "3 mai 1970"),
        ("Mme Untel, née le 03/05/1970", "03/05/1970"),
        ("la famille, domiciliée 12 rue des Lilas, est aidée", "12 rue des Lilas"),
    ],
)
def test_personal_data_are_hidden(text, hidden):
    assert hidden in text
    assert hidden not in mask(text)
    assert MASK in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "le 26 novembre 2026",
        "pour 118 400 €",
        "l'article L2121-22 du CGCT",
        "délibération n° 2026_007",
        "42 m² rue du Port",
    ],
)
def test_what_the_act_says_stays(text):
    assert mask(text) == text


def test_names_given_are_hidden_whatever_their_case():
    assert (
        mask("MME ROUX et mme Roux-Petit", ("Mme Roux",)) == f"{MASK} et {MASK}-Petit"
    )


def test_addresses_are_readable():
    assert slug("Décision n° 3 : l'été") == "decision-n-3-l-ete"
