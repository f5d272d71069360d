"""How a town is tied to the préfecture: the relay S²LOW, or a trial without it."""

import base64
import contextlib
import logging
import os
import tempfile

import requests
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import acts, ctes

_logger = logging.getLogger(__name__)

CREATE = "/modules/actes/actes_transac_create.php"
STATUS = "/modules/actes/actes_transac_get_status.php"
CLASSIFICATION = "/modules/actes/actes_classification_fetch.php"
SLIP = "/modules/actes/actes_create_pdf.php"
TEST = "/api/test-connexion.php"
TIMEOUT = (5, 60)


class RelayError(Exception):
    """The relay did not answer, or nothing that can be read: try again later."""


class RelayRefusal(Exception):
    """The relay says no, in its own words: trying again changes nothing."""


class MairieTeleCompte(models.Model):
    """The account of a commune at S²LOW, and what its préfecture takes."""

    _name = "mairie.tele.compte"
    _description = "Connection to the Préfecture"
    _inherit = ["mairie.connection.mixin"]

    mode = fields.Selection(
        [
            ("off", "Not connected"),
            ("trial", "Trial, nothing leaves"),
            ("s2low", "S²LOW"),
        ],
        "Sending",
        required=True,
        default="off",
        help="Sending is compulsory above 50,000 inhabitants; else by agreement with "
        "the préfet.",
    )
    address = fields.Char(help="Such as https://www.s2low.org, given by the relay.")
    certificate = fields.Char(groups=fields.NO_ACCESS, export_string_translation=False)
    new_certificate = fields.Binary(
        "Client certificate (PEM)",
        compute="_compute_new_certificate",
        inverse="_inverse_new_certificate",
        help="Certificate and private key in one PEM file (RGS**). Once saved it is not "
        "shown any more.",
    )
    has_certificate = fields.Boolean(compute="_compute_has_certificate")
    classification_date = fields.Date("List of the préfecture of", readonly=True)
    classification = fields.Json(readonly=True)

    def _get_connection_name(self):
        return self.env._("Sending to the préfecture")

    @api.depends("certificate")
    def _compute_new_certificate(self):
        self.new_certificate = False

    def _inverse_new_certificate(self):
        for compte in self.filtered("new_certificate"):
            content = base64.b64decode(compte.new_certificate)
            if b"-----BEGIN" not in content or b"PRIVATE KEY-----" not in content:
                raise ValidationError(
                    self.env._(
                        "This file is not a certificate with its private key, in PEM."
                    )
                )
            compte.sudo().certificate = content.decode("ascii", "ignore")

    @api.depends("certificate")
    def _compute_has_certificate(self):
        for compte in self:
            compte.has_certificate = bool(compte.sudo().certificate)

    @api.depends("mode", "address", "certificate", "last_success")
    def _compute_verdict(self):
        return super()._compute_verdict()

    @api.constrains("mode", "address")
    def _check_address(self):
        for compte in self.filtered(lambda row: row.mode == "s2low"):
            if not compte._is_safe_address(compte.address):
                raise ValidationError(
                    self.env._("The address of the relay begins with https://.")
                )

    def _get_verdict(self):
        """Return the state of the connection in one sentence."""
        self.ensure_one()
        if self.mode == "off" and self._must_send_online():
            return self.env._(
                "Not connected, and it is compulsory: above 50,000 inhabitants acts go "
                "to the préfecture online only (CGCT, L2131-1)."
            )
        if self.mode == "off":
            return self.env._("Not connected: acts go to the préfecture on paper.")
        if self.mode == "trial":
            return self.env._("Trial: messages are made and checked, nothing leaves.")
        if not self.has_certificate:
            return self.env._("The client certificate is missing.")
        if not self.last_success:
            return self.env._("No exchange yet. Press « Test ».")
        day = self.company_id._mairie_localize(self.last_success)
        return self.env._("Last successful exchange: %s.", f"{day:%d/%m/%Y %H:%M}")

    def _must_send_online(self):
        today = self.company_id._mairie_local_date(fields.Datetime.now())
        return acts.must_send_online(self.company_id._get_mairie_population(today))

    # -- what the préfecture takes ----------------------------------------------------

    def action_fetch_classification(self):
        """Ask the relay for the préfecture's list, and keep it."""
        self.ensure_one()
        self.check_access("write")
        try:
            body = self._call("GET", CLASSIFICATION, params={"api": 1})
            self._take_classification(body)
        except (RelayError, RelayRefusal, ValueError) as error:
            return self._tell(self.env._("No list: %s", error), False)
        return self._tell(
            self.env._("List of %s received.", f"{self.classification_date:%d/%m/%Y}")
        )

    def _take_classification(self, xml):
        """Keep the list of a préfecture: its day, matters, kinds of pieces.

        :raise ValueError: the XML is not such a list
        """
        found = ctes.read_classification(xml)
        matieres = self.env["mairie.matiere"].sudo()
        every = matieres.with_context(active_test=False)
        known = set(every.search([("code", "!=", False)]).mapped("code"))
        for code, name in found.matters.items():
            if "." in code and code not in known:
                theme = found.matters.get(code.split(".")[0], code)
                matieres.create({"code": code, "name": name, "theme": theme})
        self.sudo().write(
            {
                "classification_date": found.day,
                "classification": {str(key): row for key, row in found.kinds.items()},
            }
        )

    def _get_kinds(self, nature):
        """Return the kinds of pieces for a nature of act: code -> words."""
        number, _letters = ctes.NATURES[nature]
        return (self.classification or {}).get(str(number), {})

    # -- calls -----------------------------------------------------------------------

    def action_test(self):
        """Call the relay with our certificate: its answer proves the connection."""
        self.ensure_one()
        self.check_access("write")
        if self.mode != "s2low":
            return self._tell(self._get_verdict(), self.mode == "trial")
        try:
            self._call("GET", TEST)
        except (RelayError, RelayRefusal) as error:
            return self._tell(
                self.env._(
                    "No answer from the relay (%s). Acts wait here and leave later.",
                    error,
                ),
                False,
            )
        return self._tell(self.env._("The relay answers."))

    def _post_act(self, fields_, files):
        """Send an act. :return: number of its transaction at the relay"""
        body = self._call("POST", CREATE, data=fields_, files=files)
        accepted, lines = ctes.read_answer(body)
        if not accepted or not lines:
            raise RelayRefusal(" ".join(lines) or self.env._("no reason given"))
        return lines[0].strip()

    def _ask_status(self, transaction=None, identifier=None):
        """Return the status of a transaction and the lines that come with it.

        :param identifier: that of the act, when the number of its transaction is unknown
        :return: (status, text), None when the relay does not know it
        """
        known = (
            {"transaction": transaction} if transaction else {"unique_id": identifier}
        )
        body = self._call("GET", STATUS, params={"api": 1, **known})
        accepted, lines = ctes.read_answer(body)
        if not accepted or not lines:
            return None
        try:
            return int(lines[0]), "\n".join(lines[1:])
        except ValueError as error:
            raise RelayError(str(error)) from error

    def _fetch_slip(self, transaction):
        """Return the slip of acquittal of a transaction: a PDF in bytes."""
        return self._call("GET", SLIP, params={"trans_id": transaction})

    def _call(self, method, path, **options):
        """Call the relay. :raise RelayError: no answer that can be read"""
        self.ensure_one()
        account = self.sudo()
        if account.mode != "s2low" or not account.certificate:
            raise RelayError(self._get_verdict())
        with self._open_certificate(account.certificate) as certificate:
            try:
                response = self._send_request(
                    method, account.address.rstrip("/") + path, certificate, **options
                )
            except requests.RequestException as error:
                raise RelayError(type(error).__name__) from error
        if response.status_code != 200:
            raise RelayError(f"HTTP {response.status_code}")
        account.last_success = fields.Datetime.now()
        return response.content

    def _send_request(self, method, url, certificate, **options):
        """The one place where bytes leave."""
        return requests.request(
            method,
            url,
            cert=certificate,
            timeout=TIMEOUT,
            allow_redirects=False,
            **options,
        )

    @contextlib.contextmanager
    def _open_certificate(self, pem):
        """Give the path of the certificate while a call lasts: readable by us alone."""
        handle, path = tempfile.mkstemp(suffix=".pem")
        try:
            with os.fdopen(handle, "w") as file:
                file.write(pem)
            yield path
        finally:
            os.unlink(path)
