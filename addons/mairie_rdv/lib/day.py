"""The day of one desk: when it is open, and what is still free, on whole minutes."""

from collections.abc import Iterable, Mapping, Sequence

from .slots import Span, merge


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of ``spans`` once ``taken`` is cut out, sorted.

    >>> subtract([(0, 10), (20, 30)], [(3, 5), (8, 22)])
    [(0, 3), (5, 8), (22, 30)]
    """
    left, cuts = [], merge(taken)
    for start, stop in merge(spans):
        for cut_start, cut_stop in cuts:
            if cut_stop <= start or cut_start >= stop:
                continue
            if cut_start > start:
                left.append((start, cut_start))
            start = max(start, cut_stop)
        if start < stop:
            left.append((start, stop))
    return left


def open_spans(blocks: Iterable[Span], closed: Iterable[Span]) -> list[Span]:
    """Return when a desk receives: its openings without what closes it."""
    return subtract([(block[0], block[1]) for block in blocks], closed)


def free_spans(
    opened: Sequence[Span],
    busy: Mapping[int, Sequence[Span]],
    capacity: int,
    now: int,
    shortest: int,
) -> list[Span]:
    """Return the gaps of a desk that are long enough for somebody.

    :param opened: see :func:`open_spans`
    :param busy: place (1 to capacity) -> ranges taken
    :param now: nothing is offered before
    :param shortest: minutes below which a gap serves nobody

    >>> free_spans([(0, 60)], {1: [(10, 30)]}, 1, 5, 10)
    [(30, 60)]
    """
    gaps: list[Span] = []
    for place in range(1, capacity + 1):
        gaps += subtract(opened, busy.get(place, ()))
    ahead = [(max(start, now), stop) for start, stop in merge(gaps)]
    return [(start, stop) for start, stop in ahead if stop - start >= shortest]


def places_within(spans: Iterable[Span], minutes: int, limit: int) -> int:
    """Return how many appointments of ``minutes`` begin in ``spans`` before ``limit``.

    >>> places_within([(0, 45), (50, 70)], 20, 60)
    3
    """
    return sum(
        max((min(stop, limit + minutes - 1) - start) // minutes, 0)
        for start, stop in spans
        if start < limit
    )
