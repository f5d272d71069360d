"""What is due goes, what is not due stays, and nothing remains of whoever went."""

import base64
import json
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, RdvCase

CANARIES = {
    "first_name": "Prunelline",
    "last_name": "Zanzibarova",
    "email": "zanzibarova@canari.example",
    "phone": "+33639987654",
    "note": "motif-canari-4711",
}
NUMBER = "CANAR1XY99"
#: tables of Odoo that may echo what passes: messages, files, logs, bus
ECHOES = ("mail_message", "mail_mail", "mail_tracking_value", "ir_attachment",
          "ir_logging", "bus_bus", "res_partner")  # fmt: skip


@tagged("post_install", "-at_install")
class TestPrivacy(RdvCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.demarche.write(
            {"stage": "depot", "ants_reason": "CNI", "retention_days": 30}
        )
        cls.dpo = cls._new_user("t_dpo", "mairie_rdv.group_dpo")

    def _seed(self, **vals):
        rdv = self._create_rdv(
            **{
                **CANARIES,
                "personne_ids": [Command.create({"application_id": NUMBER})],
                **vals,
            }
        )
        rdv._queue_message("confirmed", number=7)
        rdv.envoi_ids._send_all_due()
        self.env["ir.attachment"].create(
            {"name": f"{CANARIES['last_name']}.txt", "raw": b"x",
             "res_model": "mairie.rdv", "res_id": rdv.id}
        )  # fmt: skip
        self.env.flush_all()
        return rdv

    def _get_hits(self):
        """Return where a canary is still written, in every table that may hold one."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = "
            "'public' AND table_type = 'BASE TABLE' AND (table_name LIKE 'mairie\\_%%' "
            "OR table_name = ANY(%s))",
            [list(ECHOES)],
        )
        words = [*CANARIES.values(), NUMBER]
        hits = []
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(f'SELECT t::text FROM "{table}" t')  # pylint: disable=sql-injection
            for (row,) in self.env.cr.fetchall():
                hits += [(table, word) for word in words if word in row]
        return hits

    def _run(self, **delta):
        with freeze_time(NOW + timedelta(**delta)):
            rdvs = self.env["mairie.rdv"]
            while ids := rdvs._find_due():
                rdvs.browse(ids)._anonymise()
            rdvs._erase_lists()
            rdvs._erase_numbers()

    def test_canaries_are_found_before_or_the_test_is_void(self):
        self._seed()
        found = {word for _table, word in self._get_hits()}
        self.assertEqual(found, {*CANARIES.values(), NUMBER})

    def test_nothing_remains_once_the_time_is_over(self):
        rdv = self._seed()
        self._run(days=40)
        self.assertEqual(self._get_hits(), [])
        self.assertTrue(rdv.anonymised_at)
        self.assertFalse(self.env["mairie.rdv"]._find_public(rdv.access_token))

    def test_figures_survive(self):
        rdv = self._seed(persons=2)
        stats = self.env["mairie.rdv.stat"].search([("id", "=", rdv.id)])
        before = stats.read(["day", "demarche_id", "persons", "origin"])
        self._run(days=40)
        self.env.invalidate_all()
        after = self.env["mairie.rdv.stat"].search([("id", "=", rdv.id)])
        self.assertEqual(
            after.read(["day", "demarche_id", "persons", "origin"]), before
        )

    def test_what_is_not_due_is_left_alone(self):
        rdv = self._seed()
        later = self._create_demarche("Urbanisme", retention_days=300)
        self.guichet.demarche_ids += later
        kept = self._create_rdv("09:40", demarche_id=later.id, last_name="Gardé")
        self._run(days=20)
        self.assertEqual(rdv.last_name, CANARIES["last_name"])
        self._run(days=40)
        self.assertFalse(rdv.last_name)
        self.assertEqual(kept.last_name, "Gardé")

    def test_number_goes_the_day_after_once_in_step(self):
        rdv = self._seed()
        self._run(days=3)
        self.assertEqual(rdv.personne_ids.application_id, NUMBER, "not in step yet")
        rdv.personne_ids.flush_recordset()
        self.env["mairie.rdv.ants.envoi"].search([])._finish()
        self._run(days=5)
        self.assertFalse(rdv.personne_ids.application_id)
        self.assertNotIn(NUMBER, [word for _table, word in self._get_hits()])

    def test_waiting_list_goes_too(self):
        self.env["mairie.rdv.attente"].create(
            {
                "demarche_id": self.demarche.id,
                "lieu_id": self.lieu.id,
                "first_name": CANARIES["first_name"],
                "email": CANARIES["email"],
            }
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE mairie_rdv_attente SET write_date = %s", [NOW])
        self._run(days=40)
        self.assertEqual(self._get_hits(), [])

    # -- one person ------------------------------------------------------------------

    def _request(self, contact=CANARIES["email"], user=None):
        people = self.env["mairie.rdv.person"].with_user(user or self.dpo)
        return people.create({"contact": contact})

    def test_export_holds_every_canary(self):
        self._seed()
        request = self._request()
        request.action_search()
        self.assertEqual(request.count, 1)
        request.action_export()
        text = base64.b64decode(request.json_file).decode()
        for word in (*CANARIES.values(), NUMBER):
            self.assertIn(word, text)
        self.assertTrue(json.loads(text)["appointments"])
        self.assertTrue(base64.b64decode(request.pdf_file).startswith(b"%PDF"))

    def test_what_an_export_or_an_erasure_forgets_would_be_seen(self):
        """The control: one field is left out of each, and the searches above tell."""
        rdv = self._seed()
        request, rdvs = self._request(), type(rdv)
        whole = rdvs._prepare_person_data
        short = patch.object(
            rdvs, "_prepare_person_data", lambda one: {**whole(one), "note": ""}
        )
        with short:
            request.action_export()
        text = base64.b64decode(request.json_file).decode()
        self.assertNotIn(CANARIES["note"], text)
        columns = {name: "NULL" for name in rdv._get_erased_columns() if name != "note"}
        columns["access_token"] = "'purged:' || id"
        forgetful = patch.object(rdvs, "_get_erased_columns", lambda _rdvs: columns)
        with freeze_time(NOW + timedelta(days=5)), forgetful:
            request.action_erase()
        self.assertEqual(self._get_hits(), [("mairie_rdv", CANARIES["note"])])

    def test_telephone_finds_as_well(self):
        self._seed()
        request = self._request("06 39 98 76 54")
        request.action_search()
        self.assertEqual(request.count, 1)

    def test_person_is_found_however_the_agent_wrote_the_contact(self):
        self._create_rdv(phone="06.12.34.56.78")
        self._create_rdv("09:20", email="Lea.Martin@Exemple.FR")
        for contact in ("0612345678", "+33 6 12 34 56 78", "lea.martin@exemple.fr"):
            request = self._request(contact)
            request.action_search()
            self.assertEqual(request.count, 1, contact)

    def test_erasure_leaves_nothing_and_is_noted(self):
        self._seed()
        request = self._request()
        with self.assertRaisesRegex(UserError, "Cancel them first"):
            request.action_erase()
        with freeze_time(NOW + timedelta(days=5)):
            request.action_erase()
        self.assertEqual(self._get_hits(), [])
        line = self.env["mairie.rdv.journal"].search([("kind", "=", "erase")], limit=1)
        self.assertEqual((line.user_id, line.after), (self.dpo, "1"))

    def test_nobody_else_may_ask(self):
        self._seed()
        for group in ("responsable", "agent", "accueil"):
            user = self._new_user(f"t_{group}", f"mairie_rdv.group_{group}")
            with self.assertRaises(AccessError):
                self._request(user=user)
        request = self._request()
        other = self._new_user("t_dpo2", "mairie_rdv.group_dpo")
        with self.assertRaises(AccessError):
            request.with_user(other).action_export()

    def test_half_a_contact_is_refused(self):
        for contact in ("", "lea@", "06 39", "%", "_________"):
            with self.assertRaises(UserError):
                self._request(contact).action_search()

    # -- quiet channels ----------------------------------------------------------------

    def test_subjects_and_addresses_are_quiet(self):
        rdv = self._seed()
        self.env.cr.execute(
            "SELECT subject FROM mail_message WHERE model = 'mairie.rdv' AND res_id = %s",
            [rdv.id],
        )
        words = (*CANARIES.values(), NUMBER, self.demarche.name)
        for (subject,) in self.env.cr.fetchall():
            self.assertFalse([word for word in words if word in (subject or "")])
        urls = [rdv._get_manage_url(), rdv.personne_ids._get_ants_url()]
        self.assertFalse([word for word in words for url in urls if word in url])
        self.assertNotIn(self.demarche.name, rdv.display_name)
