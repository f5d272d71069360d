import base64
import re

import qrcode
from odoo import fields, models
from odoo.exceptions import UserError
from qrcode.image.svg import SvgPathImage

ANSWERS = {"oui": "confirme", "non": "empeche"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
#: Words of the law, as convocations write them: masculine, feminine.
FRENCH_ROLES = {
    "president": ("président", "présidente"),
    "president_suppl": ("président suppléant", "présidente suppléante"),
    "assesseur": ("assesseur", "assesseure"),
    "assesseur_suppl": ("assesseur suppléant", "assesseure suppléante"),
    "secretaire": ("secrétaire", "secrétaire"),
    "delegue": ("délégué", "déléguée"),
    "scrutateur": ("scrutateur", "scrutatrice"),
    "agent": ("agent de la commune", "agente de la commune"),
}
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)


def french_day(day, year=True):
    """ "dimanche 15 mars 2026", as documents and e-mails write it."""
    number = "1er" if day.day == 1 else str(day.day)
    words = [DAYS[day.weekday()], number, MONTHS[day.month - 1]]
    return " ".join([*words, str(day.year)] if year else words)


# One file for each concern of a member: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinMembre(models.Model):
    """Convocations: one e-mail each, or a letter; the answer by a personal link."""

    _inherit = "mairie.scrutin.membre"

    def action_convene(self):
        """Queue one e-mail for each member not convened yet; letters are printed.

        Nothing is sent here: the outgoing mails of Odoo leave by their cron, once.
        """
        self._check_organiser()
        self.check_access("write")
        todo = self.filtered(lambda row: row.state == "designe")
        if not todo:
            raise UserError(self.env._("Everyone was already convened."))
        members = (
            todo.sudo()._with_stations().filtered(lambda row: row.state == "designe")
        )
        letters = members._one_per_person()
        by_mail = letters.filtered(lambda row: EMAIL.fullmatch(row.email or ""))
        self.env["mail.mail"].sudo().create(
            [row._prepare_mail_vals() for row in by_mail]
        )
        members.write({"state": "convoque", "convened_date": fields.Datetime.now()})
        if by_mail:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        for tour, rows in members.grouped("tour_id").items():
            tour._log("convocation", str(len(rows)))
        return self.env["mairie.scrutin.tour"]._notify_done(
            self.env._(
                "%(mails)s e-mails leave, %(letters)s letters are to be printed.",
                mails=len(by_mail),
                letters=len(letters) - len(by_mail),
            )
        )

    def action_print_convocation(self):
        self._check_organiser()
        report = self.env.ref("mairie_scrutin.action_report_convocation")
        return report.report_action(self._one_per_person())

    def _with_stations(self):
        """These members, with the rows of the same delegates in other stations.

        A delegate may cover several stations (R47): one letter names them all.
        """
        delegates = self.filtered(lambda row: row.role == "delegue")
        keys = {row._get_person_key() for row in delegates}
        others = self.search(
            [
                ("tour_id", "in", delegates.tour_id.ids),
                ("role", "=", "delegue"),
                ("candidature_id", "in", [False, *delegates.candidature_id.ids]),
            ]
        )
        return self | others.filtered(lambda row: row._get_person_key() in keys)

    def _get_same_delegate(self):
        """Rows of this delegate in all stations of the round, by station."""
        self.ensure_one()
        return self._with_stations().sorted("code")

    def _one_per_person(self):
        """One row for each person to write to: a delegate counts once."""
        first = {row._get_person_key(): row for row in reversed(self)}
        return self.filtered(lambda row: first[row._get_person_key()] == row)

    def _get_person_key(self):
        """What tells people to write to apart; other members than delegates are one a
        row."""
        self.ensure_one()
        if self.role != "delegue":
            return self.id
        identity, birth = self._get_identity(), self.sudo().birth_date
        return (self.tour_id.id, self.candidature_id.id, identity, birth)

    def _prepare_mail_vals(self):
        """Return one outgoing e-mail. Hook: another sender, other headers."""
        self.ensure_one()
        company = self.company_id
        words = self._prepare_convocation()
        values = {"company": company, "text": words, "url": self._get_link()}
        return {
            "subject": f"Bureau de vote {words['code']}, {words['short_day']} : votre "
            "convocation",
            "body_html": self.env["ir.qweb"]._render(
                "mairie_scrutin.mail_membre", values, minimal_qcontext=True
            ),
            "email_to": self.email,
            "email_from": company.email_formatted or company.partner_id.email_formatted,
            "reply_to": company.email or False,
            "author_id": company.partner_id.id,
            "model": False,
            "auto_delete": True,
        }

    def _get_link(self):
        """Return the personal link, to organisers only."""
        self.ensure_one()
        return f"{self.get_base_url()}/bureaux/convocation/{self.access_token}"

    def _get_salutation(self):
        self.ensure_one()
        words = {"madame": "Madame", "monsieur": "Monsieur"}
        civility = words.get(self.civility)
        return f"{civility} {self.name}" if civility else "Madame, Monsieur"

    def _get_french_role(self):
        """ "assesseure": the role in the words of the law, by the civility."""
        self.ensure_one()
        masculine, feminine = FRENCH_ROLES[self.role]
        return feminine if self.civility == "madame" else masculine

    def _prepare_convocation(self):
        """Return what the e-mail, the letter and the page say: plain values."""
        self.ensure_one()
        station = self.bureau_tour_id
        bureau, tour, say = station.bureau_id, self.tour_id, station._say_hour
        start, end = self._get_slot()
        stations = self._get_same_delegate().bureau_tour_id
        return {
            "salutation": self._get_salutation(),
            "name": self.display_name,
            "role": self._get_french_role(),
            "is_woman": self.civility == "madame",
            "code": ", ".join(stations.mapped("code")),
            "place": self._say_place(bureau),
            "stations": [
                {"code": row.code, "place": self._say_place(row.bureau_id)}
                for row in stations
            ],
            "election": tour.with_context(lang="fr_FR").name,
            "day": french_day(tour.date),
            "short_day": french_day(tour.date, year=False),
            "start": say(start),
            "end": say(end),
            "stays": end >= station._get_hours()[1] and self.role not in ("agent",),
            "list": self.candidature_id.name or "",
            "state": self.state,
            "phone": self.company_id.phone or "",
        }

    def _say_place(self, bureau):
        town = f"{bureau.zip or ''} {bureau.city or ''}"
        where = (bureau.lieu_name, bureau.street, town)
        return ", ".join(part.strip() for part in where if (part or "").strip())

    def _prepare_letter(self):
        """Return what the paper convocation says: text, address, code to answer."""
        self._check_organiser()
        image = qrcode.make(self._get_link(), image_factory=SvgPathImage)
        content = base64.b64encode(image.to_string()).decode()
        town = f"{self.zip or ''} {self.city or ''}".strip()
        civility = {"madame": "Madame", "monsieur": "Monsieur"}.get(self.civility)
        return dict(
            self._prepare_convocation(),
            full_name=" ".join(filter(None, [civility, self.display_name])),
            address=[part for part in (self.street, town) if part],
            qr=f"data:image/svg+xml;base64,{content}",
        )

    def _find_by_token(self, token):
        """Return the member of a personal link, sudoed, while the day is not over."""
        if not token or len(token) > 64:
            return self.browse()
        membre = self.sudo().search([("access_token", "=", token)], limit=1)
        today = fields.Date.context_today(membre)
        if not membre or membre.state == "designe" or membre.tour_id.date < today:
            return self.browse()
        return membre

    def _answer(self, answer):
        """Keep the answer of a personal link; the last one counts."""
        self.ensure_one()
        if answer not in ANSWERS:
            raise UserError(self.env._("Choose one of the two answers."))
        self.sudo()._get_same_delegate().write(
            {"state": ANSWERS[answer], "answered_date": fields.Datetime.now()}
        )
