from odoo import models


class MairieSocialAccess(models.Model):
    """First steps of a launch, above « Accès et lettres »; each ticks itself."""

    _name = "mairie.social.access"
    _inherit = ["mairie.social.access", "mairie.setup.mixin"]
    _mairie_setup_rank = 10

    def _get_mairie_setup_title(self):
        return self.env._("The internal hub")

    def _get_mairie_setup_steps(self):
        company = self.env.company
        users = self.search_count([("company_id", "=", company.id)])
        letters = self.env["mairie.social.invitation"].sudo()
        posts = self.env["mairie.social.post"].sudo()
        mine = [("company_id", "=", company.id)]
        return [
            self._prepare_mairie_setup_step(
                "agents",
                self.env._("Import the agents"),
                users >= 3,
                "mairie_social.mairie_social_import_action",
                self.env._("A CSV file: staff number, name, service"),
            ),
            self._prepare_mairie_setup_step(
                "ambassadors",
                self.env._("Choose the ambassadors"),
                company._get_mairie_ambassador(),
                "base.action_res_users",
                self.env._("One for each large service or site"),
            ),
            self._prepare_mairie_setup_step(
                "letters",
                self.env._("Print the letters"),
                letters.search_count([], limit=1),
                "mairie_social.mairie_social_access_action",
                self.env._("One PDF for each service, handed over by the ambassador"),
            ),
            self._prepare_mairie_setup_step(
                "news",
                self.env._("Write the first news"),
                posts.search_count([*mine, ("state", "=", "published")], limit=1),
                "mairie_social.mairie_social_home_action",
                self.env._("An empty page is not opened twice"),
            ),
            self._prepare_mairie_setup_step(
                "sovereignty",
                self.env._("Check that nothing leaves for a third party"),
                self.env["mairie.social.sovereignty"]._is_all_green(),
                "mairie_social.mairie_social_sovereignty_action",
                self.env._("Calls, pictures, translation, link previews"),
            ),
        ]
