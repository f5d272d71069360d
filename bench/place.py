"""Where cases run: a private copy of the demo town, made when a case first asks."""

import os
from pathlib import Path

from devtools import settings
from devtools.live import LiveTown
from devtools.proxy import Proxy, results_environment

WORKERS = 2


class Bench:
    """The database, the server and the data of one part; everything goes at the end."""

    def __init__(self, part):
        self.part = part
        self.full = os.environ.get("BENCH") == "full"
        self.data = settings.ROOT / "tests" / "data"
        self._copy = None
        self._proxy = None
        self._cursor = None
        self._env = None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.leave()
        if self._proxy:
            self._proxy.stop()
        if self._copy:
            self._forget_registry()
            self._copy.stop()
            self._copy.databases.drop(self._copy.db)

    @property
    def copy(self):
        """The private copy, without a server."""
        if not self._copy:
            name = f"bench_{self.part}_{os.getpid()}"
            variables = results_environment(name)
            self._copy = LiveTown(name, workers=WORKERS, environment=variables)
            self._copy.make_copy()
        return self._copy

    @property
    def town(self):
        """The private copy, served."""
        if not self.copy.process:
            self.copy.start()
        return self.copy

    @property
    def proxy(self):
        """nginx in front of the served copy, by the profile of deploy/."""
        if not self._proxy:
            self._proxy = Proxy(self.town)
            self._proxy.start()
        return self._proxy

    @property
    def env(self):
        if self._env is None:
            self._open_environment()
        return self._env

    def leave(self):
        """End of a case: nothing that it wrote through ``env`` stays."""
        if self._cursor:
            self._cursor.rollback()
            self._cursor.close()
        self._cursor = self._env = None

    def _open_environment(self):
        # Odoo is imported by the cases that want it only.
        import odoo
        from odoo.modules.registry import Registry

        options = [*self.copy.odoo.options(), "-d", self.copy.db, "--no-http"]
        odoo.tools.config.parse_config([*options, "--log-level=warn"])
        self._cursor = Registry(self.copy.db).cursor()
        self._env = odoo.api.Environment(self._cursor, odoo.SUPERUSER_ID, {})
        self._env = self._env(context={"lang": settings.LANGUAGE})

    def _forget_registry(self):
        try:
            from odoo.modules.registry import Registry
            from odoo.sql_db import close_db
        except ImportError:
            return
        Registry.delete(self._copy.db)
        close_db(self._copy.db)


def machine():
    """One line on the machine: a figure without it says nothing."""
    model = "?"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    memory = round(pages * size / 1024**3)
    return f"{os.cpu_count()} cœurs ({model}), {memory} Go de mémoire"
