"""The demo town's server: start in the background, wait for the login page, stop."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import settings
from .console import Failure, note
from .odoo_command import QUIET
from .pythonenv import environment

PATIENCE = 90  # seconds until the login page must answer


def address(port=None):
    return f"http://127.0.0.1:{port or settings.PORT}"


def ensure_server(odoo, database, *, restart):
    """Serve the database; keep a server that already does, unless told to restart."""
    serving = (database, settings.PORT)
    known = running() and _recorded()[1:] == serving
    if known and not restart and _answers(f"{address()}/web/login"):
        note(f"already running (process {running()})")
        return
    stop()
    if _port_is_taken():
        raise Failure(
            f"port {settings.PORT} is used by another program. Choose another one: "
            f"make up PORT={settings.PORT + 1}"
        )
    _start(odoo, database)


def running():
    """The process number of our server, or None."""
    try:
        pid = _recorded()[0]
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except (OSError, ValueError):
        return None
    return pid if "run_odoo.py" in command else None


def _recorded():
    """Process, database and port that the last start wrote down."""
    pid, database, port = settings.SERVER_PID.read_text().split()
    return int(pid), database, int(port)


def stop():
    pid = running()
    if pid:
        os.kill(pid, signal.SIGTERM)
        for _tick in range(100):
            if not running():
                break
            time.sleep(0.1)
        else:
            os.kill(pid, signal.SIGKILL)
    settings.SERVER_PID.unlink(missing_ok=True)
    return bool(pid)


def _start(odoo, database):
    mail_port = free_port()
    command = odoo.command(
        "--smtp=127.0.0.1",
        f"--smtp-port={mail_port}",
        "-d",
        database,
        "--no-database-list",
        "--http-interface=127.0.0.1",
        f"--http-port={settings.PORT}",
        f"--log-handler={QUIET}",
    )
    settings.LOGS.mkdir(parents=True, exist_ok=True)
    with settings.SERVER_LOG.open("w") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=environment(
                MAIRIE_MAILS=str(settings.MAILS), MAIRIE_MAIL_PORT=str(mail_port)
            ),
            cwd="/",
        )
    settings.SERVER_PID.write_text(f"{process.pid} {database} {settings.PORT}")
    wait_for_page(f"{address()}/web/login", process, settings.SERVER_LOG, PATIENCE)


def wait_for_page(url, process, log, patience):
    """Wait until a server that was just started answers.

    :param process: the server's; once it has ended there is nothing to wait for
    :param log: what it writes, told when it fails
    :param patience: seconds
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Failure(f"the server stopped at once. Its reason: {_last_lines(log)}")
        if _answers(url):
            return
        time.sleep(0.2)
    raise Failure(f"{url} does not answer after {patience} s. See {log}.")


def _answers(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _port_is_taken():
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", settings.PORT)) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _last_lines(log):
    text = log.read_text() if log.exists() else ""
    return "\n".join(text.strip().splitlines()[-8:])
