from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file

#: What a meeting is made of: on a meeting that is convened, nothing can be added.
MEETING_MODELS = ("mairie.seance", "mairie.point", "mairie.annexe")


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    def test_an_update_adds_nothing_to_the_meetings_of_a_demo_town(self):
        """A town installed before this version lacks the newest meetings and items."""
        xmlids = self.env["ir.model.data"].search(
            [("module", "=", "mairie_elus"), ("model", "in", MEETING_MODELS)]
        )
        xmlids.unlink()
        before = self._count()
        for name in ("demo/seances_demo.xml", "demo/sitting_demo.xml"):
            convert_file(self.env, "mairie_elus", name, {}, "update", noupdate=True)
        self.assertEqual(self._count(), before)

    def _count(self):
        return [self.env[name].search_count([]) for name in MEETING_MODELS]
