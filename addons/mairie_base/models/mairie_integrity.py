import hashlib

from odoo import api, models
from odoo.tools import SQL


class MairieIntegrity(models.AbstractModel):
    """What a town must still be after years or after a restore.

    Each module adds what it seals: extend ``_get_faults`` and ``_get_sealed``.
    """

    _name = "mairie.integrity"
    _description = "Integrity of the Town"

    @api.model
    def _get_faults(self):
        """Look at all that the town keeps.

        :return: one sentence for each thing that is not as it was written, most
            harmful first; an empty list for a whole town
        """
        return self._get_file_faults()

    @api.model
    def _get_sealed(self, modules):
        """Tell what is kept by law and would go with some modules.

        :param modules: set of technical names
        :return: words for people, such as "12 lines of the journal"
        """
        return []

    @api.model
    def _get_file_faults(self):
        """Attachments whose file is missing or is not the one that was stored."""
        rows = self.env.execute_query(
            SQL(
                "SELECT store_fname, checksum, min(id) FROM ir_attachment"
                " WHERE store_fname IS NOT NULL GROUP BY store_fname, checksum"
                " ORDER BY min(id)"
            )
        )
        return [
            self.env._(
                "The file of document %(id)s is missing or has changed.", id=attachment
            )
            for name, checksum, attachment in rows
            if self._get_checksum(name) != checksum
        ]

    def _get_checksum(self, name):
        content = self.env["ir.attachment"]._file_read(name)
        return hashlib.sha1(content, usedforsecurity=False).hexdigest()
