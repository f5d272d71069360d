"""The pre-demande numbers of the form: well formed, one each, known to France Titres."""

from odoo import fields, models

from ..lib.codes import PreDemandeError, clean_pre_demande


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def _read_applications(self, form, answers, errors):
        """Read one pre-demande number per person; add them to ``answers``.

        France Titres is asked once all numbers are well formed, before any place is
        taken: it may take seconds.

        :return: field -> what the page offers beside the sentence
        """
        numbers, sentences = {}, {}
        for index in range(1, self.persons + 1):
            field = f"application_{index}"
            try:
                number = clean_pre_demande(form.get(field) or "")
            except PreDemandeError as error:
                sentences[field] = self._get_pre_demande_sentence(
                    form.get(field), error
                )
                continue
            if number in numbers.values():
                sentences[field] = self.env._(
                    "This number is the one of another person: one number each."
                )
            numbers[field] = number
        if not sentences:
            sentences = self._refuse_booked_numbers(numbers)
        details = {}
        if not sentences and numbers:
            details = self._check_applications(numbers, form, answers, sentences)
        errors.update(sentences)
        return details

    def _refuse_booked_numbers(self, numbers):
        """Return a sentence for each number that is expected on another date already.

        The owner of that date gets its link once more: the page does not show it.
        """
        booked = self.env["mairie.rdv.personne"].sudo().search(
            [("application_id", "in", list(numbers.values())),
             ("company_id", "=", self.company_id.id),
             ("rdv_id", "!=", self.id),
             ("rdv_id.state", "=", "confirmed"),
             ("rdv_id.start", ">", fields.Datetime.now())]
        )  # fmt: skip
        booked.rdv_id._queue_link_again()
        sentence = self.env._(
            "This number has an appointment with us already. The link in its "
            "confirmation lets you change it."
        )
        taken = {*booked.mapped("application_id")}
        return {field: sentence for field, number in numbers.items() if number in taken}

    def _check_applications(self, numbers, form, answers, sentences):
        """Take the verdict of France Titres on each number.

        A number that it refuses gets its sentence; one that has an appointment in
        another town is kept once the citizen has confirmed.
        """
        checks = self._ask_about_applications(list(numbers.values()))
        details = {}
        for field, number in numbers.items():
            check = checks.get(number) or {}
            kept = form.get(f"keep_{field}") == "1"
            if check.get("blocks") or check.get("asks") and not kept:
                sentences[field] = check["sentence"]
                details[field] = {
                    "status": check["status"],
                    "elsewhere": check["elsewhere"],
                }
            vals = {"application_id": number}
            if check.get("status"):
                vals["ants_status"] = check["status"]
            if check.get("is_checked"):
                vals["ants_checked_at"] = fields.Datetime.now()
            answers["applications"].append(vals)
        return details

    def _ask_about_applications(self, numbers):
        """Return what France Titres says of numbers: see ``mairie.rdv.ants``. Hook."""
        ants = self.env["mairie.rdv.ants"].with_company(self.company_id).sudo()
        return ants._check_application_id(numbers, self.get_base_url())

    def _get_pre_demande_sentence(self, text, error):
        """Return what to do about a number that is missing or not well formed."""
        if not (text or "").strip():
            return self.env._(
                "The pre-demande number is compulsory to book online. You have none? "
                "Make it on the site of France Titres, or call us."
            )
        if error.missing > 0:
            return self.env._(
                "This number has 10 letters and digits: %s missing.", error.missing
            )
        if error.missing < 0:
            return self.env._(
                "This number has 10 letters and digits: %s too many.",
                -error.missing,
            )
        return self.env._("This number has letters and digits only, without accents.")
