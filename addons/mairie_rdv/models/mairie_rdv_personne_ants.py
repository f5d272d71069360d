"""A person received, as France Titres knows her: by her pre-demande number."""

from odoo import api, fields, models

from ..lib.ants import Entry, false_utc

STATUSES = [
    ("validated", "Valid"),
    ("elsewhere", "Valid, booked elsewhere too"),
    ("consumed", "File lodged already"),
    ("declared", "Not validated yet"),
    ("expired", "Expired"),
    ("unknown", "Not known"),
    ("later", "To be checked"),
]


class MairieRdvPersonne(models.Model):
    _inherit = "mairie.rdv.personne"

    ants_status = fields.Selection(STATUSES, "State at France Titres", readonly=True)
    ants_checked_at = fields.Datetime("Checked", readonly=True)

    _application_index = models.Index(
        "(application_id) WHERE application_id IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        personnes = super().create(vals_list)
        personnes.rdv_id._queue_ants()
        return personnes

    def write(self, vals):
        if "application_id" not in vals:
            return super().write(vals)
        before = set(self.sudo().mapped("application_id"))
        result = super().write({**vals, "ants_status": False, "ants_checked_at": False})
        self.rdv_id._queue_ants(before)
        return result

    def unlink(self):
        numbers = set(self.sudo().mapped("application_id"))
        rdvs = self.rdv_id
        result = super().unlink()
        rdvs._queue_ants(numbers)
        return result

    def _get_ants_url(self):
        """Return the citizen's page, an address for each person.

        The central base refuses the same address twice, and the number itself has no
        place in an address.
        """
        self.ensure_one()
        return f"{self.rdv_id._get_manage_url()}?p={self.id}"

    def _prepare_ants_appointment(self):
        """Return an appointment as ``searchApplicationIds`` gives it."""
        self.ensure_one()
        rdv = self.rdv_id
        return {
            "meeting_point": rdv.lieu_id.name,
            "datetime": false_utc(rdv._get_local_start()),
            "management_url": self._get_ants_url(),
            "cancel_url": f"{rdv._get_manage_url()}/annuler",
        }

    def _prepare_ants_entry(self):
        """Return the appointment as the central base keeps it."""
        self.ensure_one()
        rdv = self.rdv_id
        return Entry(
            meeting_point=rdv.lieu_id.name,
            meeting_point_id=rdv.lieu_id.ants_point_id,
            appointment_date=f"{rdv._get_local_start():%Y-%m-%d %H:%M:%S}",
            management_url=self._get_ants_url(),
        )
