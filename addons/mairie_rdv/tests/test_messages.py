"""Messages leave later, once, and say little."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RdvCase


@tagged("post_install", "-at_install")
class TestMessages(RdvCase):
    def setUp(self):
        super().setUp()
        self.env["mairie.rdv.envoi"].search([]).unlink()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.rdv = self._create_rdv(email="lea@exemple.fr", lang="fr_FR")

    def _send(self):
        envois = self.env["mairie.rdv.envoi"].search([])
        envois._send_all_due()
        return envois.sudo().mail_id

    def test_subject_tells_the_hour_and_neither_name_nor_procedure(self):
        self.rdv._queue_message("confirmed")
        mail = self._send()
        self.assertEqual(len(mail), 1)
        self.assertIn("lundi 1er juin à 9\u00a0h", mail.subject)
        self.assertNotIn("Passeport", mail.subject)
        self.assertNotIn("Martin", mail.subject)
        self.assertEqual(mail.email_to, "lea@exemple.fr")
        self.assertTrue(mail.auto_delete)

    def test_body_has_the_link_and_the_code(self):
        self.demarche.pieces = "<ul><li>une photo</li></ul>"
        self.rdv._queue_message("confirmed")
        body = self._send().body_html
        self.assertIn(f"/rdv/m/{self.rdv.access_token}", body)
        self.assertIn(self.rdv.display_name, body)
        self.assertIn("une photo", body)

    def test_sensitive_procedure_lists_nothing(self):
        self.demarche.write({"pieces": "<p>avis d'impôt</p>", "is_sensitive": True})
        self.rdv._queue_message("confirmed")
        self.assertNotIn("avis d", self._send().body_html)

    def test_message_goes_once(self):
        self.rdv._queue_message("confirmed")
        self._send()
        self.assertEqual(len(self._send()), 1)

    def test_failure_is_tried_again_later_and_stops_nobody(self):
        other = self._create_rdv("09:20", email="sow@exemple.fr")
        self.rdv._queue_message("confirmed")
        other._queue_message("cancelled")
        envois = self.env["mairie.rdv.envoi"]
        broken = patch.object(
            type(self.rdv), "_prepare_mail_vals", side_effect=ValueError("panne")
        )
        with broken, mute_logger("odoo.addons.mairie_rdv.models.mairie_rdv_envoi"):
            envois.search([])._send_all_due()
        self.assertEqual(set(envois.search([]).mapped("state")), {"queued"})
        self.assertEqual(envois.search([]).mapped("tries"), [1, 1])
        with self._later(minutes=30):
            self._send()
        self.assertEqual(set(envois.search([]).mapped("state")), {"handed"})

    def test_what_an_agent_books_and_moves_is_told(self):
        agent = self._new_user("t_rdv", "mairie_rdv.group_agent")
        self.lieu.user_ids = agent
        vals = self.rdv.copy_data({"email": "sow@exemple.fr"})[0]
        start = {"start": self.lieu._read_start("2026-06-01T09:20")}
        rdv = self.env["mairie.rdv"].with_user(agent).create({**vals, **start})
        envois = rdv.sudo().envoi_ids
        self.assertEqual(envois.mapped("kind"), ["confirmed"])
        envois._send_all_due()
        rdv.write({"note": "fauteuil roulant", **start})
        self.assertEqual(rdv.sudo().envoi_ids, envois, "same time, nothing to tell")
        for time in ("09:30", "09:40"):
            rdv.start = self.lieu._read_start(f"2026-06-01T{time}")
        moved = rdv.sudo().envoi_ids - envois
        self.assertEqual(moved.mapped("kind"), ["moved"], "one for both moves")
        self.assertEqual(rdv.move_count, 2)

    def test_what_an_agent_notes_afterwards_is_not_told(self):
        agent = self._new_user("t_rdv", "mairie_rdv.group_agent")
        self.lieu.user_ids = agent
        rdv = self.rdv.with_user(agent)
        with self._later(days=4):
            rdv.start = self.lieu._read_start("2026-06-01T09:20")
        self.assertFalse(self.rdv.envoi_ids)

    def test_without_address_nothing_is_queued(self):
        self.rdv.email = False
        self.rdv._queue_message("confirmed")
        self.assertFalse(self.rdv.envoi_ids)
