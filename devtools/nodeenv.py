"""JavaScript tools (eslint, prettier, axe) in the cache, as package-lock.json says."""

import hashlib
import shutil

from . import settings
from .console import note, run

FILES = ("package.json", "package-lock.json")


def ensure_node():
    """Return the folder node_modules that holds the tools."""
    folder = _folder()
    if not (folder / "complete").exists():
        note("installing eslint, prettier and axe-core")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in FILES:
            shutil.copy(settings.ROOT / name, folder)
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        run(["npm", "ci", *options], cwd=folder)
        (folder / "complete").touch()
    _link(folder / "node_modules")
    return folder / "node_modules"


def _link(target):
    """eslint's configuration finds its parts beside itself only."""
    link = settings.ROOT / "node_modules"
    if link.is_symlink() and link.resolve() == target.resolve():
        return
    if link.is_symlink():
        link.unlink()
    link.symlink_to(target)


def axe_source():
    """The program of axe-core, to be run inside a page."""
    return (_folder() / "node_modules/axe-core/axe.min.js").read_text()


def _folder():
    contents = b"".join((settings.ROOT / name).read_bytes() for name in FILES)
    return settings.CACHE / f"node-{hashlib.sha256(contents).hexdigest()[:12]}"
