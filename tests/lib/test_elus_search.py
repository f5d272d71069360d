"""Search in the text of a dossier."""

from hypothesis import given
from hypothesis import strategies as st
from mairie_elus.lib.search import excerpt, find, plain, words_of


def test_accents_and_case_do_not_matter():
    found = excerpt("La SUBVENTION de l'École de musique", words_of("école subvention"))
    assert found == ("La ", "SUBVENTION", " de l'École de musique")


def test_every_word_must_be_there():
    assert excerpt("Tarifs du périscolaire", words_of("tarifs cantine")) is None


def test_nothing_asked_finds_nothing():
    assert words_of(" a ") == []
    assert excerpt("texte", []) is None


def test_a_long_page_is_cut_around_the_word():
    before, word, after = excerpt("x" * 500 + " loire " + "y" * 500, ["loire"])
    assert word == "loire"
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert len(before + word + after) < 200


def test_pages_are_found_in_their_order():
    pages = [(1, "budget"), (2, "voirie"), (3, "le Budget")]
    assert [key for key, _text in find(pages, ["budget"])] == [1, 3]


@given(st.text())
def test_places_in_the_plain_text_are_those_of_the_text(text):
    assert len(plain(text)) == len(text)
