from datetime import timedelta

from odoo import api, fields, models


class MairieSocialPost(models.Model):
    _inherit = "mairie.social.post"

    @api.model
    def get_home(self):
        """Add the day of the desk for whoever receives citizens, else nothing."""
        return {**super().get_home(), "desk": self._get_desk_card()}

    @api.model
    def _get_desk_card(self):
        """Return the day of the user's first place as figures, or False.

        :return: dict ``place``, ``waiting``, ``expected``, ``late``; nobody's name
        """
        if not self.env.user.has_group("mairie_rdv.group_accueil"):
            return False
        lieu = self.env["mairie.rdv.lieu"]._get_own_lieux()[:1]
        if not lieu:
            return False
        start, stop = lieu._get_day_span(lieu._get_today())
        rdvs = self.env["mairie.rdv"].search_fetch(
            [
                ("lieu_id", "=", lieu.id),
                ("start", ">=", start),
                ("start", "<", stop),
                ("state", "in", ("confirmed", "arrived")),
            ],
            ["state", "start"],
        )
        limit = fields.Datetime.now() - timedelta(minutes=lieu.late_minutes)
        coming = rdvs.filtered(lambda rdv: rdv.state == "confirmed")
        late = coming.filtered(lambda rdv: rdv.start <= limit)
        return {
            "place": lieu.name,
            "waiting": len(rdvs - coming),
            "expected": len(coming - late),
            "late": len(late),
        }
