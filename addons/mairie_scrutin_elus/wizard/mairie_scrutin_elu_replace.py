from datetime import timedelta

from odoo import fields, models

from ..models.mairie_mandat import SECRETARY, civil_name


class MairieScrutinEluReplace(models.TransientModel):
    """The mandate ends, the successor gets one."""

    _inherit = "mairie.scrutin.elu.replace"

    mandat_id = fields.Many2one("mairie.mandat", "Mandate That Ends", readonly=True)
    new_mandat_id = fields.Many2one("mairie.mandat", "New Mandate", readonly=True)

    def _may_name(self):
        return self.env.user.has_group(SECRETARY) or super()._may_name()

    def _replace(self, found):
        result = super()._replace(found)
        if self.mandat_id:
            self.mandat_id.date_to = self.date
            if found["council"]:
                self.new_mandat_id = self._create_mandat(found["council"])
        return result

    def _create_mandat(self, person):
        """A mandate from the day after, at the end of the council's order (L2121-1)."""
        partners = self.env["res.partner"].sudo()  # secretaries do not create contacts
        partner = partners.create(
            {"name": civil_name(person), "company_id": self.mandat_id.company_id.id}
        )
        return self.mandat_id.create(self._prepare_mandat_vals(person, partner))

    def _prepare_mandat_vals(self, person, partner):
        """Values of the mandate of the person called. Hook: more of the person."""
        start = self.date + timedelta(days=1)
        return {
            "mandature_id": self.mandat_id.mandature_id.id,
            "partner_id": partner.id,
            "civility": "monsieur" if person.sexe == "M" else "madame",
            "function": "conseiller",
            "date_from": start,
            "election_date": start,
            "votes": self.sudo().elu_id.voix,
            "birthdate": person.naissance,
            "replaces_id": self.mandat_id.id,
        }

    def action_view_mandate(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mairie.mandat",
            "res_id": self.new_mandat_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
