"""Databases: a prepared template with the demo town, and cheap copies of it.

Odoo's own demo data (American companies and employees) would drown the town, and
Odoo loads a module's demo data only where its dependencies have theirs. So the stock
modules are installed first, without; their flag says otherwise while ours go in.
"""

import ast
import datetime
import hashlib
import json
import os
import shutil

from . import cluster, settings
from .console import note, run
from .odoo_command import QUIET
from .pythonenv import environment

OUR_PREFIX = "mairie_"
STOCK_DATABASE = "mairie_stock"
STAMP = settings.STATE / "template.json"
BUNDLES = """
env["ir.qweb"]._pregenerate_assets_bundles()
"""
TEST_BUNDLES = """
bundles = env["ir.qweb"]
for name in ("web.assets_unit_tests_setup", "web.assets_unit_tests"):
    bundles._get_asset_bundle(name, debug_assets=False).js()
"""


class Databases:
    def __init__(self, odoo):
        self.odoo = odoo

    def ensure_template(self, *, fresh_day=False):
        """Build the template or bring it up to date with the sources.

        :param fresh_day: build it again if it is of another day (the demo town's
            dates are relative to the day of its making)
        """
        wanted = _fingerprint()
        built = _read_stamp()
        name = settings.TEMPLATE_DATABASE
        exists = built and cluster.database_exists(name)
        stale_day = fresh_day and built.get("day") != _today()
        if not exists or stale_day or built.get("setup") != wanted["setup"]:
            self._build(name)
        elif built.get("addons") != wanted["addons"]:
            self._update(name)
        else:
            note("the prepared database is up to date")
            return
        day = _today() if not exists or stale_day else built.get("day", _today())
        STAMP.write_text(json.dumps({**wanted, "day": day}))

    def copy_template(self, target):
        """A private copy in a fraction of a second: files are hard links."""
        self.copy(settings.TEMPLATE_DATABASE, target)

    def copy(self, source, target):
        self.drop(target)
        cluster.copy_database(source, target)
        _link_filestore(source, target)

    @staticmethod
    def sources():
        """A digest of all that a database is made from."""
        return json.dumps(_fingerprint())

    def drop(self, name):
        cluster.drop_database(name)
        shutil.rmtree(_filestore(name), ignore_errors=True)

    def update(self, name):
        """Bring a database of the user's in step with the sources.

        What is there goes first: a new addon may stand on a table that it brings.
        """
        self._click_update(name)
        missing = set(settings.our_addons()) - set(_installed(name))
        if missing:
            self.install_with_demo(name, sorted(missing))
            self._click_update(name, "--only-compute-hashes")

    def _build(self, name):
        STAMP.unlink(missing_ok=True)
        self.drop(name)
        work = f"{name}_new"
        self.create_with_demo(work, settings.our_addons())
        self._prepare_bundles(work)
        cluster.rename_database(work, name)
        _filestore(work).rename(_filestore(name))

    def create_with_demo(self, name, addons):
        """A database of these addons (and those they need) with the demo town."""
        self._ensure_stock()
        self.copy(STOCK_DATABASE, name)
        self.install_with_demo(name, addons)
        self._click_update(name, "--only-compute-hashes")

    def _ensure_stock(self):
        """Odoo's own modules in French: they change with our manifests only."""
        wanted = ",".join(sorted(_stock_modules()))
        key = hashlib.sha256(f"{wanted}{self.odoo.home}".encode()).hexdigest()[:16]
        stamp = settings.STATE / "stock"
        there = stamp.exists() and stamp.read_text() == key
        if there and cluster.database_exists(STOCK_DATABASE):
            return
        stamp.unlink(missing_ok=True)
        self.drop(STOCK_DATABASE)
        note(f"installing Odoo's modules in French: {wanted} (about a minute)")
        language = f"--load-language={settings.LANGUAGE}"
        self._run_install(STOCK_DATABASE, wanted, language)
        stamp.write_text(key)

    def _update(self, name):
        STAMP.unlink(missing_ok=True)
        note("sources changed: updating the prepared database")
        self.update(name)
        self._prepare_bundles(name)

    def install_with_demo(self, name, addons):
        """Install addons of ours, as if Odoo's own had their demo data."""
        note(f"installing {', '.join(addons)} with the demo town")
        flag = "UPDATE ir_module_module SET demo = {} WHERE state = 'installed'{}"
        stock = f" AND name NOT LIKE '{OUR_PREFIX}%'"
        cluster.sql(flag.format("true", stock), database=name)
        self._run_install(name, ",".join(addons), "--with-demo")
        cluster.sql(flag.format("false", stock), database=name)

    def _run_install(self, name, addons, *options):
        self.odoo.run(
            "-d",
            name,
            "-i",
            addons,
            *options,
            "--stop-after-init",
            "--no-http",
            f"--log-handler={QUIET}",
            log=settings.LOGS / f"install-{name}.log",
        )

    def _click_update(self, name, *options):
        """Update the addons whose digest changed since the last time."""
        program = self.odoo.python.parent / "click-odoo-update"
        config = self.odoo.write_config()
        command = [program, "-c", config, "-d", name, "--ignore-core-addons"]
        run(
            [*command, "--i18n-overwrite", *options],
            log=settings.LOGS / "update.log",
            env=environment(),
            cwd="/",
        )

    def _prepare_bundles(self, name):
        note("preparing the assets of the web client")
        log = settings.LOGS / "assets.log"
        self.odoo.shell(name, BUNDLES + TEST_BUNDLES, log)


def _today():
    return datetime.date.today().isoformat()


def _read_stamp():
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def _installed(name):
    rows = cluster.sql(
        "SELECT name FROM ir_module_module WHERE state = 'installed'", database=name
    )
    return rows.split()


def _stock_modules():
    """What our addons depend on that is not ours."""
    found = set()
    for name in settings.our_addons():
        manifest = settings.ADDONS / name / "__manifest__.py"
        found.update(ast.literal_eval(manifest.read_text())["depends"])
    return found - set(settings.our_addons())


def _fingerprint():
    """Digests of the sources: what asks for a new database, what for an update."""
    setup, addons = hashlib.sha256(), hashlib.sha256()
    for path in sorted(settings.ADDONS.rglob("*")):
        relative = path.relative_to(settings.ADDONS)
        if not path.is_file() or "__pycache__" in relative.parts:
            continue
        digest = addons
        if "demo" in relative.parts or path.name == "__manifest__.py":
            digest = setup
        elif "tests" in relative.parts and path.suffix == ".py":
            continue
        digest.update(f"{relative}\0".encode() + path.read_bytes())
    return {"setup": setup.hexdigest(), "addons": addons.hexdigest()}


def _filestore(name):
    return settings.DATA / "filestore" / name


def _link_filestore(source, target):
    """The filestore is addressed by content and never rewritten: links do."""
    if _filestore(source).exists():
        shutil.copytree(_filestore(source), _filestore(target), copy_function=os.link)
