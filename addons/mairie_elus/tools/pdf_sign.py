"""Sign a PDF with the certificate of the town: PAdES, by pyHanko. No Odoo here."""

import io
from dataclasses import dataclass
from datetime import date

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore


class CertificateError(ValueError):
    """A PKCS#12 file that cannot be opened, or that holds no key: ``code`` says which.

    :ivar code: ``password`` (or a damaged file) or ``key``
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Holder:
    """Who signs, and the last day on which the certificate is valid."""

    name: str
    until: date


def read_holder(content: bytes, password: str) -> Holder:
    """Return who holds a PKCS#12 certificate.

    :raise CertificateError: it cannot sign
    """
    _key, certificate, _others = _open(content, password)
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = names[0].value if names else certificate.subject.rfc4514_string()
    return Holder(str(name), certificate.not_valid_after_utc.date())


def sign(
    content: bytes, certificate: bytes, password: str, *, reason: str, location: str
) -> bytes:
    """Return the PDF with a signature in it (PAdES baseline B-B), nothing else changed.

    :param certificate: PKCS#12, opened by ``password``
    :raise CertificateError: it cannot sign
    """
    key, own, others = _open(certificate, password)
    signer = signers.SimpleSigner(
        signing_cert=_to_asn1(own),
        signing_key=keys.PrivateKeyInfo.load(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=SimpleCertificateStore.from_certs(map(_to_asn1, others)),
    )
    meta = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    return signers.sign_pdf(writer, meta, signer=signer).getvalue()


def _open(content, password):
    """Return the key, its certificate, and the certificates above it."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(
            content, password.encode() or None
        )
    except ValueError as error:
        raise CertificateError("password") from error
    if not key or not certificate:
        raise CertificateError("key")
    return key, certificate, others


def _to_asn1(certificate):
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
