import base64

from odoo import models

from ..lib import acts


class MairieActeTexts(models.AbstractModel):
    """What is read of an act: on paper, by the public, in the sealed journal."""

    _inherit = "mairie.acte.mixin"

    def _get_shown_name(self, public=False):
        return (public and self.public_name) or self.name

    def _get_shown_content(self, public=False):
        """Return the text, without personal data where the public reads it."""
        if public and self.has_personal_data:
            return self.redacted_content
        return self.content

    def _get_body_values(self, public=False):
        """Return the values of ``_mairie_body``."""
        return {"doc": self, "public_copy": public}

    def _get_step_text_online(self, publication):
        """Return the same for who reads a copy that is being put online."""
        if not self.is_adopted:
            return "Non adoptée : sans effet."
        return acts.executory_sum(
            self._get_made_known_on() or publication.published_on,
            self.received_on,
            transmitted=self.is_transmitted,
            way=self._get_made_known_way(),
        )

    def _prepare_signed_facts(self):
        """Return what the journal seals of a signed act."""
        return {
            "day": self.date.isoformat(),
            "object": self.name,
            "matter": self.matiere_code or "",
            "author": self._get_author(),
            "text_sha256": acts.text_hash(self.content or ""),
        }

    def _prepare_publication_vals(self):
        """Return what the public reads: plain values, frozen from now on."""
        self.ensure_one()
        matiere = self.env["mairie.matiere"]._find(self.matiere_code)
        return {
            "company_id": self.company_id.id,
            "kind": self._get_kind(),
            "number": self.number,
            "name": self._get_shown_name(public=True),
            "act_date": self.date,
            "author": self._get_author(),
            "matiere_code": self.matiere_code,
            "theme": matiere.theme or "",
            "is_adopted": self.is_adopted,
            "is_transmitted": self.is_transmitted,
            "is_redacted": self.has_personal_data,
            "received_on": self.received_on,
            "body": self._render_body(public=True),
            "pdf": self._render_pdf(public=True),
        }

    def _read_signed_pdf(self):
        """Return the bytes of the act: the signed copy, or our own document."""
        self.ensure_one()
        signed = self.with_context(bin_size=False).signed_file
        return base64.b64decode(signed) if signed else self._render_pdf()

    def _render_body(self, public=False):
        return self.env["ir.qweb"]._render(
            self._mairie_body, self._get_body_values(public=public)
        )

    def _render_pdf(self, public=False):
        """Return the bytes of the act as a document."""
        report = self.env["ir.actions.report"].sudo()
        data = {"public_copy": public}
        return report._render_qweb_pdf(self._mairie_report, self.ids, data=data)[0]
