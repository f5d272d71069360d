"""First steps of the module, ticked by the data themselves."""

from odoo import models


class MairieRdvDemarche(models.Model):
    _name = "mairie.rdv.demarche"
    _inherit = ["mairie.rdv.demarche", "mairie.setup.mixin"]
    _mairie_setup_rank = 30

    _mairie_setup_group = "mairie_rdv.group_responsable"

    def _get_mairie_setup_title(self):
        return self.env._("Appointments")

    def _get_mairie_setup_steps(self):
        company = [("company_id", "=", self.env.company.id)]
        env, step = self.env, self._prepare_mairie_setup_step
        lieux = env["mairie.rdv.lieu"].search_count(company, 1)
        guichets = env["mairie.rdv.guichet"].search_count(company, 1)
        openings = env["mairie.rdv.ouverture"].search_count(company, 1)
        demarches = self.search_count(company, 1)
        online = self.search([*company, ("visibility", "=", "public")])
        return [
            step("lieu", env._("A place"), lieux, "mairie_rdv.mairie_rdv_lieu_action"),
            step(
                "guichets",
                env._("The desks"),
                guichets,
                "mairie_rdv.mairie_rdv_guichet_action",
            ),
            step(
                "demarche",
                env._("A procedure"),
                demarches,
                "mairie_rdv.mairie_rdv_model_action",
                env._("Twenty are ready: tick yours, then publish them."),
            ),
            step(
                "ouvertures",
                env._("The opening hours"),
                openings,
                "mairie_rdv.mairie_rdv_ouverture_action"
                if openings
                else "mairie_rdv.mairie_rdv_week_action",
                env._("The days and hours of a usual week, at once."),
            ),
            step(
                "page",
                env._("See my page"),
                bool(online) and bool(online._get_first_slots()),
                {"type": "ir.actions.act_url", "url": "/rdv", "target": "new"},
            ),
        ]
