from odoo import api, fields, models

SHOWN = 3  # lists of the card; the public page has them all


class MairieSocialPost(models.Model):
    _inherit = "mairie.social.post"

    @api.model
    def get_home(self):
        """Add the turnout on polling day, else nothing."""
        return {**super().get_home(), "turnout": self._get_turnout_card()}

    @api.model
    def _get_turnout_card(self):
        """Return what the public page says today, or False.

        Turnout is no result: it may be told before the closing (Code électoral, L52-2
        speaks of results only). Votes come from the snapshot of the public page, which
        asks the embargo itself: none before the release.

        :return: dict ``name``, ``url``, ``hour`` (label, empty before the first figure),
            ``percent`` (as the public page writes it), ``stations`` (number that told
            theirs), ``results`` (see `_get_results_card`)
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
            "results": self._get_results_card(tour),
        }

    @api.model
    def _get_results_card(self, tour):
        """Return the first lists of the public page, False until the release.

        :return: dict ``status`` (what the figures are worth, a sentence), ``lists`` (dicts
            ``name``, ``share``; the three first ones)
        """
        if not tour.is_public:
            return False  # nobody builds a snapshot for it either
        figures = self.env["mairie.scrutin.publication"]._get_page(tour)["figures"]
        if not figures:
            return False
        first = [figures["lists"][place] for place in figures["ranked"][:SHOWN]]
        return {
            "status": self._say_results_status(figures),
            "lists": [
                {
                    "name": row["name"],
                    "share": tour._format_share(row["votes"], figures["exprimes"]),
                }
                for row in first
            ],
        }

    def _say_results_status(self, figures):
        if figures["status"] == "proclaimed":
            return self.env._("Proclaimed results")
        if figures["status"] == "complete":
            return self.env._("Complete results, not proclaimed")
        return self.env._(
            "Provisional results: %(stations)s stations of %(total)s",
            stations=figures["stations"],
            total=figures["stations_all"],
        )

    @api.model
    def _find_tour_of_today(self):
        """:return: the round of today that visitors know of, sudoed: its page is public"""
        company = self.env.company
        today = company._mairie_local_date(fields.Datetime.now())
        domain = [("company_id", "=", company.id), ("date", "=", today)]
        tours = self.env["mairie.scrutin.tour"].sudo().search_fetch(domain, order="id")
        return tours.filtered(lambda tour: tour._is_visible())[:1]
