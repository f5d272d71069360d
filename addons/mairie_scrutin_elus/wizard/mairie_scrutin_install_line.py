from odoo import api, fields, models


class MairieScrutinInstallLine(models.TransientModel):
    """An elected person and the mandate that he or she will get."""

    _name = "mairie.scrutin.install.line"
    _description = "Elected Person to Install"
    _inherit = ["mairie.scrutin.protected"]
    _order = "rank, id"

    _protected_fields = ("mandat_id",)

    install_id = fields.Many2one(
        "mairie.scrutin.install", required=True, ondelete="cascade"
    )
    rank = fields.Integer(readonly=True)
    take = fields.Boolean("Create")
    name = fields.Char("Elected Person", required=True)
    civility = fields.Selection(
        [("madame", "Madame"), ("monsieur", "Monsieur")], default="madame"
    )
    birthdate = fields.Date("Born on")
    list_name = fields.Char("List", readonly=True)
    votes = fields.Integer("Votes of the List", readonly=True)
    is_community = fields.Boolean("Community Councillor", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Contact", help="Empty: a contact is created."
    )
    status = fields.Selection(
        [
            ("new", "New"),
            ("known", "Was already elected"),
            ("seated", "Sits already"),
            ("homonym", "Same name twice: choose"),
            ("unnamed", "No name on the list"),
        ],
        readonly=True,
    )
    mandat_id = fields.Many2one("mairie.mandat", readonly=True)

    @api.onchange("partner_id", "name")
    def _onchange_partner_id(self):
        if self.status != "new" and (self.partner_id or self.name):
            self.take = True

    def _prepare_mandat_vals(self):
        """Values of the mandate: what the order of the tableau needs (L2121-1).

        Hook: more of the person.
        """
        self.ensure_one()
        install = self.install_id
        return {
            "mandature_id": install.mandature_id.id,
            "partner_id": self.partner_id.id,
            "civility": self.civility,
            "function": "conseiller",
            "date_from": install.date_from,
            "election_date": install.tour_id.date,
            "votes": self.votes,
            "birthdate": self.birthdate,
        }
