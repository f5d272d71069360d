import zipfile

from odoo import models
from odoo.exceptions import UserError

#: Characters that some system refuses in a file name.
FORBIDDEN = '<>:"/\\|?*'


class MairieSeance(models.Model):
    """The same dossier as a folder: one ZIP, each file as it came and as a PDF."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    def action_download_zip(self):
        """Download the ZIP. It is written as it is read: nothing is built here."""
        self.ensure_one()
        self.check_access("read")
        if not self._get_dossier_points():
            raise UserError(self.env._("The agenda is empty."))
        if self._is_dossier_heavy() and not self.dossier_is_current:
            if self.has_access("write"):
                self._queue_dossier()
            return self._notify_dossier_wait()
        return {
            "type": "ir.actions.act_url",
            "url": f"/elus/seance/{self.id}/dossier.zip",
            "target": "download",
        }

    def _get_zip_filename(self):
        return self.dossier_filename.removesuffix(".pdf") + ".zip"

    def _write_zip(self, target):
        """Write the ZIP: agenda, a folder per item, a report of what is missing.

        The names sort by themselves in the order of the agenda.
        :param target: binary file, written from its beginning
        """
        self.ensure_one()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            agenda = self._render_document("mairie_elus.report_agenda", self)
            archive.writestr("00 Ordre du jour.pdf", agenda)
            for point in self._get_dossier_points():
                for name, content in point._get_zip_entries():
                    archive.writestr(name, content)
            archive.writestr("LISEZMOI.txt", self._get_zip_report())

    def _get_zip_report(self):
        """Return what the folder holds, what could not be read, and the hashes."""
        lines = [f"{self.instance_id.name}, {self._get_when()}", ""]
        for annexe in self._get_dossier_annexes().filtered("problem"):
            lines.append(
                f"Point {annexe.point_id.rank}, « {annexe.name} » : illisible, le "
                "fichier est joint tel qu'il a été reçu."
            )
        closed = self.point_ids.filtered("is_huis_clos").mapped("rank")
        if closed:
            ranks = ", ".join(map(str, sorted(closed)))
            lines.append(f"À huis clos, hors de ce dossier : point {ranks}.")
        lines += ["", "Empreintes SHA-256 des fichiers reçus :"]
        lines += [
            f"{annexe.sha256 or '-'}  {annexe.name}"
            for annexe in self._get_dossier_annexes()
        ]
        return "\r\n".join(lines) + "\r\n"


class MairiePoint(models.Model):
    """One folder of the ZIP."""

    _inherit = "mairie.point"

    def _get_zip_entries(self):
        """Return the files of the item: (path in the ZIP, bytes)."""
        self.ensure_one()
        folder = f"{self.rank:02d} {_safe(self.name)}"
        self._build_sheets()
        yield f"{folder}/00 Fiche.pdf", self._get_sheet()
        for rank, annexe in enumerate(self.annexe_ids.sorted(), 1):
            path = f"{folder}/{rank:02d} {annexe._get_download_name()}"
            yield path, annexe._get_content()
            if annexe.is_converted:
                yield f"{path}.pdf", annexe._get_pdf()


def _safe(name):
    """Return a folder name that every system takes, 60 characters at most."""
    kept = "".join(" " if char in FORBIDDEN else char for char in name)
    return " ".join(kept.split())[:60].strip(" .") or "Point"
