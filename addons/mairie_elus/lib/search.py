"""Search in the text of a dossier: words in any order, accents and case left aside."""

import unicodedata
from collections.abc import Iterator

#: Characters on each side of the first word found.
AROUND = 90
MAX_WORDS = 8


def plain(text: str) -> str:
    """Return the text in lower case without accents, one character for one character.

    >>> plain("Cœur de Loire, ÉTÉ")
    'cœur de loire, ete'
    """
    return "".join(_plain_char(char) for char in text)


def _plain_char(char):
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


def words_of(query: str) -> list[str]:
    """Return the words to look for, without those of one letter.

    >>> words_of(" Le Périscolaire, à midi ")
    ['le', 'periscolaire,', 'midi']
    """
    return [word for word in plain(query).split() if len(word) > 1][:MAX_WORDS]


def excerpt(text: str, words: list[str]) -> tuple[str, str, str] | None:
    """Return what stands before the first word found, the word, what stands after.

    None unless every word is there.

    >>> excerpt("Le tarif du périscolaire augmente", ["periscolaire"])
    ('Le tarif du ', 'périscolaire', ' augmente')
    """
    flat = plain(text)
    places = [(flat.find(word), len(word)) for word in words]
    if not places or any(start < 0 for start, _size in places):
        return None
    start, size = min(places)
    before, after = max(start - AROUND, 0), start + size + AROUND
    return (
        ("… " if before else "") + text[before:start],
        text[start : start + size],
        text[start + size : after] + (" …" if after < len(text) else ""),
    )


def find(
    pages: list[tuple[object, str]], words: list[str]
) -> Iterator[tuple[object, tuple[str, str, str]]]:
    """Yield (key, excerpt) of each page that holds every word."""
    for key, text in pages:
        found = excerpt(text, words)
        if found:
            yield key, found
