"""One-time codes that sign: six digits, ten minutes, five tries."""

import hashlib
from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=10)
MAX_TRIES = 5
DIGITS = 6
#: Codes that one person may ask for in an hour: a code is not a way to send e-mails.
MAX_PER_HOUR = 6


def digest(code: str, salt: str) -> str:
    """Return what is kept of a code: never the code itself.

    >>> digest("482915", "a") == digest("482 915", "a") != digest("482915", "b")
    True
    """
    plain = "".join(char for char in code if char.isdigit())
    return hashlib.pbkdf2_hmac("sha256", plain.encode(), salt.encode(), 20_000).hex()


def pretty(code: str) -> str:
    """Return a code as people read it.

    >>> pretty("482915")
    '482 915'
    """
    return f"{code[:3]} {code[3:]}"


def verdict(
    typed: str,
    kept: str,
    salt: str,
    *,
    expires_at: datetime,
    tries: int,
    used: bool,
    now: datetime,
) -> str:
    """Return ``"ok"``, ``"wrong"``, ``"expired"`` or ``"exhausted"``.

    :param kept: the digest of the code that was sent
    :param tries: wrong ones so far
    """
    if tries >= MAX_TRIES:
        return "exhausted"
    if used or now >= expires_at:
        return "expired"
    return "ok" if digest(typed, salt) == kept else "wrong"


def masked_address(address: str) -> str:
    """Return an e-mail address that its owner knows and nobody else.

    >>> masked_address("legoff@orange.fr")
    'l•••@orange.fr'
    """
    name, at, host = address.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else "•••"
