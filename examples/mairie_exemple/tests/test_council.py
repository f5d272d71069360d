from odoo.addons.mairie_elus.tests.common import CouncilMixin, MairieCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCouncil(CouncilMixin, MairieCase):
    def test_too_long_an_agenda_is_told_before_anybody_is_convened(self):
        seance = self._new_seance(points=31)
        self.assertIn("31 items", self._sentences(seance))
        seance.point_ids[-1].unlink()
        self.assertNotIn("items", self._sentences(seance))

    @staticmethod
    def _sentences(seance):
        return " ".join(sentence for sentence, _record in seance._get_blockers())
