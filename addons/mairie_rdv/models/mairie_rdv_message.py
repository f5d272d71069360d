from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.messages import MessageError, check_message, fill, to_html
from ..lib.sms import LIMIT, cut, sms_length, to_gsm

EVENTS = [
    ("confirmed", "Confirmation"),
    ("reminder", "Reminder"),
    ("moved", "Change of date"),
    ("cancelled", "Cancellation by the citizen"),
    ("cancelled_mairie", "Cancellation by the town hall"),
    ("closed", "Closing: three dates to choose from"),
    ("missed", "Missed appointment"),
    ("waiting_offer", "Waiting list: a place is free"),
    ("retrait", "Title arrived: invitation to collect it"),
    ("invitation", "Invitation by link"),
    ("link", "Link sent again"),
]
#: what a message may hold; nothing that says who comes, or what for
VARIABLES = (
    "date", "jour", "heure", "lieu", "adresse", "code", "ville", "telephone", "lien",
    "limite",
)  # fmt: skip
BODY_VARIABLES = (*VARIABLES, "dates", "pieces", "raison")
SUBJECT_VARIABLES = ("date", "jour", "heure", "lieu", "ville")
LINKS = ("lien", "annuler", "changer", "rdv")


class MairieRdvMessage(models.Model):
    """The words of one kind of message, as a town hall wants them in one language.

    Without such a record the words are the ordinary ones: ``_get_default_words``.
    """

    _name = "mairie.rdv.message"
    _description = "Message to Citizens"
    _order = "sequence, id"
    _rec_name = "event"

    company_id = fields.Many2one(
        "res.company",
        "Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    event = fields.Selection(EVENTS, required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        readonly=True,
        default=lambda self: self.env.lang,
    )
    is_active = fields.Boolean("Sent", default=True)
    subject = fields.Char("Subject of the E-mail", required=True)
    body = fields.Text("Text of the E-mail", required=True)
    sms = fields.Text("Text of the SMS", required=True)
    is_changed = fields.Boolean(compute="_compute_is_changed")
    sms_left = fields.Char("Length of the SMS", compute="_compute_preview")
    sms_is_long = fields.Boolean(compute="_compute_preview")
    preview_subject = fields.Char("Subject", compute="_compute_preview")
    preview_body = fields.Html("Preview", compute="_compute_preview", sanitize=False)
    preview_sms = fields.Char("SMS Preview", compute="_compute_preview")

    _event_uniq = models.Constraint(
        "UNIQUE(company_id, event, lang)", "This message has its words already."
    )

    @api.depends("event")
    def _compute_display_name(self):
        labels = dict(self._fields["event"]._description_selection(self.env))
        for message in self:
            message.display_name = labels.get(message.event, "")

    @api.depends("subject", "body", "sms")
    def _compute_is_changed(self):
        for message in self:
            words = message._get_default_words(message.event, message.lang)
            message.is_changed = any(message[name] != words[name] for name in words)

    @api.depends("subject", "body", "sms")
    def _compute_preview(self):
        for message in self:
            values, links = message._get_sample()
            message.preview_subject = fill(message.subject or "", values)
            message.preview_body = to_html(message.body or "", values, links)
            text = to_gsm(fill(message.sms or "", values))
            length = sms_length(text)
            message.sms_is_long = length > LIMIT
            message.preview_sms = cut(text)
            message.sms_left = message.env._(
                "%(length)s characters of %(limit)s", length=length, limit=LIMIT
            )

    @api.constrains("subject", "body", "sms")
    def _check_words(self):
        for message in self:
            message._check_marks(message.subject, SUBJECT_VARIABLES)
            message._check_marks(message.body, BODY_VARIABLES, LINKS)
            message._check_marks(message.sms, VARIABLES)

    def _check_marks(self, text, variables, links=()):
        try:
            check_message(text or "", variables, links)
        except MessageError as error:
            raise ValidationError(
                self.env._(
                    "« %(name)s » cannot stand there. You may use: %(known)s.",
                    name=error.name,
                    known=", ".join(f"{{{name}}}" for name in variables),
                )
            ) from error

    def _get_sample(self):
        """Return values and links as long as they ever get, for the preview."""
        values = {
            "date": "jeudi 17 décembre à 9 h 20",
            "jour": "jeudi 17 décembre",
            "heure": "9 h 20",
            "lieu": "Mairie annexe du Centre",
            "adresse": "2 place du Marché, 49170 Saint-Aubin-sur-Loire",
            "code": "K7M 2QX",
            "ville": self.company_id.name or "",
            "telephone": self.company_id.phone or "",
            "limite": "10 h 50",
            "lien": "https://rdv.saint-aubin.fr/rdv/m/Zx81Pq0aV7s_kLm3NbTr2w",
            "dates": "- vendredi 18 décembre à 9 h\n- vendredi 18 décembre à 14 h\n"
            "- lundi 21 décembre à 10 h 40",
            "pieces": "- une photo de moins de 6 mois\n- un justificatif de domicile",
            "raison": "Un imprévu nous oblige à fermer.",
        }
        return values, dict.fromkeys(LINKS, "#")

    @api.model
    def action_open_messages(self):
        """List the messages in the language of the user, ready to be edited."""
        self.check_access("write")
        company = self.env.company
        mine = fields.Domain("company_id", "=", company.id)
        mine &= fields.Domain("lang", "=", self.env.lang)
        known = set(self.search(mine).mapped("event"))
        self.create(
            [
                {
                    "company_id": company.id,
                    "event": event,
                    "sequence": index,
                    "lang": self.env.lang,
                    **self._get_default_words(event, self.env.lang),
                }
                for index, (event, _label) in enumerate(EVENTS)
                if event not in known
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_rdv.mairie_rdv_message_action"
        )
        return {**action, "domain": list(mine)}

    def action_reset(self):
        """Go back to the ordinary words."""
        for message in self:
            message.write(message._get_default_words(message.event, message.lang))

    @api.model
    def _get_words(self, company, event, lang):
        """Return the words of a message and whether it is sent at all.

        :return: dict with subject, body, sms, is_active
        """
        found = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("event", "=", event),
                ("lang", "=", lang or self.env.lang),
            ],
            limit=1,
        )
        if not found:
            return {**self._get_default_words(event, lang), "is_active": True}
        return {name: found[name] for name in ("subject", "body", "sms", "is_active")}
