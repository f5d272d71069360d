"""Figures about people: never one person, never a handful, not even by subtraction."""

from collections.abc import Hashable, Mapping

THRESHOLD = 5


def mask_small(
    sizes: Mapping[Hashable, int], threshold: int = THRESHOLD
) -> dict[Hashable, bool]:
    """Say which lines of a table by service may be shown.

    A line below the threshold is masked; where one line alone is masked, the smallest
    of the others is masked too: the total minus the rest would give it away.

    :param sizes: line -> number of people that it is about
    :return: line -> True when it may be shown; the total may be shown too

    >>> mask_small({"Voirie": 12, "Police": 4, "Culture": 9})
    {'Voirie': True, 'Police': False, 'Culture': False}
    """
    shown = {key: size >= threshold for key, size in sizes.items()}
    hidden = [key for key in sizes if not shown[key] and sizes[key]]
    others = sorted((key for key in sizes if shown[key]), key=lambda key: sizes[key])
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
