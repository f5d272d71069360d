"""Every addon installs alone or beside others, without a word of complaint."""

import ast
import itertools
import re
import subprocess
from unittest import mock

import pytest
import requests

from devtools import cluster, settings
from devtools.database import STOCK_DATABASE
from devtools.live import LiveTown
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
if settings.LONG:
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


LIVED_IN = """
from odoo import Command
company = env["res.company"].create({"name": "Régie des eaux"})
user = env["res.users"].create({
    "name": "Inès", "login": "ines", "company_id": company.id,
    "company_ids": [Command.set(company.ids)]})
service = env["hr.department"].create({"name": "Eaux", "company_id": company.id})
env["hr.employee"].create({
    "name": "Inès", "user_id": user.id, "department_id": service.id,
    "company_id": company.id})
env["res.partner"].create({"name": "Fournisseur", "email": "contact@exemple.example"})
env["calendar.event"].create({
    "name": "Réunion", "start": "2026-01-05 09:00:00", "stop": "2026-01-05 10:00:00"})
env["discuss.channel"]._create_channel("Chantiers", None).message_post(body="Bonjour")
env["website.page"].create({
    "name": "Les eaux", "url": "/les-eaux", "is_published": True, "type": "qweb",
    "arch": "<t t-name='eaux'><t t-call='website.layout'><h1>Eaux</h1></t></t>"})
"""
# What is theirs, whoever comes to live beside.
THEIRS = """
SELECT 'company', id, name FROM res_company
UNION SELECT 'user', id, login || active || company_id FROM res_users
UNION SELECT 'partner', id, concat(name, email, active) FROM res_partner
UNION SELECT 'service', id, name::text FROM hr_department
UNION SELECT 'agent', id, concat(name, active, company_id) FROM hr_employee
UNION SELECT 'meeting', id, name || start FROM calendar_event
UNION SELECT 'channel', id, name FROM discuss_channel
UNION SELECT 'message', id, body FROM mail_message
UNION SELECT 'page', id, url || is_published FROM website_page
"""


@pytest.fixture(scope="module")
def lived_in(databases):
    """A database of somebody else: a website, another company, their rows."""
    name = "lived_in"
    databases.copy(STOCK_DATABASE, name)
    install(databases, name, "website")
    databases.odoo.shell(name, LIVED_IN, settings.LOGS / "lived-in.log")
    yield name
    databases.drop(name)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_installs_one_after_the_other_where_others_live(databases, lived_in, order):
    """In any order, each brings the glue; nobody's rows move, nobody's page is shut."""
    name = "in_order"
    databases.copy(lived_in, name)
    theirs = set(cluster.sql(THEIRS, database=name).splitlines())
    try:
        for addon in order:
            assert not install(databases, name, addon)
        assert installed(name) == set(settings.our_addons())
        assert not theirs - set(cluster.sql(THEIRS, database=name).splitlines())
        with LiveTown(f"{name}_served", source=name) as town:
            for path in ("/", "/les-eaux", "/rdv", "/resultats", "/mairie/donnees"):
                page = requests.get(town.url + path, timeout=60)
                assert page.status_code == 200, path
            assert not town.complaints()
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


# What guards a database, whatever made it: a fresh town and an old one must agree.
GUARDS = """
SELECT 'rule ' || d.module || '.' || d.name || ' ' || coalesce(r.domain_force, '')
  FROM ir_rule r JOIN ir_model_data d ON d.model = 'ir.rule' AND d.res_id = r.id
 WHERE d.module LIKE 'mairie%'
UNION SELECT 'access ' || d.module || '.' || d.name || a.perm_read || a.perm_write
     || a.perm_create || a.perm_unlink
  FROM ir_model_access a
  JOIN ir_model_data d ON d.model = 'ir.model.access' AND d.res_id = a.id
 WHERE d.module LIKE 'mairie%'
UNION SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE conrelid::regclass::text LIKE 'mairie%'
UNION SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname
  FROM pg_trigger WHERE tgrelid::regclass::text LIKE 'mairie%' AND NOT tgisinternal
"""
# Worked out again from other rows: an upgrade may well mend it.
WORKED_OUT = {"mairie_social_audience_member"}


def released(databases, name, folder):
    """Make the demo town as the addons of the last release made it."""
    archive = ["git", "archive", settings.RELEASED, "addons"]
    tree = subprocess.run(archive, cwd=settings.ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "x", "-C", folder], input=tree.stdout, check=True)
    with mock.patch.object(settings, "ADDONS", folder / "addons"):
        databases.copy(STOCK_DATABASE, name)
        databases.install_with_demo(name, settings.our_addons())


if settings.LONG:

    def test_a_town_of_the_last_release_comes_along(databases, tmp_path):
        """All that it holds stays, and it is guarded as a new town is."""
        name = "released"
        released(databases, name, tmp_path)
        try:
            before = cluster.count_rows(name)
            databases.update(name)
            assert not complaints(settings.LOGS / "update.log")
            after = cluster.count_rows(name)
            ours = {table for table in before if table.startswith("mairie")}
            lost = {table for table in ours if after.get(table, 0) < before[table]}
            assert not lost - WORKED_OUT
            guards = [
                set(cluster.sql(GUARDS, database=base).splitlines())
                for base in (name, settings.TEMPLATE_DATABASE)
            ]
            assert guards[0] == guards[1]
        finally:
            databases.drop(name)
