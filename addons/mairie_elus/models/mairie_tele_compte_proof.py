import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.pdf_sign import CertificateError, read_holder, sign


class MairieTeleCompte(models.Model):
    """What proves the proofs: the certificate by which the town signs, who gives the hour."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.tele.compte"

    signing_file = fields.Char(groups=fields.NO_ACCESS, export_string_translation=False)
    signing_password = fields.Char(
        groups=fields.NO_ACCESS, export_string_translation=False
    )
    new_signing_file = fields.Binary(
        "Certificate that signs (PKCS#12)",
        compute="_compute_new_signing",
        inverse="_inverse_new_signing",
        help="A .p12 or .pfx file: the electronic seal of the town. The register of "
        "proofs is then a signed PDF (PAdES). Once saved it is not shown any more.",
    )
    new_signing_password = fields.Char(
        "Its password", compute="_compute_new_signing", inverse="_inverse_new_signing"
    )
    signing_holder = fields.Char("Signs as", readonly=True)
    signing_until = fields.Date("Certificate valid until", readonly=True)
    tsa_url = fields.Char(
        "Time stamp authority",
        help="Address of an authority of RFC 3161. It signs, with the hour, the seal of "
        "each sending of notices and of the journal. Empty: no time stamp.",
    )
    tsa_certificate = fields.Text(
        "Certificates of the authority",
        help="PEM text. Empty: the signature is checked, not who signs.",
    )

    @api.depends("signing_file")
    def _compute_new_signing(self):
        self.new_signing_file = False
        self.new_signing_password = False

    @api.constrains("tsa_url", "tsa_certificate")
    def _check_time_stamp_authority(self):
        stamps = self.env["mairie.elus.horodatage"]
        for compte in self:
            stamps._check_tsa(compte.tsa_url, compte.tsa_certificate)

    def _inverse_new_signing(self):
        for compte in self.filtered("new_signing_file"):
            content = base64.b64decode(compte.new_signing_file)
            password = compte.new_signing_password or ""
            try:
                holder = read_holder(content, password)
            except CertificateError as error:
                raise ValidationError(compte._get_signing_failure(error)) from error
            compte.sudo().write(
                {
                    "signing_file": base64.b64encode(content).decode(),
                    "signing_password": password,
                    "signing_holder": holder.name,
                    "signing_until": holder.until,
                }
            )

    def action_forget_signing(self):
        """Sign no more: the certificate leaves the database."""
        self.check_access("write")
        self.sudo().write(
            {
                "signing_file": False,
                "signing_password": False,
                "signing_holder": False,
                "signing_until": False,
            }
        )

    def _get_signing_failure(self, error):
        if error.code == "key":
            return self.env._("This file holds no private key: it cannot sign.")
        return self.env._("This file does not open: not PKCS#12, or another password.")

    def _sign_pdf(self, content, reason):
        """Return a PDF signed by the town, as it is where no certificate is set.

        :raise UserError: the certificate has expired
        """
        compte = self.sudo()
        if not compte.signing_file:
            return content
        if compte.signing_until < fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The certificate of %(holder)s expired on %(day)s: give another "
                    "one in Configuration, Sending to the préfecture.",
                    holder=compte.signing_holder,
                    day=f"{compte.signing_until:%d/%m/%Y}",
                )
            )
        return sign(
            content,
            base64.b64decode(compte.signing_file),
            compte.signing_password or "",
            reason=reason,
            location=compte.company_id.city or compte.company_id.name,
        )
