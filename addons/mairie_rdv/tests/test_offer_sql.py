"""The one door of the engine: same times by SQL alone, and queries that do not grow."""

import random
from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..lib.slots import occurs_on, to_minutes
from ..models.mairie_rdv_lieu_calendar import _rule_of
from .common import RdvCase

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 14)
SEED = 20260601


@tagged("post_install", "-at_install")
class TestOfferSql(RdvCase):
    def _fill(self, dice):
        """Random openings, closings and appointments over two weeks."""
        desks = [self.guichet, self._create_guichet("G2", capacity=2)]
        self.opening.unlink()
        for desk in desks:
            for _index in range(4):
                begin = dice.choice([8, 8.5, 9, 13.5])
                self._create_ouverture(
                    desk,
                    weekday=str(dice.randrange(6)),
                    hour_from=begin,
                    hour_to=begin + dice.choice([0.5, 1, 2.25, 3]),
                    every=dice.choice([1, 1, 2]),
                    date_from="2026-05-25",
                )
        for _index in range(3):
            begin = dice.randrange(8, 12)
            self.env["mairie.rdv.exception"].create(
                {
                    "name": "Absence",
                    "lieu_id": self.lieu.id,
                    "guichet_id": dice.choice([False, desks[0].id, desks[1].id]),
                    "date_from": FIRST + timedelta(days=dice.randrange(12)),
                    "date_to": FIRST + timedelta(days=13),
                    "all_day": False,
                    "hour_from": begin,
                    "hour_to": begin + 1,
                }
            )
        for _index in range(12):
            offers = self.demarche._get_offer(self.lieu, FIRST, LAST, audience="agent")
            if offers:
                offer = dice.choice(offers)
                value = f"{offer.local:%Y-%m-%d}", f"{offer.local:%H:%M}"
                self._create_rdv(value[1], day=value[0], state=dice.choice(
                    ["confirmed", "done", "cancelled_usager"]
                ))  # fmt: skip

    def _offered_by_sql(self):
        """The rule written a second time, in SQL alone, from the calendar's rows."""
        demarche = self.demarche
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT s.start
                  FROM (%(plages)s) p
                  JOIN mairie_rdv_ouverture_guichet_rel rel
                    ON rel.ouverture_id = p.ouverture_id
                  JOIN mairie_rdv_guichet g ON g.id = rel.guichet_id
            CROSS JOIN generate_series(1, g.capacity) seat(number)
            CROSS JOIN LATERAL generate_series(
                       p.start, p.stop - %(duration)s * interval '1 min',
                       %(step)s * interval '1 min') s(start)
                 WHERE p.lieu_id = %(lieu)s AND s.start >= %(now)s
                   AND p.start < '2026-06-14 22:00'
                   AND NOT EXISTS (
                       SELECT FROM mairie_rdv r
                        WHERE r.guichet_id = g.id AND r.place = seat.number
                          AND r.state IN ('hold', 'confirmed', 'arrived',
                                          'in_progress', 'done', 'no_show')
                          AND r.busy_start < s.start
                              + (%(duration)s + %(after)s) * interval '1 min'
                          AND r.busy_stop > s.start - %(before)s * interval '1 min')
                   AND NOT EXISTS (
                       SELECT FROM mairie_rdv_exception e
                        WHERE e.kind = 'closing'
                          AND (e.guichet_id IS NULL OR e.guichet_id = g.id)
                          AND (s.start AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')
                              ::date BETWEEN e.date_from AND e.date_to
                          AND s.start < (date_trunc('day', s.start
                                  AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')
                                  + e.hour_to * interval '1 hour')
                                  AT TIME ZONE 'Europe/Paris' AT TIME ZONE 'UTC'
                          AND s.start + %(duration)s * interval '1 min'
                              > (date_trunc('day', s.start
                                  AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')
                                  + e.hour_from * interval '1 hour')
                                  AT TIME ZONE 'Europe/Paris' AT TIME ZONE 'UTC')
              ORDER BY 1
                """,
                plages=self.env["mairie.rdv.plage"]._table_query,
                duration=demarche.duration,
                step=demarche.step or demarche.duration,
                before=demarche.buffer_before,
                after=demarche.buffer_after,
                lieu=self.lieu.id,
                now="2026-05-31 22:00",
            )
        )
        return [to_minutes(start) for (start,) in rows]

    def test_sql_alone_and_the_engine_agree_and_what_is_offered_can_be_booked(self):
        for seed in range(6):
            dice = random.Random(SEED + seed)
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                vals = {
                    "buffer_before": dice.choice([0, 5]),
                    "step": dice.choice([0, 15]),
                }
                self.demarche.write({**vals, "buffer_after": dice.choice([0, 10])})
                self._fill(dice)
                self.env.flush_all()
                offers = self.demarche._get_offer(self.lieu, FIRST, LAST)
                self.assertTrue(offers)
                self.assertEqual([o.start for o in offers], self._offered_by_sql())
                offer = dice.choice(offers)
                value = f"{offer.local:%Y-%m-%d}", f"{offer.local:%H:%M}"
                rdv = self._hold(value[1], day=value[0], key="s" * 22)
                self.assertEqual(rdv.state, "hold")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_pages_and_machines_see_the_same_times(self):
        search = self.demarche._search_days(self.lieu, 1)
        shown = [slot["value"] for day in search["days"] for slot in day["slots"]]
        last = date.fromisoformat(search["days"][-1]["iso"])
        offers = self.demarche._get_offer(self.lieu, FIRST, last)
        self.assertEqual([f"{o.local:%Y-%m-%dT%H:%M}" for o in offers], shown)
        days = self.demarche._get_slots(self.lieu, FIRST, last)
        self.assertEqual(list(days)[0], FIRST)

    def test_queries_do_not_grow_with_desks_places_days_or_appointments(self):
        def queries(demarches, lieux):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            demarches._get_offer(lieux, FIRST, date(2026, 8, 29), 1, "ants")
            return self.env.cr.sql_log_count - before

        few = queries(self.demarche, self.lieu)
        other = self._create_lieu("Annexe")
        more = self._create_demarche("CNI")
        desks = self.guichet
        for index in range(9):
            lieu = (self.lieu, other)[index % 2]
            desk = self._create_guichet(f"D{index}", lieu_id=lieu.id)
            desk.demarche_ids += more
            self._create_ouverture(desk, hour_to=12.0)
            desks += desk
        for time in ("09:00", "09:20", "09:40"):
            self._create_rdv(time)
        many = queries(self.demarche + more, self.lieu + other)
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, 14)

    def test_quota_binds_the_public_and_not_the_agents(self):
        self.demarche.quota_ids = [Command.create({"period": "day", "maximum": 1})]
        self._create_rdv("09:00")
        nothing = self.demarche._get_offer(self.lieu, FIRST, FIRST)
        self.assertFalse(nothing)
        agents = self.demarche._get_offer(self.lieu, FIRST, FIRST, audience="agent")
        self.assertEqual(len(agents), 2)
        after = FIRST + timedelta(days=7)
        self.assertEqual(len(self.demarche._get_offer(self.lieu, after, after)), 3)

    def test_kept_share_is_released_before_the_day(self):
        self.opening.write({"online_share": 0, "release_days": 2})
        self.assertEqual(self._get_times(), "")
        with self._later(days=1):
            self.assertEqual(self._get_times(), "09:00 09:20 09:40")

    def test_overseas_days_are_local_and_hours_hold(self):
        for tz, value, utc in (
            ("Indian/Reunion", "2026-06-02T08:00", "2026-06-02 04:00"),
            ("America/Guadeloupe", "2026-06-02T08:00", "2026-06-02 12:00"),
            ("Pacific/Noumea", "2026-06-02T08:00", "2026-06-01 21:00"),
        ):
            lieu = self._create_lieu(tz, tz=tz)
            desk = self._create_guichet(tz, lieu_id=lieu.id)
            self._create_ouverture(desk, weekday="1", hour_from=8, hour_to=8.5)
            offers = self.demarche._get_offer(lieu, date(2026, 6, 2), date(2026, 6, 2))
            self.assertEqual([f"{o.local:%Y-%m-%dT%H:%M}" for o in offers], [value])
            self.assertEqual(str(lieu._read_start(value))[:16], utc)

    # -- the calendar of openings ------------------------------------------------------

    def test_calendar_shows_the_days_of_the_rules(self):
        self.opening.unlink()
        for vals in (
            {"every": 2, "date_from": "2026-05-20"},
            {"kind": "monthly", "nth": "1", "weekday": "5"},
            {"kind": "monthly", "nth": "-1", "weekday": "2"},
            {"kind": "date", "date_from": "2026-06-13"},
            {"date_from": "2026-06-08", "date_to": "2026-06-22", "weekday": "4"},
        ):
            opening = self._create_ouverture(**vals)
            plages = self.env["mairie.rdv.plage"].search(
                [("ouverture_id", "=", opening.id), ("start", ">", "2026-05-31 22:00:00"),
                 ("start", "<", "2026-12-30 22:00:00")]
            )  # fmt: skip
            shown = [plage.start.date() for plage in plages]
            row = [opening.kind, opening.weekday, opening.every, opening.nth,
                   opening.date_from, opening.date_to, 9.0, 10.0, 100, 0]  # fmt: skip
            days = (FIRST + timedelta(days=index) for index in range(213))
            self.assertEqual(
                shown, [d for d in days if occurs_on(_rule_of(row), d)], vals
            )

    def test_painting_days_opens_them_and_erasing_closes_them(self):
        manager = self._new_user(
            "t_peintre", "mairie_rdv.group_responsable", tz="Europe/Paris"
        )
        plages = self.env["mairie.rdv.plage"].with_user(manager)
        common = {
            "lieu_id": self.lieu.id,
            "guichet_ids": [Command.set(self.guichet.ids)],
        }
        painted = plages.create(
            [
                {
                    **common,
                    "start": f"2026-06-0{day} 12:00",
                    "stop": f"2026-06-0{day} 13:00",
                }
                for day in (2, 3)
            ]
        )
        self.assertEqual(len(painted), 2)
        self.assertEqual(painted.ouverture_id.mapped("hour_from"), [14.0, 14.0])
        offers = self.demarche._get_offer(self.lieu, date(2026, 6, 2), date(2026, 6, 3))
        self.assertEqual(len(offers), 6)
        painted[0].unlink()
        self.assertFalse(
            self.demarche._get_offer(self.lieu, date(2026, 6, 2), date(2026, 6, 2))
        )
        weekly = plages.create(
            [{**common, "repeats": True, "start": f"{day} 12:00", "stop": f"{day} 13:00"}
             for day in ("2026-06-05", "2026-06-12")]
        )  # fmt: skip
        self.assertEqual(
            len(weekly.ouverture_id), 1, "the same hours each week are one"
        )
        weekly.filtered(lambda plage: str(plage.start.date()) == "2026-06-12").unlink()
        friday = date(2026, 6, 12)
        self.assertFalse(self.demarche._get_offer(self.lieu, friday, friday))
        self.assertTrue(
            self.demarche._get_offer(
                self.lieu, friday + timedelta(7), friday + timedelta(7)
            )
        )
