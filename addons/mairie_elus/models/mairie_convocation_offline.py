import json
import zlib

from odoo import models

from ..lib.french import size_in_words


class MairieConvocation(models.Model):
    """What a member's device keeps to read without network."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.convocation"

    def _prepare_page_vals(self, token=None):
        vals = super()._prepare_page_vals(token)
        return {**vals, "offline": self._prepare_offline(vals)}

    def _prepare_offline(self, vals):
        """Return the addresses to keep, their weight, and what changes with them.

        :param vals: what the page shows; a closed item is not there by a link
        """
        if not vals["is_opened"]:
            return {}
        path, points = vals["path"], vals["points"]
        pieces = [piece for point in points for piece in point["pieces"]]
        files = [path, *(f"{path}/point/{point['rank']}" for point in points)]
        files += [f"{path}/piece/{piece['id']}" for piece in pieces]
        weight = sum(
            self.seance_id.annexe_ids.filtered(
                lambda row: row.id in [piece["id"] for piece in pieces]
            ).mapped("size")
        )
        if vals["dossier"]:
            files.append(f"{path}/dossier.pdf")
            weight += self.seance_id.dossier_size
        state = f"{self.seance_id.dossier_fingerprint}{files}"
        return {
            "files": json.dumps(files),
            "version": f"{zlib.crc32(state.encode()):08x}",
            "weight": size_in_words(weight),
        }
