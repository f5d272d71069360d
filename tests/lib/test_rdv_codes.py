"""Codes read aloud at the desk, and the pre-demande number of France Titres."""

import random

import pytest
from mairie_rdv.lib.codes import (
    ALPHABET,
    PreDemandeError,
    clean_pre_demande,
    desk_code,
    mask_email,
    spell,
)


def test_a_desk_code_has_six_signs_and_none_that_look_alike():
    code = desk_code(random.Random(7).choice)
    assert len(code) == 6
    assert not set("01OI") & set(ALPHABET)
    assert set(code) <= set(ALPHABET)
    assert spell(code) == f"{code[:3]} {code[3:]}"


@pytest.mark.parametrize("text", ["AB12CD34EF", " ab12cd34ef ", "ab12-cd34 ef"])
def test_a_number_is_kept_in_its_canonical_form(text):
    assert clean_pre_demande(text) == "AB12CD34EF"


@pytest.mark.parametrize(
    ("text", "missing"),
    [("AB12CD34E", 1), ("AB12CD34EFG", -1), ("", 10), ("AB12CD34É!", 0)],
)
def test_a_wrong_number_says_what_lacks(text, missing):
    with pytest.raises(PreDemandeError) as caught:
        clean_pre_demande(text)
    assert caught.value.missing == missing


def test_an_address_is_masked():
    assert mask_email("lea@free.fr") == "l***@free.fr"
