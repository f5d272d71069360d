"""What the secretary of the assemblies reads of elections, and nothing more."""

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.addons.mairie_base.tests.rights_case import RightsMixin
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

#: two: secretary of the assemblies and reader of the elections
JOBS = {
    "internal": ["base.group_user"],
    "secretary": ["mairie_elus.group_secretary"],
    "two": ["mairie_elus.group_secretary", "mairie_scrutin.group_lecture"],
}


@tagged("post_install", "-at_install")
class TestRights(RightsMixin, MairieCase):
    ADDON = "mairie_scrutin_elus"
    CHECKS = False
    VERBS = """
    model                  internal secretary
    scrutin                -        r
    scrutin.tour           -        r
    scrutin.elu.replace    -        rwcu
    scrutin.install        -        rwcu
    scrutin.install.line   -        rwcu
    """
    #: n: being prepared or counted; p: proclaimed; x: of another commune
    ROWS = """
    model                  internal secretary two
    scrutin                -        n         n
    scrutin.tour           -        p         np
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for job, groups in JOBS.items():
            cls.users[job] = cls._new_user(f"{job}.droits", *groups)
        abroad = cls.env["res.company"].create({"name": "Autre commune"})
        cls.users["foreign"] = cls._new_user(
            "ailleurs.droits", *JOBS["secretary"], company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )  # fmt: skip
        cls.HELD = dict.fromkeys(("two", "foreign"), ("secretary",))
        cls.communes = {"n": cls.commune, "p": cls.commune, "x": abroad}
        for world in "nx":
            cls._add(world, "scrutin")
            cls._add(world, "scrutin.tour", public_code=f"droits-{world}")
            for model in (
                *("scrutin.candidature", "scrutin.candidat", "scrutin.attribution"),
                *("scrutin.elu", "mandature", "mandat"),
            ):
                cls._add(world, model)
        of_scrutin = {"scrutin_id": cls.worlds["n"]["scrutin"].id}
        cls._add("p", "scrutin.tour", public_code="droits-p", numero=2,
                 state="proclame", **of_scrutin)  # fmt: skip

    def test_undoing_takes_away_only_what_the_dialog_made(self):
        dialogs = self.env["mairie.scrutin.install"].with_user(self.users["secretary"])
        dialog = dialogs.create({"tour_id": self.worlds["p"]["scrutin.tour"].id})
        somebody = self.users["internal"].partner_id
        for forged in (
            {"state": "done"},
            {"created_partner_ids": [Command.link(somebody.id)]},
            {"line_ids": [Command.create({"name": "X", "mandat_id": 1})]},
        ):
            with self.subTest(forged=forged), self.assertRaises(AccessError):
                dialog.write(forged)
