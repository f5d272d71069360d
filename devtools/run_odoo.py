"""Start Odoo. A file of our own, since with workers Odoo runs its first file again."""

import importlib.util
import os
from pathlib import Path

import odoo.cli
from mail_folder import Mailbox  # beside this file, which Python puts first on its path


def serve_france_titres(port):
    """Let the demo town speak to a France Titres of its own, on the loopback."""
    addons = Path(__file__).resolve().parent.parent / "addons"
    source = addons / "mairie_rdv" / "tests" / "fake_ants.py"
    spec = importlib.util.spec_from_file_location("fake_ants", source)
    fake_ants = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fake_ants)
    fake_ants.serve(port)


if __name__ == "__main__":
    if os.environ.get("MAIRIE_MAILS"):
        port = int(os.environ["MAIRIE_MAIL_PORT"])
        Mailbox(os.environ["MAIRIE_MAILS"]).start(port)
        serve_france_titres(int(os.environ.get("MAIRIE_ANTS_PORT") or 8075))
    odoo.cli.main()
