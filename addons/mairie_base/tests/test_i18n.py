import io
from pathlib import Path

import polib
from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export


@tagged("post_install", "-at_install")
class TestTerms(TransactionCase):
    """What people read is what the committed .pot holds: no term escapes French."""

    def test_committed_terms_are_those_of_the_sources(self):
        installed = self.env["ir.module.module"].search(
            [("name", "=like", "mairie\\_%"), ("state", "=", "installed")]
        )
        forgotten = {
            name: sorted(missing)
            for name in installed.mapped("name")
            if (missing := self._exported(name) - self._committed(name))
        }
        self.assertFalse(forgotten, "terms missing from the .pot: run `make pot`")

    def _exported(self, name):
        buffer = io.BytesIO()
        trans_export(False, [name], buffer, "po", self.env)
        return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}

    def _committed(self, name):
        path = Path(get_module_path(name)) / "i18n" / f"{name}.pot"
        return {entry.msgid for entry in polib.pofile(str(path))}
