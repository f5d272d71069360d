"""The tests in parts, two of them at work at any time, each in a folder of its own."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from . import settings
from .console import note, say
from .live import clean_temporary
from .pythonenv import environment

REPORTS = settings.STATE / "reports"
AT_ONCE = 2  # a part keeps one processor busy, and half of PostgreSQL


def run_all(odoo, only):
    """Run every part; return 0 when all passed.

    The first is heard at work, the others when all have ended: what two runs print
    together, nobody can read.
    """
    clean_temporary(REPORTS)
    runs = [
        Run(name, odoo, paths, ["--durations=10", *options], MAIRIE_ONLY=only or "")
        for name, paths, options in _parts(only)
        if paths
    ]
    for run in runs[1:]:
        run.log = settings.LOGS / f"tests-{run.name}.log"
    note("heard here: odoo; the others end in " + str(settings.LOGS / "tests-*.log"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = list(pool.map(Run.run, runs))
    for run in runs[1:]:
        say(f"      {run.name}:\n{run.log.read_text()}")
    return int(any(codes))


def _parts(only):
    """Name, paths and options of each part, the longest first."""
    tests, addon = settings.ROOT / "tests", settings.ADDONS / (only or "")
    inside = [tests / "lib", *sorted(tests.glob("test_*.py"))]
    servers = sorted((tests / "server").glob("test_*.py"))
    browser = sorted((tests / "browser").glob("test_*.py"))
    if only:
        inside, servers, browser = (
            [path for room in rooms for path in _about(only, room)]
            for rooms in (inside, servers, browser)
        )
        browser.append(tests / "browser/test_pages.py")
    install = [
        path for path in servers if path.stem in ("test_install", "test_example")
    ]
    served = [path for path in servers if path not in install]
    plain = ["-p", "no:odoo"]
    yield "odoo", [*inside, addon], pytest_options(settings.TEST_DATABASE)
    yield "servers", served, plain
    yield "browser", browser, plain
    yield "install", install, plain


def _about(addon, path):
    """Test files below the path that name the addon."""
    files = sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    return [file for file in files if addon in file.read_text()]


def run_pytest(odoo, paths, *options):
    """Run these tests on the test database; return pytest's exit code."""
    options = [*pytest_options(settings.TEST_DATABASE), *options]
    clean_temporary(REPORTS)
    return Run("prove", odoo, paths, options).run()


def pytest_options(database):
    return [
        f"--odoo-config={settings.STATE / 'odoo.conf'}",
        f"--odoo-database={database}",
        "--odoo-http",
        "--odoo-log-level=warn",
    ]


class Run:
    """One pytest; its results are kept for the table of `make prove T=last`."""

    def __init__(self, name, odoo, paths, options, **extra):
        self.name, self.extra, self.log = name, extra, None
        report = [f"--junitxml={REPORTS / name}.xml", "-o", "junit_family=xunit1"]
        command = [odoo.python, "-m", "pytest", "-q", *options, *report, *paths]
        self.command = [str(part) for part in command]

    def run(self):
        """Run to the end; return pytest's exit code."""
        # Chromium makes a socket in it: keep the path short, see settings.SOCKETS.
        short = settings.SOCKETS.with_name(f"{settings.SOCKETS.name}-{self.name}")
        folder = clean_temporary(short)
        sys.stdout.flush()
        output = self.log.open("w") if self.log else None
        try:
            return subprocess.run(
                self.command,
                cwd=settings.ROOT,
                env=environment(TMPDIR=str(folder), **self.extra),
                stdout=output,
                stderr=output and subprocess.STDOUT,
                check=False,
            ).returncode
        finally:
            if output:
                output.close()
            shutil.rmtree(folder, ignore_errors=True)
