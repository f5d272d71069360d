"""The code of four lines: every slip of one figure and every swap is seen."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_scrutin.lib.fallback_code import (
    ALPHABET,
    CodeError,
    check_of,
    decode,
    encode,
)

FIGURES = [957, 555, 556, 9, 6, 541, 15]
VOTES = [318, 201, 22]
LINES = encode("0005", 12, FIGURES, VOTES)
# a line is at most 95 characters long where two of them may change places
TEXTS = st.text(alphabet="0123456789 ABX", min_size=1, max_size=80).map(str.strip)


def test_the_four_lines_of_a_station():
    assert LINES == ["0005 12 64", "957 555 556 9 6 541 15 20", "318 201 22 94", "1223"]


def test_what_is_typed_is_read():
    typed = [f"  {line.lower()} " for line in LINES]
    station, tour, figures, votes = decode(typed)
    assert (station, tour, votes) == ("0005", 12, VOTES)
    assert list(figures.values()) == FIGURES


def test_annexes_may_be_unknown():
    lines = encode("136A", 3, [*FIGURES[:-1], None], VOTES)
    assert decode(lines)[2]["annexes"] is None


@pytest.mark.parametrize("line", range(4))
def test_every_other_character_is_seen(line):
    for place, char in itertools.product(range(len(LINES[line])), ALPHABET[:36]):
        if LINES[line][place] != char:
            wrong = LINES[line][:place] + char + LINES[line][place + 1 :]
            with pytest.raises(CodeError):
                decode([*LINES[:line], wrong, *LINES[line + 1 :]])


@pytest.mark.parametrize("line", range(3))
def test_every_swap_is_seen_and_its_line_named(line):
    text = LINES[line]
    for one, other in itertools.combinations(range(len(text)), 2):
        if text[one] == text[other] or " " in (text[one], text[other]):
            continue
        chars = list(text)
        chars[one], chars[other] = chars[other], chars[one]
        with pytest.raises(CodeError) as caught:
            decode([*LINES[:line], "".join(chars), *LINES[line + 1 :]])
        assert caught.value.line == line + 1


@given(TEXTS.filter(bool), st.data())
def test_any_slip_changes_the_check(text, data):
    place = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.sampled_from(ALPHABET.replace(text[place], "")))
    assert check_of(text[:place] + char + text[place + 1 :]) != check_of(text)


def test_lines_of_two_messages_do_not_mix():
    other = encode("0006", 12, FIGURES, VOTES)
    with pytest.raises(CodeError) as caught:
        decode([other[0], *LINES[1:]])
    assert (caught.value.line, caught.value.reason) == (4, "mixed")


@pytest.mark.parametrize(
    "typed", [["", "", "", ""], ["12", "é", "3", "4"], ["X X 11"] * 4]
)
def test_nonsense_is_refused(typed):
    with pytest.raises(CodeError):
        decode(typed)
