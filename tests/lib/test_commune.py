import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_base.lib.commune import (
    applies_local_law,
    complete_council_size,
    council_size,
    default_timezone_of,
    department_of,
    holiday_zone_of,
    is_valid_insee_code,
    is_valid_siret,
    max_deputies,
)
from mairie_base.lib.legal_calendar import ZONES

# last population of each stratum -> members (CGCT, art. L2121-2)
STRATA = [
    (99, 7),
    (499, 11),
    (1_499, 15),
    (2_499, 19),
    (3_499, 23),
    (4_999, 27),
    (9_999, 29),
    (19_999, 33),
    (29_999, 35),
    (39_999, 39),
    (49_999, 43),
    (59_999, 45),
    (79_999, 49),
    (99_999, 53),
    (149_999, 55),
    (199_999, 59),
    (249_999, 61),
    (299_999, 65),
    (2_000_000, 69),
]


@pytest.mark.parametrize(("last", "size"), STRATA)
def test_council_size_up_to_the_last_inhabitant_of_a_stratum(last, size):
    assert council_size(last) == size


@pytest.mark.parametrize(
    ("last", "next_size"),
    [(last, size) for (last, _), (_, size) in zip(STRATA, STRATA[1:], strict=False)],
)
def test_one_more_inhabitant_changes_the_stratum(last, next_size):
    assert council_size(last + 1) == next_size


@given(st.integers(0, 3_000_000), st.integers(0, 3_000_000))
def test_a_larger_commune_never_has_a_smaller_council(one, other):
    small, large = sorted((one, other))
    assert council_size(small) <= council_size(large)
    assert council_size(small) % 2 == 1


def test_a_negative_population_is_refused():
    with pytest.raises(ValueError, match="negative"):
        council_size(-1)


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (0, 5),
        (99, 5),
        (100, 9),
        (499, 9),
        (500, 13),
        (999, 13),
        (1_000, 15),
        (18_000, 33),
    ],
)
def test_council_deemed_complete(population, size):
    assert complete_council_size(population) == size


@pytest.mark.parametrize(
    ("size", "deputies"),
    [
        (7, 2),
        (11, 3),
        (15, 4),
        (19, 5),
        (23, 6),
        (27, 8),
        (29, 8),
        (33, 9),
        (35, 10),
        (39, 11),
        (55, 16),
        (59, 17),
        # councils deemed complete count as they are
        (5, 1),
        (9, 2),
        (13, 3),
    ],
)
def test_deputies_are_30_percent_rounded_down(size, deputies):
    assert max_deputies(size) == deputies


@pytest.mark.parametrize(
    "siret",
    ["21860194600013", "218 601 946 00013", "21490998800013", "35600000000048"],
)
def test_siret_accepted(siret):
    assert is_valid_siret(siret)


@pytest.mark.parametrize(
    "siret",
    ["", None, "2186019460001", "218601946000133", "21860194600014", "2186019460001A"],
)
def test_siret_refused(siret):
    assert not is_valid_siret(siret)


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, shift):
    digits = list("21860194600013")
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert not is_valid_siret("".join(digits))


@pytest.mark.parametrize(
    ("code", "department"),
    [
        ("49007", "49"),
        ("01001", "01"),
        ("2A004", "2A"),
        ("2B033", "2B"),
        ("75056", "75"),
        ("97105", "971"),
        ("97411", "974"),
        ("97701", "977"),
        ("98818", "988"),
    ],
)
def test_department_of_a_code(code, department):
    assert is_valid_insee_code(code)
    assert department_of(code) == department


@pytest.mark.parametrize(
    "code", ["", None, "4900", "490071", "00001", "96001", "2C004", "ABCDE"]
)
def test_code_refused(code):
    assert not is_valid_insee_code(code)
    with pytest.raises(ValueError, match="INSEE"):
        department_of(code)


@pytest.mark.parametrize(
    ("department", "zone", "tz"),
    [
        ("49", "metropole", "Europe/Paris"),
        ("2A", "metropole", "Europe/Paris"),
        ("67", "alsace_moselle", "Europe/Paris"),
        ("971", "guadeloupe", "America/Guadeloupe"),
        ("974", "reunion", "Indian/Reunion"),
        ("975", "saint_pierre_et_miquelon", "America/Miquelon"),
        ("987", "polynesie", "Pacific/Tahiti"),
        ("", "metropole", "Europe/Paris"),
    ],
)
def test_territory_of_a_department(department, zone, tz):
    assert holiday_zone_of(department) == zone
    assert default_timezone_of(department) == tz


def test_local_law_binds_three_departments():
    bound = [str(number) for number in range(1, 96) if applies_local_law(str(number))]
    assert bound == ["57", "67", "68"]


def test_every_zone_belongs_to_some_department():
    departments = ["49", "67", *map(str, range(971, 979)), "986", "987", "988"]
    assert {holiday_zone_of(department) for department in departments} == set(ZONES)
