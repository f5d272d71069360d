"""Messages of @CTES: an act as the préfecture reads it, and what it answers.

Source: schema actesv1_1 of the Ministry of the Interior (namespace below), and the
stricter limits of S²LOW, the relay that towns use.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

NAMESPACE = "http://www.interieur.gouv.fr/ACTES#v1.1-20040216"
ENCODING = "ISO-8859-1"
OBJECT_MAX = 499
#: Act and annexes together, in bytes.
SIZE_MAX = 150 * 1024 * 1024
NUMBER = re.compile(r"([A-Z0-9][A-Z0-9_]{0,13})?[A-Z0-9]")
MATTER = re.compile(r"[1-9](\.[0-9]{1,2}){1,4}")
SIREN = re.compile(r"[0-9]{9}")
DEPARTMENT = re.compile(r"[0-9]{2}[0-9AB]|[0-9]{3}")
PIECE_TYPE = re.compile(r"[0-9]{2}_[A-Z]{2}")
#: Nature of an act -> its number and its two letters.
NATURES = {
    "deliberation": (1, "DE"),
    "arrete_reglementaire": (2, "AR"),
    "arrete_individuel": (3, "AI"),
    "contrat": (4, "CC"),
    "budget": (5, "BF"),
    "autre": (6, "AU"),
}
#: Signs that ISO-8859-1 lacks and French texts are full of.
LATIN = {
    "œ": "oe", "Œ": "OE", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-",
    "€": "euros", "…": "...", "\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}",
    "ÿ": "ÿ", "Ÿ": "Y", "•": "-", "ʳ": "r", "²": "²",
}  # fmt: skip

#: Statuses of a transaction of S²LOW -> ours.
STATUSES = {
    -1: "error",
    0: "cancelled",
    1: "posted",
    2: "posted",
    3: "sent",
    4: "received",
    5: "received",
    6: "refused",
    7: "received",
    8: "received",
    11: "received",
    17: "posted",
    21: "received",
}


@dataclass(frozen=True)
class Piece:
    """A file of the message: its name, size in bytes, and kind (``99_DE``…)."""

    name: str
    size: int
    kind: str


@dataclass(frozen=True)
class Message:
    """An act to send.

    :param department: three signs, such as ``049``
    :param matter: code of the national list, such as ``7.5``
    :param classification: day of the préfecture's list in use
    """

    nature: str
    number: str
    day: date
    subject: str
    matter: str
    department: str
    siren: str
    classification: date
    piece: Piece
    annexes: Sequence[Piece] = field(default_factory=tuple)
    paper: bool = False


def to_latin(text: str) -> str:
    """Return the text in signs that ISO-8859-1 has.

    >>> to_latin("Cœur de ville – 12 000 €")
    'Coeur de ville - 12 000 euros'
    """
    text = "".join(LATIN.get(char, char) for char in text)
    return text.encode(ENCODING, "replace").decode(ENCODING)


def subject_of(name: str) -> str:
    """Return the object of an act as the message takes it: one line, 499 signs.

    >>> len(subject_of("é" * 600))
    499
    """
    text = " ".join(to_latin(name).split(" "))
    text = re.sub(r"[\r\n\t ]+", " ", text).strip()
    if len(text) <= OBJECT_MAX:
        return text
    return text[: OBJECT_MAX - 3].rstrip() + "..."


def department_of(code: str) -> str:
    """Return a department on three signs.

    >>> department_of("49"), department_of("2A"), department_of("974")
    ('049', '02A', '974')
    """
    return code.rjust(3, "0")


def problems(message: Message, today: date) -> list[str]:
    """Return what S²LOW or the préfecture would refuse: codes, empty when all is well.

    Codes: ``number``, ``matter``, ``siren``, ``department``, ``subject``, ``future``,
    ``nature``, ``kind:<file>``, ``pdf:<file>``, ``empty:<file>``, ``size``.
    """
    found = []
    checks = {
        "number": NUMBER.fullmatch(message.number or ""),
        "matter": MATTER.fullmatch(message.matter or ""),
        "siren": SIREN.fullmatch(message.siren or ""),
        "department": DEPARTMENT.fullmatch(message.department or ""),
        "subject": (message.subject or "").strip(),
        "future": message.day <= today,
        "nature": message.nature in NATURES,
    }
    found += [code for code, passed in checks.items() if not passed]
    for piece in (message.piece, *message.annexes):
        if not PIECE_TYPE.fullmatch(piece.kind or ""):
            found.append(f"kind:{piece.name}")
        if not piece.name.lower().endswith((".pdf", ".xml", ".png", ".jpg")):
            found.append(f"pdf:{piece.name}")
        if not piece.size:
            found.append(f"empty:{piece.name}")
    if sum(piece.size for piece in (message.piece, *message.annexes)) > SIZE_MAX:
        found.append("size")
    return found


def act_identifier(message: Message) -> str:
    """Return the identifier that the préfecture gives to an act.

    >>> act_identifier(EXAMPLE)
    '034-491011698-20171207-CL20171227_06-DE'
    """
    _number, letters = NATURES[message.nature]
    return "-".join(
        [
            message.department,
            message.siren,
            f"{message.day:%Y%m%d}",
            message.number,
            letters,
        ]
    )


def file_name(message: Message, rank: int, serial: int = 1) -> str:
    """Return the name of a file of the message: 0 the XML, 1 the act, then annexes.

    >>> file_name(EXAMPLE, 1), file_name(EXAMPLE, 0)[-9:]
    ('99_DE-034-491011698-20171207-CL20171227_06-DE-1-1_1.pdf', '1-1_0.xml')
    """
    stem = f"{act_identifier(message)}-1-{serial}_{rank}"
    if not rank:
        return f"{stem}.xml"
    piece = (message.piece, *message.annexes)[rank - 1]
    extension = piece.name.rpartition(".")[2].lower()
    return f"{piece.kind}-{stem}.{extension}"


def render(message: Message, serial: int = 1) -> bytes:
    """Return the XML of the message, in ISO-8859-1."""
    ET.register_namespace("actes", NAMESPACE)
    nature, _letters = NATURES[message.nature]
    root = ET.Element(
        _tag("Acte"),
        {
            _tag("Date"): message.day.isoformat(),
            _tag("NumeroInterne"): message.number,
            _tag("CodeNatureActe"): str(nature),
        },
    )
    for level, code in enumerate(message.matter.split("."), 1):
        ET.SubElement(root, _tag(f"CodeMatiere{level}"), {_tag("CodeMatiere"): code})
    _add(root, "Objet", subject_of(message.subject))
    _add(root, "ClassificationDateVersion", message.classification.isoformat())
    _add(_add(root, "Document"), "NomFichier", file_name(message, 1, serial))
    annexes = ET.SubElement(
        root, _tag("Annexes"), {_tag("Nombre"): str(len(message.annexes))}
    )
    for rank, _annexe in enumerate(message.annexes, 2):
        _add(_add(annexes, "Annexe"), "NomFichier", file_name(message, rank, serial))
    _add(root, "DocumentPapier", "O" if message.paper else "N")
    return ET.tostring(root, ENCODING, xml_declaration=True)


@dataclass(frozen=True)
class Receipt:
    """What the préfecture answers: identifier of the act, day of reception."""

    identifier: str
    day: date


def read_receipt(xml: bytes) -> Receipt:
    """Read an ``ARActe``.

    :raise ValueError: it is not one
    """
    root = _parse(xml, "ARActe")
    identifier = _attribute(root, "IDActe")
    day = _attribute(root, "DateReception")
    if not identifier or not day:
        raise ValueError("no identifier or no day")
    return Receipt(identifier, date.fromisoformat(day[:10]))


@dataclass(frozen=True)
class Classification:
    """What a préfecture takes: day of its list, matters, kinds of pieces by nature."""

    day: date
    matters: dict[str, str]
    kinds: dict[int, dict[str, str]]


def read_classification(xml: bytes) -> Classification:
    """Read a ``RetourClassification``.

    :raise ValueError: it is not one
    """
    root = _parse(xml, "RetourClassification")
    day = root.findtext(_tag("DateClassification"))
    if not day:
        raise ValueError("no day")
    kinds = {}
    for nature in root.iter(_tag("NatureActe")):
        number = int(_attribute(nature, "CodeNatureActe"))
        kinds[number] = {
            _attribute(kind, "CodeTypePJ"): _attribute(kind, "Libelle")
            for kind in nature.iter(_tag("TypePJNatureActe"))
        }
    matters = {}
    _read_matters(root.find(_tag("Matieres")), 1, "", matters)
    return Classification(date.fromisoformat(day[:10]), matters, kinds)


def _read_matters(parent, level, prefix, found):
    for node in [] if parent is None else parent.findall(_tag(f"Matiere{level}")):
        code = f"{prefix}{_attribute(node, 'CodeMatiere')}"
        found[code] = _attribute(node, "Libelle")
        _read_matters(node, level + 1, f"{code}.", found)


def read_answer(body: bytes) -> tuple[bool, list[str]]:
    """Read an answer of S²LOW: whether it says OK, then its other lines.

    >>> read_answer(b"OK\\n1234\\n"), read_answer(b"KO\\nRefus\\xe9")
    ((True, ['1234']), (False, ['Refusé']))
    """
    lines = _decode(body).strip().splitlines()
    if not lines:
        return False, []
    if lines[0].strip() == "OK":
        return True, lines[1:]
    return False, lines[1:] if lines[0].strip() == "KO" else lines


def _decode(body):
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode(ENCODING)


def _parse(xml, name):
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("a document type is refused")
    try:
        root = ET.fromstring(xml)
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    if root.tag != _tag(name):
        raise ValueError(f"{root.tag} is not {name}")
    return root


def _attribute(node, name):
    return node.get(_tag(name)) or node.get(name) or ""


def _tag(name):
    return f"{{{NAMESPACE}}}{name}"


def _add(parent, name, text=None):
    node = ET.SubElement(parent, _tag(name))
    node.text = text
    return node


EXAMPLE = Message(
    nature="deliberation",
    number="CL20171227_06",
    day=date(2017, 12, 7),
    subject="Tarifs",
    matter="7.10",
    department="034",
    siren="491011698",
    classification=date(2017, 1, 1),
    piece=Piece("acte.pdf", 1000, "99_DE"),
)


def render_receipt(message: Message, day: date) -> bytes:
    """Return the ``ARActe`` that a préfecture would answer, for tests."""
    ET.register_namespace("actes", NAMESPACE)
    root = ET.Element(
        _tag("ARActe"),
        {
            _tag("IDActe"): act_identifier(message),
            _tag("DateReception"): day.isoformat(),
        },
    )
    nature, _letters = NATURES[message.nature]
    received = ET.SubElement(
        root,
        _tag("ActeRecu"),
        {
            _tag("Date"): message.day.isoformat(),
            _tag("NumeroInterne"): message.number,
            _tag("CodeNatureActe"): str(nature),
        },
    )
    _add(received, "Objet", subject_of(message.subject))
    _add(
        root,
        "ClassificationDateVersionEnCours",
        message.classification.isoformat(),
    )
    return ET.tostring(root, ENCODING, xml_declaration=True)
