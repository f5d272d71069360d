from odoo import api, models


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinPublication(models.Model):
    """What the files of open data are, and what their fields mean."""

    _inherit = "mairie.scrutin.publication"

    @api.model
    def _get_open_data_words(self):
        """Plain values of the page: name -> meaning of the files and of the fields."""
        return {"files": self._get_file_words(), "fields": self._get_field_words()}

    def _get_file_words(self):
        return {
            "resultats.csv": self.env._(
                "A line for each station, a column for each list."
            ),
            "resultats-long.csv": self.env._("A line for each list in each station."),
            "resultats.json": self.env._(
                "Everything, with the seats and the turnout. Open to other sites "
                "(CORS), with ETag: ask every ten seconds at most."
            ),
            "resultats.xml": self.env._("One element for each station."),
        }

    def _get_field_words(self):
        common = (
            "pre-election, unofficial-partial, unofficial-complete, certified, "
            "correction"
        )
        return {
            "bureau": self.env._(
                "Number of the polling station; 0001+0003 for stations published "
                "together."
            ),
            "lieu": self.env._("Place of the station."),
            "inscrits": self.env._("Registered voters."),
            "votants": self.env._("Voters: blank, void and valid votes together."),
            "blancs": self.env._("Blank ballots."),
            "nuls": self.env._("Void ballots."),
            "exprimes": self.env._("Valid votes: the sum of the votes of the lists."),
            "panneau": self.env._("Number of the notice board."),
            "nuance": self.env._("Political shade given by the préfecture, if any."),
            "voix": self.env._("Votes, in the order of the lists."),
            "statut": "non_publie, provisoires, complets_non_proclames, proclames, "
            "rectifies",
            "statut_cdf": self.env._(
                "The same in the words of NIST SP 1500-100: %s.", common
            ),
            "etabli": self.env._("Moment of these figures, with its time zone."),
            "participation": self.env._(
                "Voters hour by hour, of the stations that told theirs."
            ),
        }
