import base64
import hashlib
from datetime import timedelta

import qrcode
from odoo import fields, models
from qrcode.image.svg import SvgPathImage

from ..lib import calendar_file
from ..lib.french import day_in_words, hour_in_words, size_in_words


class MairieConvocation(models.Model):
    """What leaves the town hall: the e-mails, the member's pages, the calendar file."""

    _inherit = "mairie.convocation"

    def _queue_mails(self, template):
        """Put one e-mail per member in the queue; nothing is sent here.

        Members who asked for paper get none.
        :param template: xmlid of the QWeb template of the body
        """
        by_email = self.filtered(lambda item: item.channel == "email")
        shared = {
            seance: seance._prepare_mail_template_vals()
            for seance in by_email.seance_id
        }
        mails = (
            self.env["mail.mail"]
            .sudo()
            .create(
                [
                    item._prepare_mail_vals(template, shared[item.seance_id])
                    for item in by_email
                ]
            )
        )
        if mails:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return mails

    def _prepare_mail_vals(self, template, shared):
        """Return one outgoing e-mail. Hook: another sender, other headers.

        :param shared: what all e-mails of the meeting say alike
        """
        self.ensure_one()
        company = self.company_id
        values = {**shared, "convocation": self, "url": self._get_link()}
        return {
            "subject": shared["subjects"][template],
            "body_html": self.env["ir.qweb"]._render(
                template, values, minimal_qcontext=True
            ),
            "email_to": self.email,
            "email_from": company.email_formatted or company.partner_id.email_formatted,
            "reply_to": company.email or False,
            "author_id": company.partner_id.id,
            "model": False,
            "auto_delete": True,
            "mairie_convocation_id": self.id,
        }

    def _record_delivery(self, success, reason=False):
        """The mail server answered: keep it on the notice and in the proof."""
        self.ensure_one()
        convocation = self.sudo()
        convocation.delivery_state = "sent" if success else "failed"
        convocation.delivery_error = False if success else str(reason or "")
        convocation._add_event("delivered" if success else "refused")

    def _get_path(self, token=None):
        """Return the address of the member's page, by link or by session."""
        self.ensure_one()
        if token:
            return f"/elus/convocation/{self.id}/{token}"
        return f"/elus/seances/{self.id}"

    def _is_private_open(self):
        """Tell whether the reader may see link and address: its member, who sends."""
        self.ensure_one()
        user = self.env.user
        return (
            self.env.su
            or user.has_group("mairie_elus.group_secretary")
            or self.partner_id == user.partner_id
        )

    def _get_link(self):
        """Return the personal link, for the e-mail and the letter; else nothing."""
        self.ensure_one()
        if not self._is_private_open():
            return False
        return f"{self.get_base_url()}{self._get_path(self.sudo().token)}"

    def _get_link_qr(self):
        """Return the personal link as a QR code, a data: address for the letter."""
        self.ensure_one()
        link = self._get_link()
        if not link:
            return False
        image = qrcode.make(link, image_factory=SvgPathImage)
        content = base64.b64encode(image.to_string()).decode()
        return f"data:image/svg+xml;base64,{content}"

    def _get_address_lines(self):
        """Return the postal address for the letter, nothing to another reader."""
        self.ensure_one()
        address = self._is_private_open() and self.sudo().paper_address
        return (address or "").splitlines()

    def _get_salutation(self):
        """Return "Madame Le Goff": the civility and the last name."""
        self.ensure_one()
        return f"{self.civility.capitalize()} {self._get_last_name()}"

    def _get_last_name(self):
        """Return the name after the first name. Hook: towns that hold it apart."""
        first, _sep, last = (self.partner_id.name or "").partition(" ")
        return last or first

    def _prepare_page_vals(self, token=None):
        """Return all that the member's pages show: plain values, no record."""
        self.ensure_one()
        seance = self.seance_id
        start = seance._get_local_start()
        by_link = bool(token)
        return {
            "salutation": self._get_salutation(),
            "salutation_inside": f"{self.civility} {self._get_last_name()}",
            "is_woman": self.civility == "madame",
            "assembly": seance.instance_id.name,
            "when": seance._get_when(),
            "day": day_in_words(start.date(), year=False),
            "place": seance._get_place(),
            "state": seance.state,
            "call": seance.call,
            "is_video": seance.is_video,
            "video_url": seance.is_video and self._is_opened() and seance.video_url,
            "by_link": by_link,
            "path": self._get_path(token),
            "is_changing": not self._is_readable(),
            "is_opened": self._is_opened(),
            "opened": self._get_moment(self.opened_at),
            "sent": self._get_moment(self.sent_at),
            "answer": self.answer or "",
            "answered": self._get_moment(self.answered_at),
            "can_reply": seance.state == "convened",
            "points": self._prepare_page_points(by_link),
            "dossier": self._prepare_page_dossier(),
            "history": self._prepare_page_history(),
            "help_phone": self.company_id.phone or "",
        }

    def _prepare_page_points(self, by_link):
        """Return the items of the agenda, none while the meeting is being changed."""
        if not self._is_readable():
            return []
        points = self.seance_id.point_ids.sorted("rank")
        return [self._prepare_page_point(point, by_link) for point in points]

    def _prepare_page_point(self, point, by_link):
        """Return one item; a closed one opens in a session only."""
        hidden = by_link and point.is_huis_clos
        return {
            "id": point.id,
            "rank": point.rank,
            "name": point.name,
            "kind": point.kind,
            "rapporteur": point.rapporteur_id.name or "",
            "mention": point.special_mention or "",
            "is_closed": point.is_huis_clos,
            "is_hidden": hidden,
            "note": "" if hidden else point.note or "",
            "pieces": []
            if hidden
            else [self._prepare_page_piece(annexe) for annexe in point.annexe_ids],
        }

    def _prepare_page_piece(self, annexe):
        return {
            "id": annexe.id,
            "name": annexe.name,
            "pages": annexe.page_count,
            "weight": size_in_words(annexe.size),
            "original": annexe.is_converted and annexe._get_foreign_extension() or "",
            "problem": annexe.problem or "",
        }

    def _prepare_page_dossier(self):
        """Return the facts of the dossier, empty before it is built."""
        seance = self.seance_id
        if not seance.dossier_size:
            return {}
        return {
            "pages": seance.dossier_pages,
            "weight": seance._get_dossier_weight(),
            "pieces": len(seance._get_dossier_annexes()),
        }

    def _prepare_page_history(self):
        """Return the member's own answers, the newest first."""
        return [
            {"answer": event.answer, "at": self._get_moment(event.occurred_at)}
            for event in self.event_ids.filtered("answer").sorted(
                "number", reverse=True
            )
        ]

    def _get_moment(self, dt_utc):
        """Return "12/12/2026 à 18 h 04" in the commune's time, empty without date."""
        if not dt_utc:
            return ""
        local = self.company_id._mairie_localize(dt_utc)
        return f"{local:%d/%m/%Y} à {hour_in_words(local.time())}"

    def _read_piece(self, annexe_id, via, original=False):
        """Return the name and the bytes of a document, None when it is not open.

        :param original: the file as it came, where a PDF was made from it
        Before the receipt nothing is open; a closed item opens in a session only.
        """
        self.ensure_one()
        annexe = self.seance_id.annexe_ids.filtered(lambda item: item.id == annexe_id)
        if not annexe or not self._is_opened():
            return None
        if via == "link" and annexe.point_id.is_huis_clos:
            return None
        self._record_download(annexe.name, annexe.sha256, via)
        if original:
            return annexe._get_download_name(), annexe._get_content()
        return annexe._get_reading_file()

    def _read_dossier(self, via):
        """Return the name and the bytes of the dossier, None when it is not open."""
        self.ensure_one()
        seance = self.seance_id
        content = base64.b64decode(
            seance.with_context(bin_size=False).dossier_file or b""
        )
        if not content or not self._is_opened():
            return None
        sha256 = hashlib.sha256(content).hexdigest()
        self._record_download(seance.dossier_filename, sha256, via)
        return seance.dossier_filename, content

    def _read_notice(self):
        """Return the name and the bytes of the notice itself, once opened."""
        self.ensure_one()
        if not self._is_opened():
            return None
        report = "mairie_elus.report_convocation"
        return "Convocation.pdf", self.seance_id._render_document(report, self)

    def _get_my_seances(self, user):
        """Return a member's meetings, the next ones first: plain values."""
        mine = self.sudo().search([("partner_id", "=", user.partner_id.id)])
        now = fields.Datetime.now()
        rows = mine.filtered(lambda item: item._is_known()).sorted(
            lambda item: item.seance_id.date_start
        )
        return [
            {
                "path": item._get_path(),
                "assembly": item.seance_id.instance_id.name,
                "when": item.seance_id._get_when(),
                "place": item.seance_id._get_place(),
                "answer": item.answer or "",
                "is_woman": item.civility == "madame",
                "is_changing": not item._is_readable(),
                "is_live": item.seance_id.state == "open",
                "is_past": item.seance_id.state == "closed"
                or item.seance_id.date_start < now,
            }
            for item in rows
        ]

    def _prepare_calendar_file(self):
        """Return the meeting for the member's own calendar: no item, no name."""
        return calendar_file.render(self._prepare_calendar_meeting())

    def _prepare_calendar_meeting(self):
        """Return the meeting as calendars know it."""
        seance = self.seance_id
        company = self.company_id
        end = seance.date_start + timedelta(hours=seance.duration or 2)
        stamp = seance.convened_at or seance.write_date
        return calendar_file.Meeting(
            uid=f"seance-{seance.id}@{self.get_base_url().partition('://')[2]}",
            sequence=max(seance.sequence - 1, 0),
            start=seance._get_local_start(),
            end=company._mairie_localize(end),
            stamp=company._mairie_localize(stamp),
            summary=seance.instance_id.name,
            location=seance._get_place(),
            zone=company.mairie_tz or calendar_file.PARIS,
            cancelled=seance.state == "cancelled",
        )
