"""Measures with their goals and their peers: `make bench`, or `make bench T=scrutin`."""

import sys
from pathlib import Path
from types import ModuleType

# `mairie_x.lib` without the addon's __init__, hence without Odoo, as in conftest.py.
for _lib in (Path(__file__).parent.parent / "addons").glob("mairie_*/lib"):
    sys.modules[_lib.parent.name] = _package = ModuleType(_lib.parent.name)
    _package.__path__ = [str(_lib.parent)]
