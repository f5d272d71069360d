from odoo import api, fields, models


class MairieSocialPost(models.Model):
    _inherit = "mairie.social.post"

    @api.model
    def get_home(self):
        """Add the turnout on polling day, else nothing."""
        return {**super().get_home(), "turnout": self._get_turnout_card()}

    @api.model
    def _get_turnout_card(self):
        """Return what the public page says of the turnout today, or False.

        Turnout is no result: it may be told before the closing (Code électoral, L52-2
        speaks of results only). Not one figure of votes is read here.

        :return: dict ``name``, ``url``, ``hour`` (label, empty before the first figure),
            ``percent`` (as the public page writes it), ``stations`` (number that told theirs)
        """
        tour = self._find_tour_of_today()
        if not tour:
            return False
        last = tour._find_told_turnout(tour._prepare_public_turnout())
        return {
            "name": tour.name,
            "url": tour.public_url,
            "hour": last and last["label"] or "",
            "percent": last and tour._format_share(last["votants"], last["inscrits"]),
            "stations": last and last["stations"] or 0,
        }

    @api.model
    def _find_tour_of_today(self):
        """:return: the round of today that visitors know of, sudoed: its page is public"""
        company = self.env.company
        today = company._mairie_local_date(fields.Datetime.now())
        domain = [("company_id", "=", company.id), ("date", "=", today)]
        tours = self.env["mairie.scrutin.tour"].sudo().search_fetch(domain, order="id")
        return tours.filtered(lambda tour: tour._is_visible())[:1]
