"""The slip of a transfer to an electronic archive (SEDA 2.1): files, hashes, tree."""

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

NAMESPACE = "fr:gouv:culture:archivesdefrance:seda:v2.1"
ALGORITHM = "SHA-512"
#: PRONOM identifiers of what we put in.
FORMATS = {"pdf": "fmt/20", "xml": "fmt/101", "json": "fmt/817", "jsonl": "x-fmt/111"}


@dataclass(frozen=True)
class File:
    """A file to keep: path in the archive, title, unit it belongs to, day, bytes."""

    path: str
    title: str
    unit: str
    day: date
    content: bytes


def digest(content: bytes) -> str:
    """Return the SHA-512 of a file, in hexadecimal figures."""
    return hashlib.sha512(content).hexdigest()


def manifest(
    title: str, files: Sequence[File], *, siren: str, agency: str, made: datetime
) -> bytes:
    """Return the slip: one unit for the meeting, one for each kind of file inside it.

    Délibérations, minutes and registers are kept for ever: the final action is "Keep".

    :param siren: of the town, which transfers
    :param agency: identifier of the archive that receives
    :param made: moment of the transfer, UTC
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("ArchiveTransfer"))
    _add(root, "Date", f"{made:%Y-%m-%dT%H:%M:%SZ}")
    _add(root, "MessageIdentifier", f"{siren}-{made:%Y%m%d%H%M%S}")
    lists = _add(root, "CodeListVersions")
    _add(lists, "MessageDigestAlgorithmCodeListVersion", "1.0")
    _add(lists, "FileFormatCodeListVersion", "1.0")
    package = _add(root, "DataObjectPackage")
    for rank, file in enumerate(files, 1):
        _add_object(package, rank, file)
    _add_units(_add(package, "DescriptiveMetadata"), title, files)
    rule = _add(_add(package, "ManagementMetadata"), "AppraisalRule")
    _add(rule, "FinalAction", "Keep")
    _add(_add(root, "ArchivalAgency"), "Identifier", agency)
    _add(_add(root, "TransferringAgency"), "Identifier", siren)
    return ET.tostring(root, "utf-8", xml_declaration=True)


def _add_object(package, rank, file):
    node = _add(package, "BinaryDataObject")
    node.set("id", f"ID{rank}")
    _add(node, "Uri", file.path)
    _add(node, "MessageDigest", digest(file.content)).set("algorithm", ALGORITHM)
    _add(node, "Size", str(len(file.content)))
    extension = file.path.rpartition(".")[2]
    _add(
        _add(node, "FormatIdentification"),
        "FormatId",
        FORMATS.get(extension, "UNKNOWN"),
    )
    _add(_add(node, "FileInfo"), "Filename", file.path.rpartition("/")[2])


def _add_units(parent, title, files):
    days = [file.day for file in files]
    top = _add_unit(parent, "U0", "RecordGrp", title, min(days), max(days))
    units = {}
    for rank, file in enumerate(files, 1):
        if file.unit not in units:
            own = [other.day for other in files if other.unit == file.unit]
            name = f"U{len(units) + 1}"
            units[file.unit] = _add_unit(
                top, name, "RecordGrp", file.unit, min(own), max(own)
            )
        item = _add_unit(
            units[file.unit], f"P{rank}", "Item", file.title, file.day, file.day
        )
        reference = _add(item, "DataObjectReference")
        _add(reference, "DataObjectReferenceId", f"ID{rank}")


def _add_unit(parent, name, level, title, start, end):
    unit = _add(parent, "ArchiveUnit")
    unit.set("id", name)
    content = _add(unit, "Content")
    _add(content, "DescriptionLevel", level)
    _add(content, "Title", title)
    _add(content, "StartDate", start.isoformat())
    _add(content, "EndDate", end.isoformat())
    return unit


def _tag(name):
    return f"{{{NAMESPACE}}}{name}"


def _add(parent, name, text=None):
    node = ET.SubElement(parent, _tag(name))
    node.text = text
    return node
