"""Tests against a real server with several processes, on a copy of the demo town."""

import os

import pytest

from devtools import odoo_source, pythonenv
from devtools.database import Databases
from devtools.live import LiveTown
from devtools.odoo_command import Odoo


@pytest.fixture(scope="module")
def databases():
    """Databases of this checkout, to copy and to drop."""
    home = odoo_source.ensure_odoo()
    return Databases(Odoo(pythonenv.ensure_python(home), home))


@pytest.fixture(scope="module")
def live_server(request):
    """Odoo with two worker processes; the copy is this test file's own."""
    name = request.module.__name__.rpartition(".")[2]
    with LiveTown(f"live_{name}_{os.getpid()}", workers=2) as town:
        yield town
