"""Dates, hours and sizes as a French town hall writes them."""

from datetime import date, time

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
NBSP = "\N{NO-BREAK SPACE}"


def day_in_words(day: date, *, year: bool = True) -> str:
    """Return the day of the week, the day and the month, in words.

    >>> day_in_words(date(2026, 12, 17))
    'jeudi 17 décembre 2026'
    >>> day_in_words(date(2026, 3, 1), year=False)
    'dimanche 1er mars'
    """
    number = "1er" if day.day == 1 else str(day.day)
    words = [DAYS[day.weekday()], number, MONTHS[day.month - 1]]
    return " ".join([*words, str(day.year)] if year else words)


def date_in_words(day: date) -> str:
    """Return the day, the month in words, the year.

    >>> date_in_words(date(2026, 12, 1))
    '1er décembre 2026'
    """
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def hour_in_words(moment: time) -> str:
    """Return the hour, minutes only when there are some.

    >>> hour_in_words(time(19)), hour_in_words(time(9, 5))
    ('19\\xa0h', '9\\xa0h\\xa005')
    """
    hour = f"{moment.hour}{NBSP}h"
    return f"{hour}{NBSP}{moment.minute:02d}" if moment.minute else hour


def size_in_words(octets: int) -> str:
    """Return a size with the unit that people know, rounded up.

    >>> size_in_words(14_000_000), size_in_words(2_100), size_in_words(0)
    ('14\\xa0Mo', '3\\xa0ko', '0\\xa0ko')
    """
    if octets < 1_000_000:
        return f"{-(-octets // 1000)}{NBSP}ko"
    if octets < 10_000_000:
        tenths = -(-octets // 100_000)
        return f"{tenths // 10},{tenths % 10}{NBSP}Mo".replace(",0", "")
    return f"{-(-octets // 1_000_000)}{NBSP}Mo"


#: First words of assemblies, with their article.
ARTICLES = {
    "assemblée": "l'",
    "bureau": "le ",
    "comité": "le ",
    "commission": "la ",
    "conseil": "le ",
}


def with_article(name: str) -> str:
    """Return the name of an assembly as the subject of a sentence.

    >>> with_article("Conseil municipal"), with_article("CAO")
    ('Le conseil municipal', 'CAO')
    """
    first, space, rest = name.partition(" ")
    article = ARTICLES.get(first.lower())
    if not article:
        return name
    return f"{article.capitalize()}{first.lower()}{space}{rest}"
