from odoo import SUPERUSER_ID, models

from ..lib import replay

FIGURES = ("inscrits", "votants", "emargements", "blancs", "nuls", "exprimes")


# One file for each concern of a rehearsal: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinRepetition(models.Model):
    """What is played: each step goes the way of the real sending."""

    _inherit = "mairie.scrutin.repetition"

    def _get_steps(self):
        """The evening of the source, as the lib plans it. Hook: another evening."""
        source = self.source_tour_id.sudo()
        stations = source.bureau_tour_ids.filtered("saisie_id")
        return [
            step
            for step in replay.plan(
                [(row.code, row.saisie_id.exprimes) for row in stations],
                closing=source.cloture,
                hours=self._get_turnout_hours(source),
                mistakes=self.has_mistakes,
                seconds=self.has_second,
            )
            if step.minute >= self.start_minute
        ]

    def _get_turnout_hours(self, source):
        return source._get_participation_hours()

    def _play(self, steps):
        """Send what ``steps`` tell by the way of the real sendings."""
        stations = {row.code: row for row in self.tour_id.sudo().bureau_tour_ids}
        sources = {row.code: row for row in self.source_tour_id.sudo().bureau_tour_ids}
        for step in steps:
            station = stations.get(step.code)
            if station and station.state not in ("valide", "recense"):
                # else somebody was quicker than the evening
                getattr(self, f"_play_{step.kind}")(
                    station.with_user(SUPERUSER_ID), sources[step.code], step
                )

    def _play_turnout(self, station, source, step):
        votants = self._get_turnout(source, step.hour)
        if not station._check_participation(step.hour, votants):
            station._record_participation(step.hour, votants, source="mairie")

    def _get_turnout(self, source, hour):
        """The figure of that day, else a straight line from opening to closing."""
        told = source.participation_ids.filtered(
            lambda row: row.is_current and row.hour == hour
        )
        if told:
            return told[0].votants
        tour = source.tour_id
        day = max(tour.cloture - tour.ouverture, 1)
        return int(source.saisie_id.votants * max(hour - tour.ouverture, 0) / day)

    def _play_result(self, station, source, step):
        station._record_results([self._prepare_entry(source, station)])

    def _play_mistake(self, station, source, step):
        vals = self._prepare_entry(source, station)
        first = next(iter(vals["votes"]))
        vals["votes"][first] = max(vals["votes"][first] - 3, 0)
        station._record_results([vals])

    def _play_second(self, station, source, step):
        """Somebody else's: whoever made the rehearsal, not the robot of the first."""
        if station.state == "a_double_saisir":
            other = station.with_user(self.create_uid).sudo()
            other._record_second(self._prepare_entry(source, station))

    def _prepare_entry(self, source, station):
        entry = source.saisie_id
        lists = {row.panneau: row.id for row in station.tour_id.candidature_ids}
        return {
            "bureau_tour_id": station.id,
            "source": "mairie",
            "comment": "Répétition",
            **{name: entry[name] for name in FIGURES},
            "votes": {
                lists[line.candidature_id.panneau]: line.voix for line in entry.line_ids
            },
        }
