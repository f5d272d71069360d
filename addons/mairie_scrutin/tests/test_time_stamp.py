"""RFC 3161: a local authority, what it signs, what is refused."""

import io
import tempfile
import zipfile
from datetime import timedelta

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.addons.mairie_base.tests.fake_tsa import Authority, ExtendedKeyUsageOID
from odoo.addons.mairie_base.tools.time_stamp import (
    TimeStampError,
    make_request,
    read_answer,
)
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..tools import verifier
from .common import ScrutinMixin

TEXT = b"12\nAB12\n"


@tagged("post_install", "-at_install")
class TestTimeStamp(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._complete()
        cls.authority = Authority()

    def _refused(self, code, authority, answer=None, **terms):
        answer = answer or authority.answer(make_request(TEXT, 5))
        terms = {"data": TEXT, "nonce": 5, "trusted": authority.pem} | terms
        with self.assertRaises(TimeStampError) as refused:
            read_answer(answer, **terms)
        self.assertEqual(refused.exception.code, code)

    def test_what_proves_nothing_is_refused(self):
        authority = Authority()
        answer = authority.answer(make_request(TEXT, 5))
        stamp = read_answer(answer, TEXT, 5, authority.pem)
        self.assertEqual(stamp.moment, authority.moment)
        self._refused("other_text", authority, data=b"13\nAB12\n")
        self._refused("replayed", authority, nonce=6)
        self._refused("authority", authority, trusted=Authority().pem)
        self._refused("unreadable", authority, answer=b"<html>503</html>")
        changed = bytearray(answer)
        changed[answer.index(f"{authority.moment:%Y%m%d}".encode()) + 3] ^= 1
        self._refused("signature", authority, answer=bytes(changed))
        self._refused("purpose", Authority(ExtendedKeyUsageOID.SERVER_AUTH))
        authority.moment -= timedelta(days=30)
        self._refused("expired", authority)
        authority.refuses = True
        self._refused("refused", authority)

    def _proclaim(self, url):
        self.scrutin.write({"tsa_url": url, "tsa_certificate": self.authority.pem})
        self.tour.action_proclaim()
        return self.tour.horodatage_ids

    def test_the_proclamation_is_stamped_once_the_authority_answers(self):
        row = self._proclaim("http://127.0.0.1:9/")
        self.env["mairie.scrutin.horodatage"]._cron_send()
        self.assertEqual((row.state, row.attempts), ("waiting", 1))
        self.assertIn("did not answer", row.error)
        self.assertEqual(self.tour.state, "proclame", "sealed all the same")
        with self.authority.serve() as url:
            self.scrutin.tsa_url = url
            self.env["mairie.scrutin.horodatage"]._cron_send()
        self.assertEqual((row.state, row.error), ("done", False))
        self.assertEqual(row.moment, self.authority.moment.replace(tzinfo=None))
        self.assertEqual(row.count, int(row.text.split()[0]))
        self._check_bundle(self.tour._make_bundle())

    def _check_bundle(self, content):
        """The stand-alone verifier reads the time stamp, and misses nothing."""
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        self.assertEqual(len([n for n in names if n.startswith("horodatage-")]), 2)
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            file.write(content)
            file.flush()
            found = verifier.lire_horodatages(file.name)
            self.assertEqual(verifier.main([file.name]), 0)
        anchors, faults, said = verifier.verifier_horodatages(found)
        self.assertEqual((len(anchors), faults), (1, []))
        self.assertIn("Horodaté le", said[0])
        ((name, (text, answer)),) = found.items()
        _none, faults, _said = verifier.verifier_horodatages(
            {name: (text.replace(b"\n", b"0\n", 1), answer)}
        )
        self.assertEqual(len(faults), 1)

    def test_no_authority_no_time_stamp(self):
        self.tour.action_proclaim()
        self.assertFalse(self.tour.horodatage_ids)

    def test_settings_that_cannot_work_are_refused(self):
        for vals in ({"tsa_url": "http://"}, {"tsa_certificate": "nothing"}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self.scrutin.write(vals)

    def test_the_authority_is_set_by_the_administrator(self):
        supervisor = self._new_role("superviseur")
        with self.assertRaises(AccessError):
            self.scrutin.with_user(supervisor).read(["tsa_url"])
