"""Which lines of a file of the whole country are those of one commune.

The ministry's files hold every station of France, far more than a town hall sends over
its line: whoever reads them on the way only keeps the lines that may be the commune's.
"""

from .ministry_record import DEPARTEMENTS

LETTERS = {code: letters for letters, code in DEPARTEMENTS.items()}


def line_codes(insee: str) -> list[str]:
    """Return what a line of the commune holds, whichever the file.

    Either the code of five characters, or two cells, joined here by "+": the département
    and the commune, with or without their zeros. A line of another place may hold them
    too: whoever reads the file decides.

    :param insee: code of the commune, five characters, or ""

    >>> line_codes("49998")
    ['49998', '49+998']
    >>> line_codes("01004")
    ['01004', '01+004', '01+4', '1+004', '1+4']
    >>> line_codes("97411")
    ['97411', '974+411', '974+11', '974+011', 'ZD+411', 'ZD+11', 'ZD+011']
    """
    if not insee:
        return []
    if insee[:3] in LETTERS:
        departements = (insee[:3], LETTERS[insee[:3]])
        communes = (insee[2:], insee[3:], insee[3:].zfill(3))
    else:
        departements = (insee[:2], insee[:2].lstrip("0"))
        communes = (insee[2:], insee[2:].lstrip("0"))
    pairs = [f"{one}+{two}" for one in departements for two in communes]
    return list(dict.fromkeys([insee, *pairs]))
