"""`make test` and its parts; the smaller commands of a developer."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import cluster, nodeenv, settings, system
from .console import Failure, Steps, note, run, say
from .database import Databases
from .pythonenv import environment
from .runs import pytest_options, run_all, run_rules

PRETTIER_FILES = ["js", "mjs", "css", "scss", "json", "yml"]


def test(arguments):
    """Everything that guards the project; `T=` names one addon."""
    only = _known_addon(arguments)
    steps = Steps(7)
    odoo = _prepare(steps)
    with steps.step("JavaScript tools"):
        nodeenv.ensure_node()
    with steps.step("Test database; meanwhile lint, and the tests of rules alone"):
        # Installing keeps one processor busy: what needs no database has the other.
        with ThreadPoolExecutor() as pool:
            database = pool.submit(_ensure_test_database, odoo)
            rules = pool.submit(_judge_sources, odoo, only)
            database.result()
        fault = rules.result()
    with steps.step("Tests"):
        odoo.write_config()
        return run_all(odoo, only) or fault


def _judge_sources(odoo, only):
    lint_all(odoo, only)
    return run_rules(odoo, only)


def _prepare(steps):
    from .__main__ import one_at_a_time, prepare

    with one_at_a_time():
        return prepare(steps, system.RUN, system.TEST)


def _ensure_test_database(odoo):
    databases = Databases(odoo)
    databases.ensure_template()
    databases.copy_template(settings.TEST_DATABASE)


def _known_addon(arguments):
    only = arguments[0] if arguments else None
    if only and only not in settings.our_addons():
        known = ", ".join(settings.our_addons())
        raise Failure(f"T={only} is no addon of ours. Choose one of: {known}")
    return only


def pytest_command(odoo, arguments):
    """`pytest --db NAME …` with Odoo, `pytest --pure …` without."""
    arguments = list(arguments)
    if arguments[:1] == ["--pure"]:
        options = ["-p", "no:odoo", *arguments[1:]]
    else:
        database = arguments[1] if arguments[:1] == ["--db"] else settings.TEST_DATABASE
        rest = arguments[2:] if arguments[:1] == ["--db"] else arguments
        odoo.write_config()
        options = [*pytest_options(database), *rest]
    nodeenv.ensure_node()
    os.chdir(settings.ROOT)
    command = [str(odoo.python), "-m", "pytest", *options]
    os.execvpe(command[0], command, environment())


def lint(arguments):
    only = _known_addon(arguments)
    lint_all(_prepare(Steps(4)), only)
    say("Clean.")
    return 0


def lint_all(odoo, only=None):
    """Run every linter, then fail with all that they found."""
    nodeenv.ensure_node()
    faults = []
    for title, command in _linters(odoo, only):
        try:
            run(command, cwd=settings.ROOT, env=environment())
            note(f"{title}: clean")
        except Failure as error:
            faults.append(f"{title}\n{error}")
    if faults:
        raise Failure("the linters found faults.\n\n" + "\n\n".join(faults))


def _linters(odoo, only):
    tools = odoo.python.parent
    node = settings.ROOT / "node_modules/.bin"
    addons = [settings.ADDONS / name for name in settings.our_addons()]
    addons = [settings.ADDONS / only] if only else addons
    sources = addons if only else [settings.ROOT]
    yield "ruff check", [tools / "ruff", "check", *sources]
    yield "ruff format", [tools / "ruff", "format", "--check", *sources]
    # A large model is laid out in several files, by subject: see docs/decisions.
    pylint = [tools / "pylint", "--rcfile=.pylintrc", "--jobs=2"]
    yield "pylint-odoo", [*pylint, "--disable=R8180", *addons]
    yield "oca-checks", [tools / "oca-checks-odoo-module", *addons]
    translations = [path for addon in addons for path in addon.glob("i18n/*.po*")]
    # Its formatter empties a French term that reads like the English one, which our
    # own test of translations takes for forgotten.
    options = ["--disable=po-pretty-format"]
    if translations:
        yield "oca-checks-po", [tools / "oca-checks-po", *options, *translations]
    # An addon may have no script at all.
    options = ["--no-warn-ignored", "--no-error-on-unmatched-pattern"]
    yield "eslint", [node / "eslint", *options, *sources]
    yield "prettier", [node / "prettier", "--check", *_prettier_patterns(addons, only)]


def _prettier_patterns(addons, only):
    ending = "{" + ",".join(PRETTIER_FILES) + "}"
    patterns = [f"{path.relative_to(settings.ROOT)}/**/*.{ending}" for path in addons]
    own = [] if only else ["*.{mjs,json,yml}", "docs/**/*.yml"]
    return ["--no-error-on-unmatched-pattern", *patterns, *own]


def fmt(arguments):
    only = _known_addon(arguments)
    odoo = _prepare(Steps(4))
    nodeenv.ensure_node()
    tools = odoo.python.parent
    sources = [settings.ADDONS / only] if only else [settings.ROOT]
    addons = [settings.ADDONS / name for name in settings.our_addons()]
    addons = [settings.ADDONS / only] if only else addons
    prettier = settings.ROOT / "node_modules/.bin/prettier"
    patterns = _prettier_patterns(addons, only)
    for command in (
        [tools / "ruff", "check", "--fix-only", "--quiet", *sources],
        [tools / "ruff", "format", *sources],
        [prettier, "--write", "--log-level=warn", *patterns],
    ):
        run(command, cwd=settings.ROOT, env=environment())
    say("The sources are in shape.")
    return 0


def pot(arguments):
    """Export the terms of our addons; keep what fr.po already translates."""
    only = _known_addon(arguments)
    odoo = _prepare(Steps(4))
    databases = Databases(odoo)
    databases.ensure_template()
    name = "mairie_pot"
    databases.copy_template(name)
    for addon in [only] if only else settings.our_addons():
        target = settings.ADDONS / addon / "i18n" / f"{addon}.pot"
        target.parent.mkdir(exist_ok=True)
        export = ["i18n", "export", "-d", name, addon, "-l", "pot", "-o", target]
        odoo.run(*export, log=settings.LOGS / "pot.log")
        script = settings.ROOT / "devtools" / "merge_terms.py"
        say(run([odoo.python, script, target, target.with_name("fr.po")]).strip())
    databases.drop(name)
    return 0


def screenshots(arguments):
    """The pictures of the README, taken from the demo town."""
    odoo = _prepare(Steps(4))
    databases = Databases(odoo)
    databases.ensure_template(fresh_day=True)
    cluster.ensure_cluster()
    script = Path(__file__).with_name("screenshots.py")
    os.chdir(settings.ROOT)
    extra = {"PYTHONPATH": str(settings.ROOT)}
    command = [str(odoo.python), str(script), *arguments]
    os.execvpe(command[0], command, environment(**extra))


def store(_arguments):
    """The page of each addon in the list of applications."""
    odoo = _prepare(Steps(4))
    command = [str(odoo.python), "-m", "devtools.store_page"]
    os.chdir(settings.ROOT)
    os.execvpe(command[0], command, environment(PYTHONPATH=str(settings.ROOT)))


def bench(arguments):
    """The cases of bench/, each on a private copy of the demo town."""
    odoo = _prepare(Steps(4))
    if not os.environ.get("MAIRIE_SOURCE_DB"):
        Databases(odoo).ensure_template()
    os.chdir(settings.ROOT)
    command = [str(odoo.python), "-m", "bench", *arguments]
    os.execvpe(command[0], command, environment(PYTHONPATH=str(settings.ROOT)))


def prove(arguments):
    """Every promise beside its tests; `T=R1` runs one."""
    from .prove import prove

    odoo = _prepare(Steps(4))
    _ensure_test_database(odoo)
    nodeenv.ensure_node()
    return prove(odoo, set(arguments))


COMMANDS = {
    "test": test,
    "lint": lint,
    "fmt": fmt,
    "pot": pot,
    "screenshots": screenshots,
    "bench": bench,
    "prove": prove,
    "store": store,
}
