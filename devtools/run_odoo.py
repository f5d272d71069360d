"""Start Odoo. A file of our own, since with workers Odoo runs its first file again."""

import os

import odoo.cli
from mail_folder import Mailbox  # beside this file, which Python puts first on its path

if __name__ == "__main__":
    if os.environ.get("MAIRIE_MAILS"):
        port = int(os.environ["MAIRIE_MAIL_PORT"])
        Mailbox(os.environ["MAIRIE_MAILS"]).start(port)
    odoo.cli.main()
