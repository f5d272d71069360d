"""Short messages: 160 signs of the GSM alphabet, and a signature that OVHcloud accepts."""

import doctest

import mairie_rdv.lib.codes
import mairie_rdv.lib.messages
import mairie_rdv.lib.sms
import pytest
from mairie_rdv.lib.messages import MessageError, check_message, fill, to_html
from mairie_rdv.lib.sms import BASIC, EXTENDED, cut, ovh_signature, sms_length, to_gsm


@pytest.mark.parametrize(
    "module", [mairie_rdv.lib.sms, mairie_rdv.lib.messages, mairie_rdv.lib.codes]
)
def test_examples_of_the_docstrings(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("é è à ù É", "é è à ù É"),  # in the alphabet: kept
        ("ê ô î ç œ À È", "e o i c oe A E"),
        ("l’hôtel – 9\u00a0h\u202f20…", "l'hotel - 9 h 20..."),
        ("« Fête »", '" Fete "'),
        ("5 €", "5 €"),
        ("Ça, 日本 🎉!", "Ça, !".replace("Ça, !", "Ça,  !")),
    ],
)
def test_what_the_alphabet_lacks_is_written_otherwise(text, sent):
    assert to_gsm(text) == sent


def test_every_letter_of_french_costs_one_sign():
    letters = "àâäéèêëîïôöùûüÿçœæÀÂÄÉÈÊËÎÏÔÖÙÛÜŸÇŒÆ’«»…\u00a0\u202f"
    for letter in letters:
        assert set(to_gsm(letter)) <= set(BASIC), letter
        assert len(to_gsm(letter)) <= 3


def test_brackets_and_euro_count_double():
    assert [sms_length(sign) for sign in EXTENDED] == [2] * len(EXTENDED)
    assert sms_length("€" * 80) == 160


@pytest.mark.parametrize("length", [0, 1, 159, 160, 161, 400])
def test_what_is_cut_fits(length):
    text = "x" * length
    assert sms_length(cut(text)) <= 160
    assert (cut(text) == text) == (length <= 160)


def test_signature_is_that_of_the_documentation():
    # The worked example of OVHcloud's "First steps with the API".
    signature = ovh_signature(
        "EXEgWIz07P0HYwtQDs7cNIqCiQaWSuHF",
        "MtSwSrPpNjqfVSmJhLbPyr2i45lSwPU1",
        "GET",
        "https://eu.api.ovh.com/1.0/domains/",
        "",
        1366560945,
    )
    assert signature == "$1$d3705e8afb27a0d2970a322b96550abfc67bb798"


def test_values_are_escaped_and_unknown_marks_stay():
    html = to_html("{lieu} {autre}", {"lieu": "<b>&"}, {})
    assert html == "<p>&lt;b&gt;&amp; {autre}</p>"
    assert fill("{a}", {"a": "{b}", "b": "non"}) == "{b}", "a value is not filled again"


def test_lists_buttons_and_titles():
    html = to_html(
        "# Titre\n- un\n- deux\n\n[Oui](lien) [Non](autre)", {}, {"lien": "/a"}
    )
    assert "<strong>Titre</strong>" in html
    assert "un</p></li><li><p" in html, "an item ends a line in the text twin"
    assert html.count("<a href='/a'") == 1
    assert html.count("<a href=''") == 1


@pytest.mark.parametrize(
    ("text", "name"), [("{nom}", "nom"), ("[x](ailleurs)", "ailleurs")]
)
def test_unknown_marks_are_refused_by_their_name(text, name):
    with pytest.raises(MessageError) as refused:
        check_message(text, ["date"], ["lien"])
    assert refused.value.name == name


def test_line_whose_values_are_all_empty_is_left_out():
    text = (
        "Bonjour,\nGardées jusqu'à {limite} :\n{dates}\n{ville}, {limite}\n[Voir](lien)"
    )
    values = {"limite": "", "dates": "", "ville": "Saint-Aubin"}
    html = to_html(text, values, {"lien": "#"})
    assert "Gardées" not in html
    assert "Saint-Aubin," in html
    assert "Voir" in html
