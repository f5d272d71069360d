"""Nobody is spied upon, nothing is kept for ever, nothing leaves for a third party."""

import base64
import io
import json
import zipfile
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger
from psycopg2 import IntegrityError

from .common import SocialCase
from .test_group import GroupMixin

REASON = "Menaces signalées par un agent, plainte déposée le 2 décembre."


class RgpdMixin(GroupMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dpo = cls._new_user("dpo_", "mairie_social.group_dpo")
        cls.system = cls._new_user("systeme", "base.group_system")
        cls.chat = (
            cls.env["discuss.channel"]
            .with_user(cls.karim)
            ._get_or_create_chat(cls.lea.partner_id.ids)
        )
        cls.message = cls.chat.with_user(cls.karim).message_post(
            body="Canari-7713", message_type="comment"
        )


@tagged("post_install", "-at_install")
class TestPrivateChats(RgpdMixin, SocialCase):
    def _sees(self, user):
        self.env.invalidate_all()
        env = self.env(user=user)
        found = bool(env["discuss.channel"].search([("id", "=", self.chat.id)]))
        said = bool(env["mail.message"].search([("body", "ilike", "Canari-7713")]))
        members = env["discuss.channel.member"].search_count(
            [("channel_id", "=", self.chat.id)]
        )
        self.assertEqual(found, said)
        self.assertEqual(found, bool(members))
        return found

    def test_administrator_does_not_read_them(self):
        """One message seen on bare Odoo: its rule says "admin full access"."""
        self.assertTrue(self._sees(self.lea))
        for user in (self.system, self.manager, self.env.ref("base.user_admin")):
            self.assertFalse(self._sees(user), user.login)

    def test_two_people_a_reason_a_day_and_everybody_is_told(self):
        Glass = self.env["mairie.social.break.glass"]
        people = (self.karim | self.lea).partner_id.ids
        with self.assertRaises(AccessError):
            Glass.with_user(self.manager).ask(people, REASON)
        with self.assertRaises(UserError):
            Glass.with_user(self.system).ask(people, "comme ça")
        glass = Glass.browse(Glass.with_user(self.system).ask(people, REASON))
        asked = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.dpo.partner_id.id)]
        )
        self.assertTrue(asked, "whoever decides is told that it is asked")
        self.assertNotIn(REASON, str(asked.mail_message_id.mapped("body")))
        self.assertFalse(self._sees(self.system))
        self.assertFalse(glass.with_user(self.system).transcript)
        with self.assertRaises(AccessError):
            glass.with_user(self.system).action_approve()
        glass.with_user(self.dpo).action_approve()
        self.assertTrue(self._sees(self.system))
        self.assertIn("Canari-7713", glass.with_user(self.system).transcript)
        self.assertFalse(self._sees(self.dpo), "who approves does not read")
        self.assertFalse(glass.with_user(self.dpo).transcript)
        told = self.chat.sudo().message_ids[:1].body
        self.assertIn(REASON, told)
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            self.assertFalse(self._sees(self.system))
            self.assertFalse(glass.with_user(self.system).transcript)

    def test_nobody_rubs_it_out(self):
        Glass = self.env["mairie.social.break.glass"]
        people = (self.karim | self.lea).partner_id.ids
        glass = Glass.browse(Glass.with_user(self.system).ask(people, REASON)).sudo()
        with self.assertRaises(AccessError):
            glass.reason = "Autre chose"
        with self.assertRaises(AccessError):
            glass.unlink()

    def test_refusal_is_final_and_told_to_whoever_asked(self):
        Glass = self.env["mairie.social.break.glass"]
        people = (self.karim | self.lea).partner_id.ids
        glass = Glass.browse(Glass.with_user(self.system).ask(people, REASON))
        with self.assertRaises(AccessError):
            glass.with_user(self.system).action_refuse()
        glass.with_user(self.dpo).action_refuse()
        self.assertEqual((glass.state, glass.refused_by_id), ("refused", self.dpo))
        told = self.env["mail.notification"].search_count(
            [("res_partner_id", "=", self.system.partner_id.id)]
        )
        self.assertEqual(told, 1)
        with self.assertRaises(UserError):
            glass.with_user(self.dpo).action_approve()
        self.assertFalse(self._sees(self.system))

    def test_one_cannot_approve_oneself(self):
        self.system.group_ids += self.env.ref("mairie_social.group_dpo")
        Glass = self.env["mairie.social.break.glass"].with_user(self.system)
        people = (self.karim | self.lea).partner_id.ids
        with self.assertRaises(AccessError):
            Glass.browse(Glass.ask(people, REASON)).action_approve()

    def test_union_is_never_opened(self):
        self.syndicat.sudo().member_ids = [(0, 0, {"user_id": self.lea.id})]
        channel = self.syndicat.sudo().channel_id
        self.chat.sudo().channel_member_ids.unlink()
        with self.assertRaises(UserError):
            self.env["mairie.social.break.glass"].with_user(self.system).ask(
                channel.channel_partner_ids.ids, REASON
            )


