"""Groups: one membership from which channel, audience and posts follow, both ways."""

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import SocialCase

NOTHING = (AccessError, MissingError)


class GroupMixin:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Group = cls.env["mairie.social.group"]
        cls.cafe = cls._create_group(cls.karim, "Machine à café", "open")
        cls.projet = cls._create_group(cls.lea, "Projet", "request")
        cls.secret = cls._create_group(cls.lea, "Zinzolin-88", "secret")
        cls.syndicat = cls._create_group(cls.karim, "Section", "private", kind="union")

    @classmethod
    def _create_group(cls, user, name, privacy, **vals):
        group = cls.Group.with_user(user).create(
            {"name": name, "privacy": privacy, **vals}
        )
        return group.sudo().with_user(cls.env.user)

    @classmethod
    def _people(cls, group):
        """Logins in the three places that must agree."""
        group.invalidate_recordset()
        users = group.sudo().member_ids.user_id
        audience = group.sudo().audience_id.member_ids
        channel = group.sudo().channel_id.channel_member_ids.partner_id.user_ids
        return users, audience, channel

    def _assert_in_step(self, group, expected):
        for place in self._people(group):
            self.assertEqual(place, expected)


@tagged("post_install", "-at_install")
class TestGroup(GroupMixin, SocialCase):
    def test_entering_and_leaving_changes_everything(self):
        self._assert_in_step(self.cafe, self.karim)
        self.cafe.with_user(self.lea).action_join()
        self._assert_in_step(self.cafe, self.karim | self.lea)
        self.cafe.with_user(self.lea).leave()
        self._assert_in_step(self.cafe, self.karim)
        self.assertEqual(self.cafe.channel_id.channel_type, "channel")
        self.assertEqual(self.projet.channel_id.channel_type, "group")

    def test_feed_of_ones_own_groups_alone(self):
        self._create_post(self._audience("all"), name="Pour tous")
        mine = self.cafe.with_user(self.karim).publish("Grains", "Arrivés.")["id"]
        theirs = self.projet.with_user(self.lea).publish("Plan", "Voici.")["id"]
        feed = self.Post.with_user(self.karim).get_feed(None, "groups")["posts"]
        self.assertIn(mine, [post["id"] for post in feed])
        self.assertNotIn(theirs, [post["id"] for post in feed])
        self.assertTrue(all(post["group"] for post in feed))

    def test_joining_and_leaving_in_discuss_is_the_same(self):
        channel = self.cafe.channel_id.with_user(self.lea)
        channel.channel_join()
        self._assert_in_step(self.cafe, self.karim | self.lea)
        channel.action_unfollow()
        self._assert_in_step(self.cafe, self.karim)

    def test_moderator_adds_in_discuss(self):
        channel = self.projet.channel_id.with_user(self.lea)
        channel.add_members(partner_ids=self.karim.partner_id.ids)
        self._assert_in_step(self.projet, self.lea | self.karim)

    def test_closed_account_leaves_in_the_same_transaction_and_history_stays(self):
        self.projet.with_user(self.karim).action_join()
        self.projet.with_user(self.lea).request_ids.action_accept()
        post = self.projet.with_user(self.karim).publish("Plan de salle", "Voici.")
        self.karim.active = False
        self._assert_in_step(self.projet, self.lea)
        card = self.Post.with_user(self.lea).browse(post["id"]).get_card()
        self.assertEqual(card["author"]["name"], self.karim.name)

    def test_request_is_accepted_by_a_moderator_only(self):
        self.projet.with_user(self.karim).action_join()
        self._assert_in_step(self.projet, self.lea)
        request = self.projet.with_user(self.karim).request_ids
        with self.assertRaises(AccessError):
            request.action_accept()
        with self.assertRaises(AccessError):
            request.write({"state": "member"})
        self.assertTrue(self.projet.activity_ids.user_id == self.lea)
        self.projet.with_user(self.lea).request_ids.action_accept()
        self._assert_in_step(self.projet, self.lea | self.karim)

    def test_service_group_follows_the_service(self):
        group = self._create_group(
            self.contributor,
            "Voirie",
            "private",
            kind="service",
            department_id=self.voirie.id,
        )
        self._assert_in_step(group, self.karim | self.contributor)
        with self.assertRaisesRegex(UserError, "mute"):
            group.with_user(self.karim).leave()
        employee = self.env["hr.employee"].search([("user_id", "=", self.karim.id)])
        employee.department_id = self.culture
        self._assert_in_step(group, self.contributor)

    def test_colleague_cannot_rename_add_or_pin(self):
        """All of it passes on bare Odoo for any internal user."""
        channel = self.cafe.channel_id
        message = channel.with_user(self.karim).message_post(
            body="Bonjour", message_type="comment"
        )
        self.cafe.with_user(self.contributor).action_join()
        for user in (self.lea, self.contributor):
            mine = channel.with_user(user)
            doors = {
                "rename": lambda mine=mine: mine.channel_rename("Autre"),
                "describe": lambda mine=mine: mine.channel_change_description("x"),
                "write": lambda mine=mine: mine.write({"name": "Autre"}),
                "picture": lambda mine=mine: mine.write({"image_128": False}),
                "add": lambda mine=mine: mine.add_members(
                    partner_ids=self.hr.partner_id.ids
                ),
                "add by row": lambda mine=mine: mine.channel_member_ids.create(
                    {"channel_id": mine.id, "partner_id": self.hr.partner_id.id}
                ),
                "pin": lambda mine=mine: mine.set_message_pin(message.id, True),
                "mail": lambda mine=mine: mine.invite_by_email(["x@example.com"]),
                "link": lambda mine=mine: mine.write({"mairie_group_id": False}),
            }
            for door, call in doors.items():
                with (
                    self.subTest(user=user.login, door=door),
                    self.assertRaises(AccessError),
                ):
                    call()
        channel.with_user(self.karim).channel_rename("Pause café")
        self.assertEqual(self.cafe.name, "Pause café")
        channel.with_user(self.karim).set_message_pin(message.id, True)
        self.assertTrue(message.pinned_at)

    def test_invitation_link_of_a_closed_group_opens_nothing(self):
        channel = self.projet.channel_id.with_user(self.karim).sudo()
        with self.assertRaises(UserError):
            channel._find_or_create_persona_for_channel("K", "Europe/Paris", "FR")
        self._assert_in_step(self.projet, self.lea)

    def test_mention_of_somebody_without_email_is_told(self):
        """Nothing on bare Odoo: its query drops whoever has no e-mail."""
        self.karim.email = False
        self.cafe.with_user(self.lea).action_join()
        message = self.cafe.channel_id.with_user(self.lea).message_post(
            body="@Karim",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.karim.partner_id.ids,
        )
        notified = message.sudo().notification_ids.res_partner_id
        self.assertEqual(notified, self.karim.partner_id)

    def test_everyone_of_many_is_told_once_and_not_who_else_was(self):
        """Bare Odoo lays the message out for each, with all the others in it."""
        people = self._new_people(45, "voisin")
        channel = self.cafe.channel_id.with_user(self.karim)
        costs = []
        for last in (35, 45):
            rows = [
                {"group_id": self.cafe.id, "user_id": user.id} for user in people[:last]
            ]
            known = self.cafe.sudo().member_ids.user_id.ids
            self.env["mairie.social.group.member"].create(
                [row for row in rows if row["user_id"] not in known]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            message = channel.message_post(
                body="Galette à 16 h",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                special_mentions=["everyone"],
            )
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
            told = message.sudo().notification_ids
            self.assertEqual(len(told.res_partner_id), last)
            self.assertFalse(told._filtered_for_web_client())
        self.assertLessEqual(costs[1] - costs[0], 2, costs)

    def test_last_moderator_names_a_successor(self):
        self.cafe.with_user(self.lea).action_join()
        mine = self.cafe.with_user(self.karim)
        with self.assertRaisesRegex(UserError, "last moderator"):
            mine.leave()
        with self.assertRaisesRegex(UserError, "last moderator"):
            mine.member_ids.filtered(
                lambda row: row.user_id == self.karim
            ).role = "member"
        mine.leave(successor_id=self.lea.id)
        self.assertTrue(self.cafe.with_user(self.lea).is_moderator)
        self._assert_in_step(self.cafe, self.lea)

    def test_group_without_moderator_goes_to_the_oldest_then_to_the_ambassador(self):
        helper = self._new_user("helper", "mairie_social.group_ambassador")
        self.env.ref("mairie_social.group_ambassador").sudo().user_ids = helper
        for group in (self.cafe, self.secret):
            group.sudo().member_ids = [
                Command.create({"user_id": user.id})
                for user in (self.contributor, self.hr)
            ]
        with freeze_time("2027-01-04"):
            (self.karim | self.lea).active = False
            activity = self.cafe.sudo().activity_ids
            self.assertEqual(activity.user_id, self.contributor)
        with freeze_time("2027-02-02"):
            self.Group._hand_over()
            self.assertNotIn(helper, self.cafe.sudo().activity_ids.user_id)
        with freeze_time("2027-02-03"):
            self.Group._hand_over()
            self.Group._hand_over()
        tasks = self.cafe.sudo().activity_ids.filtered(
            lambda task: task.user_id == helper
        )
        self.assertEqual(len(tasks), 1)
        self.assertTrue(self.secret.with_user(self.contributor).is_moderator)
        self.assertFalse(self.secret.sudo().activity_ids.user_id & helper)

    def test_posts_reach_the_group_and_nobody_else(self):
        post_id = self.projet.with_user(self.lea).publish("Plan", "Salle 2")["id"]
        for user, reads in (
            (self.lea, True),
            (self.karim, False),
            (self.communication, False),
            (self.manager, False),
        ):
            post = self.Post.with_user(user)
            self.env.invalidate_all()
            found = bool(post.search([("id", "=", post_id)]))
            self.assertEqual(found, reads, user.login)
            self.assertEqual(post.browse(post_id).has_access("read"), reads)

    def test_open_group_is_read_by_all_but_stays_out_of_their_feed(self):
        post_id = self.cafe.with_user(self.karim).publish("Café", "Qui vient ?")["id"]
        reader = self.Post.with_user(self.lea)
        feed = reader.get_group_feed(self.cafe.id)["posts"]
        self.assertEqual([card["id"] for card in feed], [post_id])
        self.assertNotIn(post_id, [card["id"] for card in reader.get_feed()["posts"]])
        with self.assertRaises(AccessError):
            self.cafe.with_user(self.lea).publish("Intrus", "")

    def test_moderator_hides_a_post_of_the_group_and_communication_does_not(self):
        self.cafe.with_user(self.lea).action_join()
        post_id = self.cafe.with_user(self.lea).publish("Trop", "loin")["id"]
        with self.assertRaises(AccessError):
            self.Post.with_user(self.communication).browse(post_id).action_hide()
        self.Post.with_user(self.karim).browse(post_id).action_hide()
        self.env.invalidate_all()
        self.assertFalse(
            self.Post.with_user(self.contributor).search([("id", "=", post_id)])
        )
        self.assertTrue(self.Post.with_user(self.karim).browse(post_id).is_readable)

    def test_closed_group_is_not_mixed_with_other_readers(self):
        with self.assertRaises(ValidationError):
            self._create_post(self.projet.audience_id | self._audience("agents"))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_secret_group_does_not_exist_for_others(self):
        gone = self._create_group(self.lea, "Partie", "secret")
        gone_id = gone.id
        gone.sudo().member_ids.unlink()
        gone.sudo().channel_id.mairie_group_id = False
        gone.sudo().unlink()
        admin = self.env.ref("base.user_admin")
        for user in (self.karim, self.communication, self.manager, admin):
            Group = self.Group.with_user(user).sudo(False)
            name = [("name", "ilike", "zinzolin")]
            with self.subTest(user=user.login):
                self.assertFalse(Group.search(name))
                self.assertFalse(Group.search_count(name))
                self.assertFalse(Group.name_search("Zinzolin"))
                self.assertFalse(
                    Group.formatted_read_group(name, ["kind"], ["__count"])
                )
                Audience = self.Audience.with_user(user).sudo(False)
                self.assertFalse(Audience.search(name))
                Channel = self.env["discuss.channel"].with_user(user).sudo(False)
                self.assertFalse(Channel.get_mention_suggestions("Zinzolin"))
                words = []
                for group_id in (self.secret.id, gone_id):
                    self.env.invalidate_all()
                    group = Group.browse(group_id)
                    for call in (group.get_page, lambda group=group: group.name):
                        self.env.invalidate_all()
                        with self.assertRaises(MissingError) as caught:
                            call()
                        text = str(caught.exception)
                        words.append(text.replace(f"({group_id},)", "(N,)"))
                self.assertEqual(words[:2], words[2:])
                self.env.invalidate_all()
                with self.assertRaises(MissingError):
                    Group.browse(self.secret.id).read(["name"])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_union_shows_its_members_to_nobody(self):
        self.syndicat.sudo().member_ids = [Command.create({"user_id": self.lea.id})]
        admin = self.env.ref("base.user_admin")
        for user in (self.manager, self.communication, self.hr, admin):
            Member = self.env["mairie.social.group.member"].with_user(user).sudo(False)
            domain = [("group_id", "=", self.syndicat.id)]
            with self.subTest(user=user.login):
                self.assertFalse(Member.search(domain))
                self.assertFalse(Member.search_count(domain))
                self.assertFalse(
                    Member.formatted_read_group(domain, ["user_id"], ["__count"])
                )
                self.env.invalidate_all()
                group = self.syndicat.with_user(user)
                self.assertFalse(group.read(["member_ids"])[0]["member_ids"])
                self.assertEqual(group.member_count, 0)
                self.assertFalse(group.faces)
                self.assertFalse(
                    self.Audience.with_user(user).search(
                        [("group_id", "=", self.syndicat.id)]
                    )
                )
                self.assertFalse(
                    self.Group.with_user(user).search(
                        [("member_ids.user_id", "=", self.lea.id)]
                        + [("id", "=", self.syndicat.id)]
                    )
                )
        self.assertEqual(self.syndicat.with_user(self.lea).member_count, 2)

    def test_union_is_never_open_and_an_open_group_stays_open(self):
        with self.assertRaises(ValidationError):
            self._create_group(self.karim, "Ouvert", "open", kind="union")
        with self.assertRaisesRegex(UserError, "stays open"):
            self.cafe.with_user(self.karim).privacy = "secret"
        self.projet.with_user(self.lea).privacy = "private"
        self.assertEqual(self.projet.channel_id.channel_type, "group")

    def test_who_creates_groups_is_a_setting(self):
        self.commune.mairie_social_group_creators = "contributors"
        with self.assertRaises(AccessError):
            self._create_group(self.karim, "Pétanque", "open")
        self._create_group(self.contributor, "Pétanque", "open")

    def test_outsiders_change_nothing(self):
        for user in (self.contributor, self.manager, self.communication):
            group = self.cafe.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    group.write({"name": "Autre"})
                with self.assertRaises(AccessError):
                    group.unlink()
                with self.assertRaises(AccessError):
                    group.member_ids.create(
                        {"group_id": group.id, "user_id": self.hr.id}
                    )
