"""Time stamps of RFC 3161: ask an authority, check what it answers.

A time stamp proves that a text existed at a moment: a third party signs its digest with
the hour. Nothing of the text leaves, only 32 bytes. No Odoo here, and no network.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

HASHES = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
GRANTED = ("granted", "granted_with_mods")
LONGEST_CHAIN = 5


class Answer(core.Sequence):
    """``TimeStampResp`` with the token left out where the authority refuses."""

    _fields = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class TimeStampError(ValueError):
    """An answer that proves nothing.

    :ivar code: ``unreadable``, ``refused``, ``other_text``, ``replayed``, ``signature``,
        ``purpose`` (certificate not made for time stamps), ``expired`` or ``authority``
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Stamp:
    """What the authority signed.

    :ivar moment: aware, in UTC
    :ivar authority: name of the certificate that signed
    """

    moment: datetime
    authority: str


def make_request(data: bytes, nonce: int) -> bytes:
    """DER of the request: the digest of ``data``, and a number used once."""
    imprint = {
        "hash_algorithm": {"algorithm": "sha256"},
        "hashed_message": hashlib.sha256(data).digest(),
    }
    request = {"version": "v1", "message_imprint": imprint}
    return tsp.TimeStampReq(request | {"nonce": nonce, "cert_req": True}).dump()


def read_answer(answer: bytes, data: bytes, nonce=None, trusted: str = "") -> Stamp:
    """Check the answer of an authority about ``data``.

    :param answer: DER of a ``TimeStampResp``
    :param nonce: number of the request; None when it is not known any more
    :param trusted: PEM of the certificates of the authority; empty: the signature is
        checked, whose it is stays to be looked at
    :raise TimeStampError: it proves nothing about ``data``
    """
    try:
        response = Answer.load(answer, strict=True)
        if response["status"]["status"].native not in GRANTED:
            raise TimeStampError("refused")
        signed = response["time_stamp_token"]["content"]
        info = signed["encap_content_info"]["content"]
        content, details = info.contents, info.parsed
        imprint = details["message_imprint"]
        said = imprint["hash_algorithm"]["algorithm"].native, imprint.native
        same_nonce = nonce is None or details["nonce"].native == nonce
        moment = details["gen_time"].native
        certificate = _check_signature(signed, content)
        chain = [_load(choice) for choice in signed["certificates"]]
    except TimeStampError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise TimeStampError("unreadable") from error
    if (
        said[0] != "sha256"
        or said[1]["hashed_message"] != hashlib.sha256(data).digest()
    ):
        raise TimeStampError("other_text")
    if not same_nonce:
        raise TimeStampError("replayed")
    _check_certificate(certificate, moment)
    if trusted and not _is_trusted(certificate, chain, trusted):
        raise TimeStampError("authority")
    return Stamp(moment, certificate.subject.rfc4514_string())


def is_web_address(url: str) -> bool:
    """Whether ``url`` names a host of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname)


def is_pem(text: str) -> bool:
    """Whether ``text`` holds certificates that can be read."""
    try:
        return bool(x509.load_pem_x509_certificates(text.encode()))
    except ValueError:
        return False


def _load(choice):
    return x509.load_der_x509_certificate(choice.chosen.dump())


def _check_signature(signed, content):
    """The certificate whose key signed ``content``."""
    signer = signed["signer_infos"][0]
    certificate = _find_signer(signed, signer["sid"])
    digest = signer["digest_algorithm"]["algorithm"].native
    attributes = {row["type"].native: row["values"] for row in signer["signed_attrs"]}
    if attributes["message_digest"][0].native != hashlib.new(digest, content).digest():
        raise TimeStampError("signature")
    if not _names_certificate(attributes, certificate):
        raise TimeStampError("signature")
    text = signer["signed_attrs"].untag().dump(force=True)
    _verify(certificate, signer, digest, text)
    return certificate


def _names_certificate(attributes, certificate):
    """RFC 3161 wants the certificate to be named inside of what is signed (ESS)."""
    for name in ("signing_certificate_v2", "signing_certificate"):
        if name in attributes:
            first = attributes[name][0]["certs"][0]
            algorithm = "sha1"
            if name.endswith("v2"):
                algorithm = first["hash_algorithm"]["algorithm"].native
            hash_ = hashlib.new(algorithm, certificate.public_bytes(Encoding.DER))
            return first["cert_hash"].native == hash_.digest()
    return False


def _find_signer(signed, sid):
    for choice in signed["certificates"]:
        row = choice.chosen
        if sid.name == "issuer_and_serial_number":
            wanted = sid.chosen
            if (row.issuer, row.serial_number) == (
                wanted["issuer"],
                wanted["serial_number"].native,
            ):
                return _load(choice)
        elif row.key_identifier == sid.native:
            return _load(choice)
    raise TimeStampError("signature")


def _verify(certificate, signer, digest, text):
    key, hash_ = certificate.public_key(), HASHES[digest]()
    signature = signer["signature"].native
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, text, _get_padding(signer, hash_), hash_)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, text, ec.ECDSA(hash_))
        else:
            raise TimeStampError("signature")
    except InvalidSignature as error:
        raise TimeStampError("signature") from error


def _get_padding(signer, hash_):
    algorithm: cms.SignedDigestAlgorithm = signer["signature_algorithm"]
    if algorithm.signature_algo == "rsassa_pss":
        return padding.PSS(padding.MGF1(hash_), padding.PSS.AUTO)
    return padding.PKCS1v15()


def _check_certificate(certificate, moment):
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as error:
        raise TimeStampError("purpose") from error
    if x509.ExtendedKeyUsageOID.TIME_STAMPING not in usage.value:
        raise TimeStampError("purpose")
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begin <= moment <= end:
        raise TimeStampError("expired")


def _is_trusted(certificate, chain, trusted):
    """Whether a chain of the token leads to a certificate that the town trusts."""
    anchors = x509.load_pem_x509_certificates(trusted.encode())
    current = certificate
    for _step in range(LONGEST_CHAIN):
        if current in anchors or any(_issued(current, one) for one in anchors):
            return True
        current = next((one for one in chain if _issued(current, one)), None)
        if current is None:
            return False
    return False


def _issued(certificate, issuer):
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
