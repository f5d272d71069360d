"""When two names are one to their reader, however their spaces and quotes are typed."""

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
