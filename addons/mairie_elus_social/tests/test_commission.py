"""The group of a commission: who sits in it, from that day, until that day."""

from datetime import date, timedelta

from odoo import fields
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.addons.mairie_elus.tests.common import CouncilMixin
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCommission(CouncilMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.elue = cls._new_elu_user(cls.mayor, "maire.essai")
        cls.elu = cls._new_elu_user(cls.deputy, "adjoint.essai")
        cls.body = cls._new_instance("Finances", president_id=cls.mayor.partner_id.id)
        cls.seat = cls._new_seat(cls.deputy)
        cls.body.with_user(cls.secretary).action_open_social_group()
        cls.group = cls.body.social_group_ids

    @classmethod
    def _new_seat(cls, mandat, **vals):
        return cls.env["mairie.instance.membre"].create(
            {
                "instance_id": cls.body.id,
                "partner_id": mandat.partner_id.id,
                "date_from": date(2026, 4, 2),
                **vals,
            }
        )

    def _members(self):
        return self.group.member_ids.user_id

    def test_the_group_is_made_of_those_who_sit_there(self):
        self.assertEqual(self._members(), self.elue | self.elu | self.secretary)
        moderators = self.group.member_ids.filtered(lambda row: row.role == "moderator")
        self.assertEqual(moderators.user_id, self.elue | self.secretary)
        people = self.group.channel_id.channel_member_ids.partner_id
        self.assertEqual(people, self._members().partner_id)
        self.assertEqual(
            (self.group.kind, self.group.privacy), ("commission", "private")
        )
        self.body.with_user(self.secretary).action_open_social_group()
        self.assertEqual(len(self.body.social_group_ids), 1)

    def test_a_seat_opens_the_group_and_its_end_closes_it(self):
        third = self._new_elu_user(self.paper, "papier.essai")
        seat = self._new_seat(self.paper)
        self.assertIn(third, self._members())
        seat.date_to = fields.Date.today() - timedelta(days=1)
        self.assertNotIn(third, self._members())
        self.assertNotIn(
            third.partner_id, self.group.channel_id.channel_member_ids.partner_id
        )
        self.seat.unlink()
        self.assertNotIn(self.elu, self._members())

    def test_a_date_that_passes_is_enough(self):
        self.env.cr.execute(
            "UPDATE mairie_instance_membre SET date_to = date_from WHERE id = %s",
            self.seat.ids,
        )
        self.seat.invalidate_recordset()
        self.env["mairie.instance"]._cron_sync_channels()
        self.assertNotIn(self.elu, self._members())

    def test_the_end_of_a_mandate_ends_every_seat(self):
        self.deputy._end(fields.Date.today() - timedelta(days=1), "resignation")
        self.assertNotIn(self.elu, self._members())

    def test_the_group_of_the_council_follows_the_mandates(self):
        self.council.with_user(self.secretary).action_open_social_group()
        group = self.council.social_group_ids
        self.assertEqual(
            group.member_ids.user_id, self.elue | self.elu | self.secretary
        )
        third = self._new_elu_user(self._new_mandat("Lina Nouvelle"), "lina.essai")
        self.env["mairie.instance"]._cron_sync_channels()
        self.assertIn(third, group.member_ids.user_id)
        self.deputy.date_to = fields.Date.today() - timedelta(days=1)
        self.assertNotIn(self.elu, group.member_ids.user_id)

    def test_an_agent_added_by_hand_stays(self):
        agent = self._new_user("agent.essai", "mairie_base.group_agent")
        self.env["mairie.social.group.member"].create(
            {"group_id": self.group.id, "user_id": agent.id}
        )
        self.body._sync_social_groups()
        self.assertIn(agent, self._members())

    def test_who_sits_there_does_not_leave_and_others_read_nothing(self):
        with self.assertRaisesRegex(UserError, "sit in this assembly"):
            self.group.with_user(self.elu).leave()
        outside = self._new_elu_user(self.paper, "papier.essai")
        self.assertFalse(self.group.with_user(outside).get_page()["is_readable"])
        self.assertTrue(self.group.with_user(self.elu).get_page()["is_readable"])

    def test_the_secretary_makes_groups_nobody_else(self):
        other = self._new_instance("Urbanisme")
        for user in (self.elu, self._new_user("dgs.essai", "mairie_elus.group_reader")):
            with self.assertRaises(AccessError):
                other.with_user(user).action_open_social_group()

    def test_the_discussion_is_that_of_the_group(self):
        action = self.body.with_user(self.secretary).action_open_channel()
        channel = f"discuss.channel_{self.group.channel_id.id}"
        self.assertEqual(action["params"]["active_id"], channel)
        self.assertFalse(self.body.channel_id)

    def test_its_documents_are_those_each_one_may_read(self):
        seance = self._new_seance(instance_id=self.body.id)
        annexe = self._new_annexe(seance.point_ids)
        for user, annexes in (
            (self.secretary, annexe),
            (self.elu, annexe.browse()),
        ):
            group = self.group.with_user(user)
            self.assertEqual(group.annexe_ids.sudo(), annexes.sudo(), user.login)
        action = self.body.with_user(self.secretary).action_open_documents()
        found = self.env["mairie.annexe"].search(action["domain"])
        self.assertEqual(found, annexe)
