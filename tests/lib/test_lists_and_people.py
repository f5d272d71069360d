"""The ministry's files, what a list must look like, and who is elected."""

import pytest
from mairie_scrutin.lib import candidacies_file, seats_file
from mairie_scrutin.lib.elected import (
    Candidate,
    community_members,
    community_successor,
    council_members,
    vacancy,
)
from mairie_scrutin.lib.list_checks import (
    Name,
    check_community_list,
    check_list,
    community_list_size,
)

HEADER = (
    '"Code département";"Département";"Code circonscription";"Circonscription";'
    '"Numéro de panneau";"Libellé abrégé de liste";"Libellé de la liste";'
    '"Code nuance de liste";"Nuance de liste";"Tête de liste";"Ordre";"Sexe";'
    '"Nom sur le bulletin de vote";"Prénom sur le bulletin de vote";"Nationalité";'
    '"Code personnalité";"CC"'
)


def person(code, panneau, ordre, nom, sexe="F", cc="", head=""):
    values = ["49", "Maine-et-Loire", code, "Lieu", panneau, "ENS", "Ensemble; demain"]
    values += ["LDIV", "Divers", head, ordre, sexe, nom, "Anne", "Française", "", cc]
    return ";".join(f'"{value}"' for value in values)


def test_lists_people_and_flechage_of_one_commune():
    lines = [
        HEADER,
        person("49001", "1", "1", "AILLEURS"),
        person("49007", "2", "1", "ROY", cc="OUI", head="OUI"),
        person("49007", "2", "3", "PETIT", cc="OUI"),
        person("49007", "2", "2", "MARTIN", "M"),
        person("49007", "10", "1", "DURAND", "M"),
    ]
    found = candidacies_file.read(lines, ["49007"])
    assert [row.panneau for row in found.lists] == ["002", "010"]
    first = found.lists[0]
    assert first.name == "Ensemble; demain"
    assert (first.head, first.nuance) == ("Anne ROY", "LDIV")
    assert [one.nom for one in first.people] == ["ROY", "MARTIN", "PETIT"]
    assert [one.cc_ordre for one in first.people] == [1, 0, 2]
    assert [one.sexe for one in first.people] == ["F", "M", "F"]
    assert found.places == ("49001",)


def test_a_sector_is_told_apart_from_its_city():
    lines = [
        HEADER,
        person("75056SR16", "1", "1", "UN"),
        person("75056", "1", "1", "DEUX"),
    ]
    assert candidacies_file.read(lines, ["75056SR16"]).lists[0].people[0].nom == "UN"


def test_nothing_is_lost_of_what_cannot_be_read():
    lines = [
        HEADER,
        person("49007", "1", "1", "ROY"),
        person("49007", "1", "un", "PETIT"),
        person("49007", "", "2", "MARTIN"),
        person("49007", "1", "1", "DOUBLE"),
    ]
    found = candidacies_file.read(lines, ["49007"])
    assert [(row.line, row.code) for row in found.refused] == [
        (3, "not_a_number"),
        (4, "missing"),
        (5, "rank_twice"),
    ]
    assert "PETIT" in found.refused[0].raw
    assert len(found.lists[0].people) == 1


def test_other_delimiters_alphabets_and_files():
    text = "\n".join([HEADER, person("49007", "1", "1", "LEFÈVRE")]).encode("cp1252")
    chunks = (text[at : at + 7] for at in range(0, len(text), 7))
    found = candidacies_file.read(candidacies_file.decode(chunks), ["49007"])
    assert found.lists[0].people[0].nom == "LEFÈVRE"
    with pytest.raises(candidacies_file.UnknownFileError) as error:
        candidacies_file.read(["a;b;c", "1;2;3"], ["49007"])
    assert "nom" in error.value.missing


def test_a_large_file_is_read_line_by_line():
    """Two hundred thousand lines of elsewhere, one of ours: only ours is kept."""

    def lines():
        yield HEADER
        other = person("01004", "1", "1", "AILLEURS")
        for number in range(20_000):
            yield other.replace("01004", f"01{number % 400:03}")
        yield person("49007", "1", "1", "ROY")

    found = candidacies_file.read(lines(), ["49007"])
    assert len(found.lists) == 1
    assert found.seen == 20_001
    assert len(found.places) == 5


