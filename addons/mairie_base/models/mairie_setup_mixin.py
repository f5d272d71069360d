from odoo import api, models


class MairieSetupMixin(models.AbstractModel):
    """First steps of a module, each ticked by the data themselves.

    The main model of a module inherits it and fills ``_get_mairie_setup_steps``; the
    strip above its views (``js_class="mairie_setup_list"``) reads the public method.
    """

    _name = "mairie.setup.mixin"
    _description = "First Steps"

    # Who sets the module up; nobody else sees the strip.
    _mairie_setup_group = "mairie_base.group_manager"
    # Its place on the page of the first hour, from the first to the last.
    _mairie_setup_rank = 100

    @api.model
    @api.readonly
    def get_mairie_setup(self):
        """Return the first steps as the web client shows them, [] to hide them.

        :return: list of {key, title, description, done, action}
        """
        if not self.env.user.has_group(self._mairie_setup_group):
            return []
        return self._get_mairie_setup_steps()

    def _get_mairie_setup_title(self):
        """Hook: the name of the module, as the page of the first hour heads it."""
        return self.env._("First Steps")

    def _get_mairie_setup_steps(self):
        """Hook: return the steps, in order, made by ``_prepare_mairie_setup_step``."""
        return []

    def _prepare_mairie_setup_step(self, key, title, done, action, description=""):
        """Make a step.

        :param action: xmlid or description of the action that does it
        """
        return {
            "key": key,
            "title": title,
            "done": bool(done),
            "action": action,
            "description": description,
        }
