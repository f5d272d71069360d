"""Every addon installs alone, on a bare Odoo, without a word of complaint."""

import re

import pytest

from devtools import cluster, settings
from devtools.database import STOCK_DATABASE
from devtools.odoo_command import QUIET

# Odoo's own: it says so itself when it is run as root.
STOCK = re.compile(r"Running as user 'root' is a security risk")
MARK = re.compile(r" (WARNING|ERROR|CRITICAL) ")


def complaints(log):
    lines = log.read_text().splitlines()
    found = [line for line in lines if MARK.search(line) and not STOCK.search(line)]
    return [line[:300] for line in found]


@pytest.mark.parametrize("addon", settings.our_addons())
def test_installs_alone(databases, addon):
    name = f"alone_{addon}"
    log = settings.LOGS / f"{name}.log"
    databases.copy(STOCK_DATABASE, name)
    try:
        options = ["--stop-after-init", "--no-http", f"--log-handler={QUIET}"]
        databases.odoo.run("-d", name, "-i", addon, *options, log=log)
        state = f"SELECT state FROM ir_module_module WHERE name = '{addon}'"
        assert cluster.sql(state, database=name).strip() == "installed"
        assert not complaints(log)
    finally:
        databases.drop(name)


def test_the_demo_town_installed_without_complaint():
    """The log of the database that all these tests are copies of."""
    log = settings.LOGS / f"install-{settings.TEMPLATE_DATABASE}_new.log"
    assert "Modules loaded" in log.read_text()
    assert not complaints(log)
