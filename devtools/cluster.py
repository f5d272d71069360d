"""A private PostgreSQL cluster of this checkout: no network, own socket folder."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from . import settings, system
from .console import Failure, note, run
from .pythonenv import environment

SERVER_USER = "postgres"


def ensure_cluster(options=""):
    """Create the cluster if needed and start it if it is not answering.

    :param options: lines of postgresql.conf for a new cluster, stronger than ours
    """
    _make_folders()
    if not (settings.CLUSTER / "PG_VERSION").exists():
        _create(options)
    if not is_ready():
        _forget_dead_server()
        _start()
    _ensure_role()
    note(f"PostgreSQL answers in {settings.SOCKETS}")


def is_ready():
    command = [_program("pg_isready"), "-q", "-h", str(settings.SOCKETS)]
    return subprocess.run(command, check=False).returncode == 0


def stop():
    if (settings.CLUSTER / "postmaster.pid").exists() and is_ready():
        _as_server("pg_ctl", "-D", settings.CLUSTER, "-m", "fast", "-w", "stop")


def erase():
    """Stop the cluster and delete it with all that it holds, its sockets too."""
    stop()
    for folder in (settings.CLUSTER, settings.SOCKETS):
        shutil.rmtree(folder, ignore_errors=True)


def sql(statement, database="postgres", user="odoo"):
    """Run one statement; return what psql prints, one line a row."""
    return run(
        [
            _program("psql"),
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            user,
            "-d",
            database,
            "-c",
            statement,
        ],
        env=environment(),
    )


def count_rows(database):
    """Number of rows of each table of a database, by its name."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    counts = " UNION ALL ".join(
        f"SELECT '{table}', count(*) FROM \"{table}\""
        for table in sql(tables, database=database).split()
    )
    found = sql(counts, database=database).splitlines()
    return {table: int(count) for table, count in (row.split("|") for row in found)}


def database_exists(name):
    return bool(sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'").strip())


def drop_database(name):
    sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def copy_database(source, target):
    sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def rename_database(source, target):
    sql(f'ALTER DATABASE "{source}" RENAME TO "{target}"')


def _program(name):
    return str(system.postgresql_folder() / name)


def _as_server(program, *arguments):
    """PostgreSQL's programs refuse to run as root."""
    command = [_program(program), *map(str, arguments)]
    if settings.IS_ROOT:
        groups = f"--reuid={SERVER_USER}", f"--regid={SERVER_USER}", "--init-groups"
        command = ["setpriv", *groups, *command]
    return run(command, cwd="/")


def _make_folders():
    for folder in (settings.STATE, settings.DATA, settings.LOGS, settings.SOCKETS):
        folder.mkdir(parents=True, exist_ok=True)
    if settings.IS_ROOT:
        for folder in (settings.LOGS, settings.SOCKETS):
            shutil.chown(folder, SERVER_USER, SERVER_USER)


def _create(options):
    """Made beside and renamed, so that an interrupted one is never used."""
    fresh = settings.CLUSTER.with_name("postgresql.new")
    _make_empty(fresh)
    encoding = "-E", "UTF8", "--locale=C.UTF-8"
    _as_server("initdb", "-D", fresh, "-U", "postgres", "-A", "trust", *encoding)
    with (fresh / "postgresql.conf").open("a") as file:
        file.write(
            "\n# Written by make up: a private cluster for demonstration and tests.\n"
            "listen_addresses = ''\n"
            f"unix_socket_directories = '{settings.SOCKETS}'\n"
            "max_connections = 200\n"
            "shared_buffers = 256MB\n"
            "# Nothing here is worth a disk flush: a crash may lose the last second.\n"
            "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
            f"log_min_messages = warning\n{options}"
        )
    fresh.rename(settings.CLUSTER)


def follow(primary):
    """Make this cluster a copy that follows another one and only reads.

    :param primary: socket folder of the other one, which is running
    """
    _make_folders()
    _make_empty(settings.CLUSTER)
    source = (
        "-h",
        primary,
        "-U",
        "postgres",
        "--checkpoint=fast",
        "--write-recovery-conf",
    )
    _as_server("pg_basebackup", "-D", settings.CLUSTER, *source)
    with (settings.CLUSTER / "postgresql.auto.conf").open("a") as file:
        file.write(f"unix_socket_directories = '{settings.SOCKETS}'\n")
    _start()


def _make_empty(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    if settings.IS_ROOT:
        shutil.chown(folder, SERVER_USER, SERVER_USER)


def _start():
    log = settings.LOGS / "postgresql.log"
    for attempt in range(10):
        try:
            _as_server("pg_ctl", "-D", settings.CLUSTER, "-l", log, "-w", "start")
            return
        except Failure as error:
            if is_ready():
                return
            if attempt == 9:
                raise Failure(f"PostgreSQL does not start: {error}") from error
            time.sleep(1)


def _forget_dead_server():
    """Delete a lock file whose process number belongs to somebody else by now."""
    lock = settings.CLUSTER / "postmaster.pid"
    try:
        pid = int(lock.read_text().split()[0])
        alive_in = os.readlink(f"/proc/{pid}/cwd")
    except (OSError, ValueError, IndexError):
        alive_in = None
    if alive_in is None or Path(alive_in) != settings.CLUSTER:
        lock.unlink(missing_ok=True)


def _ensure_role():
    known = sql("SELECT 1 FROM pg_roles WHERE rolname = 'odoo'", user="postgres")
    if not known.strip():
        sql("CREATE ROLE odoo LOGIN CREATEDB", user="postgres")
