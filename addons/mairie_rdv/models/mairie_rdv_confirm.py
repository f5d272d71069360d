"""From a held place to an appointment: the form is read, then written at once."""

import re

import phonenumbers
from odoo import api, fields, models
from odoo.tools import email_normalize

from ..exceptions import FormRefused, TooManyBookings
from .mairie_rdv_hold import DAY

NAME_LENGTH = 60
BOOKINGS_PER_PERSON = 2
#: where French numbers are valid: the mainland plan refuses those from overseas
PHONE_REGIONS = ("FR", "GP", "GF", "MQ", "RE", "YT", "PM", "NC", "PF")
REGION_OF_ZONE = {
    "guadeloupe": "GP", "martinique": "MQ", "guyane": "GF", "reunion": "RE",
    "mayotte": "YT", "saint_pierre_et_miquelon": "PM", "nouvelle_caledonie": "NC",
    "polynesie": "PF", "wallis_et_futuna": "WF",
}  # fmt: skip
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    @api.model
    def _confirm_public(self, token, form):
        """Book for good what was held; a second call changes nothing.

        :param form: answers as text: first_name, last_name, email, phone,
            application_1…, and ``start`` when another time was chosen meanwhile
        :return: True when booked, None when the token is unknown
        :raise FormRefused: with a sentence for each answer to correct
        :raise SlotTaken: the hold had expired and somebody else took the place
        :raise TooManyBookings: this person has enough appointments to come
        """
        rdv = self._find_public(token)
        if not rdv:
            return None
        if rdv.state not in ("hold", "expired"):
            return True
        if rdv.proposal_of_id:
            return None
        answers = rdv._read_form(form)
        rdv._check_person_limits(answers)
        start = rdv.lieu_id._read_start(form.get("start") or "") or rdv.start
        vals = rdv._prepare_confirmed_vals(answers)
        if rdv.state == "hold" and rdv.start == start:
            rdv.write(vals)
        else:
            rdv._keep_time(start, vals)
        rdv._queue_message("confirmed")
        rdv.attente_id.filtered(
            lambda attente: attente.state == "offered"
        ).state = "served"
        return True

    def _prepare_confirmed_vals(self, answers):
        """Return what is written when a hold becomes an appointment. Hook."""
        numbers = answers.pop("applications")
        replies = answers.pop("answers")
        return {
            **answers,
            "state": "confirmed",
            "confirmed_at": fields.Datetime.now(),
            "hold_until": False,
            "lang": self.env.lang,
            "personne_ids": [
                fields.Command.create({"sequence": index, **number})
                for index, number in enumerate(numbers, start=1)
            ],
            "answer_ids": [
                fields.Command.create({"question": question, "answer": answer})
                for question, answer in replies
            ],
        }

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
            answers[field] = _tidy(form.get(field))
            if not answers[field]:
                errors[field] = sentence

    def _read_trap(self, form, errors):
        if form.get("website"):
            errors["website"] = self.env._(
                "Leave this field empty: it is a trap for robots."
            )

    def _read_contact(self, form, answers, errors):
        """Read the e-mail address and the mobile number: one of them is enough."""
        email, phone = _tidy(form.get("email"), 254), _tidy(form.get("phone"), 30)
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
        elif answers["sms_ok"] and not _is_mobile(answers["phone"]):
            errors["phone"] = self.env._(
                "This line receives no SMS: write a mobile number, or untick SMS."
            )

    def _read_phone(self, text):
        """Return a number in international form, False when no zone knows it.

        The zone of the place comes first: "12 34 56" is a number in Nouméa only.
        """
        zone = REGION_OF_ZONE.get(self.lieu_id.holiday_zone)
        for region in filter(None, (zone, *PHONE_REGIONS)):
            try:
                number = phonenumbers.parse(text, region)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(number):
                return phonenumbers.format_number(
                    number, phonenumbers.PhoneNumberFormat.E164
                )
        return False

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
            answer, sentence = question._read_answer(_tidy(form.get(field), length))
            if sentence:
                errors[field] = sentence
            elif answer:
                answers["answers"].append((question.name, answer))

    def _check_person_limits(self, answers):
        """One appointment per procedure and a few in all, for one same contact.

        A sensitive procedure is not looked for: the answer would tell whoever types an
        address that its owner comes for that.
        """
        contacts = [
            (field, "=", answers[field])
            for field in ("email", "phone")
            if answers[field]
        ]
        domain = fields.Domain.OR([contact] for contact in contacts)
        coming = self.sudo().search(
            domain
            & fields.Domain("company_id", "=", self.company_id.id)
            & fields.Domain("state", "=", "confirmed")
            & fields.Domain("start", ">", fields.Datetime.now()),
            order="start",
        )
        same = coming.filtered(lambda rdv: rdv.demarche_id == self.demarche_id)
        if same and not self.demarche_id.is_sensitive:
            # Neither date nor link on the page: whoever types an address would
            # learn where its owner will be. The owner has them by e-mail.
            same[:1]._queue_link_again()
            raise FormRefused(
                self.env._("%s answers to correct", 1),
                {
                    "email" if answers["email"] else "phone": self.env._(
                        "You already have an appointment to come for this procedure. "
                        "The link in its confirmation lets you change it."
                    )
                },
            )
        if len(coming) >= self._get_person_limit():
            raise TooManyBookings(
                self.env._(
                    "You already have %s appointments to come. For another one, call "
                    "us.",
                    len(coming),
                ),
                retry_after=DAY,
            )

    def _get_person_limit(self):
        """Return how many appointments to come one person may book online."""
        mine = self.company_id.mairie_rdv_per_person or BOOKINGS_PER_PERSON
        return self._get_limit("bookings_per_person", mine)

    def _queue_link_again(self):
        """Send the link once more to its owner, once an hour at most."""
        for rdv in self:
            hour = int(fields.Datetime.now().timestamp()) // 3600
            if hour not in rdv.envoi_ids.mapped("number"):
                rdv._queue_message("link", number=hour)

    @api.model
    def _send_links_again(self, email, company_id):
        """Queue the links of the appointments of an address; says nothing of them."""
        address = email_normalize(_tidy(email, 254))
        if address:
            coming = [
                ("company_id", "=", company_id),
                ("start", ">", fields.Datetime.now()),
                ("state", "=", "confirmed"),
            ]
            self.sudo().search(
                [("email", "=", address), *coming], limit=BOOKINGS_PER_PERSON
            )._queue_link_again()


def _is_mobile(number):
    """Tell whether a number in international form may receive SMS."""
    kind = phonenumbers.number_type(phonenumbers.parse(number))
    return kind in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def _tidy(text, length=NAME_LENGTH):
    """Return one line of text without spaces around, cut at ``length``.

    Control characters become spaces: PostgreSQL refuses some, nobody reads any.
    """
    return " ".join(CONTROLS.sub(" ", str(text or "")).split())[:length]
