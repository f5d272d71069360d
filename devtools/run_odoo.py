"""Start Odoo. A file of our own, since with workers Odoo runs its first file again."""

import importlib.util
import os
from pathlib import Path

import odoo.cli


def start_mailbox(port, folder):
    """Load our module by its file: beside it, a package of its name may be on the path."""
    path = Path(__file__).with_name("mailbox.py")
    spec = importlib.util.spec_from_file_location("mairie_mailbox", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.Mailbox(folder).start(port)


if __name__ == "__main__":
    if os.environ.get("MAIRIE_MAILS"):
        start_mailbox(int(os.environ["MAIRIE_MAIL_PORT"]), os.environ["MAIRIE_MAILS"])
    odoo.cli.main()