@tagged("post_install", "-at_install")
class TestPersonData(RgpdMixin, SocialCase):
    def _wizard(self, user):
        return (
            self.env["mairie.social.person.data"]
            .with_user(self.dpo)
            .create({"user_id": user.id})
        )

    def test_export_holds_what_they_wrote_and_nothing_of_others(self):
        self.cafe.with_user(self.karim).publish("Canari-titre", "Canari-texte")
        self.chat.with_user(self.lea).message_post(
            body="Secret de Léa", message_type="comment"
        )
        wizard = self._wizard(self.karim)
        wizard.action_export()
        content = base64.b64decode(wizard.content)
        text = zipfile.ZipFile(io.BytesIO(content)).read("donnees.json").decode()
        data = json.loads(text)
        self.assertEqual(data["identite"][0]["matricule"], "karim")
        for canary in ("Canari-titre", "Canari-texte", "Canari-7713"):
            self.assertIn(canary, text)
        self.assertNotIn("Secret de Léa", text)
        log = self.env["mairie.social.data.log"].search([], limit=1)
        self.assertEqual((log.action, log.by_id), ("export", self.dpo))

    def test_erase_takes_the_name_out_twice_the_same(self):
        post_id = self.cafe.with_user(self.karim).publish("Sujet", "Texte")["id"]
        self.cafe.with_user(self.lea).action_join()
        post = self.Post.with_user(self.lea).browse(post_id)
        post.add_comment("Merci @Karim", self.karim.partner_id.ids)
        wizard = self._wizard(self.karim)
        with self.assertRaises(UserError):
            wizard.action_erase()
        self.karim.active = False
        for _time in range(2):
            wizard.action_erase()
            card = post.get_card()
            self.assertEqual(card["author"]["name"], "Former agent")
            self.assertNotIn("Karim", str(post.get_comments()))
            self.assertEqual(self.karim.login, f"ancien-{self.karim.id}")

    def test_only_the_dpo_exports(self):
        for user in (self.manager, self.system, self.hr, self.communication):
            with self.assertRaises(AccessError):
                self.env["mairie.social.person.data"].with_user(user).create(
                    {"user_id": self.karim.id}
                ).action_export()

    @mute_logger("odoo.sql_db")
    def test_log_is_append_only(self):
        log = self.env["mairie.social.data.log"].create({"action": "purge"})
        with self.assertRaises(UserError):
            log.detail = "x"
        with self.assertRaises(UserError):
            log.unlink()
        log.flush_recordset()
        for act in ("UPDATE %s SET detail = 'x'", "DELETE FROM %s"):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env.cr.execute(SQL(act, SQL.identifier(log._table)))


