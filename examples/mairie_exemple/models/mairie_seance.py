from odoo import models

MOST_POINTS = 30


class MairieSeance(models.Model):
    _inherit = "mairie.seance"

    def _get_blockers(self):
        """Our council's own rules: after thirty items nobody listens any more."""
        blockers = super()._get_blockers()
        if len(self.point_ids) > MOST_POINTS:
            sentence = self.env._(
                "%(count)s items: our rules allow %(most)s. Put some to the next sitting.",
                count=len(self.point_ids),
                most=MOST_POINTS,
            )
            blockers.append((sentence, self))
        return blockers
