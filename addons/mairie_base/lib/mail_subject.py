"""The subject of an e-mail, encoded so that no space between its words is lost.

Python's own folding drops the space where a line ends between two encoded words:
« décembre à 14 h » arrives as « décembre à14 h » (RFC 2047, 6.2: spaces between two
encoded words are not shown). Here each space is inside an encoded word.
"""

from collections.abc import Iterator

LINE = 67  # characters that stand after "Subject: " on a line of 76
WORD = LINE - len("=?utf-8?q??=")  # those of an encoded word that are the text's


class Subject(str):
    """Text of a subject, as a header object of ``email``: it folds itself."""

    name = "Subject"
    #: what ``email`` asks of a header object
    max_count = 1
    defects = ()

    def fold(self, *, policy) -> str:
        """Return the header line, folded and encoded where it is not plain ASCII."""
        text = " ".join(self.splitlines())
        if not text.isascii() or len(text) > LINE:
            words = (f"=?utf-8?q?{piece}?=" for piece in _pieces(text))
            text = f"{policy.linesep} ".join(words)
        return f"{self.name}: {text}{policy.linesep}"


def _pieces(text: str) -> Iterator[str]:
    """Encode a text and cut it between characters, never within one (RFC 2047, 5)."""
    piece = ""
    for char in text:
        code = _code(char)
        if len(piece + code) > WORD:
            yield piece
            piece = ""
        piece += code
    yield piece


def _code(char: str) -> str:
    """Return a character as the « Q » encoding writes it (RFC 2047, 4.2).

    >>> _code("a"), _code(" "), _code("\u00e9")
    ('a', '_', '=C3=A9')
    """
    if char == " ":
        return "_"
    if char.isascii() and char.isalnum():
        return char
    return "".join(f"={byte:02X}" for byte in char.encode())
