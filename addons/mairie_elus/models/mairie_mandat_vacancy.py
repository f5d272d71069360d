from datetime import timedelta

from odoo import api, models

#: Functions that may be left without leaving the council (CGCT, L2122-15).
LEFT_ALONE = ("maire", "adjoint")


class MairieMandat(models.Model):
    """Who leaves the function of a deputy, and stays in the council or not."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.mandat"

    @api.model
    def _get_vacated(self, company, day):
        """Return the deputies who left before a day, and whom nobody succeeded.

        Those who left with a former mayor are not among them: with a new mayor all the
        deputies are elected anew (CGCT, L2122-10).

        :param company: res.company, the commune
        :return: mairie.mandat that have ended
        """
        seated = self.sudo()._get_in_office(company, day)
        term = seated.mandature_id[:1]
        mayor = seated.filtered(lambda row: row.function == "maire")
        deputies = seated.filtered(lambda row: row.function == "adjoint")
        since = max(mayor.mapped("date_from"), default=term.date_from)
        left = term.mandat_ids.filtered(
            lambda row: (
                row.function == "adjoint"
                and row.date_to
                and since <= row.date_to < day
                and row.partner_id not in deputies.partner_id
            )
        )
        last = {}  # one seat each, whatever the ranks held before
        for row in left.sorted("date_to"):
            last[row.partner_id] = row.id
        succeeded = self.env["mairie.nomination"].sudo()._get_succeeded(company)
        return (left.browse(last.values()) - succeeded).sorted("function_rank")

    def _get_vacated_name(self):
        """Return who left, with the quality held, in French."""
        self.ensure_one()
        return f"{self.partner_id.name}, {self._get_quality()}"

    def _leave_function(self, day):
        """Give up the function after a day, and go on as a councillor."""
        self.ensure_one()
        self._end_delegations(day)
        following = day + timedelta(days=1)
        return self._change_function(following, "conseiller")