def test_seats_of_a_commune_in_the_ministry_s_list():
    head = ["CODE_DPT", "LIB_DPT", "CODE_EPCI", "LIB_EPCI", "CODE_COMMUNE"]
    head += ["LIB_COMMUNE", "CODE_COM_ASSOCIEE", "LIB_COM_ASSOCIEE", "NBRE_BV"]
    head += ["POPULATION", "INSCRITS", "NBRE_SAP_COM", "NBRE_SAP_EPCI"]
    rows = [
        ["Élections municipales 2026"],
        head,
        ["49", "", "", "ALM", "49007", "Angers", "", "", 93, 157175, 101000, 55, 37],
        ["49", "", "", "X", "49018", "Baugé", "A1", "Echemiré", 1, 500, 400, 3, None],
        ["49", "", "", "X", "018", "Baugé", None, None, 9, "11 900", 8000, 33.0, None],
    ]
    angers = seats_file.find(rows, "49007")
    assert (angers.council, angers.community, angers.population) == (55, 37, 157175)
    bauge = seats_file.find(rows, "49018")
    assert (bauge.council, bauge.community, bauge.population) == (33, None, 11900)
    assert seats_file.find(rows, "49999") is None
    with pytest.raises(seats_file.UnknownFileError):
        seats_file.find([["x"]], "49007")
    with pytest.raises(seats_file.NotANumberError):
        seats_file.find([*rows[:2], [*rows[2][:11], "beaucoup", 1]], "49007")


def names(sexes, community=()):
    return [
        Name(
            rank, f"n{rank}", sex, community.index(rank) + 1 if rank in community else 0
        )
        for rank, sex in enumerate(sexes, 1)
    ]


def codes(findings):
    return [finding.code for finding in findings]


def test_size_and_alternation_of_a_list():
    assert codes(check_list(names("FMFMFMF"), 7)) == []
    assert codes(check_list(names("FMFMFMFMF"), 7)) == []
    assert codes(check_list(names("FMFMFMFMFM"), 7)) == ["L02"]
    assert codes(check_list(names("FMFMF"), 7)) == ["L01"]
    assert codes(check_list(names("FMFMF"), 7, small=True)) == []
    assert codes(check_list(names("FMFFMFM"), 7)) == ["L03"]
    assert codes(check_list(names("FMFFMFM"), 7, parity=False)) == []
    assert codes(check_list([*names("FMFMFM"), Name(9, "n9", "F")], 7)) == ["L05"]
    assert codes(check_list([*names("FMFMFM"), Name(7, "n7")], 7)) == ["L04"]


def test_community_list():
    assert [community_list_size(n) for n in (1, 4, 5, 18)] == [2, 5, 7, 20]
    good = names("FMFMFMFMFMFMFMFMFMFMFMFMFMF", (1, 2, 3, 4, 5))
    assert codes(check_community_list(good, 27, 4)) == []
    late = names("FMFMFMFMFMFMFMFMFMFMFMFMFMF", (1, 2, 3, 4, 17))
    assert codes(check_community_list(late, 27, 4)) == ["C05"]
    same = names("FMFMFMFMFMFMFMFMFMFMFMFMFMF", (1, 3, 5, 7, 9))
    assert codes(check_community_list(same, 27, 4)) == ["C03"]
    headless = names("FMFMFMFMFMFMFMFMFMFMFMFMFMF", (2, 3, 4, 5, 6))
    assert codes(check_community_list(headless, 27, 4)) == ["C04"]
    inverted = names("FMFMFMFMFMFMFMFMFMFMFMFMFMF", (1, 4, 3, 6, 5))
    assert "C02" in codes(check_community_list(inverted, 27, 4))
    assert codes(check_community_list(names("FMFMFMFMFMF", (1, 2)), 11, 4)) == ["C01"]


def test_a_short_council_repeats_its_order():
    """Fifteen seats, eight community seats and two more: over three fifths."""
    good = names("FMFMFMFMFMFMFMF", tuple(range(1, 11)))
    assert codes(check_community_list(good, 15, 8)) == []
    other = names("FMFMFMFMFMFMFMF", (*range(1, 10), 11))
    assert codes(check_community_list(other, 15, 8)) == ["C06"]


PEOPLE = [
    Candidate("a", "F", 1),
    Candidate("b", "M", 2),
    Candidate("c", "F"),
    Candidate("d", "M", 4),
    Candidate("e", "F", 3),
]


def test_council_follows_the_order_and_stops_with_the_names():
    assert council_members(PEOPLE, 2) == ("a", "b")
    assert len(council_members(PEOPLE, 9)) == 5


def test_a_community_seat_goes_to_the_same_sex_on_the_council():
    """Four on the council; the third community name is not, c takes it (L273-8)."""
    seats = community_members(PEOPLE, 4, 3)
    assert [(s.key, s.rule, s.replaces) for s in seats] == [
        ("a", "list", None),
        ("b", "list", None),
        ("c", "same_sex", "e"),
    ]
    assert community_members(PEOPLE, 2, 3)[2].rule == "vacant"


def test_who_follows_on_the_community_council():
    """The same sex first, on the community list then on the council's (L273-10)."""
    leaving = PEOPLE[0]
    council, seated = ("a", "b", "c", "d"), ("a", "b")
    assert community_successor(PEOPLE, council, seated, leaving) == "c"
    assert community_successor(PEOPLE, ("a", "b", "d"), seated, leaving) is None
    assert (
        community_successor(PEOPLE, ("a", "b", "d"), seated, leaving, same_sex=False)
        == "d"
    )
    single = community_successor(PEOPLE, council, ("a",), leaving, single_seat=True)
    assert single == "b"


