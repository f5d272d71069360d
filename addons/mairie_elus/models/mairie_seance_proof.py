import json

from odoo import models
from odoo.exceptions import UserError

from ..lib.seal import first_broken
from ..tools.pdf_merge import attach

KINDS = {
    "sent": "envoyée",
    "delivered": "partie du serveur",
    "refused": "refusée",
    "opened": "accusé de réception",
    "downloaded": "pièce lue",
    "replied": "réponse",
    "reminded": "relance",
    "pouvoir_given": "pouvoir donné",
    "pouvoir_withdrawn": "pouvoir retiré",
    "pouvoir_received": "pouvoir d'un collègue, bien reçu",
    "pouvoir_declined": "pouvoir d'un collègue, refusé",
}
ANSWERS = {
    "present": "présent",
    "late": "en retard",
    "absent": "absent",
    "unknown": "ne sait pas",
}


class MairieSeance(models.Model):
    """The register of proofs: every sending and every event, with its seal."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    def action_download_proof(self):
        """Download the register of proofs of this meeting."""
        self.ensure_one()
        self.env["mairie.convocation.event"].check_access("read")
        if not self.envoi_ids:
            raise UserError(self.env._("Nothing has been sent yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/elus/seance/{self.id}/preuves.pdf",
            "target": "download",
        }

    def _read_proof(self):
        """Return the name and the bytes of the register.

        The facts are inside the PDF too, as they were sealed: whoever holds the file
        computes every seal again without this software.
        """
        self.ensure_one()
        self.env["mairie.convocation.event"].check_access("read")
        content = self._render_document("mairie_elus.report_proof_register", self)
        facts = json.dumps(self._prepare_proof_facts(), ensure_ascii=False, indent=1)
        content = attach(content, "preuves.json", facts.encode())
        for file, data in (
            self.sudo().envoi_ids.horodatage_ids._get_stamp_files().items()
        ):
            content = attach(content, file, data)
        account = self.env["mairie.tele.compte"]._get_account(self.company_id)
        content = account._sign_pdf(content, "Registre des preuves de convocation")
        name = f"Registre des preuves {self.instance_id.name} {self.date}.pdf"
        return name, content

    def _prepare_proof_facts(self):
        """Return both kinds of chains as they are sealed, and how to check them."""
        self.ensure_one()
        return {
            "scellement": (
                "sceau = '$1$' + SHA-256(sceau précédent + saut de ligne + faits), en "
                "UTF-8 ; le premier maillon d'une chaîne suit le mot mairie_elus"
            ),
            "envois": self._get_chain(self.sudo().envoi_ids.sorted("sequence")),
            "convocations": [
                {
                    "membre": item.partner_id.name,
                    "maillons": self._get_chain(item.event_ids.sorted("number")),
                }
                for item in self._get_all_convocations()
            ],
        }

    def _get_chain(self, records):
        return [{"faits": record.facts, "sceau": record.seal} for record in records]

    def _get_all_convocations(self):
        """Return every notice, those of members since withdrawn too."""
        return self.sudo().with_context(active_test=False).convocation_ids.sorted()

    def _prepare_proof_rows(self):
        """Return what the register prints for each member: plain French values."""
        return [
            {
                "member": item.partner_id.name,
                "is_intact": self._is_chain_intact(item.event_ids.sorted("number")),
                "events": [
                    self._prepare_proof_event(event)
                    for event in item.event_ids.sorted("number")
                ],
            }
            for item in self._get_all_convocations()
        ]

    def _prepare_proof_event(self, event):
        details = json.loads(event.facts)["details"]
        other = details.get("to") or details.get("from")
        return {
            "at": self.company_id._mairie_localize(event.occurred_at),
            "kind": KINDS[event.kind],
            "detail": ANSWERS.get(event.answer) or details.get("file") or other or "",
            "seal": event.seal,
        }

    def _is_chain_intact(self, records):
        return first_broken([(item.facts, item.seal) for item in records]) is None
