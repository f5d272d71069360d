"""Words that the public looks for, and what must not be shown to it."""

import re
import unicodedata

#: What stands for words that the public copy hides.
MASK = "[…]"
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
PHONE = re.compile(r"(?<!\d)(?:\+33|0)\s?[1-9](?:[ .-]?\d{2}){4}(?!\d)")
IBAN = re.compile(r"\bFR\d{2}(?:\s?[0-9A-Z]{4}){5}\s?[0-9A-Z]{3}\b")
SOCIAL_NUMBER = re.compile(
    r"\b[12]\s?\d{2}\s?\d{2}\s?\d[\dAB]\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b"
)
BIRTH = re.compile(r"\bnée? le \d{1,2}(?:er)?[ /][\wéû]+[ /]\d{4}(?: à [A-Z][\w-]+)?")
STREET = re.compile(
    r"\b(?:domiciliée?|demeurant|résidant)(?: au| à)? \d[^.;<]*?(?=[.;<]|, (?:est|sont|a|le)\b)"
)
PATTERNS = (EMAIL, IBAN, SOCIAL_NUMBER, PHONE, BIRTH, STREET)


def fold(text: str) -> str:
    """Return a text as it is compared: small letters, no accent, single spaces.

    >>> fold("  Forêt d’Œuvre ")
    'foret d oeuvre'
    """
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    parts = unicodedata.normalize("NFKD", text)
    kept = [char if char.isalnum() or char == "_" else " " for char in parts
            if not unicodedata.combining(char)]  # fmt: skip
    return " ".join("".join(kept).split())


def words(query: str, limit: int = 8) -> list[str]:
    """Return the words of a search, without empty ones.

    >>> words("  École,  le Toit!")
    ['ecole', 'le', 'toit']
    """
    return fold(query).split()[:limit]


def mask(html: str, names: tuple[str, ...] = ()) -> str:
    """Return a text whose personal data are hidden, as far as a machine sees them.

    Addresses, phones, bank and social security numbers, births, homes, and the names
    given. Somebody reads it again: a machine does not see everything (CADA, L312-1-2 of
    the CRPA).

    >>> mask("Mme Roux, née le 3 mai 1970, 06 12 34 56 78", ("Mme Roux",))
    '[…], […], […]'
    """
    for name in sorted(filter(None, names), key=len, reverse=True):
        html = re.sub(re.escape(name), MASK, html, flags=re.IGNORECASE)
    for pattern in PATTERNS:
        html = pattern.sub(MASK, html)
    return html


def slug(text: str, limit: int = 60) -> str:
    """Return the readable end of an address.

    >>> slug("Tarifs 2027 : école & musique")
    'tarifs-2027-ecole-musique'
    """
    return "-".join(fold(text).replace("_", " ").split())[:limit].strip("-")
