"""What changed in a dossier between two sendings, from the sealed facts of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Of the meeting itself: a change here is another notice, not a changed dossier.
MEETING = ("assembly", "start", "place", "call", "video")
#: Of an item, what is written in it besides its rank and its documents.
CONTENT = ("kind", "rapporteur", "note", "mention", "closed")


@dataclass
class Changes:
    """Names only, in the order of the new agenda: what an e-mail says."""

    meeting: list[str] = field(default_factory=list)
    added_points: list[str] = field(default_factory=list)
    removed_points: list[str] = field(default_factory=list)
    moved_points: list[str] = field(default_factory=list)
    changed_points: list[str] = field(default_factory=list)
    added_files: list[str] = field(default_factory=list)
    replaced_files: list[str] = field(default_factory=list)
    removed_files: list[str] = field(default_factory=list)

    def as_dict(self) -> dict:
        return dict(vars(self))

    def __bool__(self) -> bool:
        return any(vars(self).values())


def compare(before: Mapping, after: Mapping) -> Changes:
    """Return what changed between the facts of two notices.

    An item is the same when its subject is; failing that, an item renamed in place is
    one taken off and one added, which is what a reader must hear.

    :param before: facts of a notice: ``MEETING`` keys and ``agenda``, a list of items
        with ``rank``, ``name``, ``CONTENT`` keys and ``files`` (name, sha256)
    """
    changes = Changes(
        meeting=[key for key in MEETING if before.get(key) != after.get(key)]
    )
    old = {item["name"]: item for item in before["agenda"]}
    new = {item["name"]: item for item in after["agenda"]}
    kept = [name for name in new if name in old]
    changes.added_points = [name for name in new if name not in old]
    changes.removed_points = [name for name in old if name not in new]
    changes.moved_points = _moved([name for name in old if name in new], kept)
    changes.changed_points = [
        name for name in kept if any(old[name][k] != new[name][k] for k in CONTENT)
    ]
    for name in kept:
        _compare_files(changes, old[name]["files"], new[name]["files"])
    for name in changes.added_points:
        changes.added_files += [piece["name"] for piece in new[name]["files"]]
    return changes


def _moved(before, after):
    """Return the items whose order among those that stay is no longer the same."""
    return [name for name, other in zip(after, before, strict=True) if name != other]


def _compare_files(changes, before, after):
    old = {piece["name"]: piece["sha256"] for piece in before}
    new = {piece["name"]: piece["sha256"] for piece in after}
    changes.added_files += [name for name in new if name not in old]
    changes.removed_files += [name for name in old if name not in new]
    changes.replaced_files += [
        name for name in new if name in old and new[name] != old[name]
    ]
