from odoo import models


# One file for each concern of an access: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinAcces(models.Model):
    """Words of the page of a station about its people."""

    _inherit = "mairie.scrutin.acces"

    def _get_phone_texts(self):
        return {
            **super()._get_phone_texts(),
            **self._get_texts_people(),
            **self._get_texts_spot(),
            **self._get_texts_tellers(),
        }

    def _get_texts_people(self):
        """Who is here: arrivals and departures (R42)."""
        return {
            "people": self.env._("Who is here"),
            "people_hint": self.env._(
                "Two members at all times, from the opening to the closing (R42)."
            ),
            "hour_now": self.env._("Leave empty for now."),
            "hour_future": self.env._("This hour has not come yet."),
            "everyone_came": self.env._("Note %(count)s arrivals"),
            "nobody": self.env._(
                "The town hall named no member for this station: call it."
            ),
            "comes": self.env._("Arrival"),
            "leaves": self.env._("Departure"),
            "comes_name": self.env._("Arrival: %(name)s"),
            "leaves_name": self.env._("Departure: %(name)s"),
            "not_noted": self.env._("not noted yet"),
            "here_since": self.env._("here since %(hour)s"),
            "left_at": self.env._("left at %(hour)s"),
            "present_count": self.env._("%(count)s here"),
            "present_one": self.env._("%(count)s member here"),
            "present_many": self.env._("%(count)s members here"),
            "present_short": self.env._(
                "%(count)s member here: two are needed at all times. Call the town hall."
            ),
            "present_two": self.env._("two are needed"),
            "understood": self.env._("Understood"),
        }

    def _get_texts_spot(self):
        """A voter present completes the bureau (R42, R44)."""
        return {
            "spot": self.env._("voter present"),
            "spot_title": self.env._("Complete the bureau with a voter"),
            "spot_youngest": self.env._(
                "%(count)s assessor of two. Among the voters present who read and write French, take the youngest, then the oldest (R44)."
            ),
            "spot_oldest": self.env._(
                "%(count)s assessor of two. After the youngest voter present, take the oldest (R44)."
            ),
            "spot_enough": self.env._(
                "%(count)s assessors are here: nobody is needed for now."
            ),
            "spot_role": self.env._("Seat"),
            "spot_assesseur": self.env._("Assessor"),
            "spot_secretaire": self.env._("Secretary"),
            "spot_able": self.env._(
                "Voter of the commune, who reads and writes French"
            ),
            "spot_able_missing": self.env._(
                "Tick the box once the voter's card and the person were seen."
            ),
            "spot_add": self.env._("Take the seat from now on"),
            "spot_remove": self.env._("Noted by mistake"),
            "spot_remove_name": self.env._("Noted by mistake: %(name)s"),
        }

    def _get_texts_tellers(self):
        """Tellers found among the voters during the day (L65, R65)."""
        return {
            "tellers": self.env._("Tellers"),
            "tellers_hint": self.env._(
                "Voters who read and write, four for each table. The lists name them first (L65)."
            ),
            "tellers_count": self.env._("%(count)s of %(needed)s"),
            "tellers_missing": self.env._(
                "%(count)s of %(needed)s: %(missing)s missing, to be named before %(hour)s."
            ),
            "tellers_late": self.env._(
                "%(count)s of %(needed)s: %(missing)s missing. The members of the station may count (L65)."
            ),
            "tellers_enough": self.env._("%(count)s tellers: that is enough."),
            "teller_firstname": self.env._("First name"),
            "teller_name": self.env._("Last name"),
            "teller_birth_date": self.env._("Birth date"),
            "teller_birth_hint": self.env._("Day, month, year: 12/05/1974."),
            "teller_firstname_missing": self.env._("Write the first name."),
            "teller_name_missing": self.env._("Write the last name."),
            "teller_birth_date_missing": self.env._(
                "Write the birth date as day, month, year: 12/05/1974."
            ),
            "teller_list": self.env._("Named by the list"),
            "teller_no_list": self.env._("No list"),
            "teller_table": self.env._("Counting table"),
            "teller_any_table": self.env._("The best one, lists mixed"),
            "table": self.env._("Table %(number)s"),
            "no_table": self.env._("Table to come"),
            "teller_add": self.env._("Add the teller"),
            "teller_remove": self.env._("Remove"),
            "teller_remove_name": self.env._("Remove %(name)s"),
            "take_back": self.env._("Correct it"),
        }
