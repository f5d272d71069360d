import io
from pathlib import Path

import polib
from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

#: fields whose choices are names, the same in every language
NAMES = {"tz", "lang", "seance_choice"}


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

    def test_choices_that_a_method_lists_are_translated_by_it(self):
        """Odoo translates a list of choices, never what a method returns."""
        forgotten = [
            str(field)
            for name, model in self.env.registry.items()
            for field in model._fields.values()
            if name.startswith("mairie.") and self._lists_by_itself(field)
            if self._choices(field, "en_US") == self._choices(field, "fr_FR")
        ]
        self.assertFalse(forgotten)

    def _lists_by_itself(self, field):
        """Tell whether a method of ours lists the choices: zones are names already."""
        is_listed = field.type != "selection" or isinstance(field.selection, list)
        return not is_listed and not field.related and field.name not in NAMES

    def _choices(self, field, lang):
        return field._description_selection(self.env(context={"lang": lang}))
