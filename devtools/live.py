"""A real Odoo server on a private copy of the demo town, for tests and pictures."""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

from . import cluster, odoo_source, pythonenv, settings
from .console import Failure
from .database import Databases
from .odoo_command import QUIET, Odoo
from .server import free_port, wait_for_page

# Passwords are slow on purpose: whoever does not test the door comes in like this.
SESSIONS = """
from odoo.http import get_default_session, root
for login in {logins}:
    user = env["res.users"].search([("login", "=", login)])
    session = root.session_store.new()
    session.update(get_default_session(), db=env.cr.dbname, uid=user.id, login=login)
    session.session_token = user._compute_session_token(session.sid)
    root.session_store.save(session)
    print("SESSION", session.sid)
"""
PATIENCE = 60  # seconds until the server must answer


class LiveTown:
    """A server of its own: `.url`, `.db`, `.connect()`, `.execute()`, `.log_text()`.

    :param name: name of the private database, dropped at the end
    :param workers: 0 for one threaded process, else as Odoo's option says
    :param source: database to copy; nobody may be connected to it
    :param options: more options of Odoo's
    :param environment: more variables of the server's environment
    """

    def __init__(self, name, workers=0, source=None, options=(), environment=None):
        home = odoo_source.ensure_odoo()
        self.odoo = Odoo(pythonenv.ensure_python(home), home)
        self.databases = Databases(self.odoo)
        self.db = name
        self.workers, self.options = workers, options
        self.environment = environment or {}
        self.source = source or os.environ.get("MAIRIE_SOURCE_DB")
        self.log = settings.LOGS / f"live-{name}.log"
        self.process = None
        self.url = None
        self.port = self.websocket_port = None

    def __enter__(self):
        self.make_copy()
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()
        self.databases.drop(self.db)

    def make_copy(self):
        """The private database alone, for whoever serves it later or never."""
        cluster.ensure_cluster()
        self.databases.copy(self.source or settings.TEMPLATE_DATABASE, self.db)

    def start(self):
        self.port, self.websocket_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log.write_text("")
        self.spawn()
        wait_for_page(f"{self.url}/web/login", self.process, self.log, PATIENCE)

    def spawn(self):
        """Start the server on its ports, without waiting for its first answer."""
        command = self._door() + self.odoo.command(
            "-d",
            self.db,
            "--no-database-list",
            "--http-interface=127.0.0.1",
            f"--http-port={self.port}",
            f"--gevent-port={self.websocket_port}",
            f"--workers={self.workers}",
            "--max-cron-threads=0",
            f"--log-handler={QUIET}",
            *self.options,
        )
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=pythonenv.environment(**self.environment),
                cwd="/",
            )

    def _door(self):
        """The queue of production, in front of the processes of a real town."""
        door = settings.ROOT / "deploy" / "door.py"
        address = f"127.0.0.1:{self.port}"
        return [str(self.odoo.python), str(door), address] if self.workers else []

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def connect(self):
        """A psycopg2 connection to the private database."""
        import psycopg2

        return psycopg2.connect(
            dbname=self.db, user="odoo", host=str(settings.SOCKETS), port=5432
        )

    def execute(self, code):
        """Run code in Odoo's shell on the private database and commit."""
        return self.odoo.shell(self.db, code, settings.LOGS / f"shell-{self.db}.log")

    def open_sessions(self, logins):
        """Let these people in; return the value of each one's cookie `session_id`."""
        said = self.execute(SESSIONS.format(logins=list(logins)))
        found = re.findall(r"SESSION (\S+)$", said, re.MULTILINE)
        if len(found) != len(logins):
            raise Failure(f"not everybody could be let in:\n{said}")
        return found

    def log_text(self):
        return self.log.read_text()

    def complaints(self):
        """Lines of warnings and errors in the server's log."""
        marks = (" WARNING ", " ERROR ", " CRITICAL ")
        lines = self.log_text().splitlines()
        return [line for line in lines if any(mark in line for mark in marks)]


def clean_temporary(folder):
    """Chromium leaves folders behind at every start: it gets one of ours, emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    Path(folder).mkdir(parents=True)
    return folder
