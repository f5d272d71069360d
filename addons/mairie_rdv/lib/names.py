"""When two names are one to their reader, and what finds a name, however it is typed."""

import re
import unicodedata


def plain_name(text: str) -> str:
    """Return the words of a name: no case, no accents, no signs between them.

    >>> plain_name("Cimeti\u00e8re\u00a0: l\u2019achat") == plain_name("cimetiere: l'achat")
    True
    """
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def is_found(words: str, text: str) -> bool:
    """Tell whether each word begins a word of a text, accents and plurals aside.

    >>> is_found("carte identite", "Carte d'identit\u00e9, passeport")
    True
    >>> is_found("passeports", "Carte d'identit\u00e9, passeport")
    True
    >>> is_found("carte grise", "Carte d'identit\u00e9, passeport")
    False
    """
    known = plain_name(text).split()
    return all(
        any(name.startswith(word.removesuffix("s") or word) for name in known)
        for word in plain_name(words).split()
    )
