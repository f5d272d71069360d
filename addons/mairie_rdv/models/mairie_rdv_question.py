from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .wording import in_town_language, public_words


class MairieRdvQuestion(models.Model):
    """What the town hall needs to know beforehand, asked on the citizen's form."""

    _name = "mairie.rdv.question"
    _description = "Question to Citizens"
    _order = "demarche_id, sequence, id"

    demarche_id = fields.Many2one(
        "mairie.rdv.demarche",
        "Procedure",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Question", required=True, translate=True)
    kind = fields.Selection(
        [("text", "Short text"), ("long", "Long text"), ("choice", "One of a list"),
         ("boolean", "Yes or no"), ("number", "Whole number"), ("date", "Date")],
        "Kind of Answer",
        required=True,
        default="text",
    )  # fmt: skip
    choices = fields.Text(translate=True, help="One per line.")
    hint = fields.Char("Help under the Question", translate=True)
    is_required = fields.Boolean("Required", default=True)

    @api.constrains("kind", "choices")
    def _check_choices(self):
        for question in self:
            if question.kind == "choice" and len(question._get_choices()) < 2:
                raise ValidationError(
                    self.env._("« %s »: write two choices or more.", question.name)
                )

    def _get_choices(self):
        self.ensure_one()
        lines = map(str.strip, (self.choices or "").splitlines())
        return [line for line in lines if line]

    def _in_town_language(self):
        """Return the question as agents read it, whatever the citizen reads."""
        return in_town_language(self, self.demarche_id.company_id)

    def _get_labelled_choices(self):
        """Return ``(answer kept, label shown)``: agents read it in their language."""
        kept, shown = self._in_town_language()._get_choices(), self._get_choices()
        return list(zip(kept, shown if len(shown) == len(kept) else kept, strict=True))

    def _prepare_public_vals(self):
        """Return what the form shows: plain values only."""
        self.ensure_one()
        company = self.demarche_id.company_id
        return {
            **public_words(self, company, "name", "hint", "choices"),
            "field": f"question_{self.id}",
            "kind": self.kind,
            "choices": self._get_labelled_choices() if self.kind == "choice" else [],
            "is_required": self.is_required,
        }

    def _read_answer(self, text):
        """Return the answer as it is kept, and a sentence when it must be corrected.

        :param text: what the form sent, tidied
        :return: ``(answer, sentence)``; one of them is empty
        """
        self.ensure_one()
        if not text:
            sentence = self.env._("« %s »: answer this question.", self.name)
            return "", sentence if self.is_required else ""
        town = self._in_town_language()
        yes_no = {"1": town.env._("Yes"), "0": town.env._("No")}
        if self.kind == "boolean":
            answer = yes_no.get(text)
        elif self.kind == "choice":
            answer = text if text in town._get_choices() else None
        elif self.kind == "number":
            answer = text if text.isascii() and text.isdigit() else None
        elif self.kind == "date":
            answer = _read_date(text)
        else:
            answer = text
        sentences = {
            "number": self.env._("Write a whole number."),
            "date": self.env._("Write a date that exists, such as 17/12/2026."),
        }
        if answer is None:
            default = self.env._("Choose one of the answers.")
            return "", sentences.get(self.kind, default)
        return answer, ""


def _read_date(text):
    """Return a date as 17/12/2026 from that form or from 2026-12-17, else None."""
    parts = text.split("/")
    iso = "-".join(reversed(parts)) if len(parts) == 3 else text
    try:
        return f"{fields.Date.to_date(iso):%d/%m/%Y}"
    except (ValueError, TypeError):
        return None


class MairieRdvAnswer(models.Model):
    """What a citizen answered; erased with his name."""

    _name = "mairie.rdv.answer"
    _description = "Answer of a Citizen"
    _order = "rdv_id, id"
    _rec_name = "question"

    rdv_id = fields.Many2one(
        "mairie.rdv", "Appointment", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="rdv_id.company_id", store=True, index=True)
    question = fields.Char(required=True, readonly=True)
    answer = fields.Text(readonly=True)


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    answer_ids = fields.One2many(
        "mairie.rdv.answer", "rdv_id", "Answers", groups="mairie_rdv.group_agent"
    )
