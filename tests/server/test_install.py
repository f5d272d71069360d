"""Every addon installs alone, on a bare Odoo, without a word of complaint."""

import ast
import itertools
import os
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


def manifest(addon):
    return ast.literal_eval((settings.ADDONS / addon / "__manifest__.py").read_text())


# Glue comes by itself, as soon as what it joins is there.
GLUE = {addon for addon in settings.our_addons() if manifest(addon).get("auto_install")}
MODULES = [addon for addon in settings.our_addons() if addon not in GLUE]
TOWNS = [addon for addon in MODULES if addon != "mairie_base"]
ORDERS = [list(reversed(TOWNS))]
if os.environ.get("MAIRIE_LONG") == "1":
    ORDERS = list(itertools.permutations(TOWNS))


def install(databases, name, addon):
    """Install one more addon; return what the log complains of."""
    log = settings.LOGS / f"{name}.log"
    options = ["--stop-after-init", "--no-http", f"--log-handler={QUIET}"]
    databases.odoo.run("-d", name, "-i", addon, *options, log=log)
    return complaints(log)


def installed(name):
    """Addons of ours that are there."""
    state = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    return set(cluster.sql(state, database=name).split()) & set(settings.our_addons())


@pytest.fixture(scope="module")
def alone(databases):
    """Make once the database of an addon by itself; return its name."""
    made = {}

    def make(addon):
        if addon not in made:
            name = f"alone_{addon}"
            databases.copy(STOCK_DATABASE, name)
            made[addon] = install(databases, name, addon)
        return f"alone_{addon}", made[addon]

    yield make
    for addon in made:
        databases.drop(f"alone_{addon}")


@pytest.mark.parametrize("addon", MODULES)
def test_installs_alone(alone, addon):
    name, complained = alone(addon)
    assert addon in installed(name)
    assert not installed(name) - GLUE - {addon, "mairie_base"}
    assert not complained


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_installs_one_after_the_other_in_any_order(databases, alone, order):
    """Each comes to a town that works already, and brings the glue between them."""
    name = "in_order"
    databases.copy(alone(order[0])[0], name)
    try:
        for addon in order[1:]:
            assert not install(databases, name, addon)
        assert installed(name) == set(settings.our_addons())
    finally:
        databases.drop(name)


# Modules, models, columns, triggers, functions: whatever could bear our name.
LEFTOVERS = """
SELECT 'table ' || tablename FROM pg_tables WHERE tablename LIKE 'mairie%'
UNION SELECT 'model ' || model FROM ir_model WHERE model LIKE 'mairie.%'
UNION SELECT 'record ' || module || '.' || name FROM ir_model_data
 WHERE module LIKE 'mairie%' AND (model LIKE 'mairie.%' OR model LIKE 'ir.%')
UNION SELECT 'column ' || table_name || '.' || column_name
  FROM information_schema.columns WHERE column_name LIKE 'mairie%'
UNION SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgname LIKE 'mairie%'
UNION SELECT 'function ' || proname FROM pg_proc WHERE proname LIKE 'mairie%'
UNION SELECT 'cron ' || cron_name FROM ir_cron WHERE cron_name LIKE 'Mairie%'
"""
UNINSTALL = """
from odoo.exceptions import UserError
module = env["ir.module.module"].search([("name", "=", "mairie_base")])
try:
    module.button_immediate_uninstall()
except UserError as refusal:
    print("refused:", refusal)
    from odoo import fields
    today = str(fields.Date.context_today(module))
    env["ir.config_parameter"].set_param("mairie_base.uninstall_day", today)
    env.cr.commit()
    module.button_immediate_uninstall()
"""


def test_a_whole_town_goes_without_leftovers(databases):
    """Refused while acts are sealed in it; once it was decided, nothing stays."""
    name = "gone"
    databases.copy_template(name)
    try:
        log = settings.LOGS / "gone.log"
        said = databases.odoo.shell(name, UNINSTALL, log)
        assert "refused: " in said
        assert cluster.sql(LEFTOVERS, database=name).split("\n") == [""]
        assert not complaints(log)
    finally:
        databases.drop(name)


def test_the_demo_town_installed_without_complaint():
    """The log of the database that all these tests are copies of."""
    log = settings.LOGS / f"install-{settings.TEMPLATE_DATABASE}_new.log"
    assert "Modules loaded" in log.read_text()
    assert not complaints(log)
