"""Tasks of a group: for its members, as long as they are members, and for nobody else."""

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTasks(MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.karim = cls._new_user("g_karim")
        cls.lea = cls._new_user("g_lea")
        cls.boss = cls._new_user("g_boss", "project.group_project_manager")
        cls.projet = cls._create_group("Quai", "private")
        cls.cafe = cls._create_group("Café", "open")
        cls.task = cls._create_task(cls.projet, "Barrières")

    @classmethod
    def _create_group(cls, name, privacy):
        Group = cls.env["mairie.social.group"].with_user(cls.lea)
        return Group.create({"name": name, "privacy": privacy})

    @classmethod
    def _create_task(cls, group, name):
        context = group.action_open_tasks()["context"]
        Task = cls.env["project.task"].with_user(group.env.user)
        return Task.with_context(**context).create({"name": name})

    def _enter(self, group, user):
        group.sudo().member_ids = [Command.create({"user_id": user.id})]

    def test_one_project_on_demand_with_its_columns(self):
        project = self.projet.sudo().project_ids
        self.assertEqual(len(project), 1)
        self.projet.action_open_tasks()
        self.assertEqual(self.projet.sudo().project_ids, project)
        self.assertEqual(len(project.type_ids), 3)
        self.assertEqual(project.privacy_visibility, "followers")
        self.projet.invalidate_recordset()
        self.assertEqual(self.projet.task_count, 1)

    def test_a_member_works_without_the_project_application(self):
        self._enter(self.projet, self.karim)
        mine = self.task.with_user(self.karim)
        mine.stage_id = mine.project_id.type_ids[1]
        mine.user_ids = [Command.link(self.karim.id)]
        self.assertEqual(mine.stage_id, self.projet.sudo().project_ids.type_ids[1])

    def test_who_leaves_loses_the_tasks_at_once(self):
        self._enter(self.projet, self.karim)
        mine = self.task.with_user(self.karim)
        mine.user_ids = [Command.link(self.karim.id)]
        self.projet.with_user(self.karim).leave()
        self.assertFalse(mine.search([("id", "=", mine.id)]))
        with self.assertRaises(AccessError):
            mine.read(["name"])
        followers = self.projet.sudo().project_ids.message_partner_ids
        self.assertEqual(followers, self.lea.partner_id)

    def test_a_project_manager_is_no_member(self):
        theirs = self.task.with_user(self.boss)
        self.assertFalse(theirs.search([("id", "=", theirs.id)]))
        with self.assertRaises(AccessError):
            theirs.read(["name"])
        project = self.projet.sudo().project_ids.with_user(self.boss)
        self.assertFalse(project.search([("id", "=", project.id)]))

    def test_open_group_is_read_by_all_and_written_by_members(self):
        task = self._create_task(self.cafe, "Grains")
        theirs = task.with_user(self.karim)
        self.assertEqual(theirs.name, "Grains")
        with self.assertRaises(AccessError):
            theirs.name = "Thé"
        with self.assertRaises(AccessError):
            self._create_task(self.cafe.with_user(self.karim), "Thé")

    def test_others_do_not_open_the_tasks_of_a_closed_group(self):
        with self.assertRaises(AccessError):
            self.projet.with_user(self.karim).action_open_tasks()

    def test_other_tasks_of_the_town_are_not_opened_to_all(self):
        elsewhere = self.env["project.project"].create(
            {"name": "Autre", "privacy_visibility": "employees"}
        )
        task = self.env["project.task"].create(
            {"name": "Ailleurs", "project_id": elsewhere.id}
        )
        with self.assertRaises(AccessError):
            task.with_user(self.karim).name = "Ici"

    def test_name_and_end_are_those_of_the_group(self):
        self.projet.name = "Quai et berges"
        project = self.projet.sudo().project_ids
        self.assertEqual(project.name, "Quai et berges")
        self.projet.active = False
        self.assertFalse(project.active)
