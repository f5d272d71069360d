"""First steps of the module, ticked by the data themselves."""

from odoo import models


class MairieSeance(models.Model):
    _name = "mairie.seance"
    _inherit = ["mairie.seance", "mairie.setup.mixin"]
    _mairie_setup_rank = 20

    _mairie_setup_group = "mairie_elus.group_secretary"

    def _get_mairie_setup_title(self):
        return self.env._("The assemblies")

    def _get_mairie_setup_steps(self):
        env, step = self.env, self._prepare_mairie_setup_step
        company = [("company_id", "=", env.company.id)]
        seated = env["mairie.mandat"].search([*company, ("date_to", "=", False)])
        reached = [
            mandat.paper_address if mandat.channel == "paper" else mandat.notice_email
            for mandat in seated
        ]
        return [
            step(
                "council",
                env._("The council"),
                seated,
                "mairie_elus.mairie_mandat_import_action",
                env._("Import the elected members, from a spreadsheet."),
            ),
            step(
                "instances",
                env._("The assemblies"),
                env["mairie.instance"].search_count(company, 1),
                "mairie_elus.mairie_instance_action",
                env._("Council, commissions, board of the social centre."),
            ),
            step(
                "channels",
                env._("How each one is convened"),
                reached and all(reached),
                "mairie_elus.mairie_mandat_action",
                env._("An e-mail address, or paper for who asks for it."),
            ),
            step(
                "seance",
                env._("First sitting"),
                self.search_count(company, 1),
                "mairie_elus.mairie_seance_action",
                env._("A date is enough: the deadline shows at once."),
            ),
        ]
