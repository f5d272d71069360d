from odoo import api, models
from odoo.exceptions import AccessError


class MairieScrutinProtected(models.AbstractModel):
    """Fields that only the actions write, as superuser and after their own checks.

    A direct call (form, RPC, import of a file) may neither give nor change them.
    """

    _name = "mairie.scrutin.protected"
    _description = "Fields That Only Actions Write"

    _protected_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            initial = self._get_protected_initial()
            for vals in vals_list:
                self._check_protected(
                    name
                    for name, value in initial.items()
                    if vals.get(name, value) != value
                )
            # explicit: no default of the context or of the user takes their place
            vals_list = [{**vals, **initial} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_protected(
                name for name in self._protected_fields if name in vals
            )
        return super().write(vals)

    def _get_protected_initial(self):
        """Field name -> value at creation: the default in code, else empty."""
        fields_ = {name: self._fields[name] for name in self._protected_fields}
        return {
            name: field.default(self) if field.default else False
            for name, field in fields_.items()
        }

    def _check_protected(self, names):
        """Refuse the ``names`` given, fields that only actions write."""
        for name in names:
            raise AccessError(
                self.env._(
                    "“%s” is not written by hand: use the buttons, which ask for the "
                    "right people and keep the journal.",
                    self._fields[name]._description_string(self.env),
                )
            )
