"""First steps of the module, ticked by the data themselves."""

from odoo import models


class MairieScrutin(models.Model):
    _name = "mairie.scrutin"
    _inherit = ["mairie.scrutin", "mairie.setup.mixin"]
    _mairie_setup_rank = 40

    _mairie_setup_group = "mairie_scrutin.group_admin"

    def _get_mairie_setup_title(self):
        return self.env._("Elections")

    def _get_mairie_setup_steps(self):
        env, step = self.env, self._prepare_mairie_setup_step
        company = [("company_id", "=", env.company.id)]

        def found(model):
            return env[model].search_count(company, 1)

        return [
            step(
                "election",
                env._("An election and its round"),
                found("mairie.scrutin.tour"),
                "mairie_scrutin.mairie_scrutin_action",
                env._("Kind, day, number of seats."),
            ),
            step(
                "stations",
                env._("The polling stations"),
                found("mairie.scrutin.bureau"),
                "mairie_scrutin.mairie_scrutin_bureau_action",
                env._("Typed, or drawn on the map from a GeoJSON file."),
            ),
            step(
                "lists",
                env._("The lists"),
                found("mairie.scrutin.candidature"),
                "mairie_scrutin.mairie_scrutin_tour_action",
                env._("From the ministry's file, in the form of the round."),
            ),
            step(
                "members",
                env._("The members of the stations"),
                found("mairie.scrutin.membre"),
                "mairie_scrutin.mairie_scrutin_membre_action",
            ),
            step(
                "codes",
                env._("The QR codes of the phones"),
                found("mairie.scrutin.acces"),
                "mairie_scrutin.mairie_scrutin_acces_action",
                env._("One page to print for each station."),
            ),
            step(
                "rehearsal",
                env._("A rehearsal"),
                found("mairie.scrutin.repetition"),
                "mairie_scrutin.mairie_scrutin_repetition_action",
                env._("A past election played again, on the real phones."),
            ),
        ]
