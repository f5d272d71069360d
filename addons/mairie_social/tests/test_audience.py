"""Who is in an audience, and when he is in it."""

from odoo import Command
from odoo.tests import tagged

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestAudience(SocialCase):
    def test_parent_service_reaches_its_children_on_three_levels(self):
        """5 + 12 + 20 people on three levels are 37 readers, not 38."""
        top = self._new_service("Direction de l'eau")
        middle = self._new_service("Réseaux", parent=top)
        bottom = self._new_service("Relève", parent=middle)
        self._new_service("Piscine")
        for service, number in ((top, 5), (middle, 12), (bottom, 20)):
            self._employ(self._new_people(number, f"eau{service.id}x"), service)
        audience = self._audience("service", department_id=top.id)
        self.assertEqual(audience.member_count, 37)
        self.assertEqual(len(audience.member_ids), 37)
        lower = self._audience("service", department_id=bottom.id)
        self.assertEqual(lower.member_count, 20)

    def test_people_of_two_audiences_count_once(self):
        people = self._new_people(70)
        first = self._audience(
            "manual", included_user_ids=[Command.set(people[:40].ids)]
        )
        second = self._audience(
            "manual", included_user_ids=[Command.set(people[30:].ids)]
        )
        count = self.Audience._count_readers((first | second).ids)
        self.assertEqual(count["total"], 70)
        self.assertEqual(first.member_count + second.member_count, 80)
        post = self._create_post(first | second)
        both = people[35]
        self.assertEqual(self.Post.with_user(both).search([]).ids.count(post.id), 1)

    def test_agent_who_moves_leaves_the_old_posts_at_once(self):
        old = self._create_post(self._audience("service", department_id=self.voirie.id))
        own = self._create_post(
            self._audience("service", department_id=self.voirie.id), author=self.karim
        )
        Post = self.Post.with_user(self.karim)
        self.assertEqual(Post.search([("id", "in", (old | own).ids)]), old | own)
        self.karim.employee_id.sudo().department_id = self.culture
        self.assertEqual(Post.search([("id", "in", (old | own).ids)]), own)
        new = self._create_post(
            self._audience("service", department_id=self.culture.id)
        )
        self.assertIn(new, Post.search([]))

    def test_move_written_on_the_version_counts(self):
        version = self.karim.employee_id.sudo().current_version_id
        version.write({"department_id": self.culture.id})
        members = self._audience("service", department_id=self.culture.id).member_ids
        self.assertIn(self.karim, members)
        members = self._audience("service", department_id=self.voirie.id).member_ids
        self.assertNotIn(self.karim, members)

    def test_service_that_moves_takes_its_agents_along(self):
        self.voirie.parent_id = self.culture
        technique = self._audience("service", department_id=self.technique.id)
        culture = self._audience("service", department_id=self.culture.id)
        self.assertNotIn(self.karim, technique.member_ids)
        self.assertIn(self.karim, culture.member_ids)

    def test_agents_and_elus_are_apart(self):
        agents, elus = self._audience("agents"), self._audience("elus")
        self.assertIn(self.karim, agents.member_ids)
        self.assertNotIn(self.rose, agents.member_ids)
        self.assertIn(self.rose, elus.member_ids)
        self.assertNotIn(self.karim, elus.member_ids)
        self.assertEqual(agents.reader_scope, "agents")
        self.assertEqual(elus.reader_scope, "elus")
        self.assertEqual(self._audience("all").reader_scope, "both")

    def test_agent_who_is_elected_is_no_longer_agents_only(self):
        self.karim.group_ids += self.env.ref("mairie_base.group_elu")
        self.assertNotIn(self.karim, self._audience("agents").member_ids)
        self.assertIn(self.karim, self._audience("elus").member_ids)

    def test_archived_account_is_out(self):
        site = self._audience("site", work_location_id=self.depot.id)
        everybody = self._audience("all")
        self.assertIn(self.karim, site.member_ids & everybody.member_ids)
        readers = everybody.member_count
        self.karim.active = False
        for audience in site + everybody:
            # An archived account is not shown, whether it is a member or not.
            members = audience.with_context(active_test=False).member_ids
            self.assertNotIn(self.karim, members)
        self.assertEqual(everybody.member_count, readers - 1)

    def test_included_and_left_out_by_name(self):
        audience = self._audience("service", department_id=self.voirie.id)
        audience.included_user_ids = self.lea
        audience.excluded_user_ids = self.karim
        self.assertIn(self.lea, audience.member_ids)
        self.assertNotIn(self.karim, audience.member_ids)

    def test_role(self):
        role = self.env["res.role"].create(
            {"name": "Assistants de prévention", "user_ids": [self.lea.id]}
        )
        audience = self._audience("role", role_id=role.id)
        self.assertEqual(audience.member_ids, self.lea)
        role.user_ids = self.karim
        self.assertEqual(audience.member_ids, self.karim)

    def test_portal_user_is_never_a_reader(self):
        portal = self._new_user(
            "usager", "base.group_portal", notification_type="email"
        )
        self.assertNotIn(portal, self._audience("all").member_ids)

    def test_contributor_publishes_for_the_own_service_and_site(self):
        Audience = self.Audience.with_user(self.contributor)
        allowed = Audience.search(Audience._get_publishable_domain())
        self.assertEqual(allowed.department_id, self.voirie)

    def test_closed_service_and_site_take_their_audience_along(self):
        post = self._create_post(self._audience("site", work_location_id=self.depot.id))
        self.assertTrue(post.with_user(self.karim).has_access("read"))
        self.depot.active = False
        self.assertFalse(self._audience("site", work_location_id=self.depot.id))
        self.env.invalidate_all()
        self.assertFalse(post.with_user(self.karim).has_access("read"))

    def test_mass_move_is_quick(self):
        agents = self._employ(self._new_people(50), self.voirie)
        agents.write({"department_id": self.culture.id})
        audience = self._audience("service", department_id=self.culture.id)
        self.assertLessEqual(set(agents.user_id.ids), set(audience.member_ids.ids))
