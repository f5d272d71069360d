"""Start Odoo. A file of our own, since with workers Odoo runs its first file again."""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
