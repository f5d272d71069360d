"""`make test` and its parts."""

import os

from . import settings
from .pythonenv import environment

COMMANDS = {}


def pytest_options(database):
    return [
        f"--odoo-config={settings.STATE / 'odoo.conf'}",
        f"--odoo-database={database}",
        "--odoo-http",
        "--odoo-log-level=warn",
    ]


def pytest_command(odoo, arguments):
    """`pytest --db NAME …` with Odoo, `pytest --pure …` without."""
    arguments = list(arguments)
    if arguments[:1] == ["--pure"]:
        options = ["-p", "no:odoo", *arguments[1:]]
    else:
        database = arguments[1] if arguments[:1] == ["--db"] else settings.TEST_DATABASE
        rest = arguments[2:] if arguments[:1] == ["--db"] else arguments
        odoo.write_config()
        options = [*pytest_options(database), *rest]
    os.chdir(settings.ROOT)
    command = [str(odoo.python), "-m", "pytest", *options]
    os.execvpe(command[0], command, environment())
