"""Messages that a town hall writes itself: plain text with a few marks.

``{date}`` stands for a value. A line ``[Voir ou annuler](lien)`` is a button to the
address of that name. A line that begins with ``- `` is one of a list, a line that
begins with ``# `` stands out. Everything else is a paragraph; a line whose values are
all empty is left out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from html import escape

_VARIABLE = re.compile(r"\{(\w+)\}")
_BUTTON = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")


class MessageError(ValueError):
    """A message names a value that does not exist, or may not stand there.

    ``name`` is the word between the braces or brackets.
    """

    def __init__(self, name: str):
        super().__init__(f"unknown value in a message: {name}")
        self.name = name


def check_message(
    text: str, variables: Collection[str], links: Collection[str] = ()
) -> None:
    """Check the marks of a message.

    :raise MessageError: for the first name that is not allowed
    """
    for name in _VARIABLE.findall(text):
        if name not in variables:
            raise MessageError(name)
    for _label, name in _BUTTON.findall(text):
        if name not in links:
            raise MessageError(name)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with its values; an unknown one stays as it is written.

    >>> fill("RDV {date}, {autre}", {"date": "le 17"})
    'RDV le 17, {autre}'
    """
    return _VARIABLE.sub(lambda m: values.get(m[1], m[0]), text)


def to_html(text: str, values: Mapping[str, str], links: Mapping[str, str]) -> str:
    """Return the body of an e-mail; every value is escaped.

    :param values: name -> text; a text of several lines makes a list
    :param links: name -> address
    """
    return "\n".join(_blocks(text, values, links))


def _blocks(
    text: str, values: Mapping[str, str], links: Mapping[str, str]
) -> Iterator[str]:
    items: list[str] = []
    told = "\n".join(line for line in text.splitlines() if _tells(line, values))
    for line in [*fill(told, values).splitlines(), ""]:
        line = line.strip()
        if line.startswith("- "):
            # A paragraph ends a line in the text twin of the e-mail; an item does not.
            items.append(f"<li><p style='margin: 0;'>{escape(line[2:])}</p></li>")
            continue
        if items:
            yield f"<ul>{''.join(items)}</ul>"
            items = []
        if not line:
            continue
        if _BUTTON.search(line):
            yield f"<p style='margin: 24px 0;'>{_buttons(line, links)}</p>"
        elif line.startswith("# "):
            yield f"<p style='font-size: 18px;'><strong>{escape(line[2:])}</strong></p>"
        else:
            yield f"<p>{escape(line)}</p>"


def _tells(line: str, values: Mapping[str, str]) -> bool:
    """Tell whether a line has no value to say, or one at least that is not empty."""
    known = [values[name] for name in _VARIABLE.findall(line) if name in values]
    return not known or any(known)


def _buttons(line: str, links: Mapping[str, str]) -> str:
    style = (
        "display: inline-block; padding: 12px 20px; margin: 0 8px 8px 0; "
        "background-color: #1f4e79; color: #ffffff; text-decoration: none; "
        "border-radius: 4px;"
    )
    return " ".join(
        f"<a href='{escape(links.get(name, ''), quote=True)}' "
        f"style='{style}'>{escape(label)}</a>"
        for label, name in _BUTTON.findall(line)
    )
