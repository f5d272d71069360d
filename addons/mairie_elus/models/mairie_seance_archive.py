import base64
import io
import json
import zipfile

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import file_open

from ..lib import proof_bundle, seda

SECRETARY = "mairie_elus.group_secretary"


class MairieSeance(models.Model):
    """The file of a meeting for the archive, and the proof for whoever doubts."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    def action_export_archive(self):
        """Download the file of the meeting, ready for the electronic archive."""
        self.ensure_one()
        self._check_exporter()
        if self.state != "closed":
            raise UserError(self.env._("Close the meeting first."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/elus/archive/{self.id}.zip",
            "target": "download",
        }

    def _make_archive(self):
        """Return the ZIP: slip, metadata, files under ``contenu``. Name, bytes."""
        self.ensure_one()
        self._check_exporter()
        self.check_access("read")
        files = self._get_archive_files()
        company = self.company_id
        slip = seda.manifest(
            self.name,
            files,
            siren=(company.mairie_siret or "")[:9],
            agency=self._get_archive_agency(),
            made=fields.Datetime.now(),
        )
        content = {file.path: file.content for file in files}
        content["manifest.xml"] = slip
        content["metadonnees.json"] = self._get_archive_metadata(files)
        return f"seance-{self.date:%Y-%m-%d}-{self.id}.zip", _zip(content)

    def _get_archive_files(self):
        """Return what is kept of a meeting: list of lib.seda.File.

        Hook: a town that keeps its recording, too.
        """
        report = self.env["ir.actions.report"].sudo()
        pairs = [
            ("report_agenda", "Ordre du jour", "Convocation"),
            ("report_deliberation_list", "Liste des délibérations", "Actes"),
            ("report_pv", "Procès-verbal", "Procès-verbal"),
        ]
        files = []
        for name, title, unit in pairs:
            pdf = report._render_qweb_pdf(f"mairie_elus.{name}", self.ids)[0]
            path = f"contenu/{name.removeprefix('report_')}.pdf"
            files.append(seda.File(path, title, unit, self.date, pdf))
        for envoi in self.sudo().envoi_ids:
            files.append(
                seda.File(
                    f"contenu/envoi_{envoi.sequence}.json",
                    f"Preuve de l'envoi n° {envoi.sequence}",
                    "Convocation",
                    self.company_id._mairie_local_date(envoi.sent_at),
                    envoi.facts.encode(),
                )
            )
        if self.envoi_ids:
            _name, register = self._read_proof()
            title = "Registre des preuves de convocation"
            path = "contenu/registre_des_preuves.pdf"
            files.append(seda.File(path, title, "Convocation", self.date, register))
        for act in self.deliberation_ids.sorted("rank"):
            files += self._get_act_files(act)
        return files

    def _get_act_files(self, act):
        """Return an act as it was signed, its annexes, what the préfecture answered."""
        files = [
            seda.File(
                f"contenu/{act.number}.pdf",
                f"Délibération {act.number} : {act.name}",
                "Actes",
                act.date,
                act._read_signed_pdf(),
            )
        ]
        for rank, annexe in enumerate(act._get_annexes(), 1):
            name, content = annexe._get_reading_file()
            extension = name.rpartition(".")[2].lower()
            files.append(
                seda.File(
                    f"contenu/{act.number}_annexe_{rank}.{extension}",
                    f"Annexe {rank} de {act.number} : {annexe.name}",
                    "Actes",
                    act.date,
                    content,
                )
            )
        receipt = act.transmission_id.sudo().with_context(bin_size=False).receipt
        if receipt:
            files.append(
                seda.File(
                    f"contenu/{act.number}_AR.xml",
                    f"Accusé de réception de {act.number}",
                    "Actes",
                    act.received_on,
                    base64.b64decode(receipt),
                )
            )
        return files

    def _get_archive_metadata(self, files):
        """Return the metadata file that a relay reads beside the slip: JSON bytes."""
        values = {
            "date_seance": self.date.isoformat(),
            "type_seance": self.instance_id.name,
            "commune": self.company_id.name,
            "siret": self.company_id.mairie_siret or "",
            "actes": self.deliberation_ids.sorted("rank").mapped("number"),
            "fichiers": {file.path: seda.digest(file.content) for file in files},
        }
        return json.dumps(values, ensure_ascii=False, indent=1).encode()

    def _get_archive_agency(self):
        """Hook: identifier of the archive that receives."""
        return "archives-departementales"

    def _make_proof(self, company):
        """Return the proof of a commune: journal, notices, verifier. Name, bytes."""
        self._check_exporter()
        journal = self.env["mairie.elus.journal"]
        lines = [(row.facts, row.seal) for row in journal._get_chain(company)]
        if not lines:
            raise UserError(self.env._("The journal is empty: nothing to prove yet."))
        with file_open("mairie_elus/tools/verifier.py") as file:
            source = file.read()
        files = proof_bundle.make_files(
            company.name, lines, self._get_notice_chains(company), source
        )
        content = {name: text.encode() for name, text in files.items()}
        stamps = self.env["mairie.elus.horodatage"].sudo()
        stamps = stamps.search([("company_id", "=", company.id)])
        for name, data in stamps._get_stamp_files().items():
            content[f"horodatages/{name}"] = data
        return "preuve-assemblees.zip", _zip(content)

    def _get_notice_chains(self, company):
        """Return the chains of the notices: name -> (facts, seal) in order."""
        seances = self.sudo().search([("company_id", "=", company.id)])
        chains = {}
        for seance in seances.filtered("envoi_ids"):
            chains[f"envois {seance.name} n° {seance.id}"] = [
                (row.facts, row.seal) for row in seance.envoi_ids.sorted("sequence")
            ]
        events = (
            self.env["mairie.convocation.event"]
            .sudo()
            .search([("company_id", "=", company.id)], order="convocation_id, number")
        )
        for notice, rows in events.grouped("convocation_id").items():
            chains[f"convocation n° {notice.id}"] = [
                (row.facts, row.seal) for row in rows
            ]
        return chains

    def _check_exporter(self):
        if not self.env.su and not self.env.user.has_group(SECRETARY):
            raise AccessError(
                self.env._("Only the secretary of the assemblies does this.")
            )


def _zip(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
