"""When each station speaks in a rehearsal that plays a past evening again.

Pure and without chance: the same round gives the same evening, whatever the speed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

FIRST = 20  # minutes after the closing before the smallest station can be done
PER_MINUTE = 9  # ballots that a station counts in a minute
SPREAD = 17  # minutes between the quickest and the slowest of stations of one size
SECOND = 4  # minutes until somebody else has typed the report again
FIX = 6  # minutes until a wrong result is corrected
MISTAKE = 9  # one station in so many sends a wrong result first


@dataclass(frozen=True)
class Step:
    """What happens, and when.

    :ivar minute: minutes after the closing; before it when negative
    :ivar kind: ``turnout`` (hour), ``mistake``, ``result`` or ``second``
    """

    minute: int
    kind: str
    code: str
    hour: float = 0.0


def plan(
    stations: Iterable[tuple[str, int]],
    *,
    closing: float,
    hours: Iterable[float] = (),
    mistakes: bool = True,
    seconds: bool = True,
):
    """Return the steps of an evening, in order.

    :param stations: [(code, exprimés)], those that have a result to play again
    :param closing: local hour at which the stations close
    :param hours: local hours at which the turnout is asked
    """
    steps = []
    for rank, (code, exprimes) in enumerate(sorted(stations)):
        for hour in hours:
            late = rank % 12
            minute = round((hour - closing) * 60) + late
            if minute < 0:
                steps.append(Step(minute, "turnout", code, hour))
        done = FIRST + exprimes // PER_MINUTE + (rank * 7) % SPREAD
        if mistakes and rank % MISTAKE == 3:
            steps.append(Step(done - FIX, "mistake", code))
        steps.append(Step(done, "result", code))
        if seconds:
            steps.append(Step(done + SECOND, "second", code))
    return sorted(steps, key=lambda step: (step.minute, step.code, step.kind))


def due(steps, played, minute):
    """Steps after the first ``played`` ones whose time has come."""
    return [step for step in steps[played:] if step.minute <= minute]
