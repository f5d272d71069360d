from odoo import fields, models
from odoo.tools import is_html_empty

#: What an item may be before its meeting is known.
KINDS = [
    ("deliberation", "Deliberation"),
    ("information", "Information"),
    ("election", "Election"),
    ("accounts", "Accounts"),
]


class MairieModele(models.Model):
    """A text that comes back: it fills what is still empty, and nothing else."""

    _name = "mairie.modele"
    _description = "Template of a Draft"
    _inherit = ["mairie.matiere.mixin"]
    _order = "sequence, name"

    name = fields.Char("Template", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", help="Empty: the template of every commune."
    )
    kind = fields.Selection(
        KINDS,
        "Type",
        required=True,
        default="deliberation",
    )
    subject = fields.Char(help="Subject of the item, to be completed.")
    theme = fields.Char()
    note = fields.Html("Summary note", sanitize_style=True, sanitize_form=True)
    text = fields.Html("Draft deliberation", sanitize_style=True, sanitize_form=True)
    special_mention = fields.Char()

    def _prepare_filling_vals(self, record):
        """Return the values that fill the empty fields of a draft or of an item.

        :param record: a record that has some of the fields of a template
        """
        self.ensure_one()
        pairs = {
            "name": self.subject,
            "theme": self.theme,
            "matiere_code": self.matiere_code,
            "note": self.note,
            "text": self.text,
            "special_mention": self.special_mention,
        }
        vals = {
            name: value
            for name, value in pairs.items()
            if value and name in record._fields and self._is_empty(record, name)
        }
        return {"kind": self.kind, **vals}

    def _is_empty(self, record, name):
        if record._fields[name].type == "html":
            return is_html_empty(record[name])
        return not record[name]
