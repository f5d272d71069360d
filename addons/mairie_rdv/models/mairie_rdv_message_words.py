"""The ordinary words of each message, until the town hall writes its own."""

from odoo import api, models


class MairieRdvMessage(models.Model):
    _inherit = "mairie.rdv.message"

    @api.model
    def _get_default_words(self, event, lang):
        """Return subject, body and SMS of a message in a language."""
        message = self.with_context(lang=lang or self.env.lang)
        return getattr(message, f"_words_{event}")()

    @api.model
    def _words_confirmed(self):
        return {
            "subject": self.env._("Appointment at the town hall: {date}"),
            "body": self.env._(
                "Hello,\n"
                "Your appointment is confirmed.\n"
                "# {date}\n"
                "{lieu}, {adresse}\n"
                "Code: {code}\n"
                "[See, change or cancel](lien)\n"
                "To bring:\n"
                "{pieces}\n"
                "Something unexpected? Cancel as soon as you can: the place will serve "
                "somebody."
            ),
            "sms": self.env._(
                "Town hall {date}, {lieu}. Code {code}. To bring, change, cancel: {lien}"
            ),
        }

    @api.model
    def _words_link(self):
        return self._words_confirmed()

    @api.model
    def _words_reminder(self):
        return {
            "subject": self.env._("Reminder: {date} at the town hall"),
            "body": self.env._(
                "Hello,\n"
                "We expect you on {date}, {lieu}.\n"
                "Code: {code}\n"
                "[See what to bring](lien) [I cannot come](annuler)"
            ),
            "sms": self.env._(
                "Reminder: town hall {date}, {lieu}. Code {code}. Cannot come? Cancel: "
                "{lien}"
            ),
        }

    @api.model
    def _words_moved(self):
        return {
            "subject": self.env._("Your appointment has a new date: {date}"),
            "body": self.env._(
                "Hello,\n"
                "Your appointment has a new date.\n"
                "# {date}\n"
                "{lieu}, {adresse}\n"
                "Code: {code}\n"
                "[See, change or cancel](lien)"
            ),
            "sms": self.env._(
                "Town hall, new date: {date}, {lieu}. Code {code}. Not possible? {lien}"
            ),
        }

    @api.model
    def _words_cancelled(self):
        return {
            "subject": self.env._("Appointment cancelled: {date}"),
            "body": self.env._(
                "Hello,\n"
                "The appointment of {date} is cancelled, the place is given back. Thank "
                "you!\n"
                "[Choose another date](rdv)"
            ),
            "sms": self.env._(
                "Appointment of {date} cancelled, the place is given back. Thank you! "
                "Another date: {lien}"
            ),
        }

    @api.model
    def _words_cancelled_mairie(self):
        return {
            "subject": self.env._("Appointment cancelled: {date}"),
            "body": self.env._(
                "Hello,\n"
                "The town hall has cancelled the appointment of {date}.\n"
                "You did not ask for it? We apologise. Choose another date or call "
                "{telephone}.\n"
                "[Choose another date](rdv)"
            ),
            "sms": self.env._(
                "Appointment of {date} cancelled by the town hall. Another date: {lien}"
            ),
        }

    @api.model
    def _words_closed(self):
        return {
            "subject": self.env._(
                "The town hall must change your appointment of {jour}"
            ),
            "body": self.env._(
                "Hello,\n"
                "{raison}\n"
                "We cannot receive you on {date}, and apologise for it.\n"
                "These dates are kept for you until {limite}:\n"
                "{dates}\n"
                "[Choose a date](lien)"
            ),
            "sms": self.env._(
                "Closing: your appointment of {date} cannot take place. Other dates here: "
                "{lien}"
            ),
        }

    @api.model
    def _words_missed(self):
        return {
            "subject": self.env._("We expected you on {jour}"),
            "body": self.env._(
                "Hello,\n"
                "You were expected on {date}, {lieu}, and we did not see you.\n"
                "You may choose another date. If you cannot come, cancelling takes one "
                "tap and helps somebody else.\n"
                "[Choose another date](rdv)"
            ),
            "sms": self.env._(
                "We expected you on {date} at the town hall. Another date: {lien}"
            ),
        }

    @api.model
    def _words_waiting_offer(self):
        return {
            "subject": self.env._("An earlier place: {date}"),
            "body": self.env._(
                "Hello,\n"
                "A place is free on {date}, {lieu}. It is kept for you until {limite}.\n"
                "[Say yes or no](lien)\n"
                "Without an answer nothing changes for you."
            ),
            "sms": self.env._(
                "Free place {date}, {lieu}. Kept for you until {limite}. Yes or no: "
                "{lien}"
            ),
        }

    @api.model
    def _words_invitation(self):
        return {
            "subject": self.env._("The town hall invites you to an appointment"),
            "body": self.env._(
                "Hello,\n"
                "The town hall of {ville} invites you to choose the date of an "
                "appointment.\n"
                "[Choose a date](lien)\n"
                "This link is yours: it serves until {limite}. A question? Call "
                "{telephone}."
            ),
            "sms": self.env._(
                "The town hall invites you to an appointment. Choose the date until "
                "{limite}: {lien}"
            ),
        }

    @api.model
    def _words_retrait(self):
        return {
            "subject": self.env._("Your document has arrived at the town hall"),
            "body": self.env._(
                "Hello,\n"
                "Your document has arrived at the town hall, {lieu}.\n"
                "Choose the date on which you collect it.\n"
                "[Choose a date](lien)"
            ),
            "sms": self.env._(
                "Your document has arrived at the town hall. Choose the date to collect "
                "it: {lien}"
            ),
        }
