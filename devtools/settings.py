"""Where everything lives. Downloads are per user, running state is per checkout."""

import hashlib
import os
import stat
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
ODOO_SERIES = (19, 0)
# `MAIRIE_LONG=1`: crowds and orders as large as the goals of the tests say.
LONG = os.environ.get("MAIRIE_LONG") == "1"
# The tree that towns run today: `MAIRIE_LONG=1 make prove T=R16` upgrades one of its towns.
RELEASED = "69470b4"
IS_ROOT = os.geteuid() == 0

DATABASE = os.environ.get("DB") or "mairie"
TEST_DATABASE = "mairie_test"
TEMPLATE_DATABASE = "mairie_template"
PORT = int(os.environ.get("PORT") or 8069)
DEMO_PASSWORD = "demo-mairie-2026"
LANGUAGE = "fr_FR"


def _first_usable(*candidates):
    """The first folder whose parents let another system user pass.

    PostgreSQL refuses to run as root, hence runs as `postgres`, who must be able
    to reach its folder.
    """
    for path in candidates:
        existing = path
        while not existing.exists():
            existing = existing.parent
        chain = [existing, *existing.parents]
        if not IS_ROOT or all(p.stat().st_mode & stat.S_IXOTH for p in chain):
            return path
    return candidates[-1]


def _cache_folder():
    given = os.environ.get("MAIRIE_CACHE")
    if given:
        return Path(given)
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / "mairie-odoo"
    return Path.home() / ".cache" / "mairie-odoo"


CHECKOUT_ID = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]

CACHE = _cache_folder()
STATE = _first_usable(
    Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    / "mairie-odoo"
    / CHECKOUT_ID,
    Path("/var/tmp/mairie-odoo") / CHECKOUT_ID,
)
LOGS = STATE / "logs"
DATA = STATE / "data"
CLUSTER = STATE / "postgresql"
# A socket's path may hold 107 characters at most: keep it short, away from STATE.
SOCKETS = Path("/tmp") / f"mairie-{CHECKOUT_ID}"
SERVER_PID = STATE / "server.pid"
SERVER_LOG = LOGS / "server.log"
MAILS = STATE / "mails"


def our_addons():
    """Names of the addons of this repository, in alphabetical order."""
    return sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))


DEMO_LOGINS = [
    ("Agents", "agent, 00123 (no e-mail), communication, rh, ambassadeur, dpo"),
    ("Council", "secretaire, dgs, maire, legoff, renaud"),
    ("Appointments", "accueil, rdv, responsable"),
    ("Elections", "organisation, operateur, superviseur, lecture"),
    ("Settings", "gestion; admin (password: admin)"),
]
PUBLIC_PAGES = [
    ("Appointments", "/rdv"),
    ("Election results", "/resultats"),
    ("Polling station, code 482915", "/bureau/demo-bureau-0005-aubin"),
]
