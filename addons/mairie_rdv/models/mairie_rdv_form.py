"""The citizen's form: each answer read and tidied, or a sentence on what to correct."""

import phonenumbers
from odoo import models
from odoo.tools import email_normalize

from ..exceptions import FormRefused
from .mairie_rdv_contact import (
    PHONE_REGIONS,
    REGION_OF_ZONE,
    is_mobile,
    read_phone,
    tidy,
)


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def _read_form(self, form):
        """Return the answers of a form, checked and tidied.

        :raise FormRefused: field -> sentence, in the order of the page
        """
        self.ensure_one()
        errors, details, answers = {}, {}, {"applications": [], "answers": []}
        self._read_names(form, answers, errors)
        self._read_contact(form, answers, errors)
        if self.demarche_id.asks_pre_demande:
            details = self._read_applications(form, answers, errors)
        self._read_questions(form, answers, errors)
        self._read_trap(form, errors)
        if errors:
            message = self.env._("%s answers to correct", len(errors))
            raise FormRefused(message, errors, details)
        return answers

    def _read_names(self, form, answers, errors):
        missing = {
            "first_name": self.env._("Write the first name."),
            "last_name": self.env._("Write the last name."),
        }
        for field, sentence in missing.items():
            answers[field] = tidy(form.get(field))
            if not answers[field]:
                errors[field] = sentence

    def _read_contact(self, form, answers, errors):
        """Read the e-mail address and the mobile number: one of them is enough."""
        email, phone = tidy(form.get("email"), 254), tidy(form.get("phone"), 30)
        answers["email"] = email_normalize(email) if email else False
        answers["phone"] = self._read_phone(phone) if phone else False
        answers["sms_ok"] = bool(answers["phone"] and form.get("sms_ok"))
        if not email and not phone:
            errors["email"] = self.env._(
                "Write an e-mail address or a mobile number: one of the two is enough."
            )
        if email and not answers["email"]:
            errors["email"] = self.env._(
                "This address is not complete: name@example.fr."
            )
        if phone and not answers["phone"]:
            errors["phone"] = self._explain_phone(phone)
        elif answers["sms_ok"] and not is_mobile(answers["phone"]):
            errors["phone"] = self.env._(
                "This line receives no SMS: write a mobile number, or untick SMS."
            )

    def _read_phone(self, text):
        """Return a number in international form, False when no zone knows it."""
        return read_phone(text, self.lieu_id.holiday_zone)

    def _explain_phone(self, text):
        """Return what is wrong with a number that no zone knows."""
        zone = REGION_OF_ZONE.get(self.lieu_id.holiday_zone)
        try:
            number = phonenumbers.parse(text, zone or PHONE_REGIONS[0])
        except phonenumbers.NumberParseException:
            return self.env._("Write a number like 06 12 34 56 78.")
        reason = phonenumbers.is_possible_number_with_reason(number)
        if reason == phonenumbers.ValidationResult.TOO_LONG:
            return self.env._("This number has too many digits: 06 12 34 56 78.")
        if reason == phonenumbers.ValidationResult.IS_POSSIBLE:
            return self.env._(
                "This number has the right length, but no operator gives it to anybody. "
                "Check each digit."
            )
        return self.env._("This number is not complete: 06 12 34 56 78.")

    def _read_questions(self, form, answers, errors):
        """Read the answers to the questions of the procedure."""
        for question in self.demarche_id.question_ids:
            field = f"question_{question.id}"
            length = 1000 if question.kind == "long" else 200
            answer, sentence = question._read_answer(tidy(form.get(field), length))
            if sentence:
                errors[field] = sentence
            elif answer:
                words = question._in_town_language().name
                answers["answers"].append((words, answer))

    def _read_trap(self, form, errors):
        if form.get("website"):
            errors["website"] = self.env._(
                "Leave this field empty: it is a trap for robots."
            )
