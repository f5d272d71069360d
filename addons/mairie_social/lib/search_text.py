"""Words as people type them: without accents, in any order, with a slip here and there."""

import functools
import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
TOKEN = re.compile(r'(-?)"([^"]+)"|(\S+)')
WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Write a text as it is indexed: small letters, no accent, words and spaces only.

    >>> fold("L'Été au rendez-vous des vœux")
    'l ete au rendez vous des voeux'
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


@functools.lru_cache(maxsize=32768)
def _fold_known(text: str) -> str:
    """:func:`fold` of the names and words that come back with each search."""
    return fold(text)


def to_query(text: str) -> str:
    """Turn what is typed into a query of PostgreSQL's ``to_tsquery``.

    All words are wanted. ``"two words"`` follow one another, ``-word`` is not wanted,
    ``wor*`` begins so. Nothing of what is typed reaches the query but letters and
    figures.

    :return: the query, or an empty text when there is no word

    >>> to_query('"conseil municipal" élagage* -travaux')
    '(conseil <-> municipal) & elagage:* & !travaux'
    """
    parts = []
    for minus, phrase, word in TOKEN.findall(text):
        if phrase:
            part = " <-> ".join(fold(phrase).split())
            part = f"({part})" if " " in part else part
            sign = minus
        else:
            sign = "-" if word.startswith("-") else ""
            begins = ":*" if word.endswith("*") else ""
            words = fold(word).split()
            part = " & ".join([*words[:-1], *(w + begins for w in words[-1:])])
            part = f"({part})" if sign and " " in part else part
        if part:
            parts.append(f"!{part}" if sign else part)
    return " & ".join(parts)


def snippet(text: str, stems: list[str], limit: int = 170) -> list[tuple[str, bool]]:
    """Cut a text around the first word found.

    :param stems: folded beginnings of the words looked for, as PostgreSQL stems them
    :param limit: about how many characters to keep
    :return: pieces of text in order, each with True when it was looked for

    >>> snippet("Les élagages commencent lundi.", ["elagag"])
    [('Les ', False), ('élagages', True), (' commencent lundi.', False)]
    """
    text = " ".join(text.split())
    found = [match for match in WORD.finditer(text) if _is_found(match[0], stems)]
    start = _cut_before(text, found[0].start() - limit // 3) if found else 0
    end = _cut_after(text, start + limit)
    pieces, position = [("…", False)] if start else [], start
    for match in found:
        if match.end() > end:
            break
        pieces += [(text[position : match.start()], False), (match[0], True)]
        position = match.end()
    pieces.append((text[position:end] + ("…" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece[0]]


def _is_found(word: str, stems: list[str]) -> bool:
    folded = _fold_known(word)
    return any(folded.startswith(stem) for stem in stems)


def _cut_before(text: str, position: int) -> int:
    return text.rfind(" ", 0, position) + 1 if position > 0 else 0


def _cut_after(text: str, position: int) -> int:
    if position >= len(text):
        return len(text)
    space = text.rfind(" ", 0, position)
    return space if space > 0 else position


@functools.lru_cache(maxsize=8192)
def trigrams(word: str) -> frozenset[str]:
    """Return the runs of three letters of a word, its edges included.

    >>> sorted(trigrams("ab"))
    ['  a', ' ab', 'ab ']
    """
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


@functools.lru_cache(maxsize=16384)
def likeness(typed: str, name: str) -> float:
    """Say how well a name answers what is typed, from 0 to 1, whatever the order.

    Each word typed is compared with the word of the name that is most like it; a word
    that begins a name counts in full.

    >>> likeness("dupon martin", "Martin DUPONT") > 0.9
    True
    >>> likeness("dupond", "Martin DUPONT") > 0.5 > likeness("dupond", "Léa Robin")
    True
    """
    words, names = _fold_known(typed).split(), _fold_known(name).split()
    if not words or not names:
        return 0.0
    scores = [max(_compare(word, other) for other in names) for word in words]
    return min(scores) * 0.5 + sum(scores) / len(scores) * 0.5


@functools.lru_cache(maxsize=65536)
def _compare(word: str, name: str) -> float:
    if name.startswith(word):
        return 1.0
    mine, other = trigrams(word), trigrams(name)
    return len(mine & other) / len(mine | other)
