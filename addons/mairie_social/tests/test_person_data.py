"""Access and erasure: each thing that names a person, followed by a canary."""

from odoo import Command
from odoo.tests import tagged

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestPersonTraces(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dpo = cls._new_user("dpo_", "mairie_social.group_dpo")
        cls.karim.name = "Canari Dupont"
        cls.agents = cls._audience("agents")

    def _wizard(self):
        return (
            self.env["mairie.social.person.data"]
            .with_user(self.dpo)
            .create({"user_id": self.karim.id})
        )

    def _collect(self):
        return self._wizard()._collect(self.karim)

    def _erase(self):
        """Twice: the second time changes nothing and fails on nothing."""
        self.karim.sudo().active = False
        for _time in range(2):
            self._wizard().action_erase()
        self.env.invalidate_all()

    def _publish_note(self):
        audience = self._audience("service", department_id=self.voirie.id)
        draft = self._create_draft(
            self.hr,
            audience,
            name="Canari-note",
            body="<p>Le casque.</p>",
            kind="hr_note",
            must_read=True,
            reference="12",
        )
        draft.action_publish()
        return draft

    def _create_poll(self, **vals):
        draft = self._create_draft(self.communication, self.agents)
        options = [{"name": "Canari-oui"}, {"name": "Non"}]
        draft.set_poll({"question": "Canari-question", "options": options, **vals})
        draft.action_publish()
        option = draft.sudo().poll_ids.option_ids[0]
        draft.with_user(self.karim).vote(option.ids)
        return draft

    def _thank(self, user, *receivers):
        people = [Command.set([one.id for one in receivers])]
        thanks = self.env["mairie.social.kudos"].with_user(user)
        return thanks.create({"receiver_ids": people, "text": f"Merci de {user.login}"})

    def _suggest(self, name, **vals):
        ideas = self.env["mairie.social.suggestion"].with_user(self.karim)
        return ideas.create({"name": name, **vals}).sudo()

    def _report(self):
        post = self._create_post(self.agents, author=self.contributor)
        post.with_user(self.karim).report("hurtful", "Canari-alerte")
        reports = self.env["mairie.social.report"].sudo()
        return reports.search([("post_id", "=", post.id)])

    def test_signed_reading_is_given_and_stays_a_proof(self):
        note = self._publish_note().with_user(self.karim)
        note.acknowledge(note.get_card()["ack"]["version"])
        given = next(
            line
            for line in self._collect()["lectures"]
            if line["post_id"] == note.display_name
        )
        self.assertEqual(
            (given["how"], given["person_name"]),
            ("web", "Canari Dupont"),
        )
        self.assertTrue(given["ack_at"])
        self._erase()
        lines = self.env["mairie.social.ack.line"].search(
            [("user_id", "=", self.karim.id), ("post_id", "=", note.id)]
        )
        self.assertEqual(lines.person_name, "Canari Dupont")
        self.assertTrue(lines.ack_at)

    def test_reading_never_signed_keeps_its_line_without_the_name(self):
        note = self._publish_note()
        self._erase()
        line = self.env["mairie.social.ack.line"].search(
            [("user_id", "=", self.karim.id), ("post_id", "=", note.id)]
        )
        self.assertEqual(line.person_name, "Former agent")

    def test_named_vote_is_given_and_still_counts_without_the_name(self):
        poll = self._create_poll()
        data = self._collect()
        self.assertEqual(data["sondages"][0]["poll_id"], "Canari-question")
        self.assertEqual(data["votes"][0]["option_id"], "Canari-oui")
        self._erase()
        vote = poll.sudo().poll_ids.option_ids.vote_ids
        self.assertEqual(len(vote), 1)
        self.assertEqual(vote.display_name, "Former agent")
        question = poll.sudo().poll_ids
        self.assertEqual(question._count_voters(), {question.id: 1})

    def test_of_an_anonymous_poll_only_that_they_voted(self):
        self._create_poll(is_anonymous=True)
        data = self._collect()
        self.assertEqual(len(data["sondages"]), 1)
        self.assertFalse(data["votes"])
        self.assertNotIn("Canari-oui", str(data))

    def test_signed_idea_is_given_then_lives_on_unsigned(self):
        idea = self._suggest("Canari-idée")
        self._suggest("Secret-idée", is_anonymous=True)
        given = self._collect()["idees"]
        self.assertEqual([line["name"] for line in given], ["Canari-idée"])
        answered = self._suggest("Autre")
        answered.write({"answered_by": "Canari Dupont", "state": "accepted"})
        self._erase()
        self.assertFalse((idea | answered).author_id)
        self.assertTrue(idea.is_anonymous)
        self.assertEqual(answered.answered_by, "Former agent")
        self.assertEqual(idea.name, "Canari-idée")

    def test_thanks_are_given_and_no_longer_name_who_left(self):
        alone = self._thank(self.lea, self.karim).sudo()
        several = self._thank(self.lea, self.karim, self.contributor).sudo()
        sent = self._thank(self.karim, self.lea).sudo()
        self.assertIn("Canari Dupont", several.post_id.name)
        data = self._collect()
        self.assertEqual(
            [line["text"] for line in data["remerciements_donnes"]],
            ["Merci de karim"],
        )
        self.assertEqual(len(data["remerciements_recus"]), 2)
        post = alone.post_id
        self._erase()
        self.assertFalse(alone.exists())
        self.assertFalse(post.exists())
        self.assertEqual(
            several.with_context(active_test=False).receiver_ids, self.contributor
        )
        self.assertNotIn("Canari Dupont", several.post_id.name)
        self.assertEqual(sent.author_id.name, "Former agent")

    def test_report_is_given_goes_once_decided_and_its_log_stays(self):
        report = self._report()
        data = self._collect()
        self.assertEqual(data["alertes"][0]["note"], "Canari-alerte")
        self.assertEqual(data["moderation"][0]["action"], "report")
        waiting = self._report()
        report.with_user(self.communication).action_keep()
        self._erase()
        self.assertFalse(report.exists())
        self.assertEqual(waiting.user_id.name, "Former agent")
        logs = self.env["mairie.social.moderation.log"].search(
            [("user_ref", "=", self.karim.id)]
        )
        self.assertEqual(set(logs.mapped("who")), {"Canari Dupont"})

    def test_nothing_of_a_colleague_is_given(self):
        self.env["mairie.social.suggestion"].with_user(self.lea).create(
            {"name": "Idée de Léa"}
        )
        self._thank(self.lea, self.contributor)
        post = self._create_post(self.agents, author=self.contributor)
        post.with_user(self.lea).report("other", "Mots de Léa")
        text = str(self._collect())
        for words in ("Idée de Léa", "Merci de lea", "Mots de Léa"):
            self.assertNotIn(words, text)
