"""Words as people type them."""

import pytest
from mairie_social.lib.search_text import fold, likeness, snippet, to_query


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("élagages", "elagages"),
        ("vœux", "voeux"),
        ("rendez-vous", "rendez & vous"),
        ("L'été", "l & ete"),
        ("Pédagogi*", "pedagogi:*"),
        ('"conseil municipal" parc', "(conseil <-> municipal) & parc"),
        ("parc -travaux", "parc & !travaux"),
        ('-"centre ville" parc', "!(centre <-> ville) & parc"),
        ("-rendez-vous", "!(rendez & vous)"),
        ("   ", ""),
        ("!!! ???", ""),
    ],
)
def test_query(typed, query):
    assert to_query(typed) == query


@pytest.mark.parametrize(
    "typed",
    ["a' | b) & (c:*", "'; drop table x; --", "<-> & | ! ()", "a:*B", "\\", '"'],
)
def test_nothing_typed_is_an_operator(typed):
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789 &")
    assert set(to_query(typed)) <= allowed | set("!()<->:*")
    assert "|" not in to_query(typed)
    assert "'" not in to_query(typed)


def test_fold():
    assert fold("Cérémonie des Vœux, à l'Hôtel-de-Ville") == (
        "ceremonie des voeux a l hotel de ville"
    )


def test_names_in_any_order_with_a_slip():
    names = ["Martin DUPONT", "Martine Dubois", "Léa Robin", "Dominique Martin"]
    best = max(names, key=lambda name: likeness("dupon martin", name))
    assert best == "Martin DUPONT"
    assert likeness("robin", "Léa Robin") == 1
    assert likeness("zzz", "Léa Robin") < 0.2
    assert likeness("", "Léa Robin") == 0


def test_snippet_is_cut_around_what_was_found():
    text = "Introduction. " * 30 + "Les élagages commencent lundi. " + "Suite. " * 60
    pieces = snippet(text, ["elagag"])
    assert ("élagages", True) in pieces
    assert sum(len(piece) for piece, _found in pieces) < 220
    assert pieces[0][0].startswith("…")
    assert pieces[-1][0].endswith("…")


def test_snippet_without_a_word_is_the_beginning():
    assert snippet("Les bacs sortent jeudi.", []) == [
        ("Les bacs sortent jeudi.", False)
    ]
