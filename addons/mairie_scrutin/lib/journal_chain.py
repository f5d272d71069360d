"""A chain of fingerprints: what was written cannot change without a trace.

Each link has a payload, canonical JSON of plain values with natural keys (number of the
station, panel of the list), never an id of the database. Its hash covers the version of
the algorithm, the hash of the link before and the payload::

    hash(0) = H("", payload(0))              payload(0) names the election: "entete"
    hash(n) = H(hash(n-1), payload(n))       H = SHA-256 over version, previous, payload

A chain alone does not show that its tail was cut, nor that all of it was made again: an
anchor does, a number of links and the hash of the last one, printed or mailed that day.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

VERSION = 1
PREFIX = f"${VERSION}$"
SEED = f"mairie-scrutin\n{VERSION}\n"
HEX = re.compile(r"[0-9A-Fa-f]{64}")


@dataclass(frozen=True)
class Fault:
    """What does not hold, and at which link (from 0).

    Codes: ``order`` (expected), ``payload``, ``hash``, ``first``, ``cut`` (count, found),
    ``anchor``.
    """

    seq: int
    code: str
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Anchor:
    """A fingerprint that left the database: number of links, hash of the last one."""

    count: int
    hash: str


def canonical(value):
    """The one way of writing a value as JSON: sorted keys, no spaces.

    >>> canonical({"b": 1, "a": ["é"]})
    '{"a":["é"],"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link_hash(previous, payload):
    """Hash of a link. :param previous: hash of the link before, "" for the first"""
    text = f"{SEED}{previous}\n{payload}"
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()


def check(
    links: Iterable[tuple[int, str, str]], anchors: Sequence[Anchor] = ()
) -> list[Fault]:
    """Return the faults of a chain, first one first; empty when it is intact.

    After a first fault the chain goes on from the hash that is written, so that each
    changed link is told and not all that follow.

    :param links: (number, payload, hash) in the order of the numbers
    """
    faults, hashes, previous, last = [], [], "", -1
    for seq, payload, found in links:
        if seq != last + 1:
            faults.append(Fault(last + 1, "order", {"found": seq}))
        if link_hash(previous, payload) != found:
            faults.append(Fault(seq, "hash"))
        hashes.append(found)
        previous, last = found, seq
    return faults + [fault for anchor in anchors for fault in _held(anchor, hashes)]


def _held(anchor, hashes):
    if anchor.count > len(hashes):
        params = {"count": anchor.count, "found": len(hashes)}
        yield Fault(len(hashes), "cut", params)
    elif anchor.count < 1 or hashes[anchor.count - 1] != anchor.hash:
        yield Fault(anchor.count - 1, "anchor")


def digits(hash_):
    """The 64 signs of a hash, in capitals, without its version."""
    return hash_.rpartition("$")[2].upper()


def short(hash_):
    """For a screen: first four signs, last two.

    >>> short("$1$9f3c" + "0" * 58 + "a1")
    '9F3C…A1'
    """
    text = digits(hash_)
    return f"{text[:4]}…{text[-2:]}" if text else ""


def grouped(hash_):
    """For paper: groups of four signs, to be read aloud and typed again."""
    text = digits(hash_)
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def read_back(text):
    """A hash typed from paper, whatever its spaces and case; None if it is none.

    >>> read_back("AB " * 32) == "$1$" + "ab" * 32
    True
    """
    found = "".join((text or "").split()).rpartition("$")[2]
    return PREFIX + found.lower() if HEX.fullmatch(found) else None
