"""`python3 -m devtools COMMAND`: what the Makefile calls, and a few for developers."""

import contextlib
import fcntl
import os
import subprocess
import sys

from . import cluster, console, odoo_source, pythonenv, server, settings, system
from .console import Failure, Steps, note, say
from .database import Databases
from .odoo_command import Odoo

FIRST_GUESS = "^http://(localhost|127.0.0.1):[0-9]+"
HELP = """Mairie for Odoo

  make up       the demo town, in French, on http://127.0.0.1:{port} (PORT=, DB=, ODOO_HOME=)
  make down     stop the server and the private PostgreSQL
  make reset    a new demo database, as of today
  make shell    Odoo's Python shell on the demo database
  make test     everything that guards the project (T=mairie_rdv narrows)
  make lint     ruff, pylint-odoo, OCA's checks, eslint, prettier
  make fmt      put the sources into shape
  make pot      refresh the translation templates of all addons
  make screenshots   the pictures of the README, from the demo town
  make store    the addons' pages in the list of applications, from their readme
  make bench    measures beside their goals and peers (T=scrutin, BENCH=full)
  make prove    every promise beside the tests that hold it (T=R1)

  Downloads: {cache}
  State of this checkout (database, logs): {state}
"""


@contextlib.contextmanager
def one_at_a_time():
    """Two set-ups of one checkout at once would trip over each other."""
    settings.STATE.mkdir(parents=True, exist_ok=True)
    with open(settings.STATE / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            note("another set-up of this checkout is running: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(steps, *needs):
    """System parts, Odoo, Python, PostgreSQL. Return Odoo ready to run."""
    with steps.step("System parts"):
        system.ensure_system(*needs)
    with steps.step("Odoo 19.0"):
        home = odoo_source.ensure_odoo()
    with steps.step("Python environment"):
        python = pythonenv.ensure_python(home)
    with steps.step("Private PostgreSQL"):
        cluster.ensure_cluster()
    return Odoo(python, home)


def up(reset=False):
    steps = Steps(6)
    with one_at_a_time():
        odoo = prepare(steps, system.RUN)
        with steps.step(f"Demo town in database {settings.DATABASE}"):
            changed = _ensure_demo(Databases(odoo), reset)
            _tell_address()
        with steps.step("Server"):
            server.ensure_server(odoo, settings.DATABASE, restart=changed)
    _welcome(steps.elapsed())


def _ensure_demo(databases, reset):
    """Create the demo database, or update it where sources changed."""
    stamp = settings.STATE / f"{settings.DATABASE}.addons"
    wanted = databases.sources()
    exists = cluster.database_exists(settings.DATABASE)
    if exists and not reset:
        if stamp.exists() and stamp.read_text() == wanted:
            note("it is there and up to date")
            return False
        server.stop()
        note("sources changed: updating it, your data stay")
        databases.update(settings.DATABASE)
    else:
        server.stop()
        databases.ensure_template(fresh_day=True)
        databases.copy_template(settings.DATABASE)
    stamp.write_text(wanted)
    return True


def _tell_address():
    """QR codes and e-mails of the town lead to this server, not to Odoo's first guess.

    E-mails that the demo town wrote as it was made have not left yet.
    """
    address = server.address()
    cluster.sql(
        f"UPDATE mail_mail SET body_html = replace(body_html, value, '{address}')"
        " FROM ir_config_parameter WHERE key = 'web.base.url' AND state = 'outgoing'"
        f" AND value ~ '{FIRST_GUESS}' AND value != '{address}';"
        f"UPDATE ir_config_parameter SET value = '{address}'"
        f" WHERE key = 'web.base.url' AND value ~ '{FIRST_GUESS}'",
        database=settings.DATABASE,
    )


def _welcome(seconds):
    say(f"\nYour town is ready after {seconds:.0f} s: {server.address()}\n")
    say(f"  Password of every demo login: {settings.DEMO_PASSWORD}")
    for title, logins in settings.DEMO_LOGINS:
        say(f"  {title:<22} {logins}")
    say("\n  Public pages")
    for title, path in settings.PUBLIC_PAGES:
        say(f"  {title:<22} {server.address()}{path}")
    say(f"\n  E-mails of the town: {settings.MAILS}")
    say(f"  Log: {settings.SERVER_LOG}    Stop: make down")


def down():
    stopped = server.stop()
    cluster.stop()
    say("Stopped." if stopped else "No server was running; PostgreSQL is stopped.")


def developer(*needs):
    """Odoo for a developer's command; says nothing once everything is there."""
    console.quiet = (settings.CLUSTER / "PG_VERSION").exists()
    with one_at_a_time():
        odoo = prepare(Steps(4), system.RUN, *needs)
    console.quiet = False
    return odoo


def create_database(name, *addons):
    """`freshdb NAME [ADDON…]`: a database with the demo town of these addons."""
    databases = Databases(developer())
    with one_at_a_time():
        databases.create_with_demo(name, addons or settings.our_addons())


def _become(command, **extra):
    """Replace this process: signals and exit code are the command's own."""
    sys.stdout.flush()
    os.execvpe(command[0], list(map(str, command)), pythonenv.environment(**extra))


def main(arguments):
    name, rest = (arguments or ["help"])[0], arguments[1:]
    if name == "up":
        up()
    elif name == "reset":
        up(reset=True)
    elif name == "down":
        down()
    elif name in (
        "test",
        "lint",
        "fmt",
        "pot",
        "screenshots",
        "bench",
        "prove",
        "store",
    ):
        from . import suite

        return suite.COMMANDS[name](rest)
    elif name == "shell":
        _become(developer().command("shell", "-d", settings.DATABASE, *rest))
    elif name == "odoo":
        _become(developer().command(*rest))
    elif name == "freshdb":
        create_database(*rest)
    elif name == "python":
        _become([developer().python, *rest])
    elif name == "psql":
        developer()
        _become([system.postgresql_folder() / "psql", *rest])
    elif name == "pytest":
        from . import suite

        return suite.pytest_command(developer(system.TEST), rest)
    else:
        say(HELP.format(port=settings.PORT, cache=settings.CACHE, state=settings.STATE))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Failure, subprocess.TimeoutExpired) as error:
        console.fail(error)
        sys.exit(2)
    except KeyboardInterrupt:
        say("\nInterrupted. Run the same command again: it goes on where it stopped.")
        sys.exit(130)