@tagged("post_install", "-at_install")
class TestRetention(RgpdMixin, SocialCase):
    def test_old_messages_go_recent_ones_stay(self):
        recent = self.chat.with_user(self.lea).message_post(
            body="Récent", message_type="comment"
        )
        self.message.sudo().date = fields.Datetime.subtract(
            fields.Datetime.now(), months=25
        )
        self.env["mairie.social.retention"]._purge_all()
        self.assertFalse(self.message.exists())
        self.assertTrue(recent.exists())
        rule = self.env.ref("mairie_social.retention_chat")
        self.assertEqual(rule.last_count, 1)

    def test_post_of_five_years_leaves_the_feed(self):
        post = self._create_post(
            self._audience("agents"),
            published_at=fields.Datetime.subtract(fields.Datetime.now(), months=61),
        )
        self.env["mairie.social.retention"]._purge_all()
        self.assertEqual(post.status, "expired")


@tagged("post_install", "-at_install")
class TestSovereignty(SocialCase):
    def test_each_third_party_is_red_until_it_is_cut(self):
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("discuss.tenor_api_key", "abc")
        params.set_param("mail.google_translate_api_key", "abc")
        params.set_param("mail.link_preview_throttle", "99")
        params.set_param("iap.endpoint", False)
        self.env["mail.ice.server"].create({"uri": "stun.l.google.com:19302"})
        page = self.env["mairie.social.sovereignty"].with_user(self.manager)

        def red():
            return {line["key"] for line in page.get_checks() if not line["is_cut"]}

        self.assertEqual(red(), {"gif", "translate", "preview", "relay", "iap"})
        for key in ("gif", "translate", "preview", "relay", "iap"):
            page.cut(key)
        self.assertFalse(red())
        with self.assertRaises(AccessError):
            page.with_user(self.karim).get_checks()

    def test_installed_hub_is_green(self):
        self.env["mail.ice.server"].search([]).unlink()
        checks = self.env["mairie.social.sovereignty"].sudo().get_checks()
        self.assertEqual({line["key"] for line in checks if not line["is_cut"]}, set())


@tagged("post_install", "-at_install")
class TestAdoption(SocialCase):
    def test_small_services_and_people_are_never_shown(self):
        for index in range(6):
            self._new_member(f"tech{index}", self.technique)
        board = self.env["mairie.social.adoption"].with_user(self.manager).get_board()
        self.assertNotIn(self.culture.id, [line["id"] for line in board["services"]])
        self.assertEqual(
            sum(line["invited"] for line in board["services"]),
            board["total"]["invited"],
        )
        for line in board["services"]:
            self.assertGreaterEqual(line["invited"], 5)
            for step in ("came", "active"):
                self.assertNotIn(line[step], (1, 2, 3, 4), line)
        with self.assertRaises(AccessError):
            self.env["mairie.social.adoption"].with_user(self.karim).get_board()

    def test_presence_of_colleagues_is_not_shown(self):
        employee = self.env["hr.employee.public"].with_user(self.lea)
        line = employee.search([("user_id", "=", self.karim.id)])
        self.env["mail.presence"].sudo().create(
            {"user_id": self.karim.id, "last_presence": fields.Datetime.now()}
        )
        self.env.invalidate_all()
        self.assertFalse(line.last_activity)
        self.assertFalse(line.show_hr_icon_display)


@tagged("post_install", "-at_install")
class TestDirectory(SocialCase):
    def _find(self, words):
        people = self.env["hr.employee.public"].with_user(self.lea)
        return people.search([("mairie_who", "ilike", words)]).user_id

    @mute_logger("odoo.models")
    def test_who_deals_with(self):
        self.voirie.mairie_duties = "zinzolin, déneigement"
        self.depot.name = "Dépôt Quinconce"
        self.karim.employee_ids.sudo().write(
            {"mairie_duties": "balançoires", "job_title": "Agent de voirie"}
        )
        self.assertEqual(self._find("balançoires"), self.karim)
        self.assertEqual(self._find("zinzolin"), self.karim | self.contributor)
        self.assertEqual(self._find("karim zinzolin"), self.karim)
        self.assertEqual(self._find("karim Quinconce"), self.karim)
        self.assertFalse(self._find("zzz"))

    def test_elected_members_are_found(self):
        partners = self.env["res.partner"].with_user(self.karim)
        found = partners.search([("mairie_is_elu", "=", True)])
        self.assertIn(self.rose.partner_id, found)
        self.assertNotIn(self.karim.partner_id, found)
