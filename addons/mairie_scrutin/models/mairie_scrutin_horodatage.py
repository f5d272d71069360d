import base64
import logging
import secrets

import requests
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.time_stamp import TimeStampError, is_pem, make_request, read_answer

_logger = logging.getLogger(__name__)
TIMEOUT, LARGEST = 15, 65536


class MairieScrutinHorodatage(models.Model):
    """A time stamp of the journal, asked from an authority (RFC 3161).

    A row waits here until the authority answers: the proclamation never does. Only the
    digest of the fingerprint leaves, no figure.
    """

    _name = "mairie.scrutin.horodatage"
    _description = "Time Stamp of the Journal"
    _order = "id desc"
    _rec_name = "tour_id"

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="tour_id.company_id", store=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Time stamped")],
        default="waiting",
        required=True,
        index=True,
    )
    count = fields.Integer("Lines")
    text = fields.Char("Text Stamped", export_string_translation=False)
    moment = fields.Datetime("Time of the Authority")
    authority = fields.Char()
    answer = fields.Binary(attachment=False)
    attempts = fields.Integer()
    error = fields.Char("Last Failure")

    def _cron_send(self):
        """Every five minutes: ask for what waits; each row by itself."""
        for row in self.search([("state", "=", "waiting")], order="id", limit=20):
            row._send()

    def _send(self):
        """Ask the authority; what fails stays waiting, with the reason."""
        self.ensure_one()
        scrutin = self.tour_id.scrutin_id
        mark = self.tour_id._get_fingerprint()
        text = f"{mark['count']}\n{mark['grouped']}\n"
        nonce = secrets.randbits(63)
        try:
            answer = self._post(
                scrutin.tsa_url or "", make_request(text.encode(), nonce)
            )
            stamp = read_answer(
                answer, text.encode(), nonce, scrutin.tsa_certificate or ""
            )
        except (requests.RequestException, TimeStampError, ValueError) as error:
            _logger.info("Time stamp of round %s: %s", self.tour_id.id, error)
            self.write(
                {"attempts": self.attempts + 1, "error": self._get_failure(error)}
            )
            return
        self.write(
            {
                "state": "done",
                "count": mark["count"],
                "text": text,
                "moment": stamp.moment.replace(tzinfo=None),
                "authority": stamp.authority,
                "answer": base64.b64encode(answer),
                "attempts": self.attempts + 1,
                "error": False,
            }
        )
        self.tour_id._log("time_stamp", f"{stamp.moment:%Y-%m-%d %H:%M:%S} UTC")

    def _post(self, url, body):
        """Bytes of the answer. Hook: a proxy, an authority that wants a password."""
        response = requests.post(
            url,
            data=body,
            headers={"Content-Type": "application/timestamp-query"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        response.raise_for_status()
        return response.content[:LARGEST]

    def _get_failure(self, error):
        """Why it failed, for people."""
        if not isinstance(error, TimeStampError):
            return self.env._("The authority did not answer.")
        sentences = {
            "refused": self.env._("The authority refused."),
            "authority": self.env._(
                "Signed by somebody else than the authority of the election."
            ),
            "expired": self.env._("The certificate of the authority is not valid."),
        }
        return sentences.get(
            error.code, self.env._("The answer proves nothing (%s).", error.code)
        )


# One file for the time stamps, whichever model asks for them.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutin(models.Model):
    _inherit = "mairie.scrutin"

    tsa_url = fields.Char(
        "Time Stamp Authority",
        groups="mairie_scrutin.group_admin",
        help="Address of an authority of RFC 3161. At the proclamation it signs the "
        "fingerprint of the journal with the hour. Empty: no time stamp.",
    )
    tsa_certificate = fields.Text(
        "Certificates of the Authority",
        groups="mairie_scrutin.group_admin",
        help="PEM text. Empty: the signature is checked, not who signs.",
    )

    @api.constrains("tsa_url", "tsa_certificate")
    def _check_time_stamp_authority(self):
        for scrutin in self.sudo():
            url, pem = scrutin.tsa_url, scrutin.tsa_certificate
            if url and not url.startswith(("https://", "http://")):
                raise ValidationError(
                    self.env._("The address of the authority begins with https://.")
                )
            if pem and not is_pem(pem):
                raise ValidationError(
                    self.env._(
                        "The certificates of the authority cannot be read (PEM)."
                    )
                )


class MairieScrutinTour(models.Model):
    _inherit = "mairie.scrutin.tour"

    horodatage_ids = fields.One2many(
        "mairie.scrutin.horodatage",
        "tour_id",
        "Time Stamps",
        groups="mairie_scrutin.group_superviseur",
    )

    def action_proclaim(self):
        result = super().action_proclaim()
        self.sudo()._ask_time_stamp()
        return result

    def _ask_time_stamp(self):
        """Queue a time stamp; the cron asks for it once all of this is committed."""
        for tour in self.filtered("scrutin_id.tsa_url"):
            if tour.is_rehearsal:
                continue
            self.env["mairie.scrutin.horodatage"].create({"tour_id": tour.id})
            self.env.ref("mairie_scrutin.cron_time_stamp")._trigger()

    def _get_time_stamp_files(self):
        """Files of the proof, name -> text or bytes: what was stamped, the answer."""
        files = {}
        for row in self.horodatage_ids.filtered(lambda row: row.state == "done"):
            name = f"horodatage-{row.count}"
            files[f"{name}.txt"] = row.text
            files[f"{name}.tsr"] = base64.b64decode(row.answer)
        return files
