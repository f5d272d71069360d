"""What France Titres knows of a place: its number, its position, its public address."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MairieRdvLieu(models.Model):
    _inherit = "mairie.rdv.lieu"

    ants_published = fields.Boolean(
        "In the Search of France Titres",
        help="Citizens find the free times of this place on the site of France Titres.",
    )
    ants_point_id = fields.Char(
        "Number at France Titres",
        readonly=True,
        copy=False,
        help="Given once, and never changed: France Titres recognises the place by it.",
    )
    ants_ugf = fields.Char(
        "UGF", size=5, help="Five characters, given by the prefecture."
    )
    ants_latitude = fields.Float("Latitude", digits=(9, 6))
    ants_longitude = fields.Float("Longitude", digits=(9, 6))

    _ants_point_uniq = models.Constraint(
        "UNIQUE(ants_point_id)", "This number belongs to another place."
    )
    _ants_position = models.Constraint(
        "CHECK(ants_latitude BETWEEN -90 AND 90 AND ants_longitude BETWEEN -180 AND 180)",
        "A latitude is between -90 and 90, a longitude between -180 and 180.",
    )

    @api.constrains("ants_ugf")
    def _check_ants_ugf(self):
        for lieu in self.filtered("ants_ugf"):
            if len(lieu.ants_ugf) != 5 or not lieu.ants_ugf.isalnum():
                raise ValidationError(
                    self.env._("The UGF of %s has five characters.", lieu.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("ants_point_id", None)
        lieux = super().create(vals_list)
        lieux._give_ants_point()
        return lieux

    def write(self, vals):
        if "ants_point_id" in vals and any(
            lieu.ants_point_id and lieu.ants_point_id != vals["ants_point_id"]
            for lieu in self
        ):
            raise ValidationError(
                self.env._("The number at France Titres never changes.")
            )
        result = super().write(vals)
        if vals.get("ants_published"):
            self._give_ants_point()
        return result

    def _give_ants_point(self):
        """Give a number that no other town can have, once and for all."""
        for lieu in self.filtered("ants_published"):
            if not lieu.ants_point_id:
                insee = lieu.company_id.mairie_insee_code or "mairie"
                lieu.ants_point_id = f"{insee}-{secrets.token_hex(5)}"

    def _get_ants_gaps(self, opened=None):
        """Return why the hub would drop a place, as sentences; none when it is right.

        Its validation wants each of these; a place that lacks one is left out in
        silence. France Titres asks to unplug those that open no more.

        :param opened: what ``_get_ants_opened`` gave, for many places at once
        """
        self.ensure_one()
        opened = self._get_ants_opened() if opened is None else opened
        checks = [
            (self.ants_latitude and self.ants_longitude,
             self.env._("the position on the map is missing")),
            (self.street, self.env._("the street is missing")),
            (self.zip and len(self.zip) == 5,
             self.env._("the postcode of five digits is missing")),
            (self.city, self.env._("the town is missing")),
            (self._get_ants_demarches(),
             self.env._("no online procedure of France Titres is received here")),
            (self in opened or not self._get_ants_demarches(),
             self.env._("no opening takes these procedures any more")),
        ]  # fmt: skip
        return [sentence for value, sentence in checks if not value]

    def _get_ants_opened(self):
        """Return the places that open for these procedures, today or later.

        As many queries for thirty places as for one.
        """
        opened = self.browse()
        for demarche in self._get_ants_demarches():
            opened |= demarche._get_open_lieux()
        return opened

    def _get_ants_demarches(self):
        """Return the procedures that citizens may book online to lodge a request."""
        return self.guichet_ids.demarche_ids.filtered(
            lambda demarche: (
                demarche.active
                and demarche.visibility == "public"
                and demarche.stage == "depot"
                and demarche.ants_reason
            )
        )

    def _prepare_ants_point(self):
        """Return the place as ``getManagedMeetingPoints`` gives it."""
        self.ensure_one()
        base = self.get_base_url()
        point = {
            "id": self.ants_point_id,
            "name": self.name,
            "longitude": self.ants_longitude,
            "latitude": self.ants_latitude,
            "public_entry_address": self.street,
            "zip_code": self.zip,
            "city_name": self.city,
            "website": f"{base}/rdv",
        }
        if self.company_id._get_mairie_logo():
            point["city_logo"] = f"{base}/mairie/logo/{self.company_id.id}"
        return point
