"""A council of nineteen of whom sixteen came, and an item that elects somebody."""

from datetime import date


class ElectionMixin:
    """Factories of the tests of elections, on top of a council."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = [
            cls._new_mandat(
                f"Membre {rank:02d}",
                birthdate=date(1950 + rank, 1, 1),
                civility="madame" if rank % 2 else "monsieur",
            )
            for rank in range(4, 20)
        ]
        cls.seance = cls._new_seance(points=0)
        cls.point = cls._new_point(cls.seance, "Délégué au SIVU", kind="election")
        cls.seance.state = "open"
        cls.table = cls.seance.with_user(cls.secretary)
        cls.members = cls.seance._get_members()
        cls.table.console_move(cls.members[:16].ids, True)
        cls.table.console_open_point(cls.point.id)
        cls.one, cls.two, cls.three = (row.partner_id for row in cls.others[:3])

    def _elect(self, *people, kind="delegue", by_hand=False, **vals):
        self.table.console_add_nomination(
            self.point.id, "Titulaire", kind, by_hand, **vals
        )
        election = self.point.nomination_ids[-1:]
        for person in people:
            self.table.console_add_candidate(election.id, person.ids)
        return election

    def _round(self, election, *counts, **vals):
        number = len(election._get_rounds()) + (not vals.get("reason"))
        keys = map(str, election._get_standing(number).ids)
        vals["counts"] = dict(zip(keys, counts, strict=True))
        return self.table.console_round(election.id, vals)
