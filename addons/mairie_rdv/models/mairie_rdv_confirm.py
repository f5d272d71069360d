"""From a held place to an appointment: the form is read, then written at once."""

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..exceptions import FormRefused, TooManyBookings
from .mairie_rdv_contact import tidy
from .mairie_rdv_hold import DAY

BOOKINGS_PER_PERSON = 2
LINKS_AT_MOST = 10


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

    def _check_person_limits(self, answers):
        """One appointment per procedure and a few in all, for one same contact.

        A sensitive procedure is not looked for: the answer would tell whoever types an
        address that its owner comes for that.
        """
        coming = self._search_coming(answers)
        same = coming.filtered(lambda rdv: rdv.demarche_id == self.demarche_id)
        if same and not self.demarche_id.is_sensitive:
            # Neither date nor link on the page: whoever types an address would
            # learn where its owner will be. The owner has them by e-mail.
            same[:1]._queue_link_again()
            field = "email" if answers["email"] else "phone"
            sentence = self.env._(
                "You already have an appointment to come for this procedure. The link "
                "in its confirmation lets you change it."
            )
            raise FormRefused(self.env._("%s answers to correct", 1), {field: sentence})
        if len(coming) >= self._get_person_limit():
            raise TooManyBookings(
                self.env._(
                    "You already have %s appointments to come. For another one, call "
                    "us.",
                    len(coming),
                ),
                retry_after=DAY,
            )

    def _search_coming(self, answers):
        """Return the appointments to come of a contact, in the same commune."""
        contacts = [
            (field, "=", answers[field])
            for field in ("email", "phone")
            if answers[field]
        ]
        mine = fields.Domain.OR([contact] for contact in contacts)
        to_come = fields.Domain(
            [("company_id", "=", self.company_id.id), ("state", "=", "confirmed"),
             ("start", ">", fields.Datetime.now())]
        )  # fmt: skip
        return self.sudo().search(mine & to_come, order="start")

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
        address = email_normalize(tidy(email, 254))
        if address:
            coming = [
                ("company_id", "=", company_id),
                ("start", ">", fields.Datetime.now()),
                ("state", "=", "confirmed"),
            ]
            self.sudo().search(
                [("email", "=", address), *coming], limit=LINKS_AT_MOST
            )._queue_link_again()
