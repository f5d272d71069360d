"""A meeting that was held, its acts, and people of each job."""

from datetime import timedelta

from .common import START


class ActsMixin:
    """Factories of the tests of acts, on top of a council."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune.write(
            {"mairie_siret": "21490998800013", "mairie_pref_code": "PREF049"}
        )
        cls.Publication = cls.env["mairie.publication"]

    @classmethod
    def _hold(cls, start=START, points=2, **vals):
        """A meeting of three members, each item voted, closed, its acts numbered."""
        seance = cls._new_seance(points=points, date_start=start)
        seance.point_ids.write({"matiere_code": "7.5", **vals})
        seance.write({"state": "open", "opened_at": start})
        seance.secretary_ids = cls.deputy.partner_id
        table = seance.with_user(cls.secretary)
        table.console_move(seance._get_members().ids, True)
        for point in seance.point_ids:
            table.console_open_point(point.id)
            table.console_debate(point.id, "Sans observation.")
            table.console_vote(point.id, {"mode": "ordinary", "pour": 2, "contre": 1})
        table.action_close()
        seance.closed_at = start + timedelta(hours=2)
        return seance

    @classmethod
    def _add_annexe(cls, point, filename, content):
        """A document as it was there before the sending of a meeting now held."""
        seance = point.seance_id.sudo()
        seance.state = "draft"
        annexe = cls._new_annexe(point.sudo(), "Barème", content, filename)
        seance.state = "closed"
        return annexe

    @classmethod
    def _get_acts(cls, seance):
        return seance.deliberation_ids.sorted("rank").with_user(cls.secretary)
