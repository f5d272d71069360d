"""A list of members from a spreadsheet: every fault said, nothing lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_elus.lib import people_file
from mairie_elus.lib.people_file import FileError, parse_date, read, write_back

HEAD = "Civilité;Prénom;Nom;Date de naissance;Fonction;E-mail;Voix\n"


def rows(text, encoding="utf-8"):
    return read(text.encode(encoding))[1]


def test_a_line_is_read():
    (row,) = rows(HEAD + "Mme;Anne;Durand;08/06/1968;Maire;Anne@Ville.fr;4 112\n")
    assert not row.errors
    assert row.name == "Anne Durand"
    assert row.values["civility"] == "madame"
    assert row.values["birthdate"] == date(1968, 6, 8)
    assert row.values["function"] == "maire"
    assert row.values["email"] == "anne@ville.fr"
    assert row.values["votes"] == 4112


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_encodings_of_french_spreadsheets_are_read(encoding):
    (row,) = rows(HEAD + "M.;Gaël;Lefèvre;;;g@v.fr;\n", encoding)
    assert row.name == "Gaël Lefèvre"


@pytest.mark.parametrize(
    ("text", "function", "rank"),
    [
        ("2e adjointe au maire", "adjoint", 2),
        ("Premier adjoint", "adjoint", 1),
        ("1er adjoint au Maire", "adjoint", 1),
        ("Douzième adjoint", "adjoint", 12),
        ("Conseiller municipal délégué", "conseiller_delegue", 0),
        ("Conseillère municipale", "conseiller", 0),
        ("", "conseiller", 0),
        ("Maire", "maire", 0),
    ],
)
def test_functions_are_read_as_people_write_them(text, function, rank):
    (row,) = rows(HEAD + f"Mme;A;B;;{text};a@b.fr;\n")
    assert (row.values["function"], row.values["function_rank"]) == (function, rank)
    assert not row.errors


def test_the_columns_of_the_national_register_are_read():
    head = "Nom de l'élu,Prénom de l'élu,Code sexe,Date de naissance,"
    head += "Date de début du mandat,Libellé de la fonction,E-mail\n"
    (row,) = rows(head + "DURAND,Anne,F,08/06/1968,15/03/2026,Maire,a@b.fr\n")
    assert (row.values["civility"], row.name) == ("madame", "Anne DURAND")
    assert row.values["date_from"] == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("X;A;B;;;a@b.fr;", "Civilité"),
        ("Mme;;B;;;a@b.fr;", "prénom"),
        ("Mme;A;B;31/02/2026;;a@b.fr;", "31/02/2026"),
        ("Mme;A;B;;roi;a@b.fr;", "roi"),
        ("Mme;A;B;;Adjoint;a@b.fr;", "Rang"),
        ("Mme;A;B;;;a@b;", "a@b"),
        ("Mme;A;B;;;;", "E-mail manquant"),
        ("Mme;A;B;;;a@b.fr;beaucoup", "beaucoup"),
        ("Mme;A;B;;;a@b.fr;1;de trop", "plus de cellules"),
    ],
)
def test_each_fault_is_said_on_its_line(line, word):
    (row,) = rows(HEAD + line + "\n")
    assert word in " ".join(row.errors)


def test_paper_needs_an_address():
    head = HEAD.strip() + ";Convocation;Adresse\n"
    right, wrong = rows(
        head + "Mme;A;B;;;;;papier;1 rue du Bac\n" + "Mme;C;D;;;;;papier;\n"
    )
    assert right.values["channel"] == "paper"
    assert not right.errors
    assert wrong.errors


def test_one_person_twice_and_two_mayors_are_told():
    text = "Mme;A;B;;Maire;a@b.fr;\nMme;A;B;;;a@b.fr;\nM.;C;D;;Maire;c@d.fr;\n"
    first, second, third = rows(HEAD + text)
    assert not first.errors
    assert "ligne 2" in second.errors[0]
    assert "Un seul maire" in third.errors[0]


def test_empty_lines_count_in_the_numbers_only():
    (row,) = rows(HEAD + ";;;;;;\nMme;A;B;;;a@b.fr;\n")
    assert row.number == 3


@pytest.mark.parametrize("text", ["", "Prénom;Ville\nA;B\n"])
def test_a_file_without_names_is_refused_with_a_reason(text):
    with pytest.raises(FileError):
        read(text.encode())


def test_what_is_wrong_comes_back_with_its_error_and_nothing_else_lost():
    header, found = read((HEAD + "X;A;B;;;a@b.fr;12\n").encode())
    again = write_back(header, found)
    header_again, back = read(again)
    assert header_again[:-1] == header
    assert back[0].raw["Voix"] == "12"
    assert "Civilité" in back[0].raw["Erreur"]


def test_no_cell_runs_in_a_spreadsheet():
    header, found = read((HEAD + "X;=1+1;B;;;a@b.fr;\n").encode())
    assert ";'=1+1;" in write_back(header, found).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-03-22", date(2026, 3, 22)), ("1.2.1970", date(1970, 2, 1)), ("hier", None)],
)
def test_dates(text, expected):
    assert parse_date(text) == expected


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(content):
    try:
        header, found = read(content)
    except FileError:
        return
    assert people_file.write_back(header, found)
