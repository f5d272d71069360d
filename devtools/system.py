"""Parts that come from the operating system: PostgreSQL, Pango, fonts, Chromium."""

import ctypes.util
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from . import settings
from .console import Failure, note, run

# What is looked for, the package of Debian and Ubuntu that brings it, needed by.
RUN, TEST = "run", "test"
# Writer, Calc and Impress without a screen: 104 MB, for the documents of the meetings.
OFFICE = " ".join(f"libreoffice-{part}-nogui" for part in ("writer", "calc", "impress"))


def _has_program(*names):
    return lambda: any(shutil.which(name) for name in names)


def _has_library(name):
    return lambda: bool(ctypes.util.find_library(name))


def _has_postgresql():
    return postgresql_folder() is not None


def _has_dejavu():
    folders = [Path("/usr/share/fonts"), Path.home() / ".fonts"]
    return any(next(f.rglob("DejaVuSans.ttf"), None) for f in folders if f.exists())


def _has_venv():
    try:
        import ensurepip  # noqa: F401 - Debian ships it apart
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


PARTS = [
    ("PostgreSQL server", _has_postgresql, "postgresql", RUN),
    ("Pango", _has_library("pangoft2-1.0"), "libpangoft2-1.0-0", RUN),
    ("HarfBuzz subset", _has_library("harfbuzz-subset"), "libharfbuzz-subset0", RUN),
    ("libmagic", _has_library("magic"), "libmagic1", RUN),
    ("fonts", _has_dejavu, "fonts-dejavu-core", RUN),
    ("Python's venv", _has_venv, "python3-venv", RUN),
    ("npm", _has_program("npm"), "npm", RUN),
    ("git", _has_program("git"), "git", RUN),
    ("Chromium", lambda: chromium() is not None, "chromium", TEST),
    ("LibreOffice", _has_program("soffice"), OFFICE, TEST),
    ("nginx", lambda: nginx() is not None, "nginx", TEST),
]


def postgresql_folder():
    """The folder of the newest PostgreSQL server (13 or later), or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parent.parent.name),
    )
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


def chromium():
    """Chromium's program, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def nginx():
    """nginx's program, or None; `/usr/sbin` may not be in the path of a plain user."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def ensure_system(*needs):
    """Install what is missing (as root) or say the one command that does.

    :param needs: RUN, or RUN and TEST
    """
    missing = [part for part in PARTS if part[3] in needs and not part[1]()]
    if not missing:
        note("nothing is missing")
        return
    packages = " ".join(part[2] for part in missing)
    titles = ", ".join(part[0] for part in missing)
    if not shutil.which("apt-get"):
        raise Failure(f"missing on this machine: {titles}. Install them, run again.")
    if not settings.IS_ROOT:
        raise Failure(
            f"missing on this machine: {titles}. This command installs them, "
            f"then run again:\n\n    sudo apt-get install --yes "
            f"--no-install-recommends {packages}\n"
        )
    note(f"installing {packages}")
    _apt_install(packages)
    still = [part[0] for part in missing if not part[1]()]
    if still:
        raise Failure(f"installed, yet still not found: {', '.join(still)}.")


def _apt_install(packages):
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    known = subprocess.run(
        ["apt-get", "install", "--simulate", *shlex.split(packages)],
        capture_output=True,
        check=False,
        env=quiet,
    )
    if known.returncode:
        run(["apt-get", "update"], env=quiet)
    try:
        run([*install, *shlex.split(packages)], env=quiet)
    except Failure:
        # Lists older than the archive name files that are gone.
        run(["apt-get", "update"], env=quiet)
        run([*install, *shlex.split(packages)], env=quiet)
