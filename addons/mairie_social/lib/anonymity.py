"""Figures about people: never one person, never a handful, not even by subtraction."""

from collections import Counter
from collections.abc import Hashable, Mapping

THRESHOLD = 5


def gather_small(
    sizes: Mapping[Hashable, int],
    parents: Mapping[Hashable, Hashable],
    threshold: int = THRESHOLD,
) -> dict[Hashable, Hashable]:
    """Say on whose line each service is counted, so that no line is below the threshold.

    A service that is too small is counted with the one above it, and so on upwards.
    What is too small at the top makes one line of its own, ``None``; where that one is
    too small as well, it joins the smallest of the others. Lines never overlap: no
    subtraction between them, or from the total, tells of fewer people.

    :param sizes: service -> number of people that its figures are about, >= 0
    :param parents: service -> the one above it; a service at the top has none
    :return: service -> the service whose line it is on, or None

    >>> sizes = {"Voirie": 8, "Parcs": 3, "Technique": 2, "Police": 4, "Culture": 1}
    >>> gather_small(sizes, {"Voirie": "Technique", "Parcs": "Technique"}).values()
    dict_values(['Voirie', 'Technique', 'Technique', None, None])
    """
    people, moves = Counter(sizes), {}
    for key in sorted(
        {*sizes, *parents.values()}, key=lambda key: -_depth(key, parents)
    ):
        if people[key] < threshold:
            moves[key] = parents.get(key)
            people[moves[key]] += people.pop(key, 0)
    lines = [key for key in people if key is not None]
    if 0 < people[None] < threshold and lines:
        moves[None] = min(lines, key=lambda key: people[key])
    return {key: _follow(key, moves) for key in sizes}


def _depth(key: Hashable, parents: Mapping[Hashable, Hashable]) -> int:
    return 1 + _depth(parents[key], parents) if key in parents else 0


def _follow(key: Hashable, moves: Mapping[Hashable, Hashable]) -> Hashable:
    return _follow(moves[key], moves) if key in moves else key


def mask_small(
    sizes: Mapping[Hashable, int], threshold: int = THRESHOLD
) -> dict[Hashable, bool]:
    """Say which figures of a table by service may be shown.

    One below the threshold is masked; where one alone is masked, the smallest of the
    others is masked too: the total minus the rest would give it away.

    :param sizes: line -> number of people that its figure is about; none is shown
    :return: line -> True when it may be shown; the total may be shown too

    >>> mask_small({"Voirie": 12, "Police": 4, "Culture": 9})
    {'Voirie': True, 'Police': False, 'Culture': False}
    """
    shown = {key: not size or size >= threshold for key, size in sizes.items()}
    hidden = [key for key in sizes if not shown[key]]
    others = sorted(
        (key for key in sizes if shown[key] and sizes[key]), key=lambda key: sizes[key]
    )
    few = len(hidden) == 1 or sum(sizes[key] for key in hidden) < threshold
    if hidden and others and few:
        shown[others[0]] = False
    return shown


def percent(part: int, whole: int) -> str:
    """A share in percent, one decimal, as French people write it.

    >>> percent(295, 415)
    '71,1'
    """
    if not whole:
        return "0,0"
    tenths = (2000 * part + whole) // (2 * whole)  # rounded half up, no float
    return f"{tenths // 10},{tenths % 10}"
