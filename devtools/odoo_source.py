"""Find Odoo 19.0, or fetch it: one that is there, Debian's package, a shallow clone."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import settings
from .console import Failure, note, run

REPOSITORY = "https://github.com/odoo/odoo.git"
KEYRINGS = [
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
]
# Debian replaces these vendored files by links into packages of their own.
SID_PACKAGES = [
    "odoo-19",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
]
# Odoo wants Font Awesome 4.7; sid ships a later one.
BOOKWORM_PACKAGES = ["fonts-font-awesome"]
# Debian drops this file of Discuss; without it every page logs an error.
SELFIE_PACKAGE = "@mediapipe/selfie_segmentation@0.1.1675465747"
SELFIE_FILE = Path("addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js")


def ensure_odoo():
    """Return the folder that holds the package `odoo` (version 19.0).

    :raise Failure: when every way failed; the message tells each one's reason
    """
    reasons = []
    for title, way in _ways():
        try:
            found = way()
        except Failure as error:
            reasons.append(f"- {title}: {error}")
            note(f"{title}: not possible, trying the next way")
            continue
        if found:
            note(f"Odoo 19.0: {title} ({found})")
            return found
    raise Failure(
        "no Odoo 19.0 was found and none could be fetched.\n"
        + "\n".join(reasons)
        + "\nGet one yourself and run again with ODOO_HOME=/path/to/odoo."
    )


def addons_paths(odoo_home):
    """Odoo's own addons folders, apart from `odoo/addons` that it adds itself."""
    path = odoo_home / "addons"
    return [path] if (path / "web").is_dir() else []


def _ways():
    yield "ODOO_HOME", _from_environment
    yield "the cache", _from_cache
    yield "the Python in use", _from_python
    yield "Debian's package", _from_debian
    yield "a shallow clone of odoo/odoo", _from_git


def _version(home):
    release = home / "odoo" / "release.py"
    if not release.is_file():
        return None
    found = re.search(r"version_info = \((\d+), (\d+)", release.read_text())
    return found and (int(found[1]), int(found[2]))


def _from_environment():
    given = os.environ.get("ODOO_HOME")
    if not given:
        return None
    home = Path(given).expanduser().resolve()
    for candidate in (home, home.parent):
        if _version(candidate) == settings.ODOO_SERIES:
            return candidate
    raise Failure(f"ODOO_HOME={given} holds no Odoo 19.0 (odoo/release.py)")


def _cached():
    return settings.CACHE / "odoo-19.0"


def _from_cache():
    """A finished fetch only: the link `ready` is its last act."""
    ready = _cached() / "ready"
    return ready.resolve() if _version(ready) == settings.ODOO_SERIES else None


def _from_python():
    code = "import odoo; print(list(odoo.__path__)[0])"
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if found.returncode:
        return None
    home = Path(found.stdout.strip()).parent
    return home if _version(home) == settings.ODOO_SERIES else None


def _publish(home):
    """Make a finished fetch the one that counts, in one step."""
    fresh = _cached() / "ready.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(home, _cached()))
    fresh.replace(_cached() / "ready")
    return home


def _from_debian():
    keyring = next((path for path in KEYRINGS if Path(path).exists()), None)
    if not shutil.which("apt-get") or not keyring:
        raise Failure("this machine has no Debian package archive")
    mirror = _debian_mirror()
    if not mirror:
        raise Failure("no Debian mirror is configured here")
    note("fetching Debian's package odoo-19 (123 MB), nothing gets installed")
    private = PrivateApt(_cached() / "apt", mirror, keyring)
    private.update()
    root = _cached() / "debian"
    shutil.rmtree(root, ignore_errors=True)
    for archive in private.download():
        run(["dpkg-deb", "-x", archive, root])
    private.clean()
    home = root / "usr/lib/python3/dist-packages"
    if _version(home) != settings.ODOO_SERIES:
        raise Failure("the package does not hold Odoo 19.0")
    _restore_selfie_file(home)
    return _publish(home)


def _debian_mirror():
    """The address of a Debian mirror that the machine itself uses."""
    listed = run(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(REPO_URI) $(CODENAME)",
            "Created-By: Packages",
        ]
    )
    mirrors = [line.split()[0] for line in listed.splitlines() if line.strip()]
    if not mirrors:
        mirrors = _mirrors_by_uris()
    for mirror in mirrors:
        if mirror.rstrip("/").endswith("/debian"):
            return mirror.rstrip("/")
    return None


def _mirrors_by_uris():
    empty = _cached() / "no-lists"
    (empty / "partial").mkdir(parents=True, exist_ok=True)
    printed = run(["apt-get", "--print-uris", "update", f"-oDir::State::Lists={empty}"])
    found = re.findall(r"'(\S+?)/dists/", printed)
    return list(dict.fromkeys(found))


class PrivateApt:
    """apt with sources, lists and cache of its own: the machine's stay untouched."""

    def __init__(self, folder, mirror, keyring):
        self.folder = folder
        (folder / "state/lists/partial").mkdir(parents=True, exist_ok=True)
        (folder / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
        (folder / "status").touch()
        self.sources = folder / "sources.list"
        self.sources.write_text(
            "".join(
                f"deb [signed-by={keyring}] {mirror} {suite} main\n"
                for suite in ("sid", "bookworm")
            )
        )
        self.options = [
            f"-oDir::Etc::sourcelist={self.sources}",
            "-oDir::Etc::sourceparts=/dev/null",
            f"-oDir::State={folder / 'state'}",
            f"-oDir::State::status={folder / 'status'}",
            f"-oDir::Cache={folder / 'cache'}",
            "-oAcquire::Languages=none",
            "-oAPT::Sandbox::User=root",
        ]

    def update(self):
        run(["apt-get", *self.options, "update"])

    def download(self):
        """Download the archives and return their paths."""
        target = self.folder / "archives"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        wanted = [f"{name}/sid" for name in SID_PACKAGES]
        wanted += [f"{name}/bookworm" for name in BOOKWORM_PACKAGES]
        run(["apt-get", *self.options, "download", *wanted], cwd=target)
        return sorted(target.glob("*.deb"))

    def clean(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def _restore_selfie_file(home):
    target = home / "odoo" / SELFIE_FILE
    if target.exists():
        return
    folder = _cached() / "selfie"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run(["npm", "pack", "--silent", SELFIE_PACKAGE], cwd=folder)
    archive = next(folder.glob("*.tgz"))
    run(["tar", "-xzf", archive, "-C", folder])
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "package/selfie_segmentation.js", target)
    target.chmod(0o644)
    shutil.rmtree(folder)


def _from_git():
    if not shutil.which("git"):
        raise Failure("git is missing")
    note("cloning branch 19.0 of odoo/odoo (about 400 MB)")
    home = _cached() / "checkout"
    shutil.rmtree(home, ignore_errors=True)
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "clone", "--quiet", "--depth=1", "--branch=19.0"]
    run([*command, REPOSITORY, home], env=environment)
    return _publish(home)
