from datetime import timedelta

from odoo import api, fields, models

#: A meeting that has begun stays on the home page for the evening.
EVENING = timedelta(hours=8)


class MairieSocialPost(models.Model):
    _inherit = "mairie.social.post"

    @api.model
    def get_home(self):
        """Add the next meeting, for whoever may know of it, else nothing."""
        return {**super().get_home(), "sitting": self._get_sitting_card()}

    @api.model
    def _get_sitting_card(self):
        """Return the next meeting that the user may read, or False.

        :return: dict ``id``, ``name``, ``start`` (UTC), ``place``, ``answer`` (label of
            one's own answer, empty without a notice), ``url`` (of one's own notice) or
            False: then the form of the meeting opens
        """
        seances = self.env["mairie.seance"]
        if not seances.has_access("read"):
            return False
        seance = seances.search_fetch(
            [
                ("state", "not in", ("closed", "cancelled")),
                ("date_start", ">=", fields.Datetime.now() - EVENING),
            ],
            order="date_start",
            limit=1,
        )
        if not seance:
            return False
        notice = self.env["mairie.convocation"].search(
            [
                ("seance_id", "=", seance.id),
                ("partner_id", "=", self.env.user.partner_id.id),
            ],
            limit=1,
        )
        answers = dict(notice._fields["answer"]._description_selection(self.env))
        return {
            "id": seance.id,
            "name": seance.name,
            "start": seance.date_start,
            "place": seance._get_place(),
            "answer": answers.get(notice.answer, ""),
            "url": "/elus/seances" if notice else False,
        }
