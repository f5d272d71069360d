"""What holds for every test: rules of law alone, no silent skip, a clean log."""

import logging
import sys
from pathlib import Path
from types import ModuleType

import freezegun
import pytest

ADDONS = Path(__file__).parent / "addons"

# `mairie_x.lib` without the addon's __init__, hence without Odoo.
for _lib in ADDONS.glob("mairie_*/lib"):
    _addon = _lib.parent
    sys.modules[_addon.name] = _package = ModuleType(_addon.name)
    _package.__path__ = [str(_addon)]


# A frozen clock is for the code under test, not for pytest's own stopwatch.
freezegun.configure(extend_ignore_list=["_pytest"])


class Complaints(logging.Handler):
    """Collects what Odoo warns of, whichever thread says it."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        if record.name.startswith(("odoo", "py.warnings")):
            where = f"{record.levelname} {record.name}"
            self.lines.append(f"{where}: {record.getMessage()}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    """A test during which Odoo logs a warning or an error fails."""
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    try:
        outcome = yield
    finally:
        logging.getLogger().removeHandler(complaints)
    if complaints.lines and not outcome.excinfo:
        text = "\n".join(complaints.lines)
        outcome.force_exception(AssertionError(f"Odoo's log is not clean:\n{text}"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """No test may be skipped: a missing browser or port must not look green."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which is not allowed here: {report.longrepr}"
