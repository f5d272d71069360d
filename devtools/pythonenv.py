"""The virtual environment, and Odoo made known to it as a distribution."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import settings
from .console import Failure, note, run

OLDEST, NEWEST = (3, 10), (3, 13)
REQUIREMENTS = [
    "requirements.txt",
    "requirements-dev.txt",
    "devtools/requirements/odoo.txt",
]


def ensure_python(odoo_home):
    """Return the Python of an environment that has everything, Odoo included."""
    if (Path(sys.prefix) / "complete").exists():  # a test that starts a server
        return Path(sys.prefix) / "bin" / "python"
    base = _base_python()
    folder = settings.CACHE / f"venv-{_fingerprint(base, odoo_home)}"
    python = folder / "bin" / "python"
    if (folder / "complete").exists():
        note(f"virtual environment: {folder}")
        return python
    note("creating the virtual environment and installing 90 packages (500 MB)")
    shutil.rmtree(folder, ignore_errors=True)
    run([base, "-m", "venv", folder])
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _announce_odoo(folder, python, odoo_home)
    run([*pip, "-r", settings.ROOT / "requirements-dev.txt"])
    (folder / "complete").touch()
    return python


def _fingerprint(base, odoo_home):
    version = run([base, "--version"])
    parts = [str(base), version, str(odoo_home)]
    parts += [(settings.ROOT / name).read_text() for name in REQUIREMENTS]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _base_python():
    names = [sys.executable, "python3.12", "python3.11", "python3.13", "python3.10"]
    for name in [*names, "/usr/bin/python3"]:
        found = shutil.which(name)
        if found and OLDEST <= _version(found) <= NEWEST and _makes_venv(found):
            return found
    raise Failure(
        "Odoo 19 needs Python 3.10 to 3.13 with its venv module, and none was "
        "found. Install one (on Debian and Ubuntu: apt-get install python3-venv)."
    )


def _version(python):
    code = "import sys; print(*sys.version_info[:2])"
    return tuple(int(part) for part in run([python, "-c", code]).split())


def _makes_venv(python):
    code = "import venv, ensurepip"
    found = subprocess.run([python, "-c", code], capture_output=True, check=False)
    return not found.returncode


def _announce_odoo(folder, python, odoo_home):
    """Tell Python and pip where Odoo is, without installing it.

    Only the package `odoo` is put on the path: the folder it comes from may hold
    others that would shadow what the environment installs.
    """
    site = folder / "odoo-path"
    info = site / "odoo-19.0.dist-info"
    info.mkdir(parents=True)
    (site / "odoo").symlink_to(odoo_home / "odoo")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n")
    (info / "RECORD").touch()
    (info / "INSTALLER").write_text("mairie\n")
    where = run([python, "-c", "import site; print(site.getsitepackages()[0])"])
    (Path(where.strip()) / "odoo.pth").write_text(f"{site}\n")


def environment(**extra):
    """The environment of every process of ours: own cluster, nothing of the user's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "ODOO_"))}
    return {
        **kept,
        "PGHOST": str(settings.SOCKETS),
        "PGPORT": "5432",
        "PGUSER": "odoo",
        **extra,
    }
