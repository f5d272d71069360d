from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.register import fingerprint


class MairieSocialPostVersion(models.Model):
    """The text that people were asked to read, as it stood; never rewritten."""

    _name = "mairie.social.post.version"
    _inherit = ["mairie.sealed.mixin"]
    _description = "Text of a Mandatory Reading"
    _order = "post_id, number desc"
    _rec_name = "name"

    post_id = fields.Many2one(
        "mairie.social.post", required=True, readonly=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True)
    name = fields.Char("Title", required=True, readonly=True)
    text = fields.Text(readonly=True)
    files = fields.Json(readonly=True)
    reference = fields.Char(readonly=True)
    frozen_at = fields.Datetime(required=True, readonly=True)
    content_hash = fields.Char("SHA-256", required=True, readonly=True)

    _number_uniq = models.Constraint(
        "UNIQUE(post_id, number)", "This version is already kept."
    )

    @api.model
    def _freeze(self, post, anew=False):
        """Keep the text of ``post`` as it is now.

        :param anew: True to open a new version even of the same text
        :return: the version; the last one when the text is the same
        """
        facts = self._get_facts(post)
        mark = fingerprint(facts)
        last = self.sudo().search(
            [("post_id", "=", post.id)], order="number desc", limit=1
        )
        if last.content_hash == mark and not anew:
            return last
        return self.sudo().create(
            {
                "post_id": post.id,
                "number": max(post.version, last.number + 1),
                "frozen_at": fields.Datetime.now(),
                "content_hash": mark,
                **facts,
            }
        )

    def _check_whole(self):
        """Refuse to print a register whose text no longer has its fingerprint."""
        for version in self:
            facts = {
                "name": version.name,
                "text": version.text or "",
                "reference": version.reference or "",
                "files": version.files or {},
            }
            if fingerprint(facts) != version.content_hash:
                raise UserError(
                    self.env._("The text kept is no longer the one that was read.")
                )

    @api.model
    def _get_facts(self, post):
        """:return: dict name, text, reference, files (name -> SHA-1 of each)"""
        return {
            "name": post.name,
            "text": post._get_plain_body(),
            "reference": post.reference or "",
            "files": {file.name: file.checksum for file in post.sudo().attachment_ids},
        }
