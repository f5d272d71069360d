"""A town that is lost, killed or cut off comes back whole.

The very scripts that production uses are run here, on a copy of the demo town.
"""

import subprocess
from pathlib import Path

import pytest

from devtools import cluster, settings
from devtools.pythonenv import environment

DEPLOY = Path(__file__).parents[2] / "deploy"
# What goes on by itself while a town stands still.
RESTLESS = {"bus_bus", "ir_cron_trigger", "ir_cron_progress", "ir_sequence"}


@pytest.fixture
def restored(live_server):
    """Name of a database that does not exist before and after the test."""
    name = f"{live_server.db}_back"
    live_server.databases.drop(name)
    yield name
    live_server.databases.drop(name)


def script(server, name, *arguments):
    """Run a script of deploy/ as an administrator would; return what it says."""
    odoo = server.odoo
    options = f"-c {odoo.write_config()}"
    program = " ".join(map(str, odoo.command()[:2]))
    done = subprocess.run(
        ["sh", DEPLOY / name, *map(str, arguments)],
        env=environment(ODOO=program, DB_OPTIONS=options),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    return done.returncode, done.stdout, done.stderr


def rows(database):
    """Number of rows of each table but the restless ones."""
    counts = cluster.count_rows(database)
    return {table: counts[table] for table in counts.keys() - RESTLESS}


def test_a_saved_town_comes_back_whole(live_server, restored, tmp_path):
    live_server.stop()
    before = rows(live_server.db)
    code, archive, error = script(live_server, "backup.sh", tmp_path, live_server.db)
    assert code == 0, error
    archive = Path(archive.strip())
    code, _said, error = script(live_server, "restore.sh", archive, restored)
    assert code == 0, error
    assert rows(restored) == before
    code, said, error = script(live_server, "check.sh", restored)
    assert (code, said.splitlines()[-1:]) == (0, ["check: whole"]), said + error
    # Control: one byte of one file, one figure of one sealed result.
    _spoil(restored)
    code, said, _error = script(live_server, "check.sh", restored)
    assert code == 1
    faults = [line for line in said.splitlines() if line.startswith("check:")]
    assert len(faults) == 2, said
    # A damaged archive is refused before anything is written.
    archive.write_bytes(archive.read_bytes()[:-1])
    live_server.databases.drop(restored)
    code, _said, error = script(live_server, "restore.sh", archive, restored)
    assert code == 1
    assert "fingerprint" in error
    assert not cluster.database_exists(restored)
    live_server.start()


def _spoil(database):
    name = cluster.sql(
        "SELECT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL"
        " ORDER BY id LIMIT 1",
        database=database,
    ).strip()
    path = settings.DATA / "filestore" / database / name
    content = path.read_bytes()
    path.unlink()  # the restored file may be a link that others share
    path.write_bytes(content + b" ")
    cluster.sql(
        "ALTER TABLE mairie_scrutin_saisie DISABLE TRIGGER ALL;"
        "UPDATE mairie_scrutin_saisie SET votants = votants + 1 WHERE id ="
        " (SELECT min(id) FROM mairie_scrutin_saisie)",
        database=database,
        user="postgres",
    )
