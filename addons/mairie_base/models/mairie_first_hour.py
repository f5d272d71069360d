from odoo import api, models


class MairieFirstHour(models.AbstractModel):
    """From nothing to a first news, sitting, appointment and rehearsal, on one page."""

    _name = "mairie.first.hour"
    _description = "First Hour"

    @api.model
    @api.readonly
    def get_mairie_first_hour(self):
        """Return what each module still waits for, the modules in their order.

        :return: list of {model, title, steps}; a module that is not the reader's to set
            up is not there. See ``mairie.setup.mixin`` for the steps.
        """
        found = [self._prepare_part(model) for model in self._get_models()]
        return [part for part in found if part["steps"]]

    def _get_models(self):
        """Hook: models with first steps, in the order of the page."""
        names = self.env.registry["mairie.setup.mixin"]._inherit_children
        found = [self.env[name] for name in names]
        return sorted(found, key=lambda model: model._mairie_setup_rank)

    def _prepare_part(self, model):
        return {
            "model": model._name,
            "title": model._get_mairie_setup_title(),
            "steps": model.get_mairie_setup(),
        }
