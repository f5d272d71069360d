"""A town that is killed on purpose: its own cluster that loses nothing, its supervisor."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from unittest import mock

import psutil
import requests

from . import cluster, settings
from .pythonenv import environment

RESTART_SECONDS = 2  # as RestartSec of deploy/mairie.service
# What `make up` leaves out for speed; here an acknowledged write is on the disk.
STURDY = "fsync = on\nsynchronous_commit = on\nfull_page_writes = on\n"


@contextlib.contextmanager
def _another(folder, sockets):
    """Work with another cluster of this checkout as long as the block lasts."""
    with mock.patch.multiple(settings, CLUSTER=folder, SOCKETS=sockets):
        yield


def _sockets_named(letter):
    """A socket folder beside the one in use, with as short a path."""
    return settings.SOCKETS.with_name(f"{settings.SOCKETS.name}{letter}")


@contextlib.contextmanager
def sturdy_cluster():
    """Work in a second cluster, with the prepared database in it."""
    template = settings.TEMPLATE_DATABASE
    dump = settings.STATE / "drill.dump"
    subprocess.run(
        ["pg_dump", "-Fc", "-Z0", "-f", dump, template], env=environment(), check=True
    )
    with _another(settings.STATE / "postgresql-drill", _sockets_named("d")):
        cluster.erase()
        try:
            cluster.ensure_cluster(STURDY)
            cluster.sql(f'CREATE DATABASE "{template}" OWNER odoo', user="postgres")
            restore = ["pg_restore", "-d", template, "-U", "postgres", "-j2", dump]
            subprocess.run(restore, env=environment(), check=True)
            dump.unlink()
            yield
        finally:
            cluster.erase()


class Replica:
    """A second PostgreSQL that follows the cluster in use and only reads."""

    def __init__(self):
        self.primary, self.cluster = settings.SOCKETS, settings.STATE / "replica"
        self.sockets = _sockets_named("r")

    def __enter__(self):
        with self._here():
            cluster.erase()
            cluster.follow(self.primary)
        return self

    def __exit__(self, *_error):
        with self._here():
            cluster.erase()

    def sql(self, statement, database):
        with self._here():
            return cluster.sql(statement, database, user="postgres")

    def kill(self):
        with self._here():
            kill_database()

    def _here(self):
        return _another(self.cluster, self.sockets)


def kill_database():
    """End PostgreSQL as a power cut would: all its processes are gone afterwards.

    A backend that outlived the postmaster for an instant would lend its connection to
    the next request, then die under it.
    """
    pid = (settings.CLUSTER / "postmaster.pid").read_text().split()[0]
    postmaster = psutil.Process(int(pid))
    processes = [postmaster, *postmaster.children()]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    while any(_lives(process) for process in processes):
        time.sleep(0.01)


def _lives(process):
    """Whether a process still holds its sockets (a zombie does not)."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


class Supervisor(threading.Thread):
    """Starts a town's server again whenever it ended, as systemd does."""

    def __init__(self, town):
        super().__init__(daemon=True)
        self.town, self.over, self.restarts = town, threading.Event(), 0

    def run(self):
        while not self.over.wait(0.1):
            if self.town.process.poll() is not None:
                self._sweep()
                if not self.over.wait(RESTART_SECONDS):
                    self.town.spawn()
                    self.restarts += 1

    def _sweep(self):
        """Processes of a dead service go with it, as its control group would have it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.town.process.pid, signal.SIGKILL)

    def kill(self):
        """End the server; nobody is left to answer in its place."""
        self.town.process.kill()
        self._sweep()

    def stop(self):
        self.over.set()
        self.join()


def seconds_until_answer(url, patience=60):
    """Seconds until the server answers a page that reads its database."""
    start = time.monotonic()
    while time.monotonic() - start < patience:
        with contextlib.suppress(requests.RequestException):
            address = f"{url}/web/health?db_server_status=1"
            if requests.get(address, timeout=5).status_code == 200:
                return time.monotonic() - start
        time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer")
