"""Codes read on paper, passwords, quiet hours, small figures, lists of agents."""

import contextlib
import secrets
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_social.lib.access_code import (
    ALPHABET,
    clean_code,
    digest,
    is_strong,
    make_code,
    show_code,
)
from mairie_social.lib.agents_csv import HeadError, NotTextError, read_agents
from mairie_social.lib.anonymity import gather_small, mask_small
from mairie_social.lib.quiet_hours import group_by_moment, next_moment

PARIS = ZoneInfo("Europe/Paris")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_code_has_ten_signs_that_no_eye_confuses():
    assert not set("0O1IL2Z5S8BU") & set(ALPHABET)
    assert all(len(make_code(secrets.choice)) == 10 for _try in range(50))


@given(st.text(ALPHABET, min_size=10, max_size=10), st.booleans())
def test_code_is_read_however_it_is_typed(code, small):
    typed = show_code(code)
    typed = typed.lower().replace(" ", "-") if small else f"  {typed} "
    assert clean_code(typed) == code


@pytest.mark.parametrize("typed", ["", None, "ACDEFGH34", "ACDEFGH34O", "0000000000"])
def test_anything_else_is_no_code(typed):
    assert clean_code(typed) == ""


def test_digest_is_sha256():
    assert digest("x") == (
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    )


@pytest.mark.parametrize(
    ("password", "with_lockout", "alone"),
    [
        ("Loire-49", True, False),
        ("loire-49", True, False),
        ("loireloire", False, False),
        ("Loire-49-abc", True, True),
        ("Loireloire4949", True, True),
        ("le bac passe sur la Loire lundi", True, True),
        ("chat bleu dort", True, False),
        ("aaaaaaaaaaaaaaaa", False, False),
        ("", False, False),
    ],
)
def test_password_rules_of_the_cnil(password, with_lockout, alone):
    assert is_strong(password, lockout=True) is with_lockout
    assert is_strong(password, lockout=False) is alone


OFFICE = [
    (at(f"{day}T08:30"), at(f"{day}T17:30"))
    for day in ("2026-12-10", "2026-12-11", "2026-12-14", "2026-12-15")
]


def test_friday_evening_waits_for_monday_morning():
    assert next_moment(at("2026-12-11T19:30"), OFFICE) == at("2026-12-14T08:30")


def test_inside_working_hours_at_once_and_the_last_minute_is_out():
    assert next_moment(at("2026-12-11T08:30"), OFFICE) == at("2026-12-11T08:30")
    assert next_moment(at("2026-12-11T17:30"), OFFICE) == at("2026-12-14T08:30")


def test_duty_counts_as_hours_and_nobody_is_told_without_hours():
    sunday = at("2026-12-13T03:00")
    weekend = (at("2026-12-11T17:30"), at("2026-12-14T08:30"))
    assert next_moment(sunday, [*OFFICE, weekend]) == sunday
    duty = (at("2026-12-13T06:00"), at("2026-12-13T22:00"))
    assert next_moment(sunday, [*OFFICE, duty]) == duty[0]
    assert next_moment(sunday, []) is None


def test_night_shift_crosses_midnight():
    night = [(at("2026-12-11T22:00"), at("2026-12-12T06:00"))]
    assert next_moment(at("2026-12-12T02:00"), night) == at("2026-12-12T02:00")
    assert next_moment(at("2026-12-11T21:00"), night) == at("2026-12-11T22:00")


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_clock_changes_shift_nothing(day):
    morning = (at(f"{day}T08:30"), at(f"{day}T12:00"))
    evening = at(f"{day}T00:30") - timedelta(hours=5)
    assert next_moment(evening, [morning]) == morning[0]
    assert next_moment(at(f"{day}T08:29"), [morning]) == morning[0]


def test_people_are_counted_by_moment():
    monday, now = at("2026-12-14T08:30"), at("2026-12-11T17:00")
    assert group_by_moment([monday, now, None, monday]) == [
        (now, 1),
        (monday, 2),
        (None, 1),
    ]


def test_small_service_is_not_shown_alone():
    assert mask_small({"A": 12, "B": 4, "C": 7}) == {"A": True, "B": False, "C": False}
    assert mask_small({"A": 12, "B": 3, "C": 4}) == {"A": True, "B": False, "C": False}
    assert mask_small({"A": 12, "B": 5}) == {"A": True, "B": True}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=12))
def test_hidden_people_are_never_found_by_subtraction(sizes):
    shown = mask_small(sizes)
    hidden = sum(size for key, size in sizes.items() if not shown[key])
    assert (
        hidden == 0
        or hidden >= 5
        or not any(shown[key] and sizes[key] for key in sizes)
    )


TREE = {"a": "A", "b": "A", "c": "b", "d": "B"}


@given(st.dictionaries(st.sampled_from([*"abcdABC"]), st.integers(1, 12), min_size=1))
def test_no_line_of_services_is_of_fewer_people_than_five(sizes):
    lines = gather_small(sizes, TREE)
    people = Counter()
    for service, line in lines.items():
        people[line] += sizes[service]
    assert lines.keys() == sizes.keys()
    assert all(count >= 5 for count in people.values()) or len(people) == 1


def test_small_service_is_counted_with_the_one_above():
    sizes = {"c": 2, "b": 2, "A": 1, "a": 9, "B": 6}
    lines = gather_small(sizes, TREE)
    assert lines == {"c": "A", "b": "A", "A": "A", "a": "a", "B": "B"}


def test_file_of_excel_in_french():
    content = (
        "Matricule;NOM;Prénom;Service;Téléphone\r\n"
        "00123;BENSAÏD;Karim;Voirie;06 39 98 01 23\r\n"
        ";DUPONT;Léa;Culture;\r\n"
        "00123;MASSON;Gilles;;\r\n"
        "\r\n"
    ).encode("cp1252")
    rows = read_agents(content)
    assert [row.line for row in rows] == [2, 3, 4]
    assert rows[0].name == "Karim Bensaïd"
    assert rows[0].phone == "06 39 98 01 23"
    assert [row.errors for row in rows] == [[], ["no_number"], ["twice"]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_usual_delimiter(delimiter):
    lines = [("N° matricule", "Nom"), ("7", "Roux")]
    head = delimiter.join(("Matricule", "Nom et prénom"))
    rows = read_agents(f"{head}\n{delimiter.join(lines[1])}".encode())
    assert [(row.number, row.name) for row in rows] == [("7", "Roux")]


@pytest.mark.parametrize("content", [b"", b"Nom;Service\nX;Y", b"\xff"])
def test_file_without_the_columns_is_refused(content):
    with pytest.raises(HeadError):
        read_agents(content)


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00\x06\x00", b"\x00\xff"])
def test_workbook_is_told_from_a_csv(content):
    with pytest.raises(NotTextError):
        read_agents(content)


def test_file_that_excel_calls_unicode_text_is_read():
    content = "Matricule\tNom\n00123\tBensaïd".encode("utf-16")
    assert [row.name for row in read_agents(content)] == ["Bensaïd"]


@given(st.binary(max_size=200))
def test_no_file_crashes_the_reader(content):
    with contextlib.suppress(HeadError, NotTextError):
        read_agents(b"Matricule;Nom\n" + content)
