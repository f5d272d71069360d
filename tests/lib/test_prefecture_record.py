"""The préfecture record: what is read is written back byte for byte, nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_scrutin.lib.prefecture_record import parse, write

ROOT = Path(__file__).parent.parent.parent
TOULOUSE = ROOT / "addons/mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv"
LINE = "5;MN;2026;1;31;555;0005;I;957;401;556;556;4;2;550;2;003;121;009;429"


def test_the_real_file_makes_a_round_trip_byte_for_byte():
    data = TOULOUSE.read_bytes()
    record = parse(data)
    body = data.split(b"\n", 2)[2]
    assert write(record.stations, record.newline).encode() == body
    assert not record.errors
    assert len(record.preamble) == 2


def test_the_real_file_is_understood():
    record = parse(TOULOUSE.read_bytes())
    assert len(record.stations) == 284
    assert record.panneaux == (*"003 009 001 010 005 008 011 007 004 002".split(),)
    assert sum(line.inscrits for line in record.stations) == 281354
    assert sum(line.exprimes for line in record.stations) == 157021
    assert {line.commune_insee for line in record.stations} == {"31555"}
    assert "136A" in {line.bureau for line in record.stations}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("5;MN;2026;1;31;555;0006", "too_short"),
        (LINE.replace("957", "neuf cents"), "not_a_number"),
        (LINE.replace("957", ""), "not_a_number"),
        (LINE.replace("957", "9 57"), "not_a_number"),
        (LINE.replace("957", "9999999999"), "not_a_number"),
        (LINE + ";001", "odd_pair"),
        (LINE + ";001;12", "list_count"),
        (LINE.replace("009", "003"), "duplicate_list"),
        (LINE.replace("0005", ""), "empty_code"),
        (LINE.replace(";003;", ";;"), "empty_code"),
        (LINE, "duplicate_station"),
        (LINE.replace("0005", "0006").replace("2026", "2020"), "other_ballot"),
        (LINE.replace("0005", "0006").replace("009", "008"), "other_ballot"),
    ],
)
def test_a_bad_line_is_told_and_kept_and_the_others_go_through(line, code):
    record = parse("\r\n".join([LINE, line, LINE.replace("0005", "0007")]))
    (error,) = record.errors
    assert (error.code, error.line, error.raw) == (code, 2, line)
    assert [station.bureau for station in record.stations] == ["0005", "0007"]


def test_bad_first_line_is_not_taken_for_a_header():
    record = parse(LINE.replace("0005", "") + "\n" + LINE)
    assert not record.preamble
    assert [error.line for error in record.errors] == [1]


def test_windows_text_and_byte_order_mark_are_read():
    assert parse(("\ufeff" + LINE).encode()).stations
    assert parse(LINE.replace("0005", "00É5").encode("cp1252")).encoding == "cp1252"


def test_overseas_commune():
    line = LINE.replace(";31;555;", ";974;411;")
    assert parse(line).stations[0].commune_insee == "97411"


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_no_content_makes_it_crash_and_no_line_is_lost(data):
    record = parse(data)
    text = data if isinstance(data, str) else data.decode("utf-8-sig", "replace")
    if isinstance(data, str):
        lines = [x for x in text.removeprefix("\ufeff").split("\n") if x.strip()]
        kept = len(record.stations) + len(record.errors) + len(record.preamble)
        assert kept == len(lines)


codes = st.text("0123456789ABCDEF", min_size=1, max_size=4)
counts = st.integers(0, 999_999)


@given(
    st.lists(codes, min_size=1, unique=True), st.lists(counts, min_size=9, max_size=9)
)
def test_what_is_written_is_read_back(bureaux, values):
    lines = []
    for bureau in bureaux:
        head = f"1;MN;2026;2;49;999;{bureau};I;" + ";".join(map(str, values[:7]))
        lines.append(f"{head};2;001;{values[7]};010;{values[8]}")
    body = "".join(line + "\n" for line in lines)
    record = parse(body)
    assert not record.errors
    assert write(record.stations, "\n") == body
