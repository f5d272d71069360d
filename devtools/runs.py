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
TESTS = settings.ROOT / "tests"
ALONE = ["-p", "no:odoo"]  # without pytest-odoo, hence without a database
WHOLE_TOWNS = {
    f"test_{name}" for name in ("drills", "example", "install", "rdv_privacy", "routes")
}
AT_ONCE = 2  # a part keeps one processor busy, and half of PostgreSQL


def run_all(odoo, only):
    """Run every part that needs the town; return 0 when all passed.

    The first is heard at work, the others when all have ended: what two runs print
    together, nobody can read.
    """
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
        run.tell()
    return int(any(codes))


def run_rules(odoo, only):
    """Run what needs neither database nor server; return pytest's exit code."""
    clean_temporary(REPORTS)
    paths = _files("lib/**/test_*.py", only) + _files("test_*.py", only)
    if not paths:
        return 0
    run = Run("rules", odoo, paths, ALONE)
    run.log = settings.LOGS / "tests-rules.log"
    code = run.run()
    run.tell()
    return code


def _parts(only):
    """Name, paths and options of each part.

    Two and two take as long: what looks at whole towns follows Odoo's own tests, the
    browser follows the crowds.
    """
    addon = settings.ADDONS / (only or "")
    servers = _files("server/test_*.py", only)
    browser = _files("browser/test_*.py", only)
    pages = f"browser/pages_{(only or '').removeprefix('mairie_')}*.py"
    if only and any(TESTS.glob(pages)):
        browser.append(TESTS / "browser/test_pages.py")
    towns = [path for path in servers if path.stem in WHOLE_TOWNS]
    served = [path for path in servers if path not in towns]
    yield "odoo", [addon], pytest_options(settings.TEST_DATABASE)
    yield "servers", served, ALONE
    yield "browser", browser, ALONE
    yield "towns", towns, ALONE


def _files(pattern, only):
    """Files below tests/, of those that name the addon if one is asked."""
    files = sorted(TESTS.glob(pattern))
    return [file for file in files if not only or only in file.read_text()]


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

    def tell(self):
        """Print what it said in its log."""
        say(f"      {self.name}:\n{self.log.read_text()}")

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
