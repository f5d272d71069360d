from odoo import fields, models
from odoo.exceptions import UserError

from ..lib import ctes

#: Kind of the act's own file, where the préfecture's list is not known.
DEFAULT_KINDS = {1: "99_DE", 2: "99_AR", 3: "99_AI", 4: "99_DC", 5: "99_BU", 6: "99_AU"}
DEFAULT_ANNEXE_KIND = "99_AU"


class MairieTransmissionMessage(models.Model):
    """What leaves for the préfecture: the message, its files, what would be refused."""

    _inherit = "mairie.transmission"

    def _prepare_message(self):
        """Return the message of the act: lib.ctes.Message."""
        act, company = self._get_act(), self.company_id
        account = self._get_account()
        nature = act._get_nature()
        return ctes.Message(
            nature=nature,
            number=self.number,
            day=act.date,
            subject=act.name,
            matter=act.matiere_code or "",
            department=ctes.department_of(company.mairie_department_code or ""),
            siren=(company.mairie_siret or "")[:9],
            classification=account.classification_date or act.date,
            piece=ctes.Piece(
                f"{self.number}.pdf", len(self._get_pdf()), self._get_kind(nature)
            ),
            annexes=tuple(
                ctes.Piece(name, len(content), self._get_annexe_kind(nature))
                for name, content in self._get_annexe_files()
            ),
        )

    def _get_annexe_files(self):
        """Return (name, bytes) of each annex: as a PDF where we made one of it."""
        return [annexe._get_reading_file() for annexe in self._get_act()._get_annexes()]

    def _get_pdf(self):
        return self._get_act()._read_signed_pdf()

    def _get_kind(self, nature):
        """Return the kind of the act's own file, as the préfecture's list has it."""
        kinds = self._get_account()._get_kinds(nature)
        default = DEFAULT_KINDS[ctes.NATURES[nature][0]]
        return default if default in kinds or not kinds else min(kinds)

    def _get_annexe_kind(self, nature):
        """Hook: a town that sorts its annexes by kind."""
        kinds = self._get_account()._get_kinds(nature)
        if DEFAULT_ANNEXE_KIND in kinds or not kinds:
            return DEFAULT_ANNEXE_KIND
        return self._get_kind(nature)

    def _check_message(self, message):
        """Refuse what the relay would refuse, each thing with what to do."""
        today = self.company_id._mairie_local_date(fields.Datetime.now())
        found = [self._get_problem_text(code) for code in ctes.problems(message, today)]
        if found:
            raise UserError(
                self.env._("Act %s cannot leave yet:", self.number)
                + "\n- "
                + "\n- ".join(found)
            )

    def _get_problem_text(self, code):
        code, _colon, name = code.partition(":")
        texts = {
            "number": self.env._("its number has signs that the préfecture refuses"),
            "matter": self.env._("choose its matter"),
            "siren": self.env._("the SIRET of the commune is missing"),
            "department": self.env._("the department of the commune is missing"),
            "subject": self.env._("its object is empty"),
            "future": self.env._("its date is in the future"),
            "nature": self.env._("its nature is unknown"),
            "kind": self.env._("the kind of %s is missing", name),
            "pdf": self.env._("%s is not a PDF, an XML or a picture", name),
            "empty": self.env._("%s is empty", name),
            "size": self.env._("act and annexes weigh more than 150 MB"),
        }
        return texts[code]

    def _prepare_post(self):
        """Return the fields and the files of the call that sends the act."""
        message = self._prepare_message()
        nature, _letters = ctes.NATURES[message.nature]
        data = [
            ("api", "1"),
            ("nature_code", str(nature)),
            ("number", message.number),
            ("subject", ctes.subject_of(message.subject).encode(ctes.ENCODING)),
            ("decision_date", message.day.isoformat()),
            ("document_papier", "0"),
            ("type_acte", message.piece.kind),
        ]
        levels = enumerate(message.matter.split("."), 1)
        data += [(f"classif{level}", code) for level, code in levels]
        data += [("type_pj[]", annexe.kind) for annexe in message.annexes]
        files = [
            ("acte_pdf_file", (message.piece.name, self._get_pdf(), "application/pdf"))
        ]
        files += [
            ("acte_attachments[]", (name, content, "application/pdf"))
            for name, content in self._get_annexe_files()
        ]
        return data, files
