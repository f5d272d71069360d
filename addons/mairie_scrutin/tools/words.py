"""Figures in full, as minutes and results posted in the room write them."""

from num2words import num2words


def in_words(number: int) -> str:
    """Return a whole number in French words.

    >>> in_words(318), in_words(80), in_words(281), in_words(80_000)
    ('trois cent dix-huit', 'quatre-vingts', 'deux cent quatre-vingt-un', 'quatre-vingt mille')
    """
    return num2words(number, lang="fr")
