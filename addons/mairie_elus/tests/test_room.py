"""In the room: votes on devices, amendments, suspensions, added items, lost quorum."""

from datetime import datetime, timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from .common import IN_TIME, START, ElusCase

NIGHT = "2026-12-17 18:30:00"


@tagged("post_install", "-at_install")
class TestRoom(ElusCase):
    @classmethod
    @freeze_time(IN_TIME)
    def setUpClass(cls):
        super().setUpClass()
        cls.others = [cls._new_mandat(f"Membre {rank:02d}") for rank in range(4, 20)]
        cls.seance = cls._new_seance(points=3)
        cls.seance._convene()
        cls.seance.state = "open"
        cls.first, cls.second, cls.third = cls.seance.point_ids.sorted("rank")
        cls.table = cls.seance.with_user(cls.secretary)
        cls.members = cls.seance._get_members()

    def _start(self, present=12, point=None):
        self.table.console_move(self.members[:present].ids, True)
        return self.table.console_open_point((point or self.first).id)

    def _notice(self, member):
        return self.seance.convocation_ids.sudo().filtered(
            lambda row: row.partner_id == member
        )

    def _open_devices(self, **vals):
        self.table.console_open_vote(self.first.id, **vals)
        return self.seance._get_running_vote()

    def _vote(self, pour, contre=0, abstention=0, mode="ordinary", point=None, **vals):
        counts = {"pour": pour, "contre": contre, "abstention": abstention}
        return self.table.console_vote(
            (point or self.first).id, {"mode": mode, **counts, **vals}
        )

    def _names(self, count, **sides):
        names = dict.fromkeys(map(str, self.members[:count].ids), "pour")
        return {**names, **sides}

    # ---- votes on devices ----

    def test_members_vote_on_their_devices(self):
        self._start()
        running = self._open_devices()
        for member in self.members[:11]:
            self._notice(member)._cast_vote(running.id, member.id, "pour")
        last = self.members[11]
        self._notice(last)._cast_vote(running.id, last.id, "contre")
        item = self.table.console_read()["current"]
        self.assertEqual((item["device"]["cast"], item["device"]["waiting"]), (12, []))
        self.assertFalse(item["device"]["names"], "how, not before the end")
        self.assertTrue(self.table.console_close_vote(running.id))
        names = self.table.console_read()["current"]["device"]["names"]
        table = self._vote(11, 1, mode="public", names=names)
        self.assertTrue(table["current"]["vote"]["adopted"])
        self.assertEqual(table["current"]["vote"]["names"]["contre"], [last.name])
        self.assertFalse(table["current"]["device"], "it is recorded")

    def test_nobody_votes_once_it_is_closed(self):
        self._start()
        running = self._open_devices()
        self.table.console_close_vote(running.id)
        member = self.members[0]
        with self.assertRaisesRegex(ValidationError, "Vote closed at"):
            self._notice(member)._cast_vote(running.id, member.id, "pour")
        vals = {
            "ouvert_id": running.id,
            "company_id": running.company_id.id,
            "partner_id": member.id,
            "cast_by_id": member.id,
            "choice": "pour",
            "cast_at": START,
        }
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.env["mairie.vote.voix"].sudo().create(vals)

    def test_a_second_tap_changes_nothing(self):
        self._start()
        running = self._open_devices()
        member = self.members[0]
        notice = self._notice(member)
        notice._cast_vote(running.id, member.id, "pour")
        notice._cast_vote(running.id, member.id, "contre")
        self.assertEqual(running.voix_ids.mapped("choice"), ["pour"])
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            running.voix_ids.copy()

    def test_the_holder_votes_twice_and_the_giver_not_at_all(self):
        self._start()
        holder, giver = self.members[1], self.members[15]
        self.table.console_pouvoir(giver.id, holder.id)
        running = self._open_devices()
        cards = self._notice(holder)._prepare_live_cards()
        self.assertEqual([card["member"] for card in cards], [holder.id, giver.id])
        for member in (giver, self.members[16]):
            self.assertFalse(self._notice(member)._prepare_live_cards())
            with self.assertRaisesRegex(ValidationError, "not yours"):
                self._notice(member)._cast_vote(running.id, member.id, "pour")
        with self.assertRaisesRegex(ValidationError, "not yours"):
            self._notice(holder)._cast_vote(running.id, self.members[2].id, "pour")
        self._notice(holder)._cast_vote(running.id, holder.id, "pour")
        self._notice(holder)._cast_vote(running.id, giver.id, "contre")
        self.assertEqual(running.voix_ids.partner_id, holder + giver)

    def test_the_secretary_records_what_was_cast(self):
        self._start(10)
        running = self._open_devices()
        member = self.members[0]
        self._notice(member)._cast_vote(running.id, member.id, "contre")
        with self.assertRaisesRegex(UserError, "close the vote first"):
            self._vote(10, mode="public", names=self._names(10))
        self.table.console_close_vote(running.id)
        with self.assertRaisesRegex(ValidationError, "as it was cast"):
            self._vote(10, mode="public", names=self._names(10))
        with self.assertRaisesRegex(ValidationError, "record it so"):
            self._vote(9, 1)
        names = self._names(10, **{str(member.id): "contre"})
        self._vote(9, 1, mode="public", names=names)
        self.assertEqual(self.first.vote_id.contre, 1)

    def test_who_voted_stays_in_the_room_until_it_is_recorded(self):
        self._start(11)
        running = self._open_devices()
        member = self.members[0]
        self._notice(member)._cast_vote(running.id, member.id, "pour")
        with self.assertRaisesRegex(UserError, "record the vote before"):
            self.table.console_move(member.ids, False)
        self.table.console_move(self.members[10].ids, False)

    def test_one_vote_runs_at_a_time(self):
        self._start()
        self._open_devices()
        with self.assertRaisesRegex(UserError, "close the vote first"):
            self.table.console_open_vote(self.first.id)
        with self.assertRaisesRegex(UserError, "close the vote first"):
            self.table.console_open_point(self.second.id)
        with self.assertRaisesRegex(UserError, "close the vote first"):
            self.table.action_close()

    def test_only_the_secretary_opens_and_closes(self):
        self._start()
        running = self._open_devices()
        elu = self._new_elu_user(self.deputy, "adjoint.essai")
        seance = self.seance.with_user(elu)
        with self.assertRaises(AccessError):
            seance.console_close_vote(running.id)
        for model in ("mairie.vote.ouvert", "mairie.vote.voix"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(elu).search([])

    # ---- requests, amendments ----

    def test_enough_requests_make_the_mode_due(self):
        self._start(12)
        with self.assertRaisesRegex(ValidationError, "4 are enough"):
            self._vote(12, asked_secret=4)
        with self.assertRaisesRegex(ValidationError, "3 are enough"):
            self._vote(12, asked_public=3)
        with self.assertRaisesRegex(ValidationError, "Secret"):
            self._vote(
                12, mode="public", asked_public=3, asked_secret=4, names=self._names(12)
            )
        self._vote(12, asked_secret=3, asked_public=2)
        vote = self.first.vote_id
        self.assertEqual((vote.asked_secret, vote.asked_public), (3, 2))

    def test_an_amendment_comes_before_the_item(self):
        self._start()
        author = self.members[2]
        self.table.console_add_amendment(
            self.first.id, "Supprimer l'article 3", author.id
        )
        table = self._vote(4, 8, subject="Amendement n° 1")
        self.assertFalse(table["current"]["amendments"][0]["vote"]["adopted"])
        with self.assertRaisesRegex(UserError, "voted on: it stays"):
            self.first.amendement_ids.unlink()
        self._vote(12)
        with self.assertRaisesRegex(ValidationError, "come before it"):
            self.table.console_add_amendment(self.first.id, "Trop tard")

    # ---- hours ----

    def test_a_suspended_meeting_waits_and_counts_its_quorum_again(self):
        self._start(10)
        self.table.console_suspend("Demande du groupe")
        with self.assertRaisesRegex(UserError, "suspended"):
            self._vote(10)
        with self.assertRaisesRegex(UserError, "suspended"):
            self.table.console_open_point(self.second.id)
        self.table.console_move(self.members[0].ids, False)
        self.table.console_resume()
        with self.assertRaisesRegex(ValidationError, "9 count, 10 are needed"):
            self._vote(9)

    def test_the_journal_gives_the_minutes_of_each_item(self):
        with freeze_time(NIGHT) as clock:
            self._start()
            clock.tick(timedelta(minutes=4))
            self.table.console_suspend()
            clock.tick(timedelta(minutes=10))
            self.table.console_resume()
            clock.tick(timedelta(minutes=3))
            table = self.table.console_open_point(self.second.id)
        rows = {row["id"]: row["minutes"] for row in table["points"]}
        self.assertEqual(rows[self.first.id], 7)
        self.assertEqual(rows[self.third.id], 0)
        with self.assertRaisesRegex(UserError, "sealed"):
            self.seance.journal_ids[0].note = "autre"

    def test_a_meeting_is_entered_from_paper_notes(self):
        with freeze_time(IN_TIME):
            seance = self._new_seance(date_start=START - timedelta(days=1))
            seance._convene()
        with freeze_time("2026-12-18 09:00:00"):
            seance.invalidate_recordset()
            notes = self.env["mairie.seance.notes"].with_user(self.secretary)
            notes = notes.create(
                {
                    "seance_id": seance.id,
                    "opened_at": datetime(2026, 12, 16, 18, 4),
                    "closed_at": datetime(2026, 12, 16, 20, 0),
                    "presiding_id": self.mayor.partner_id.id,
                    "present_ids": [(6, 0, self.members[:12].ids)],
                }
            )
            notes.action_enter()
            table = seance.with_user(self.secretary)
            table.console_notes_clock("19:10")
            table.console_open_point(seance.point_ids.id)
            table.console_notes_clock("19:20")
            table.console_move(self.members[0].ids, False)
            self.table = table
            self._vote(11, point=seance.point_ids)
            table.console_move(self.members[1].ids, False)
            table.action_number_acts()
        self.assertEqual(seance.state, "closed")
        vote = seance.point_ids.vote_id
        self.assertEqual(
            vote.closed_at.replace(second=0), datetime(2026, 12, 16, 18, 20)
        )
        self.assertEqual(vote.present_count, 11)
        self.assertEqual(len(seance._get_roll(seance.point_ids).present), 11)
        self.assertEqual(len(seance.deliberation_ids), 1)

    def test_only_a_past_meeting_is_entered_from_notes(self):
        notes = self.env["mairie.seance.notes"].with_user(self.secretary)
        with freeze_time(NIGHT), self.assertRaisesRegex(ValidationError, "not over"):
            notes.create({"seance_id": self.seance.id})

    # ---- agenda ----

    def test_an_urgent_item_says_why(self):
        self._start()
        with self.assertRaisesRegex(UserError, "why it cannot wait"):
            self.table.console_add_point("Fuite du toit", " ")
        table = self.table.console_add_point("Fuite du toit", "Danger pour l'école")
        added = self.seance.point_ids.filtered("is_added")
        self.assertEqual(table["points"][-1]["id"], added.id)
        self.table.console_open_point(added.id)
        self._vote(12, point=added)
        self.assertTrue(added.vote_id.is_adopted)

    def test_nobody_adds_an_item_beside_the_table(self):
        vals = {"seance_id": self.seance.id, "name": "Ajout"}
        Point = self.env["mairie.point"].with_user(self.secretary)
        with self.assertRaises(UserError):
            Point.create(vals)
        with self.assertRaises(AccessError):
            Point.create({**vals, "is_added": True})

    def test_an_item_is_put_off_and_taken_back(self):
        self._start()
        self.table.console_defer(self.second.id)
        with self.assertRaisesRegex(UserError, "put off"):
            self.table.console_open_point(self.second.id)
        self.table.console_defer(self.second.id)
        self.table.console_open_point(self.second.id)

    def test_urgency_is_voted_first_and_its_refusal_puts_everything_off(self):
        seance = self._new_seance(points=0, date_start=START + timedelta(days=30))
        urgency = self._new_point(seance, "Urgence", kind="urgency", sequence=1)
        item = self._new_point(seance, "Travaux", sequence=5)
        seance.state = "open"
        self.table = seance.with_user(self.secretary)
        self.table.console_move(self.members[:12].ids, True)
        with self.assertRaisesRegex(UserError, "urgency first"):
            self.table.console_open_point(item.id)
        self.table.console_open_point(urgency.id)
        self._vote(4, 8, point=urgency)
        with self.assertRaisesRegex(UserError, "did not accept the urgency"):
            self.table.console_open_point(item.id)

    def test_closed_doors_are_asked_for_and_voted(self):
        self._start(16)
        with self.assertRaisesRegex(ValidationError, "Three members"):
            self.table.console_doors(self.first.id, 2, False, 16)
        with self.assertRaisesRegex(ValidationError, "16 members"):
            self.table.console_doors(self.first.id, 3, False, 17)
        self.table.console_doors(self.first.id, 3, False, 8)
        self.assertFalse(self.first.is_huis_clos, "half is not a majority")
        self.table.console_doors(self.first.id, 0, True, 9)
        self.assertTrue(self.first.is_huis_clos)
        self.assertIn("9 voix pour sur 16", self.seance.journal_ids[-1].note)
        screen = self.seance._prepare_screen_vals()["point"]
        self.assertTrue(screen["is_hidden"])
        self.assertNotIn(self.first.name, str(screen))

    # ---- quorum lost ----

    def test_what_a_lost_quorum_leaves_is_called_again(self):
        with freeze_time(NIGHT):
            self._start(10)
            self._vote(10)
            with self.assertRaisesRegex(UserError, "quorum is there"):
                self.table.console_call_again()
            self.table.console_move(self.members[9].ids, False)
            table = self.table.console_read()
            self.assertIn("21", table["seance"]["second_call_from"])
            action = self.table.console_call_again()
        self.assertEqual(self.seance.state, "closed")
        again = self.env["mairie.seance"].browse(action["res_id"])
        self.assertEqual(again.call, "second_call")
        self.assertEqual(str(again.date), "2026-12-21", "three clear days in between")
        self.assertEqual(again.point_ids.origin_id, self.second + self.third)

    # ---- two secretaries ----

    def test_two_secretaries_never_overwrite_each_other(self):
        self._start()
        before = self.table.console_version()
        self.table.console_debate(self.first.id, "Première main", "")
        self.assertNotEqual(self.table.console_version(), before)
        answer = self.table.console_debate(self.first.id, "Seconde main", "")
        self.assertEqual(answer["conflict"], "Première main")
        self.assertEqual(self.first.debate, "Première main")
        self.table.console_debate(self.first.id, "Les deux", "Première main")
        self.assertEqual(self.first.debate, "Les deux")

    def test_the_version_changes_with_each_vote_cast(self):
        self._start()
        running = self._open_devices()
        member = self.members[0]
        known = [self.table.console_version(), self.seance._get_screen_version()]
        self._notice(member)._cast_vote(running.id, member.id, "pour")
        now = [self.table.console_version(), self.seance._get_screen_version()]
        self.assertFalse(set(known) & set(now))
