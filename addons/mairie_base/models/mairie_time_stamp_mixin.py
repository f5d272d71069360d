import base64
import logging
import secrets

import requests
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.time_stamp import (
    TimeStampError,
    is_pem,
    is_web_address,
    make_request,
    read_answer,
)

_logger = logging.getLogger(__name__)
TIMEOUT, LARGEST = 15, 65536


class MairieTimeStampMixin(models.AbstractModel):
    """A text that waits for the time stamp of an authority (RFC 3161).

    A row waits here until the authority answers: what is stamped never does. Only the
    digest of the text leaves. A model that inherits it gives ``_get_tsa``.
    """

    _name = "mairie.time.stamp.mixin"
    _description = "Time Stamp"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Time stamped")],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    text = fields.Char(
        "Text stamped", required=True, readonly=True, export_string_translation=False
    )
    moment = fields.Datetime("Time of the authority", readonly=True)
    authority = fields.Char(readonly=True)
    answer = fields.Binary(attachment=False, readonly=True)
    attempts = fields.Integer(readonly=True)
    error = fields.Char("Last failure", readonly=True)

    def _get_tsa(self):
        """Return where the authority is asked: (address, PEM of its certificates).

        An empty PEM checks the signature, not who signs.
        """
        raise NotImplementedError

    def _get_text(self):
        """Hook: the text to stamp, where it is known only once the authority is asked."""
        return self.text

    @api.model
    def _check_tsa(self, url, pem):
        """Refuse settings that cannot work, with what to write.

        Many authorities answer without TLS, and lose nothing by it: what leaves is a
        digest, what comes back is signed and checked.
        """
        if url and not is_web_address(url):
            raise ValidationError(
                self.env._(
                    "The address of the authority begins with https:// or http://."
                )
            )
        if pem and not is_pem(pem):
            raise ValidationError(
                self.env._("The certificates of the authority cannot be read (PEM).")
            )

    @api.model
    def _cron_send(self):
        """Ask for what waits; each row by itself."""
        for row in self.search([("state", "=", "waiting")], order="id", limit=20):
            row._send()

    def _send(self):
        """Ask the authority; what fails stays waiting, with the reason."""
        self.ensure_one()
        url, pem = self._get_tsa()
        text, nonce = self._get_text(), secrets.randbits(63)
        data = text.encode()
        try:
            answer = self._post(url or "", make_request(data, nonce))
            stamp = read_answer(answer, data, nonce, pem or "")
        except (requests.RequestException, TimeStampError, ValueError) as error:
            _logger.info("%s %s: %s", self._name, self.id, error)
            self.write(
                {"attempts": self.attempts + 1, "error": self._get_failure(error)}
            )
            return
        self.write(self._prepare_done_vals(text, stamp, answer))

    def _prepare_done_vals(self, text, stamp, answer):
        """Return what a row keeps of the answer of the authority."""
        return {
            "state": "done",
            "text": text,
            "moment": stamp.moment.replace(tzinfo=None),
            "authority": stamp.authority,
            "answer": base64.b64encode(answer),
            "attempts": self.attempts + 1,
            "error": False,
        }

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
            "authority": self.env._("Signed by somebody else than the authority set."),
            "expired": self.env._("The certificate of the authority is not valid."),
        }
        return sentences.get(
            error.code, self.env._("The answer proves nothing (%s).", error.code)
        )

    def _get_stamp_name(self):
        """Hook: name of the files of one stamp, without ending."""
        return f"horodatage-{self.id}"

    def _get_stamp_files(self):
        """Return name -> bytes of the stamps that were given: the text, the answer.

        ``openssl ts -verify -data NAME.txt -in NAME.tsr -CAfile authority.pem`` checks.
        """
        files = {}
        for row in self.filtered(lambda row: row.state == "done"):
            name = row._get_stamp_name()
            answer = row.with_context(bin_size=False).answer
            files[f"{name}.txt"] = row.text.encode()
            files[f"{name}.tsr"] = base64.b64decode(answer)
        return files
