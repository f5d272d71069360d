"""The rights that every addon stands on."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import MairieCase
from .rights_case import RightsMixin


@tagged("post_install", "-at_install")
class TestRights(RightsMixin, MairieCase):
    ADDON = "mairie_base"
    CHECKS = False
    VERBS = """
    model        internal agent elu  manager dpo
    population   r        r     r    rwcu    r
    traitement   r        r     r    r       rwcu
    """
    #: o: of the own commune; x: of another
    ROWS = """
    model        internal agent elu  manager dpo
    population   o        o     o    o       o
    traitement   o        o     o    o       o
    """
    HELD = {"foreign": ("manager", "dpo")}
    FIELDS = {("dpo",): {"traitement": {"coverage"}}}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["internal"] = cls._new_user("interne.droits", "base.group_user")
        for role in ("agent", "elu", "manager", "dpo"):
            group = f"mairie_base.group_{role}"
            cls.users[role] = cls._new_user(f"{role}.droits", group)
        abroad = cls.env["res.company"].create({"name": "Autre commune"})
        cls.users["foreign"] = cls._new_user(
            "ailleurs.droits", "mairie_base.group_manager", "mairie_base.group_dpo", company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )  # fmt: skip
        cls.communes = {"o": cls.commune, "x": abroad}
        for world in "ox":
            cls._add(world, "population", date="2020-01-01")
            cls._add(world, "traitement")
