"""The codes of four lines and of one: every slip of one figure and every swap is seen."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_scrutin.lib.fallback_code import (
    ALPHABET,
    CodeError,
    check_of,
    decode,
    decode_day,
    decode_hundred,
    encode,
    encode_day,
    encode_hundred,
    is_day,
    is_hundred,
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


DAYS = [
    ("0005", 12, "opening", 8 + 2 / 60, None),
    ("136A", 7, "turnout", 12.0, 231),
    ("0005", 12, "turnout", 17.5, 0),
    ("JUS1", 120, "closing", 18.0, 556),
]


@pytest.mark.parametrize("day", DAYS)
def test_a_line_of_the_day_is_read_as_it_is_typed(day):
    line = encode_day(*day)
    assert is_day(line)
    assert not is_day("\n".join(LINES))
    for typed in (line, f"  {line.lower()} ", line.replace(" ", "\n")):
        assert decode_day(typed) == day


@pytest.mark.parametrize("day", DAYS)
def test_every_slip_of_a_line_of_the_day_is_seen(day):
    line = encode_day(*day)
    wrong = [
        line[:place] + char + line[place + 1 :]
        for place, char in itertools.product(range(len(line)), ALPHABET[:36])
        if line[place] != char
    ]
    for one, other in itertools.combinations(range(len(line)), 2):
        chars = list(line)
        chars[one], chars[other] = chars[other], chars[one]
        wrong.append("".join(chars))
    for text in wrong:
        if " ".join(text.split()) != line:
            with pytest.raises(CodeError):
                decode_day(text)


@pytest.mark.parametrize(
    "body",
    [
        "0005 12 OUV 0802 300",  # an opening has no voters
        "0005 12 VOT 1200",  # a turnout has
        "0005 12 VOT 2400 12",  # no such hour
        "0005 12 VOT 1260 12",
        "OUV 0802",
        "0005 1234567890 OUV 0802",
    ],
)
def test_a_line_whose_sum_is_right_may_still_say_nothing(body):
    with pytest.raises(CodeError) as caught:
        decode_day(f"{body} {check_of(body, (9973, 4))}")
    assert caught.value.reason == "shape"


def test_the_line_of_a_hundred():
    line = encode_hundred("136A", 12, "centaine2", 4, 1, [120, 75])
    assert is_hundred(line)
    assert not is_day(line)
    assert decode_hundred(f" {line.lower()}") == (
        "136A", 12, "centaine2", 4, 1, [120, 75]
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["", "0005 12 CE1", "CE1 1 2 3 4", "0005 X CE1 1 2 3"]
)
def test_a_line_that_is_no_hundred(typed):
    for text in (typed, f"{typed} {check_of(typed, (9973, 4))}"):
        with pytest.raises(CodeError):
            decode_hundred(text)


def test_every_other_character_of_a_hundred_is_seen():
    line = encode_hundred("0005", 12, "centaine1", 3, 2, [60, 35])
    for place, char in itertools.product(range(len(line)), ALPHABET[:36]):
        if line[place] != char:
            with pytest.raises(CodeError):
                decode_hundred(line[:place] + char + line[place + 1 :])
