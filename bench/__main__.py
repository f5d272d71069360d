"""`python -m bench [PART [CASE…]]`: run the cases, print the table, keep the page."""

import importlib
import pkgutil
import sys
import traceback

import bench

from . import table
from .frame import Run, cases_of
from .place import Bench

FRAME = {"frame", "place", "table", "__main__"}


def parts():
    """Names of the modules of this folder that hold cases.

    A part as long as scrutin takes cases from others: ``scrutin_phones``.
    """
    found = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    return sorted(name for name in found if name not in FRAME and "_" not in name)


def run_part(part, only):
    """Run the cases of a part, all or those named; print and keep their table."""
    cases = cases_of(importlib.import_module(f"bench.{part}"))
    chosen = [case for case in cases if not only or case.name in only]
    runs = []
    with Bench(part) as place:
        for case in chosen:
            runs.append(run_case(case, place))
            if not only:  # a long run that is stopped has told what it measured
                table.keep(part, runs)
    sys.stdout.write(f"\n{part}\n{table.text_table(runs)}\n")
    for run in runs:
        for line in table.details(run):
            sys.stdout.write(f"  {run.case.title}: {line}\n")
    if not only:
        sys.stdout.write(f"kept in {table.keep(part, runs)}\n")
    return runs


def run_case(case, place):
    sys.stdout.write(f"  {case.title}…\n")
    sys.stdout.flush()
    run = Run(case, place)
    try:
        case.function(run)
    except Exception as error:
        traceback.print_exc()
        run.error = f"{type(error).__name__}: {error}"[:200]
    finally:
        place.leave()
    return run


def main(arguments):
    wanted, only = arguments[:1] or parts(), set(arguments[1:])
    unknown = set(wanted) - set(parts())
    if unknown:
        sys.exit(f"T={unknown.pop()} has no case. Choose one of: {', '.join(parts())}")
    runs = [run for part in wanted for run in run_part(part, only)]
    return 0 if all(run.passed for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
