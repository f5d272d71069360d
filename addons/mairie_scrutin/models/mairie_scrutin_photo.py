import base64
import hashlib
import io

from odoo import api, fields, models
from odoo.exceptions import UserError
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONG_SIDE = 2400
FORMATS = ("JPEG", "PNG")


class MairieScrutinPhoto(models.Model):
    """A picture of the signed report: the second entry is made from it."""

    _name = "mairie.scrutin.photo"
    _description = "Photo of a Report"
    _order = "id desc"

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour",
        "Station",
        required=True,
        index=True,
        ondelete="restrict",
    )
    tour_id = fields.Many2one(related="bureau_tour_id.tour_id", store=True, index=True)
    company_id = fields.Many2one(related="bureau_tour_id.company_id", store=True)
    kind = fields.Selection(
        [("pv", "Report"), ("pointage", "Tally sheet")], default="pv", required=True
    )
    image = fields.Binary("Picture", attachment=True, required=True)
    digest = fields.Char("SHA-256", readonly=True)
    uuid = fields.Char(readonly=True, export_string_translation=False)
    device_id = fields.Many2one(
        "mairie.scrutin.device", readonly=True, ondelete="restrict"
    )

    _uuid_uniq = models.Constraint("UNIQUE(uuid)", "This photo was already received.")

    @api.depends("bureau_tour_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for photo in self:
            photo.display_name = f"{kinds[photo.kind]}, {photo.bureau_tour_id.code}"

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A photo of a report is never deleted."))

    @api.model
    def _clean_picture(self, content):
        """Draw the picture again: no place of the phone, nothing hidden behind it.

        :param content: bytes as received
        :return: bytes of a JPEG
        :raise UserError: with the sentence for the phone
        """
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("This photo is over 8 MB: take it again."))
        try:
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise UserError(self.env._("This photo is too large: take it again."))
            picture = ImageOps.exif_transpose(picture).convert("RGB")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            raise UserError(
                self.env._("This file is not a photo: take the picture again.")
            ) from error
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=80)
        return target.getvalue()

    @api.model
    def _receive(self, device, station, uuid, kind, content):
        """Keep a photo once. :return: (HTTP status, plain answer)"""
        known = self.search([("uuid", "=", uuid)])
        if known:
            return 200, known._get_receipt()
        try:
            picture = self._clean_picture(content)
        except UserError as error:
            found = {"code": "X10", "sentence": str(error), "field": "photo"}
            return 422, {"errors": [found]}
        # as for the other sendings: the database chooses between two at once
        operations = self.env["mairie.scrutin.operation"].sudo()
        if not operations._find(uuid):
            operations._claim(uuid, device, "photo", device.last_seq, None)
        photo = self.create(
            {
                "bureau_tour_id": station.id,
                "kind": kind if kind in ("pv", "pointage") else "pv",
                "image": base64.b64encode(picture),
                "digest": self._digest(picture),
                "uuid": uuid,
                "device_id": device.id,
            }
        )
        station.tour_id._log("photo", device.name, stations=station)
        return 200, photo._get_receipt()

    def _get_receipt(self):
        device = self.env["mairie.scrutin.device"]
        return {"uuid": self.uuid, "received": device._iso(self.create_date)}

    @api.model
    def _digest(self, content):
        return hashlib.sha256(content).hexdigest()
