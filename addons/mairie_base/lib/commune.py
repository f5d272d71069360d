"""What the law derives from a commune's population, INSEE code and département."""

import re
from bisect import bisect_right

# CGCT, art. L2121-2: population from which -> members of the council
_COUNCIL_SIZES = [
    (0, 7),
    (100, 11),
    (500, 15),
    (1_500, 19),
    (2_500, 23),
    (3_500, 27),
    (5_000, 29),
    (10_000, 33),
    (20_000, 35),
    (30_000, 39),
    (40_000, 43),
    (50_000, 45),
    (60_000, 49),
    (80_000, 53),
    (100_000, 55),
    (150_000, 59),
    (200_000, 61),
    (250_000, 65),
    (300_000, 69),
]

# CGCT, art. L2121-2-1: population from which -> members that make a complete council
_COMPLETE_SIZES = [(0, 5), (100, 9), (500, 13)]
_COMPLETE_LIMIT = 1_000

LOCAL_LAW_DEPARTMENTS = frozenset({"57", "67", "68"})

# département or collectivité -> (holiday zone, time zone)
_OVERSEAS = {
    "971": ("guadeloupe", "America/Guadeloupe"),
    "972": ("martinique", "America/Martinique"),
    "973": ("guyane", "America/Cayenne"),
    "974": ("reunion", "Indian/Reunion"),
    "975": ("saint_pierre_et_miquelon", "America/Miquelon"),
    "976": ("mayotte", "Indian/Mayotte"),
    "977": ("saint_barthelemy", "America/St_Barthelemy"),
    "978": ("saint_martin", "America/Marigot"),
    "986": ("wallis_et_futuna", "Pacific/Wallis"),
    "987": ("polynesie", "Pacific/Tahiti"),
    "988": ("nouvelle_caledonie", "Pacific/Noumea"),
}

_INSEE_CODE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[678])\d+")
_LA_POSTE = "356000000"


def council_size(population: int) -> int:
    """Return the legal number of members of a municipal council.

    Paris, Lyon and Marseille, and communes nouvelles (L2113-7, -8) have numbers of
    their own: the caller lets them be overridden.

    :raise ValueError: a negative population
    Source: CGCT, art. L2121-2.

    >>> council_size(18_000)
    33
    """
    return _by_stratum(_COUNCIL_SIZES, population)


def complete_council_size(population: int) -> int:
    """Return the number of members from which a council is deemed complete.

    Below 1 000 inhabitants fewer members are enough; above, all of them.

    Source: CGCT, art. L2121-2-1 (law 2025-444, art. 5).

    >>> complete_council_size(640), council_size(640)
    (13, 15)
    """
    if population >= _COMPLETE_LIMIT:
        return council_size(population)
    return _by_stratum(_COMPLETE_SIZES, population)


def max_deputies(size: int) -> int:
    """Return how many deputies ("adjoints") a council of that size may elect.

    30 % of the council, rounded down (CE, 24 April 1985, Aix-en-Provence).

    :param size: legal number of members; members elected where L2121-2-1 applies
    Source: CGCT, art. L2122-2.

    >>> max_deputies(55)
    16
    """
    return size * 3 // 10


def is_valid_siret(text: str) -> bool:
    """Tell whether a text is a SIRET: 14 digits with the check sum of Luhn.

    Spaces are accepted. La Poste's establishments follow a rule of their own.

    >>> is_valid_siret("218 601 946 00013")
    True
    """
    digits = re.sub(r"\s", "", text or "")
    if not re.fullmatch(r"[0-9]{14}", digits):
        return False
    if digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True
    return _luhn(digits) % 10 == 0


def is_valid_insee_code(code: str) -> bool:
    """Tell whether a text has the form of a commune's INSEE code.

    >>> is_valid_insee_code("2A004"), is_valid_insee_code("49000")
    (True, True)
    """
    return bool(code) and len(code) == 5 and bool(_INSEE_CODE.fullmatch(code))


def department_of(insee_code: str) -> str:
    """Return the département (or overseas collectivité) of a commune.

    :raise ValueError: not an INSEE code

    >>> department_of("49999"), department_of("2A004"), department_of("97411")
    ('49', '2A', '974')
    """
    if not is_valid_insee_code(insee_code):
        raise ValueError(f"not an INSEE code: {insee_code!r}")
    return insee_code[:3] if insee_code[:2] in ("97", "98") else insee_code[:2]


def applies_local_law(department: str) -> bool:
    """Tell whether the local law of Alsace-Moselle applies (CGCT, art. L2541-1)."""
    return department in LOCAL_LAW_DEPARTMENTS


def holiday_zone_of(department: str) -> str:
    """Return the holiday zone of a département: a key of ``legal_calendar.ZONES``."""
    if applies_local_law(department):
        return "alsace_moselle"
    return _OVERSEAS.get(department, ("metropole", None))[0]


def default_timezone_of(department: str) -> str:
    """Return the usual time zone of a département.

    A default only: the Marquesas and the Gambier have times of their own.
    """
    return _OVERSEAS.get(department, (None, "Europe/Paris"))[1]


def _by_stratum(table, population):
    if population < 0:
        raise ValueError(f"a population is not negative: {population}")
    return table[bisect_right(table, population, key=lambda row: row[0]) - 1][1]


def _luhn(digits):
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + rank % 2)
        total += value - 9 if value > 9 else value
    return total
