from odoo import api, fields, models


class MairieRdvCopie(models.Model):
    """The list of one day of one place, kept until the next night.

    A model of its own: its file is read by the agents of the place, by nobody else.
    """

    _name = "mairie.rdv.copie"
    _description = "Safety Copy of the Day"
    _order = "day desc, lieu_id"
    _rec_name = "day"

    lieu_id = fields.Many2one(
        "mairie.rdv.lieu", "Place", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lieu_id.company_id", store=True, index=True)
    day = fields.Date(required=True)
    file = fields.Binary(attachment=True, readonly=True)
    file_name = fields.Char(compute="_compute_file_name")

    _day_uniq = models.Constraint(
        "UNIQUE(lieu_id, day)", "This day has its copy already."
    )

    @api.depends("day")
    def _compute_file_name(self):
        for copy in self:
            copy.file_name = f"rendez-vous-{copy.day}.pdf"

    @api.model
    def _cron_copy(self):
        """Make the copy of today of each place, forget those of the days before."""
        self.search(
            [("day", "<", fields.Date.subtract(fields.Date.today(), days=1))]
        ).unlink()
        for lieu in self.env["mairie.rdv.lieu"].search([("active", "=", True)]):
            day = lieu._get_today()
            content = lieu._render_day_list(day)
            copy = self.search([("lieu_id", "=", lieu.id), ("day", "=", day)])
            copy = copy or self.create({"lieu_id": lieu.id, "day": day})
            copy.file = content