# columns of the ministry's files of 2024 (législatives); a pair bears 1 and 2
CANDIDATES = (
    "Code circonscription;Numéro de panneau;N° dépôt;Sexe du candidat;Nom du candidat;"
    "Prénom du candidat;Date de naissance du candidat;Code nuance;Profession;Sortant;"
    "Sexe remplaçant;Nom remplaçant;Prénom remplaçant;Date de naissance remplaçant;"
    "Sortant remplaçant"
)


def test_candidates_come_with_their_substitutes():
    lines = [
        CANDIDATES,
        "4902;1;12;FEMININ;ROY;Anne;02/03/1961;DIV;Cadre;NON;MASCULIN;PETIT;Luc;"
        "04/05/1970;NON",
        "4902;2;13;MASCULIN;MARTIN;Paul;;DVD;;;;;;;",
        "4902;2;14;MASCULIN;TWICE;Paul;;DVD;;;;;;;",
        "4902;3;15;MASCULIN;;Paul;;DVD;;;;;;;",
        "4903;1;16;MASCULIN;AILLEURS;Paul;;DVD;;;;;;;",
    ]
    found = candidacies_file.read(lines, ["4902"])
    first, second = found.lists
    assert (first.name, first.head, first.nuance) == ("Anne ROY", "", "DIV")
    (person,) = first.people
    assert (person.ordre, person.sexe, str(person.birth)) == (1, "F", "1961-03-02")
    substitute = person.substitute
    assert (substitute.label, substitute.sexe) == ("Luc PETIT", "M")
    assert str(substitute.birth) == "1970-05-04"
    assert second.people[0].substitute is None
    assert [(row.line, row.code) for row in found.refused] == [
        (4, "rank_twice"),
        (5, "missing"),
    ]


@pytest.mark.parametrize(
    ("titular", "substitute"),
    [
        ("{part} candidat {rank}", "{part} remplaçant {rank}"),
        ("{part} du candidat {rank}", "{part} du remplaçant {rank}"),
        ("Candidat {rank} {part}", "Remplaçant {rank} {part}"),
        ("{part} {rank}", "{part} suppléant {rank}"),
        ("{part} Titulaire{rank}", "{part} Remplaçant du candidat {rank}"),
        ("{part}_candidat_{rank}", "{part}_remplacant_{rank}"),
    ],
)
@pytest.mark.parametrize("code", ["Code circonscription", "Code canton"])
def test_a_pair_is_one_candidacy_with_two_substitutes(titular, substitute, code):
    """The ministry's headers change at each election: words count, not their order."""
    head = [code, "N° Panneau", "Nuance Binôme"]
    for rank in (1, 2):
        for pattern in (titular, substitute):
            head += [
                pattern.format(part=part, rank=rank)
                for part in ("Sexe", "Nom", "Prénom")
            ]
    line = "4907;4;BC-DVC;F;ROY;Anne;Mme;LE GALL;Ida;M;PETIT;Luc;M.;BRUN;Marc"
    (pair,) = candidacies_file.read([";".join(head), line], ["4907"]).lists
    assert (pair.panneau, pair.name) == ("004", "Anne ROY et Luc PETIT")
    assert [(one.ordre, one.nom, one.substitute.nom) for one in pair.people] == [
        (1, "ROY", "LE GALL"),
        (2, "PETIT", "BRUN"),
    ]
    sexes = [(one.sexe, one.substitute.sexe) for one in pair.people]
    assert (pair.nuance, sexes) == ("BC-DVC", [("F", "F"), ("M", "M")])


def test_a_pair_without_its_second_name_is_refused_and_kept():
    head = "Code canton;Panneau;Nom candidat 1;Prénom candidat 1;Nom candidat 2"
    found = candidacies_file.read([head, "07;1;ROY;Anne;", "07;2;A;B;C"], ["07"])
    assert [pair.panneau for pair in found.lists] == ["002"]
    (refused,) = found.refused
    assert (refused.line, refused.code) == (2, "missing")
    assert refused.raw == "07;1;ROY;Anne;"


@pytest.mark.parametrize(
    ("kind", "cause", "way"),
    [
        ("legislatives", "death", "substitute"),
        ("legislatives", "incompatibility", "substitute"),
        ("legislatives", "government", "temporary"),
        ("legislatives", "resignation", "election"),
        ("legislatives", "annulment", "election"),
        ("departementales", "resignation", "substitute"),
        ("departementales", "government", "substitute"),
        ("departementales", "annulment", "election"),
        ("municipales", "death", ""),
    ],
)
def test_the_cause_of_a_vacancy_tells_who_follows(kind, cause, way):
    assert vacancy(kind, cause) == way
