from odoo import api, fields, models

from ..tools.pdf_text import pages_of_text


class MairieAnnexeTexte(models.Model):
    """The text of one page of a document, for the search of its readers."""

    _name = "mairie.annexe.texte"
    _description = "Text of a Page"
    _order = "annexe_id, page"

    annexe_id = fields.Many2one(
        "mairie.annexe", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="annexe_id.company_id", store=True)
    page = fields.Integer(required=True)
    text = fields.Text()
    sha256 = fields.Char(required=True, help="Of the file that was read.")

    @api.model
    def _read_files(self, annexes):
        """Read the text of the documents that were not read, or have changed."""
        known = {row.annexe_id.id: row.sha256 for row in self._get_first_pages(annexes)}
        for annexe in annexes:
            if annexe.sha256 and known.get(annexe.id) != annexe.sha256:
                self._read_file(annexe)

    @api.model
    def _read_meeting(self, seance_id):
        """Read the documents of one meeting."""
        self._read_files(
            self.env["mairie.annexe"].search([("seance_id", "=", seance_id)])
        )

    def _read_file(self, annexe):
        """Keep the pages of a document; one empty row says that it holds no text."""
        self.search([("annexe_id", "=", annexe.id)]).unlink()
        pages = [] if annexe.problem else pages_of_text(annexe._get_pdf())
        self.create(
            [
                {
                    "annexe_id": annexe.id,
                    "page": number,
                    "text": text,
                    "sha256": annexe.sha256,
                }
                for number, text in enumerate(pages or [""], 1)
            ]
        )

    def _get_first_pages(self, annexes):
        return self.search([("annexe_id", "in", annexes.ids), ("page", "=", 1)])

    @api.model
    def _cron_read_files(self, limit=20):
        """Read the documents of coming meetings, one commit each."""
        annexes = self.env["mairie.annexe"].search(
            [("seance_id.state", "=", "convened")]
        )
        known = {row.annexe_id.id: row.sha256 for row in self._get_first_pages(annexes)}
        waiting = annexes.filtered(
            lambda row: row.sha256 and known.get(row.id) != row.sha256
        )
        for done, annexe in enumerate(waiting[:limit], 1):
            self._read_file(annexe)
            self.env["ir.cron"]._commit_progress(1, remaining=len(waiting) - done)
