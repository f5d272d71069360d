import base64

from odoo import fields, models

from ..lib.seal import canonical, seal


class MairiePoint(models.Model):
    """The sheet of an item in the dossier, laid out again only when it changes."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    sheet_file = fields.Binary(
        attachment=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        export_string_translation=False,
    )
    sheet_fingerprint = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        export_string_translation=False,
    )

    def _get_free_fields(self):
        return super()._get_free_fields() | {"sheet_file", "sheet_fingerprint"}

    def _prepare_facts(self):
        """Return what the notice and the dossier say of this item, as plain facts."""
        self.ensure_one()
        return {
            "rank": self.rank,
            "name": self.name,
            "kind": self.kind,
            "rapporteur": self.rapporteur_id.name or "",
            "note": str(self.note or ""),
            "mention": self.special_mention or "",
            "closed": self.is_huis_clos,
            "files": [
                {"name": annexe.name, "sha256": annexe.sha256 or ""}
                for annexe in self.annexe_ids
            ],
        }

    def _prepare_sheet_facts(self):
        """Return all that the sheet shows: what the item says, and where it stands.

        Hook: a sheet that shows more must change with it.
        """
        self.ensure_one()
        seance = self.seance_id
        return {
            **self._prepare_facts(),
            "text": str(self.text or ""),
            "assembly": seance.instance_id.name,
            "town": self.company_id.name or "",
            "pages": self.annexe_ids.mapped("page_count"),
            "problems": [annexe.problem or "" for annexe in self.annexe_ids],
        }

    def _get_sheet_fingerprint(self):
        return seal(canonical(self._prepare_sheet_facts()))

    def _is_sheet_current(self):
        point = self.sudo()
        return bool(point.sheet_file) and (
            point.sheet_fingerprint == point._get_sheet_fingerprint()
        )

    def _build_sheets(self):
        """Lay out the sheets that are not up to date; the others stay."""
        for point in self:
            if not point._is_sheet_current():
                content = point.seance_id._render_document(
                    "mairie_elus.report_point_sheet", point
                )
                point.sudo().write(
                    {
                        "sheet_file": base64.b64encode(content),
                        "sheet_fingerprint": point._get_sheet_fingerprint(),
                    }
                )

    def _get_sheet(self):
        """Return the bytes of the sheet."""
        self.ensure_one()
        return base64.b64decode(
            self.sudo().with_context(bin_size=False).sheet_file or b""
        )
