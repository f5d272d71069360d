import base64
import io
import math

from odoo import api, fields, models
from odoo.exceptions import UserError
from PIL import Image, ImageOps

MAX_SIDE = 1600
MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


class MairieSocialPicture(models.Model):
    """A picture of a post, with the words for those who do not see it."""

    _name = "mairie.social.picture"
    _description = "Picture of a Post"
    _order = "sequence, id"
    _rec_name = "alt"

    post_id = fields.Many2one(
        "mairie.social.post", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    image = fields.Image(
        "Picture", required=True, max_width=MAX_SIDE, max_height=MAX_SIDE
    )
    image_small = fields.Image(
        "Small Picture", related="image", max_width=720, max_height=720, store=True
    )
    alt = fields.Char("Description")
    is_decorative = fields.Boolean("Decorative")
    is_described = fields.Boolean(
        compute="_compute_is_described", export_string_translation=False
    )
    width = fields.Integer(compute="_compute_size", store=True)
    height = fields.Integer(compute="_compute_size", store=True)

    @api.depends("alt", "is_decorative")
    def _compute_is_described(self):
        for picture in self:
            words = (picture.alt or "").strip()
            picture.is_described = bool(words) or picture.is_decorative

    @api.depends("image")
    def _compute_size(self):
        for picture in self:
            size = (0, 0)
            if picture.image:
                size = Image.open(io.BytesIO(base64.b64decode(picture.image))).size
            picture.width, picture.height = size

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._clean_vals(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._clean_vals(vals)
        return super().write(vals)

    def _clean_vals(self, vals):
        if vals.get("image"):
            vals["image"] = self._reencode(vals["image"])

    @api.model
    def _reencode(self, data):
        """Draw the picture anew: no place, no camera, no hidden bytes are kept.

        :param data: base64 of a JPEG, PNG, GIF or WEBP file
        :return: base64 of a JPEG, or of a PNG where there is transparency
        :raise UserError: the file is not such a picture
        """
        try:
            source = Image.open(io.BytesIO(base64.b64decode(data)))
            if source.format not in FORMATS or math.prod(source.size) > MAX_PIXELS:
                raise ValueError(source.format)
            upright = ImageOps.exif_transpose(source)
            clear = "A" in upright.getbands() or "transparency" in upright.info
            upright = upright.convert("RGBA" if clear else "RGB")
        except (OSError, ValueError, Image.DecompressionBombError) as cause:
            raise UserError(
                self.env._("This file is not a picture (JPEG, PNG, GIF or WEBP).")
            ) from cause
        upright.thumbnail((MAX_SIDE, MAX_SIDE))
        drawn = Image.new(upright.mode, upright.size)
        drawn.paste(upright)
        stream = io.BytesIO()
        drawn.save(stream, "PNG" if clear else "JPEG", quality=85, optimize=True)
        return base64.b64encode(stream.getvalue())

    def _format_pictures(self):
        """:return: list of dict id, alt, is_decorative, width, height (pixels)"""
        return [
            {
                "id": picture.id,
                "alt": picture.alt or "",
                "is_decorative": picture.is_decorative,
                "width": picture.width,
                "height": picture.height,
                "version": picture.write_date,
            }
            for picture in self
        ]
