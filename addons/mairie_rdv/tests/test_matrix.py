"""Roles and doors: whoever may not know of an appointment learns nothing by any of them.

Read, search, count, group, name, export, files, lines and messages of the appointment,
statistics, journal, calendar, day: a name, a number and an existence count as leaks.
"""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MONDAY, RdvCase

SECRET = "Zanzibarova"
NUMBER = "AB12CD34EF"

#: role -> what it may do; everything else must give nothing
ALLOWED = {
    "public": set(),
    "portal": set(),
    "internal": set(),
    "elsewhere": set(),
    "other_commune": set(),
    # Figures and states of the place, without anybody's name.
    "unreserved": {"stat", "journal"},
    "dpo": {"journal"},
    "accueil": {"read", "search", "count", "group", "name", "file", "day",
                "ticket", "card"},
    "agent": {"read", "search", "count", "group", "name", "file", "day",
              "ticket", "card", "lines", "messages", "contact", "write"},
    "responsable": {"read", "search", "count", "group", "name", "file", "export", "day",
                    "ticket", "card", "lines", "messages", "contact", "write", "stat",
                    "journal"},
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestMatrix(RdvCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "mairie_rdv.group_{}".format
        other = cls.env["res.company"].create({"name": "Autre commune"})
        cls.users = {
            "public": cls.env.ref("base.public_user"),
            "portal": cls._new_user(
                "m_portal", "base.group_portal", notification_type="email"
            ),
            "internal": cls._new_user("m_interne"),
            "elsewhere": cls._new_user("m_autre", group("responsable")),
            "other_commune": cls._new_user(
                "m_commune", group("responsable"), company_id=other.id,
                company_ids=[Command.set(other.ids)],
            ),
            "unreserved": cls._new_user("m_non", group("responsable")),
            "dpo": cls._new_user("m_dpo", group("dpo")),
            "accueil": cls._new_user("m_accueil", group("accueil")),
            "agent": cls._new_user("m_agent", group("agent")),
            "responsable": cls._new_user("m_resp", group("responsable")),
        }  # fmt: skip
        insiders = ("accueil", "agent", "responsable")
        cls.lieu.user_ids = [Command.set([cls.users[role].id for role in insiders])]
        cls.lieu.user_ids += cls.users["other_commune"] + cls.users["unreserved"]
        cls.demarche.user_ids = [Command.set([cls.users[role].id for role in insiders])]
        cls.rdv = cls._create_rdv(
            last_name=SECRET,
            email="zanzi@exemple.fr",
            phone="+33639981234",
            note="motif",
            personne_ids=[Command.create({"application_id": NUMBER})],
        )
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "zanzi.txt",
                "raw": SECRET.encode(),
                "res_model": "mairie.rdv",
                "res_id": cls.rdv.id,
            }
        )
        cls.rdv._queue_message("confirmed", number=7)
        cls.rdv.with_user(cls.users["agent"]).action_arrive()
        cls.env.flush_all()

    # -- the doors: each returns something true when it lets the role in ---------------

    def _door_read(self, env):
        return env["mairie.rdv"].browse(self.rdv.id).read(["contact_name"])

    def _door_search(self, env):
        return env["mairie.rdv"].search([("last_name", "=", SECRET)])

    def _door_count(self, env):
        return env["mairie.rdv"].search_count([("last_name", "=", SECRET)])

    def _door_group(self, env):
        groups = env["mairie.rdv"].formatted_read_group(
            [("id", "=", self.rdv.id)], ["contact_name"], ["__count"]
        )
        return sum(group["__count"] for group in groups)

    def _door_name(self, env):
        return env["mairie.rdv"].name_search(self.rdv.code)

    def _door_export(self, env):
        found = env["mairie.rdv"].search([("id", "=", self.rdv.id)])
        return found and found.export_data(["contact_name"])["datas"]

    def _door_file(self, env):
        return env["ir.attachment"].browse(self.file.id).read(["datas"])

    def _door_lines(self, env):
        lines = env["mairie.rdv.personne"].search([("rdv_id", "=", self.rdv.id)])
        return NUMBER in lines.mapped("application_id")

    def _door_messages(self, env):
        return env["mairie.rdv.envoi"].search([("rdv_id", "=", self.rdv.id)])

    def _door_contact(self, env):
        return env["mairie.rdv"].browse(self.rdv.id).read(["email", "phone", "note"])

    def _door_write(self, env):
        return env["mairie.rdv"].browse(self.rdv.id).write({"first_name": "A"})

    def _door_stat(self, env):
        return env["mairie.rdv.stat"].search_count([("id", "=", self.rdv.id)])

    def _door_journal(self, env):
        return env["mairie.rdv.journal"].search([("rdv_number", "=", self.rdv.id)])

    def _door_day(self, env):
        return SECRET.upper() in str(
            env["mairie.rdv"].get_desk_day(self.lieu.id, MONDAY)
        )

    def _door_ticket(self, env):
        found = env["mairie.rdv"].find_at_desk(self.lieu.id, self.rdv.code)
        return found["kind"] != "unknown"

    def _door_card(self, env):
        return env["mairie.rdv"].browse(self.rdv.id).get_desk_card()

    def test_each_role_passes_its_own_doors_and_no_other(self):
        doors = [name for name in dir(self) if name.startswith("_door_")]
        wrong = []
        for role, user in self.users.items():
            env = self.env(user=user.id, su=False)
            env.invalidate_all()
            for name in doors:
                door = name.removeprefix("_door_")
                is_open = self._try(getattr(self, name), env)
                if is_open != (door in ALLOWED[role]):
                    wrong.append(f"{role} by {door}: {'in' if is_open else 'out'}")
        self.assertEqual(wrong, [])

    def _try(self, door, env):
        try:
            with self.env.cr.savepoint():
                return bool(door(env))
        except (AccessError, UserError):
            return False

    def test_card_of_reception_has_no_contact(self):
        card = self.rdv.with_user(self.users["accueil"]).get_desk_card()
        self.assertFalse({"phone", "email", "note", "visits"} & set(card))

    def test_citizens_are_never_partners(self):
        partners = self.env["res.partner"].with_context(active_test=False)
        domain = [
            "|",
            ("name", "ilike", SECRET),
            ("email", "=ilike", "zanzi@exemple.fr"),
        ]
        self.rdv.envoi_ids._send_all_due()
        self.assertFalse(partners.search(domain))
        columns = [
            name
            for model, record in self.env.registry.items()
            if model.startswith("mairie.rdv")
            for name, field in record._fields.items()
            if field.type in ("many2one", "many2many", "one2many")
            and field.comodel_name == "res.partner"
        ]
        self.assertEqual(columns, [])

    def test_file_is_what_it_was(self):
        self.assertEqual(base64.b64decode(self.file.datas).decode(), SECRET)

    def test_journal_is_neither_changed_nor_deleted(self):
        line = self.env["mairie.rdv.journal"].search([], limit=1)
        for act in (lambda: line.write({"after": "x"}), line.unlink):
            with self.assertRaises(UserError):
                act()

    def test_journal_names_who_what_and_when_but_no_citizen(self):
        line = self.env["mairie.rdv.journal"].search(
            [("rdv_number", "=", self.rdv.id)], limit=1
        )
        self.assertEqual(line.user_id, self.users["agent"])
        self.assertIn("arrived", line.after)
        self.assertNotIn(SECRET, str(line.read()))
