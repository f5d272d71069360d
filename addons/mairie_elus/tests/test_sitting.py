"""The meeting itself: roll, quorum of each item, pouvoirs, votes that are sealed."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import START, ElusCase


@tagged("post_install", "-at_install")
class TestSitting(ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.mandature.company_id
        cls.others = [cls._new_mandat(f"Membre {rank:02d}") for rank in range(4, 20)]
        cls.seance = cls._new_held_seance("open", points=2)
        cls.first, cls.second = cls.seance.point_ids
        cls.table = cls.seance.with_user(cls.secretary)
        cls.members = cls.seance._get_members()

    @classmethod
    def _new_held_seance(cls, state, **vals):
        seance = cls._new_seance(**vals)
        seance.state = state
        return seance

    def _enter(self, count, table=None):
        table = table or self.table
        table.console_move(self.members[:count].ids, True)

    def _open(self, point=None):
        return self.table.console_open_point((point or self.first).id)

    def _vote(self, pour, contre=0, abstention=0, mode="ordinary", point=None, **vals):
        counts = {"pour": pour, "contre": contre, "abstention": abstention}
        return self.table.console_vote(
            (point or self.first).id, {"mode": mode, **counts, **vals}
        )

    def _give(self, giver, holder, seance=None):
        return self.env["mairie.pouvoir"].create(
            {
                "seance_id": (seance or self.seance).id,
                "giver_id": giver.id,
                "holder_id": holder.id,
            }
        )

    def test_nineteen_members_need_ten(self):
        self.assertEqual(len(self.members), 19)
        self._enter(9)
        seance = self._open()["seance"]
        self.assertEqual((seance["counted"], seance["needed"]), (9, 10))
        with self.assertRaisesRegex(ValidationError, "9 count, 10 are needed"):
            self._vote(9)
        self.assertFalse(self.first.vote_ids)

    def test_quorum_is_counted_at_each_item(self):
        self._enter(10)
        self._open()
        self.table.console_move(self.members[9].ids, False)
        self._vote(9)  # who leaves during the debate does not void the item
        self._open(self.second)
        with self.assertRaisesRegex(ValidationError, "9 count, 10 are needed"):
            self._vote(9, point=self.second)

    def test_who_leaves_after_the_vote_counts_for_the_item(self):
        self._enter(12)
        self._open()
        self._vote(12)
        self.table.console_move(self.members[0].ids, False)
        self.assertEqual(len(self.seance._get_roll(self.first).present), 12)
        self._open(self.second)
        self.assertEqual(len(self.seance._get_roll(self.second).present), 11)

    def test_vote_is_judged_named_and_sealed(self):
        self._enter(12)
        for giver, holder in zip(self.members[12:16], self.members[1:5], strict=True):
            self._give(giver, holder)
        self._open()
        names = {str(self.members[11].id): "contre"}
        table = self._vote(8, 7, 1, names=names)
        vote = self.first.vote_id
        self.assertTrue(table["current"]["vote"]["adopted"])
        self.assertEqual((vote.present_count, vote.pouvoir_count), (12, 4))
        self.assertEqual(
            vote.sentence.replace("\xa0", " "),
            "Par 8 voix pour, 7 voix contre et une abstention : adopté.",
        )
        self.assertEqual(vote.nom_ids.partner_id, self.members[11])
        with self.assertRaisesRegex(UserError, "sealed"):
            vote.pour = 9

    def test_a_tie_asks_for_the_president(self):
        self._enter(14)
        self._open()
        preview = self.table.console_preview_vote(
            self.first.id, {"mode": "public", "pour": 7, "contre": 7, "names": {}}
        )
        self.assertFalse(preview["asks"], "names are missing first")
        vals = {"mode": "ordinary", "pour": 7, "contre": 7}
        preview = self.table.console_preview_vote(self.first.id, vals)
        self.assertEqual(preview["asks"], "president")
        self.assertIn(self.mayor.partner_id.name, preview["problem"])
        table = self._vote(7, 7, president_vote="contre")
        self.assertFalse(table["current"]["vote"]["adopted"])

    def test_the_first_deputy_who_is_there_presides(self):
        self.table.console_move(self.members[1:13].ids, True)
        self.assertEqual(self._open()["seance"]["presiding"], self.deputy.partner_id.id)
        self.table.console_move(self.mayor.partner_id.ids, True)
        self.assertEqual(self.seance._get_presiding(), self.mayor.partner_id)
        self.table.console_preside(self.members[5].id)
        self.assertEqual(self.seance._get_presiding(), self.members[5])

    def test_the_oldest_presides_until_a_mayor_is_elected(self):
        self.mayor.function = "conseiller"
        self.others[3].birthdate = "1940-05-01"
        self.others[4].birthdate = "1950-05-01"
        oldest, second = (row.partner_id for row in self.others[3:5])
        self.assertEqual(self.seance._get_presiding(), oldest)
        self.table.console_move((self.members - oldest).ids, True)
        self.assertEqual(self.seance._get_presiding(), second)

    def test_the_table_names_the_secretary(self):
        table = self.table.console_secretary(self.members[2].id)
        self.assertEqual(table["seance"]["secretaries"], self.members[2].ids)
        stranger = self.env["res.partner"].create({"name": "Passant"})
        with self.assertRaisesRegex(UserError, "one of the members"):
            self.table.console_secretary(stranger.id)
        self.assertFalse(self.table.console_secretary(False)["seance"]["secretaries"])

    def test_an_agent_is_secretary_in_alsace_moselle_only(self):
        """L2541-6; L2121-15 elsewhere."""
        agent = self._new_user("agent.essai", "mairie_base.group_agent").partner_id
        with self.assertRaisesRegex(ValidationError, "one of the members"):
            self.table.console_secretary(agent.id)
        with self.assertRaisesRegex(ValidationError, "one of the members"):
            self.table.secretary_ids = agent
        self.company.mairie_local_law = True
        seance = self.table.console_secretary(agent.id)["seance"]
        self.assertEqual(seance["secretaries"], agent.ids)
        self.assertIn(agent.id, [row["id"] for row in seance["clerks"]])

    def test_a_tender_committee_has_its_substitutes(self):
        """Three members and the mayor; a tie is for its own rules."""
        people = self.members[:6]
        body = self._new_instance(
            "CAO",
            kind="cao",
            president_id=people[0].id,
            membre_ids=[
                Command.create(
                    {
                        "partner_id": person.id,
                        "role": "suppleant" if rank > 3 else "titulaire",
                        "sequence": rank,
                        "date_from": "2026-04-02",
                    }
                )
                for rank, person in enumerate(people)
            ],
        )
        seance = self._new_held_seance("open", instance_id=body.id)
        table, point = seance.with_user(self.secretary), seance.point_ids
        table.console_move((people[0] | people[1] | people[4]).ids, True)
        shown = table.console_open_point(point.id)
        self.assertEqual((point.quorum_counted, point.quorum_needed), (3, 3))
        table.console_move(people[2:4].ids, True)
        shown = table.console_read()
        self.assertEqual(
            (shown["seance"]["present"], shown["seance"]["needed"]), (4, 3)
        )
        spare = [row["name"] for row in shown["people"] if row["spare"]]
        self.assertEqual(spare, people[4].mapped("name"))
        self.assertFalse(seance._get_pv_people()["absent"])
        with self.assertRaisesRegex(ValidationError, "knows no pouvoir"):
            self._give(people[3], people[1], seance)
        vals = {"mode": "ordinary", "pour": 2, "contre": 2}
        self.assertEqual(table.console_preview_vote(point.id, vals)["asks"], "ruling")
        table.console_vote(point.id, {**vals, "tie_ruling": "rejected"})
        self.assertEqual(
            (point.vote_id.rule, point.vote_id.is_adopted), ("own_rules", False)
        )
        self.assertIn("règles de l'instance", point.vote_id.sentence)

    def test_a_secret_tie_is_not_adopted_and_keeps_no_name(self):
        self._enter(14)
        self._open()
        member = str(self.members[0].id)
        with self.assertRaisesRegex(ValidationError, "never the names"):
            self._vote(7, 7, mode="secret", names={member: "pour"})
        table = self._vote(7, 6, mode="secret", blanc=1)
        self.assertTrue(table["current"]["vote"]["adopted"])
        self.assertFalse(self.first.vote_id.nom_ids)

    def test_every_vote_is_counted_once(self):
        self._enter(14)
        self._open()
        with self.assertRaisesRegex(ValidationError, "1 votes are missing: 13 counted"):
            self._vote(11, 2)
        with self.assertRaisesRegex(ValidationError, "1 votes too many"):
            self._vote(13, 2)
        with self.assertRaisesRegex(ValidationError, "secret ballot only"):
            self._vote(13, 0, blanc=1)
        with self.assertRaisesRegex(ValidationError, "whole number"):
            self._vote("douze")

    def test_public_vote_names_everybody(self):
        self._enter(10)
        self._open()
        with self.assertRaisesRegex(ValidationError, "do not say the same"):
            self._vote(10, mode="public", names={})
        sides = dict.fromkeys(map(str, self.members[:10].ids), "pour")
        self._vote(10, mode="public", names=sides)
        self.assertEqual(len(self.first.vote_id.nom_ids), 10)

    def test_the_town_chooses_the_names_of_a_vote_by_hands(self):
        self._enter(12)
        self._open()
        against = self.members[1]
        self._vote(11, 1, names={str(against.id): "contre"})
        vote = self.first.vote_id
        self.assertEqual(vote._get_printed_names(), [("Contre", [against.name])])
        self.company.mairie_vote_names = "all"
        printed = dict(vote._get_printed_names())
        expected = (self.members[:12] - against).mapped("name")
        self.assertEqual(printed["Pour"], expected)
        self.company.mairie_vote_names = "none"
        self.assertFalse(vote._get_printed_names())

    def test_nobody_else_votes(self):
        self._enter(10)
        self._open()
        absent = {str(self.members[18].id): "contre"}
        with self.assertRaisesRegex(ValidationError, "has no vote"):
            self._vote(9, 1, names=absent)

    def test_a_correction_is_a_new_vote_with_its_reason(self):
        self._enter(12)
        self._open()
        self._vote(12)
        with self.assertRaisesRegex(ValidationError, "Why is it corrected"):
            self._vote(11, 1)
        self._vote(11, 1, reason="M. Membre a voté contre")
        self.assertEqual(len(self.first.vote_ids), 2)
        self.assertEqual(self.first.vote_id.contre, 1)

    def test_a_correction_is_that_of_the_room_which_voted(self):
        self._enter(12)
        self._open()
        self._vote(12)
        self.table.console_move(self.members[0].ids, False)
        self._vote(11, 1, reason="M. Membre a voté contre")
        self.assertEqual(self.first.vote_id.present_count, 12)

    def test_an_act_names_who_was_there_at_its_vote(self):
        """Who comes late is represented before, who stands aside is said to."""
        giver, holder, away = self.members[12], self.members[0], self.members[18]
        self._enter(12)
        self._give(giver, holder)
        self._open()
        self.table.console_deport(self.members[1].id, "personal")
        self._vote(12)
        self.table.console_move(giver.ids, True)
        self._open(self.second)
        self._vote(13, point=self.second)
        before, after = self.first._get_people(), self.second._get_people()
        words = f"{giver.name} (pouvoir à {holder.name})"
        self.assertEqual((len(before["present"]), before["represented"]), (12, [words]))
        self.assertEqual(before["aside"], [self.members[1].name])
        self.assertIn(away.name, before["absent"])
        self.assertIn(giver.name, after["present"])
        self.assertFalse(after["represented"] or after["aside"])
        minutes = self.seance._get_pv_people()
        partly = f"{giver.name} (pouvoir à {holder.name}, pendant son absence)"
        self.assertEqual(minutes["represented"], [partly])

    def test_an_amendment_is_voted_on_before_the_item(self):
        self._enter(12)
        self._open()
        self._vote(4, 8, subject="Amendement n° 1")
        self.assertFalse(self.first.vote_id)
        table = self._vote(12)
        self.assertEqual(len(table["current"]["other_votes"]), 1)
        self.assertTrue(self.first.vote_id.is_adopted)

    def test_accounts_are_voted_without_the_mayor(self):
        accounts = self._new_seance(points=0, date_start=START + timedelta(days=40))
        point = self._new_point(accounts, "Compte", kind="accounts")
        accounts.state = "open"
        self.table = accounts.with_user(self.secretary)
        self._enter(12)
        self._open(point)
        with self.assertRaisesRegex(ValidationError, "takes no part"):
            self._vote(12, point=point)
        self.table.console_deport(self.mayor.partner_id.id, "barred")
        table = self._vote(5, 5, 1, point=point)
        self.assertTrue(table["current"]["vote"]["adopted"])
        self.assertEqual(point.vote_id.presiding_id, self.deputy.partner_id)

    def test_standing_aside_leaves_the_quorum_of_the_item(self):
        self._enter(10)
        self._open()
        self.table.console_deport(self.members[3].id, "personal")
        self.assertFalse(self.first.quorum_reached)
        self.table.console_deport(self.members[3].id, False)
        self.assertTrue(self.first.quorum_reached)

    def test_who_stood_aside_does_not_change_after_the_vote(self):
        self._enter(12)
        self._open()
        self._vote(12)
        with self.assertRaisesRegex(UserError, "voted on"):
            self.table.console_deport(self.members[3].id, "personal")

    def test_pouvoirs_the_law_refuses(self):
        one, two, three, four = self.members[:4]
        self._give(one, two)
        for giver, holder, words in (
            (three, two, "carries"),
            (three, one, "given his or hers"),
            (two, four, "carries a pouvoir"),
            (four, four, "himself"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                self._give(giver, holder)

    def test_the_fourth_meeting_in_a_row_is_refused(self):
        giver, holder = self.members[5], self.members[6]
        for weeks in (1, 2, 3):
            before = self._new_held_seance(
                "closed", date_start=START - timedelta(weeks=weeks)
            )
            self._give(giver, holder, before)
        with self.assertRaisesRegex(ValidationError, "three meetings in a row"):
            self._give(giver, holder)
        vals = {"seance_id": self.seance.id, "giver_id": giver.id}
        vals |= {"holder_id": holder.id, "reason": "maternity"}
        self.assertTrue(self.env["mairie.pouvoir"].create(vals))

    def test_a_body_may_take_pouvoirs_until_the_opening_only(self):
        """No text sets a time: internal rules may (L2121-20)."""
        self.council.pouvoir_until = "opening"
        self.seance.opened_at = fields.Datetime.now() - timedelta(hours=1)
        one, two, three, four = self.members[:4]
        with self.assertRaisesRegex(ValidationError, "before the meeting opens"):
            self._give(one, two)
        self._enter(1)
        self.assertTrue(self._give(one, two), "who leaves may still give one")
        self.council.pouvoir_leaving = False
        self.table.console_move(three.ids, True)
        with self.assertRaisesRegex(ValidationError, "before the meeting opens"):
            self._give(three, four)

    def test_a_pouvoir_is_given_to_another(self):
        giver, first, second = self.members[5:8]
        self.table.console_pouvoir(giver.id, first.id)
        self.table.console_pouvoir(giver.id, second.id)
        given = self.seance.pouvoir_ids.filtered(lambda row: not row.revoked_on)
        self.assertEqual(given.holder_id, second)
        self.assertEqual(len(self.seance.pouvoir_ids), 2, "the first stays in the list")

    def test_undo_stops_at_the_vote(self):
        self._enter(12)
        self._open()
        self.table.console_move(self.members[12].ids, True)
        self.table.console_undo_move()
        self.assertEqual(len(self.seance._get_roll(self.first).present), 12)
        self._vote(12)
        with self.assertRaisesRegex(UserError, "recorded since"):
            self.table.console_undo_move()

    def test_nothing_is_noted_before_the_opening(self):
        seance = self._new_seance(date_start=START + timedelta(days=60))
        with self.assertRaisesRegex(UserError, "Open the meeting first"):
            seance.with_user(self.secretary).console_move(self.members.ids, True)

    def test_only_the_secretary_conducts(self):
        elu = self._new_elu_user(self.deputy, "adjoint.essai")
        reader = self._new_user("dgs.essai", "mairie_elus.group_reader")
        for user in (elu, reader):
            with self.assertRaises(AccessError):
                self.seance.with_user(user).console_read()
            with self.assertRaises(AccessError):
                self.seance.with_user(user).console_vote(self.first.id, {})

    def test_a_member_sees_his_own_pouvoirs_only(self):
        elu = self._new_elu_user(self.deputy, "adjoint.essai")
        own = self._give(self.deputy.partner_id, self.members[5])
        other = self._give(self.members[6], self.members[7])
        found = self.env["mairie.pouvoir"].with_user(elu).search([])
        self.assertIn(own, found)
        self.assertNotIn(other, found)

    def test_the_table_is_read_in_a_constant_number_of_queries(self):
        self._enter(19)
        self._open()
        self.env.invalidate_all()
        table = self.seance.with_user(self.secretary)
        table.console_read()
        self.env.invalidate_all()
        with self.assertQueryCount(45):
            table.console_read()
