"""nginx in front of a served copy of the town, by the profile that towns get.

What is measured and proved is `deploy/nginx.conf` itself: ports and folders are replaced,
nothing else.
"""

import shutil
import subprocess

from . import settings, system
from .console import Failure
from .server import free_port, wait_for_page

PROFILE = settings.ROOT / "deploy" / "nginx.conf"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
PATIENCE = 10  # seconds until nginx must answer


class Proxy:
    """The profile on a free port: `.url`; `.folder` holds all that nginx writes.

    :param town: `LiveTown`, already served, with the environment that
        `results_environment` gives: else nothing is there to serve as a file
    """

    def __init__(self, town):
        self.town = town
        self.folder = folder_of(town.db)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()

    def start(self):
        for name in ("", "results", "cache", "temporary"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "nginx.conf").write_text(self._write_profile())
        say = f"daemon off; pid {self.folder}/pid; error_log {self.folder}/error.log;"
        self.process = subprocess.Popen(
            [
                system.nginx(),
                "-p",
                self.folder,
                "-c",
                self.folder / "nginx.conf",
                "-g",
                say,
            ],
            stdin=subprocess.DEVNULL,
        )
        log = self.folder / "error.log"
        wait_for_page(f"{self.url}/web/health", self.process, log, PATIENCE)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(15)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_profile(self):
        """The shipped text with our ports and folders; each of them must be there."""
        temporary = "".join(
            f"    {name}_temp_path {self.folder}/temporary/{name};\n"
            for name in TEMPORARY
        )
        replaced = {
            "include mime.types;": "include /etc/nginx/mime.types;\n" + temporary,
            "server odoo:8069;": f"server 127.0.0.1:{self.town.port};",
            "server odoo:8072;": f"server 127.0.0.1:{self.town.websocket_port};",
            "listen 8080;": f"listen 127.0.0.1:{self.port};",
            "/var/log/nginx/access.log": f"{self.folder}/access.log",
            "/tmp/nginx-resultats": f"{self.folder}/cache",
            "/var/lib/mairie-resultats/mairie": f"{self.folder}/results/{self.town.db}",
        }
        text = PROFILE.read_text()
        for shipped, ours in replaced.items():
            if shipped not in text:
                raise Failure(f"{PROFILE.name} has no « {shipped} » any more")
            text = text.replace(shipped, ours)
        return text


def folder_of(database):
    """A folder that another system user may read: nginx serves as one."""
    return settings.STATE / "proxy" / database


def results_environment(database):
    """What Odoo is told so that it writes the files that nginx serves."""
    return {"MAIRIE_SCRUTIN_STATIC": str(folder_of(database) / "results")}
