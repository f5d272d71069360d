"""The subject of an e-mail, encoded so that no space between its words is lost.

Python's own folding drops the space where a line ends between two encoded words:
« décembre à 14 h » arrives as « décembre à14 h » (RFC 2047, 6.2: spaces between two
encoded words are not shown). Here each space is inside an encoded word.
"""

from email.header import Header

MAX_LINE = 76


class Subject(str):
    """Text of a subject, as a header object of ``email``: it folds itself."""

    name = "Subject"
    #: what ``email`` asks of a header object
    max_count = 1
    defects = ()

    def fold(self, *, policy) -> str:
        """Return the header line, folded and encoded where it is not plain ASCII."""
        text = " ".join(self.splitlines())
        charset = None if text.isascii() else "utf-8"
        header = Header(text, charset, maxlinelen=MAX_LINE, header_name=self.name)
        return f"{self.name}: {header.encode(linesep=policy.linesep)}{policy.linesep}"
