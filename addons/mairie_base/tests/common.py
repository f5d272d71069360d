"""What the tests of every addon stand on: a commune, people by role, public pages."""

import re
from unittest.mock import patch

from lxml import html
from odoo.addons.base.tests.common import BaseCommon
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

COMMUNE_VALS = {
    "name": "Saint-Essai-sur-Loire",
    "mairie_insee_code": "49999",
    "mairie_color": "#1f4e79",
    "street": "1 place de la Mairie",
    "zip": "49990",
    "city": "Saint-Essai-sur-Loire",
    "phone": "02 61 91 00 00",
}
PAGE_WEIGHT_LIMIT = 60_000


class CommuneMixin:
    """A commune of 18 000 inhabitants in Maine-et-Loire, and factories for its people.

    Nothing depends on the demo data: the company in use is prepared anew.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._spare_welcome()
        cls.commune = cls.env.company
        cls._prepare_commune(cls.commune)

    @classmethod
    def _spare_welcome(cls):
        """Odoo's to-do list greets each new user with a task: half of his cost."""
        users = cls.env.registry["res.users"]
        if hasattr(users, "_generate_onboarding_todo"):
            silence = patch.object(
                users, "_generate_onboarding_todo", lambda self: None
            )
            cls.startClassPatcher(silence)

    @classmethod
    def _prepare_commune(cls, company, population=18_000, **vals):
        """Make a company a commune; territory fields follow from its INSEE code."""
        company.mairie_population_ids.unlink()
        company.write(
            {
                **COMMUNE_VALS,
                "mairie_population_ids": [
                    Command.create({"date": "2026-01-01", "municipal": population})
                ],
                **vals,
            }
        )
        return company

    @classmethod
    def _new_user(cls, login, *group_xmlids, **vals):
        """Create an internal user of the commune, without e-mail notifications.

        :param group_xmlids: by default ``mairie_base.group_agent``
        """
        vals = cls._prepare_user(login, *group_xmlids, **vals)
        user = new_test_user(cls.env, context={"no_reset_password": True}, **vals)
        return user.with_env(cls.env)

    @classmethod
    def _new_users(cls, people):
        """Create users at once, in a third of the time that one by one takes.

        :param people: login -> xmlids of groups, none for an agent's
        :return: the users, in this order
        """
        rows = []
        for login, group_xmlids in people.items():
            row = cls._prepare_user(login, *group_xmlids)
            groups = map(cls.env.ref, row.pop("groups").split(","))
            row["group_ids"] = [Command.set([group.id for group in groups])]
            rows.append({**row, "email": f"{login}@example.com"})
        Users = cls.env["res.users"].with_context(no_reset_password=True)
        return Users.create(rows).with_env(cls.env)

    @classmethod
    def _prepare_user(cls, login, *group_xmlids, **vals):
        return {
            "login": login,
            "groups": ",".join(group_xmlids or ("mairie_base.group_agent",)),
            "name": login.capitalize(),
            "tz": "Europe/Paris",
            "notification_type": "inbox",
            **vals,
        }

    @classmethod
    def _new_service(cls, name, parent=None):
        """Create a service of the town hall."""
        return cls.env["hr.department"].create(
            {
                "name": name,
                "company_id": cls.commune.id,
                "parent_id": parent.id if parent else False,
            }
        )

    @classmethod
    def _new_site(cls, name, **vals):
        """Create a site: a building where agents work and the public comes."""
        address = cls.env["res.partner"].create({"name": name, "city": "Saint-Essai"})
        return cls.env["hr.work.location"].create(
            {
                "name": name,
                "company_id": cls.commune.id,
                "address_id": address.id,
                "location_type": "office",
                **vals,
            }
        )

    @classmethod
    def _new_agent(cls, name, **vals):
        """Create an agent; ``user_id`` ties him to a user, ``department_id`` to a
        service."""
        return cls._new_agents([{"name": name, **vals}])

    @classmethod
    def _new_agents(cls, rows):
        """Create agents at once; each row as for `_new_agent`, with a name."""
        company = {"company_id": cls.commune.id}
        return cls.env["hr.employee"].create([{**company, **row} for row in rows])


class MairieCase(CommuneMixin, BaseCommon):
    """Test case of models and rules."""


class MairieHttpCase(CommuneMixin, HttpCase):
    """Test case of routes, public pages and tours."""

    def assertPublicPage(self, response, status=200):
        """Check what every light public page promises."""
        self.assertEqual(response.status_code, status)
        policy = response.headers.get("Content-Security-Policy", "")
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.assertEqual(response.headers.get("X-Content-Type-Options"), "nosniff")
        self.assertLessEqual(len(response.content), PAGE_WEIGHT_LIMIT)
        page = html.document_fromstring(response.text)
        self.assertTrue(page.get("lang"), "the page says its language")
        self.assertEqual(len(page.findall(".//h1")), 1, "one h1, and only one")
        title = page.findtext(".//title") or ""
        self.assertIn(" | ", title, "the title names the page, then the town")
        self.assertTrue(page.xpath("//main[@id='contenu']"))
        self._assert_no_inline(page)
        self._assert_no_foreign_host(page)
        return page

    def _assert_no_inline(self, page):
        self.assertFalse(page.xpath("//style | //*[@style] | //script[not(@src)]"))
        handlers = page.xpath("//@*[starts-with(name(), 'on')]")
        self.assertFalse(handlers, "scripts live in files")

    def _assert_no_foreign_host(self, page):
        loaded = page.xpath(
            "//script/@src | //img/@src | //link/@href | //form/@action"
        )
        foreign = [
            address
            for address in loaded
            if re.match(r"(https?:)?//", address)
            and not address.startswith(self.base_url())
        ]
        self.assertFalse(foreign, "our pages call nobody else")
