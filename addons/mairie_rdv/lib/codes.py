"""Codes that people read aloud, type, and must not mistake."""

import re
from collections.abc import Callable, Sequence

#: No 0 and O, no 1 and I: 32 signs, hence 30 bits in six of them.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PRE_DEMANDE_LENGTH = 10


class PreDemandeError(ValueError):
    """A pre-demande number is not well formed.

    ``missing`` is how many characters lack (negative: too many); 0 when the length is
    right but a sign is neither a letter nor a digit.
    """

    def __init__(self, missing: int):
        super().__init__(f"pre-demande number: {missing} characters missing")
        self.missing = missing


def desk_code(choice: Callable[[Sequence[str]], str]) -> str:
    """Return six signs drawn by ``choice`` (``secrets.choice``, say)."""
    return "".join(choice(ALPHABET) for _index in range(6))


def spell(code: str) -> str:
    """Return a desk code in two groups of three.

    >>> spell("K7M2QX")
    'K7M 2QX'
    """
    return f"{code[:3]} {code[3:]}"


def clean_pre_demande(text: str) -> str:
    """Return a pre-demande number of France Titres in its canonical form.

    Ten letters and digits, upper case; the spaces, dots and dashes that people put in
    between are dropped.

    :raise PreDemandeError: wrong length, or a sign that is no letter and no digit

    >>> clean_pre_demande("ab12-cd34 ef")
    'AB12CD34EF'
    """
    compact = re.sub(r"[\s.\-_]", "", text).upper()
    if len(compact) != PRE_DEMANDE_LENGTH:
        raise PreDemandeError(PRE_DEMANDE_LENGTH - len(compact))
    if not re.fullmatch(r"[A-Z0-9]+", compact):
        raise PreDemandeError(0)
    return compact


def mask_email(email: str) -> str:
    """Return an address that its owner recognises and nobody else can use.

    >>> mask_email("lea@free.fr")
    'l***@free.fr'
    """
    name, _at, host = email.partition("@")
    return f"{name[:1]}***@{host}"


def mask_phone(number: str) -> str:
    """Return the end of a number, enough for its owner.

    >>> mask_phone("+33612345678")
    '** ** ** 78'
    """
    return f"** ** ** {number[-2:]}"


def read_code(text: str) -> str:
    """Return a desk code as it is kept, "" when it cannot be one.

    >>> read_code("k7m 2qx"), read_code("K7M2Q0")
    ('K7M2QX', '')
    """
    compact = re.sub(r"[\s.\-_]", "", text or "").upper()
    known = len(compact) == 6 and all(char in ALPHABET for char in compact)
    return compact if known else ""
