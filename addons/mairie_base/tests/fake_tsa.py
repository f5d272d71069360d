"""A time stamp authority for tests: its own certificate, answers over HTTP."""

import hashlib
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


class Authority:
    """Signs whatever it is asked, at ``moment``; each flaw is an attribute to change."""

    def __init__(self, purpose=ExtendedKeyUsageOID.TIME_STAMPING):
        self.moment = datetime.now(UTC).replace(microsecond=0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._make_certificate(purpose)
        self.refuses = False

    def _make_certificate(self, purpose):
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Horloge d'essai")])
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(7)
            .not_valid_before(self.moment - timedelta(days=1))
            .not_valid_after(self.moment + timedelta(days=1))
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        )
        return builder.sign(self.key, hashes.SHA256())

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def answer(self, request):
        asked = tsp.TimeStampReq.load(request)
        if self.refuses:
            return bytes.fromhex("30053003020102")  # status 2: rejection
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4",
                "message_imprint": asked["message_imprint"],
                "serial_number": 1,
                "gen_time": self.moment,
                "nonce": asked["nonce"].native,
            }
        )
        token = cms.ContentInfo(
            {"content_type": "signed_data", "content": self._sign(info)}
        )
        return tsp.TimeStampResp(
            {"status": {"status": "granted"}, "time_stamp_token": token}
        ).dump()

    def _sign(self, info):
        content = info.dump()
        digest = hashlib.sha256(content).digest()
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        certificate = asn1_x509.Certificate.load(der)
        named = {"certs": [{"cert_hash": hashlib.sha256(der).digest()}]}
        values = {
            "content_type": "tst_info",
            "message_digest": digest,
            "signing_certificate_v2": tsp.SigningCertificateV2(named),
        }
        attributes = cms.CMSAttributes(
            [{"type": name, "values": [value]} for name, value in values.items()]
        )
        signer = {
            "version": "v1",
            "sid": cms.IssuerAndSerialNumber(
                {"issuer": certificate.issuer, "serial_number": 7}
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
        signer["sid"] = cms.SignerIdentifier("issuer_and_serial_number", signer["sid"])
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(content),
                },
                "certificates": [cms.CertificateChoices("certificate", certificate)],
                "signer_infos": [signer],
            }
        )

    @contextmanager
    def serve(self):
        """The address of the authority, on this machine, while the block lasts."""
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(authority.answer(body))

            def log_message(self, *args):
                """Silent."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
