"""Seals: one text for one set of facts, one hash for one text, each on the last."""

import hashlib
import json
from collections.abc import Mapping

#: Written before each hash, so that a later way of sealing can be told apart.
VERSION = "1"
#: What the first record of a chain is sealed on.
GENESIS = "mairie_elus"


def canonical(facts: Mapping) -> str:
    """Return the facts as JSON that never varies: sorted keys, no space.

    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def seal(text: str, previous: str = GENESIS) -> str:
    """Return the version and the SHA-256 of the previous seal and the text.

    >>> seal("a") == seal("a", GENESIS) != seal("b")
    True
    """
    digest = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
    return f"${VERSION}${digest}"


def first_broken(records: list[tuple[str, str]]) -> int | None:
    """Return the index of the first record whose seal is wrong, None if all hold.

    :param records: ``(text, seal)`` pairs in the order of sealing
    """
    previous = GENESIS
    for index, (text, sealed) in enumerate(records):
        if seal(text, previous) != sealed:
            return index
        previous = sealed
    return None


def grouped(sealed: str) -> str:
    """Return the figures of a seal as people read and type them: groups of four.

    >>> grouped("$1$9f3c12ab")
    '9F3C 12AB'
    """
    digest = sealed.rpartition("$")[2].upper()
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
