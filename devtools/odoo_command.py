"""Command lines of Odoo, the same for the town, the tests and the developer."""

import subprocess

from . import odoo_source, settings
from .console import Failure, run
from .pythonenv import environment

# WeasyPrint tells each of its seven steps, docutils judges stock manifests.
QUIET = ":INFO,weasyprint.progress:WARNING,fontTools:WARNING"
SERVER_COMMANDS = ("i18n", "shell", "db", "module", "neutralize", "populate")


class Odoo:
    """Odoo of this checkout: the Python that runs it and where its addons are."""

    def __init__(self, python, home):
        self.python = python
        self.home = home

    def options(self):
        paths = [*odoo_source.addons_paths(self.home), settings.ADDONS]
        return [
            f"--addons-path={','.join(map(str, paths))}",
            f"--data-dir={settings.DATA}",
            f"--db_host={settings.SOCKETS}",
            "--db_port=5432",
            "--db_user=odoo",
        ]

    def command(self, *arguments):
        """Odoo's command line; a subcommand such as `shell` stays in front."""
        first, rest = [], list(arguments)
        if rest and rest[0] in SERVER_COMMANDS:
            first = [rest.pop(0)]
        if first == ["i18n"]:
            first += [rest.pop(0)]
            options = ["--config", str(self.write_config())]
            return self._program(*first, *options, *rest)
        return self._program(*first, *self.options(), *rest)

    def _program(self, *arguments):
        runner = settings.ROOT / "devtools" / "run_odoo.py"
        return [str(self.python), str(runner), *map(str, arguments)]

    def write_config(self):
        """The same options as a file, for tools that want one."""
        paths = [*odoo_source.addons_paths(self.home), settings.ADDONS]
        settings.STATE.mkdir(parents=True, exist_ok=True)
        path = settings.STATE / "odoo.conf"
        path.write_text(
            "[options]\n"
            f"addons_path = {','.join(map(str, paths))}\n"
            f"data_dir = {settings.DATA}\n"
            f"db_host = {settings.SOCKETS}\n"
            "db_port = 5432\n"
            "db_user = odoo\n"
            "http_interface = 127.0.0.1\n"
            f"log_handler = {QUIET}\n"
        )
        return path

    def run(self, *arguments, log):
        """Run to the end, quietly; the output goes to the file `log`."""
        return run(self.command(*arguments), log=log, env=environment(), cwd="/")

    def shell(self, database, code, log):
        """Run code in Odoo's shell and commit. Errors of the code are failures."""
        command = self.command("shell", "-d", database, "--no-http")
        script = f"{code}\nenv.cr.commit()\nprint('shell: committed')\n"
        result = subprocess.run(
            command,
            input=script,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env=environment(),
            cwd="/",
        )
        log.write_text(result.stdout)
        if "shell: committed" not in result.stdout:
            tail = "\n".join(result.stdout.strip().splitlines()[-12:])
            raise Failure(f"a preparation in Odoo's shell failed:\n{tail}\nSee {log}.")
        return result.stdout
