from odoo import fields, models


class MairieGroupe(models.Model):
    _name = "mairie.groupe"
    _description = "Council Group"
    _order = "name"

    name = fields.Char(required=True)
    short_name = fields.Char()
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    mandature_id = fields.Many2one("mairie.mandature", "Term", ondelete="restrict")
    mandat_ids = fields.One2many("mairie.mandat", "groupe_id", "Members")
    member_count = fields.Integer("Number of members", compute="_compute_member_count")

    def _compute_member_count(self):
        today = fields.Date.context_today(self)
        for groupe in self:
            groupe.member_count = len(groupe.mandat_ids._filter_in_office(today))
