"""Codes that are read on paper and typed with a thumb, and passwords that are enough."""

import hashlib
from collections.abc import Callable

# Neither 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: each sign is read in one way only.
ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
LENGTH = 10
GROUPS = (3, 3, 4)
MIN_WITH_LOCKOUT = 8
MIN_ALONE = 12
MIN_THREE_KINDS = 14
MIN_WORDS = 7


def make_code(draw: Callable[[str], str]) -> str:
    """Draw a code of ten signs, 45 bits: enough where five mistakes lock the account.

    :param draw: picks one sign of a text that nobody can foresee (``secrets.choice``)

    >>> make_code(max)
    'YYYYYYYYYY'
    """
    return "".join(draw(ALPHABET) for _sign in range(LENGTH))


def show_code(code: str) -> str:
    """Cut a code into groups, for the eye.

    >>> show_code("ACDEFGH346")
    'ACD EFG H346'
    """
    parts, start = [], 0
    for size in GROUPS:
        parts.append(code[start : start + size])
        start += size
    return " ".join(parts)


def clean_code(typed: str) -> str:
    """Forgive what fingers add: small letters, spaces, dashes.

    :return: ten signs of the alphabet, or an empty text

    >>> clean_code("acd-efg h346")
    'ACDEFGH346'
    >>> clean_code("ACDEFGH34")
    ''
    """
    code = "".join(sign for sign in (typed or "").upper() if not sign.isspace())
    code = code.replace("-", "").replace(".", "")
    known = len(code) == LENGTH and all(sign in ALPHABET for sign in code)
    return code if known else ""


def digest(secret: str) -> str:
    """:return: the SHA-256 of a token or a code, in hexadecimal: all that is kept"""
    return hashlib.sha256(secret.encode()).hexdigest()


def count_kinds(password: str) -> int:
    """How many kinds of signs: small letters, capitals, figures, others.

    >>> count_kinds("Loire49")
    3
    """
    return sum(
        [
            any(sign.islower() for sign in password),
            any(sign.isupper() for sign in password),
            any(sign.isdigit() for sign in password),
            any(not sign.isalnum() for sign in password),
        ]
    )


def is_strong(password: str, lockout: bool) -> bool:
    """Tell whether a password is enough.

    :param lockout: True when wrong tries lock the account
    Source: CNIL, délibération 2022-100: 50 bits with a restriction of access (8 signs
    of 3 kinds), 80 bits alone (12 of 4 kinds, 14 of 3 kinds, or 7 words).

    >>> is_strong("Loire-49", lockout=True), is_strong("Loire-49", lockout=False)
    (True, False)
    >>> is_strong("le bac passe sur la Loire lundi", lockout=False)
    True
    """
    if len(password.split()) >= MIN_WORDS:
        return True
    kinds, size = count_kinds(password), len(password)
    if lockout and size >= MIN_WITH_LOCKOUT and kinds >= 3:
        return True
    if lockout and size >= MIN_THREE_KINDS and len(password.split()) >= 3:
        return True
    return (size >= MIN_ALONE and kinds == 4) or (
        size >= MIN_THREE_KINDS and kinds >= 3
    )
