"""The register of proofs as a signed PDF: checked by the validator of the library."""

import base64
import io
from datetime import UTC, datetime, timedelta

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from .common import IN_TIME, ElusCase

PASSWORD = "essai"


def make_certificate(days=30):
    """Return (PKCS#12, certificate) of a town that does not exist."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Commune d'essai")])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement"),
            *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(11)
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage),
            critical=True,
        )
    )
    certificate = builder.sign(key, hashes.SHA256())
    content = pkcs12.serialize_key_and_certificates(
        b"seal", key, certificate, None, BestAvailableEncryption(PASSWORD.encode())
    )
    return content, certificate


@tagged("post_install", "-at_install")
class TestSignedProof(ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.content, cls.certificate = make_certificate()
        accounts = cls.env["mairie.tele.compte"]
        cls.account = accounts._get_account(cls.commune) or accounts.create(
            {"company_id": cls.commune.id}
        )
        cls.manager = cls._new_user("gestion.essai", "mairie_elus.group_manager")
        cls.seance = cls._new_seance()
        with freeze_time(IN_TIME):
            cls.seance._convene()

    def _set(self, content, password=PASSWORD):
        self.account.with_user(self.manager).write(
            {
                "new_signing_file": base64.b64encode(content),
                "new_signing_password": password,
            }
        )

    def _read(self):
        return self.seance.with_user(self.secretary)._read_proof()[1]

    def _validate(self, content):
        der = self.certificate.public_bytes(Encoding.DER)
        trust = ValidationContext(trust_roots=[asn1_x509.Certificate.load(der)])
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        (signature,) = reader.embedded_signatures
        self.assertEqual(signature.sig_object["/SubFilter"], "/ETSI.CAdES.detached")
        return validate_pdf_signature(signature, trust)

    def test_the_register_is_signed_and_holds(self):
        self._set(self.content)
        self.assertEqual(self.account.signing_holder, "Commune d'essai")
        status = self._validate(self._read())
        self.assertTrue(status.bottom_line, status.pretty_print_details())

    def test_a_byte_that_changes_breaks_it(self):
        self._set(self.content)
        content = bytearray(self._read())
        content[200] ^= 1
        self.assertFalse(self._validate(bytes(content)).intact)

    def test_without_a_certificate_the_register_is_as_before(self):
        reader = PdfFileReader(io.BytesIO(self._read()), strict=False)
        self.assertFalse(reader.embedded_signatures)

    def test_a_file_that_cannot_sign_is_refused(self):
        for content, password in ((b"rien", PASSWORD), (self.content, "autre")):
            with self.assertRaisesRegex(ValidationError, "does not open"):
                self._set(content, password)

    def test_an_expired_certificate_is_told_and_forgotten(self):
        self._set(make_certificate(days=-1)[0])
        with self.assertRaisesRegex(UserError, "expired"):
            self._read()
        self.account.with_user(self.manager).action_forget_signing()
        self.assertTrue(self._read())

    def test_nobody_reads_the_key(self):
        self._set(self.content)
        with self.assertRaises(AccessError):
            self.account.with_user(self.manager).read(["signing_file"])
        with self.assertRaises(AccessError):
            self.account.with_user(self.manager).signing_password = "x"
        with self.assertRaises(AccessError):
            self.account.with_user(self.secretary).read(["signing_holder"])
        shown = self.account.with_user(self.manager).read(["new_signing_file"])
        self.assertFalse(shown[0]["new_signing_file"])
