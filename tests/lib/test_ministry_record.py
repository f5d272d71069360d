"""Files of the ministry, one small sample of each format, and any bytes at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mairie_scrutin.lib.ministry_record import (
    ListVotes,
    commune_code,
    parse,
    parse_rows,
    percent,
    to_station_line,
    write_2026,
)

BV_2014 = """Export des résultats
Elections municipales 2014

No tour;Code département;Code commune;Nom commune;No bureau vote;Inscrits;Votants;Exprimés;No liste;Nom;Prénom;Nuance;Voix
1;92;002;Antony;0001;1000;600;580;1;MARTIN;Anne;LDVD;300
1;92;002;Antony;0001;1000;600;580;2;PETIT;Jean;LSOC;280
1;92;002;Antony;0002;900;500;490;1;MARTIN;Anne;LDVD;250
1;92;002;Antony;0002;900;500;490;2;PETIT;Jean;LSOC;240
""".encode("latin1")
STATS = "% Abs/Ins;Votants;% Vot/Ins;Blancs;% Blancs/Ins;% Blancs/Vot;Nuls;% Nuls/Ins;% Nuls/Vot;Exprimés;% Exp/Ins;% Exp/Vot"
FIGURES = "40,0;600;60,0;10;1,0;1,7;10;1,0;1,7;580;58,0;96,7"
LEG_2017 = (
    "Code du département;Libellé du département;Code de la circonscription;Libellé de la "
    "circonscription;Code de la commune;Libellé de la commune;Code du b.vote;Inscrits;"
    f"Abstentions;{STATS};N°Panneau;Sexe;Nom;Prénom;Nuance;Voix;% Voix/Ins;% Voix/Exp\n"
    f"ZA;Guadeloupe;01;1ère circ.;101;Les Abymes;0001;1000;400;{FIGURES};"
    "1;F;MARTIN;Anne;REM;300;30,0;51,7;2;M;PETIT;Jean;SOC;280;28,0;48,3\n"
).encode("latin1")
MUN_2020 = (
    (
        "Code du département\tLibellé du département\tCode de la commune\tLibellé de la "
        f"commune\tCode B.Vote\tInscrits\tAbstentions\t{STATS}\tN.Pan.\tCode Nuance\tSexe\t"
        "Nom\tPrénom\tListe\tVoix\t% Voix/Ins\t% Voix/Exp\n"
        f"92\tHauts-de-Seine\t2\tAntony\t1\t1000\t400\t{FIGURES}\t1\tLDVD\tF\tMARTIN\tAnne\t"
        "Antony demain\t300\t30,0\t51,7\t2\tLSOC\tM\tPETIT\tJean\tEnsemble\t280\t28,0\t48,3\n"
    )
    .replace(";", "\t")
    .encode("latin1")
)
DEP_2021 = (
    "Code du département;Libellé du département;Code du canton;Libellé du canton;Code de la "
    f"commune;Libellé de la commune;Code du b.vote;Inscrits;Abstentions;{STATS};"
    "N°Panneau;Binôme;Nuance;Voix;% Voix/Ins;% Voix/Exp\n"
    f"92;Hauts-de-Seine;01;Antony;002;Antony;0001;1000;400;{FIGURES};"
    "1;Mme MARTIN et M. ROY;BC-DVD;580;58,0;100,0\n"
).encode("latin1")
EUR_2019 = (
    "Code du département;Libellé du département;Code de la commune;Libellé de la commune;"
    f"Code du b.vote;Inscrits;Abstentions;{STATS};N°Liste;Libellé Abrégé Liste;Libellé "
    "Etendu Liste;Nom Tête de Liste;Voix;% Voix/Ins;% Voix/Exp\n"
    f"ZZ;Français de l'étranger;001;Berlin;0001;1000;400;{FIGURES};"
    "1;ENSEMBLE;Ensemble pour demain;MARTIN Anne;580;58,0;100,0\n"
).encode("latin1")
COMMUNE_2014 = (
    "Date de l'export;Code du département;Type de scrutin;Libellé du département;Code de la "
    f"commune;Libellé de la commune;Inscrits;Abstentions;{STATS};Code Nuance;Sexe;Nom;"
    "Prénom;Liste;Sièges / Elu;Sièges Secteur;Sièges CC;Voix;% Voix/Ins;% Voix/Exp\n"
    f"25/03/2014;35;LI2;Ille-et-Vilaine;001;Acigné;1000;400;{FIGURES};"
    "LDVD;F;MARTIN;Anne;Acigné;24;0;2;380;38,0;65,5;LSOC;M;PETIT;Jean;Ensemble;5;0;0;200;20,0;34,5\n"
).encode("latin1")
HEAD_2024 = (
    "Code département;Libellé département;Code commune;Libellé commune;Code BV;Inscrits;"
    "Votants;% Votants;Abstentions;% Abstentions;Exprimés;% Exprimés/inscrits;"
    "% Exprimés/votants;Blancs;% Blancs/inscrits;% Blancs/votants;Nuls;% Nuls/inscrits;"
    "% Nuls/votants"
)
ROW_2024 = (
    "29;Finistère;29019;Brest;0001;1000;600;60,00%;400;40,00%;580;58,00%;96,67%;10;1,00%;"
    "1,67%;10;1,00%;1,67%"
)
LEG_2024 = (
    HEAD_2024
    + ";"
    + ";".join(
        f"Numéro de panneau {k};Nuance candidat {k};Nom candidat {k};Prénom candidat {k};"
        f"Sexe candidat {k};Voix {k};% Voix/inscrits {k};% Voix/exprimés {k};Elu {k}"
        for k in (1, 2, 3)
    )
    + f"\n{ROW_2024};1;UG;MARTIN;Anne;FEMININ;300;30,00%;51,72%;élu;2;RN;PETIT;Jean;"
    "MASCULIN;280;28,00%;48,28%;;;;;;;;;;\n"
).encode("utf-8-sig")
PLM_2026 = (
    HEAD_2024.replace("Code BV", "Code secteur;Libellé secteur")
    + ";Numéro de panneau 1;Nuance liste 1;Libellé de liste 1;Voix 1;Sièges 1\n"
    + ROW_2024.replace(
        "29;Finistère;29019;Brest;0001", "75;Paris;75056;Paris;75056SR16;16e"
    )
    + ";4;LDVD;Paris;580;30\n"
).encode()
LONG_TOWN = (
    "sequence;type;annee;tour;departement;commune;numero_du_bureau;canton;code_circo;"
    "indicatif;inscrits;abstentions;votants;votants_emargement;blancs;nuls;exprimes;"
    "nombre_de_candidats;panneau;voix;candidat;tete_de_liste;code_export;lieu_de_vote\n"
    "5;MN;2026;1;31;555;0005;01;4;I;957;401;556;555;4;2;550;2;003;300;Liste 3;Mme A;x;École\n"
    "5;MN;2026;1;31;555;0005;01;4;I;957;401;556;555;4;2;550;2;009;250;Liste 9;M. B;x;École\n"
).encode()

SAMPLES = {
    "bv_2014": (BV_2014, "long", "bureau", "92002", 2, 2),
    "leg_2017": (LEG_2017, "repeated", "bureau", "97101", 1, 2),
    "mun_2020": (MUN_2020, "repeated", "bureau", "92002", 1, 2),
    "dep_2021": (DEP_2021, "repeated", "bureau", "92002", 1, 1),
    "eur_2019": (EUR_2019, "repeated", "bureau", "ZZ001", 1, 1),
    "commune_2014": (COMMUNE_2014, "repeated", "commune", "35001", 1, 2),
    "leg_2024": (LEG_2024, "numbered", "bureau", "29019", 1, 2),
    "plm_2026": (PLM_2026, "numbered", "secteur", "75056", 1, 1),
    "long_town": (LONG_TOWN, "long", "bureau", "31555", 1, 2),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_format_is_read_whole(name):
    data, layout, level, commune, places, lists = SAMPLES[name]
    found = parse(data)
    assert not found.errors
    assert (found.layout, found.level, len(found.places)) == (layout, level, places)
    first = found.places[0]
    assert (first.commune, len(first.lists)) == (commune, lists)
    assert sum(row.votes for row in first.lists) == first.exprimes


def test_names_nuances_and_seats_come_along():
    martin = parse(MUN_2020).places[0].lists[0]
    assert martin == ListVotes("001", 300, "Antony demain", "Anne MARTIN", "LDVD")
    assert [row.seats_cc for row in parse(COMMUNE_2014).places[0].lists] == [2, 0]
    assert parse(LEG_2024).places[0].lists[0].elected
    assert parse(PLM_2026).places[0].lists[0].seats_cm == 30
    assert parse(LONG_TOWN).places[0].emargements == 555


@pytest.mark.parametrize(
    ("old", "commune", "insee"),
    [
        ("ZA", "101", "97101"),
        ("ZM", "601", "97601"),
        ("ZN", "801", "98801"),
        ("ZP", "711", "98711"),
        ("1", "4", "01004"),
        ("29", "29019", "29019"),
    ],
)
def test_old_codes_of_the_departements(old, commune, insee):
    assert commune_code(old, commune) == insee


def test_a_bad_row_is_told_and_the_others_are_kept():
    rows = LEG_2024.decode("utf-8-sig").splitlines()
    bad = rows[1].replace(";1000;600;", ";1000;beaucoup;").replace("0001", "0002")
    twice = rows[1]
    found = parse("\n".join([*rows, bad, twice, "n'importe quoi"]))
    assert len(found.places) == 1
    assert [error.code for error in found.errors] == [
        "not_a_number",
        "duplicate_station",
        "too_short",
    ]
    assert found.errors[2].raw == "n'importe quoi"


def test_a_file_without_headers_loses_nothing():
    found = parse(b"bonjour\n\nmonde\n")
    assert [error.raw for error in found.errors] == ["bonjour", "monde"]


def test_a_spreadsheet_reads_like_the_text():
    rows = [line.split(";") for line in LEG_2024.decode("utf-8-sig").splitlines()]
    assert parse_rows(rows).places == parse(LEG_2024).places


def test_what_we_write_reads_back_the_same():
    source = parse(LEG_2024).places
    again = parse(write_2026(source, "Finistère"))
    assert again.places == source
    assert not again.errors


def test_percent_is_the_ministry_s():
    assert (percent(5426, 10000), percent(1, 3)) == ("54,26%", "33,33%")


def test_a_station_becomes_a_line_of_the_prefecture():
    line = to_station_line(
        parse(MUN_2020).places[0], type_code="MN", year=2020, round=1
    )
    assert (line.bureau, line.commune_insee) == ("0001", "92002")
    assert line.votes == (("001", 300), ("002", 280))
    assert line.emargements == 600


def test_blancs_and_nuls_together_stay_votants_minus_exprimes():
    line = to_station_line(parse(BV_2014).places[0], type_code="MN", year=2014, round=1)
    assert line.votants == line.blancs + line.nuls + line.exprimes


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_a_crash(data):
    found = parse(data)
    text = "".join(error.raw for error in found.errors)
    assert found.layout or not text.strip() or found.errors


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6)), max_size=6),
)
def test_a_damaged_file_is_read_without_a_crash(name, damages):
    data = bytearray(SAMPLES[name][0])
    for place, piece in damages:
        data[place : place + len(piece)] = piece
    found = parse(bytes(data))
    for place in found.places:
        to_station_line(place, type_code="MN", year=2026, round=1)
