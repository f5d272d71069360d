"""The paths of the hub: agents on a telephone, those who publish at a desk."""

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.tests import tagged

from .common import SocialMixin


class RoleTours(SocialMixin):
    """The main path of each job of the hub: the same at a desk and on a telephone."""

    def test_agent_reads_reacts_and_comments(self):
        post = self._create_post(self._audience("agents"), name="Essai du parcours")
        self._create_post(self._audience("elus"), name="Réservé aux élus")
        self.start_tour("/odoo", "mairie_social_agent", login="karim")
        self.assertEqual(post.reaction_ids.user_id, self.karim)
        self.assertIn("bien noté", str(post.message_ids[:1].body))

    def test_agent_without_email_signs_and_votes(self):
        self.karim.email = False
        draft = self._create_draft(
            self.hr,
            self._audience("agents"),
            name="Port des équipements",
            body="<p>Le casque est porté sur tous les chantiers.</p>",
            kind="hr_note",
            must_read=True,
        )
        options = [{"name": "Jeudi"}, {"name": "Vendredi"}]
        draft.set_poll({"question": "Quel jour ?", "options": options})
        draft.action_publish()
        self.start_tour("/odoo", "mairie_social_reading", login="karim")
        line = self.env["mairie.social.ack.line"].search(
            [("post_id", "=", draft.id), ("user_id", "=", self.karim.id)]
        )
        self.assertEqual(line.how, "web")
        vote = self.env["mairie.social.poll.vote"].search(
            [("user_id", "=", self.karim.id)]
        )
        self.assertEqual(vote.option_id.name, "Vendredi")

    def test_communication_publishes(self):
        self._audience(
            "manual",
            name="Équipe du parcours",
            included_user_ids=[Command.set((self.karim | self.contributor).ids)],
        )
        self.start_tour("/odoo", "mairie_social_publish", login="communication_")
        post = self.Post.search([("name", "=", "Fermeture du parking")])
        self.assertEqual(post.state, "published")
        self.assertIn("livraison", post.body)
        self.assertTrue(post.with_user(self.karim).has_access("read"))
        self.assertFalse(post.with_user(self.lea).has_access("read"))

    def test_hr_follows_a_mandatory_reading(self):
        draft = self._create_draft(
            self.hr,
            self._audience("agents"),
            name="Consignes de canicule",
            body="<p>L'eau est fournie sur chaque chantier.</p>",
            kind="hr_note",
            must_read=True,
        )
        draft.action_publish()
        self.start_tour("/odoo/lectures", "mairie_social_hr", login="rh_")
        lines = draft.sudo().ack_line_ids
        self.assertEqual(set(lines.mapped("reminder_asked")), {True})

    def test_moderator_decides_on_what_is_reported_in_the_group(self):
        Group = self.env["mairie.social.group"]
        group = Group.with_user(self.karim).create(
            {"name": "Parcours chantier", "privacy": "open"}
        )
        group.with_user(self.lea).action_join()
        card = group.with_user(self.lea).publish("Propos déplacés", "N'importe quoi")
        post = self.Post.browse(card["id"])
        post.with_user(self.karim).report("hurtful", "Blessant")
        self.start_tour("/odoo/groupes", "mairie_social_moderator", login="karim")
        self.assertTrue(post.is_hidden)
        self.assertEqual(post.hidden_reason, "Restons courtois.")

    def test_ambassador_is_asked_before_a_letter_is_printed(self):
        self._new_member(
            "helper", self.technique, groups=["mairie_social.group_ambassador"]
        )
        self.start_tour("/odoo/acces", "mairie_social_ambassador", login="helper")
        letters = self.env["mairie.social.invitation"].search(
            [("user_id", "=", self.karim.id)]
        )
        self.assertFalse(letters)


@tagged("post_install", "-at_install")
class TestRolesAtADesk(RoleTours, MairieHttpCase):
    """Six jobs, with a mouse."""


@tagged("post_install", "-at_install")
class TestRolesOnATelephone(RoleTours, MairieHttpCase):
    """Six jobs, with a finger."""

    browser_size = "360x740"
    touch_enabled = True


@tagged("post_install", "-at_install")
class TestPhoneTours(SocialMixin, MairieHttpCase):
    """An agent of the field: no e-mail, a telephone held upright."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.karim.email = False

    def test_agent_comes_to_an_event(self):
        post = self._create_post(
            self._audience("agents"),
            name="Visite du chantier neuf",
            kind="event",
            event_start=fields.Datetime.now() + timedelta(days=2),
            event_url="https://visio.example/salle",
            event_registration=True,
        )
        self.start_tour("/odoo", "mairie_social_event", login="karim")
        self.assertEqual(post.registration_ids.user_id, self.karim)

    def test_words_lead_to_a_post_and_a_comment_is_reported(self):
        post = self._create_post(self._audience("agents"), name="Élagage des platanes")
        post.with_user(self.lea).add_comment("N'importe quoi")
        self.start_tour("/odoo/recherche", "mairie_social_search", login="karim")
        report = self.env["mairie.social.report"].search([("post_id", "=", post.id)])
        self.assertEqual((report.reason, report.user_id), ("hurtful", self.karim))
        self.assertTrue(report.message_id)


@tagged("post_install", "-at_install")
class TestTours(SocialMixin, MairieHttpCase):
    def test_communication_approves(self):
        draft = self._create_draft(
            self.contributor,
            self._audience("service", department_id=self.voirie.id),
            name="Composteur",
        )
        draft.action_submit()
        self.start_tour(
            "/odoo/a-relire", "mairie_social_review", login="communication_"
        )
        self.assertEqual(draft.state, "published")

    def test_communication_sends_the_letter_of_the_month(self):
        self._create_post(self._audience("all"), name="Nouvelle du mois")
        today = fields.Date.today()
        letter = (
            self.env["mairie.social.newsletter"]
            .with_user(self.communication)
            .create(
                {
                    "name": "Lettre du parcours",
                    "period_start": today - timedelta(days=2),
                    "period_end": today,
                }
            )
        )
        self.start_tour(
            "/odoo/lettre-interne", "mairie_social_newsletter", login="communication_"
        )
        self.assertEqual(letter.sender_id, self.communication)
        self.assertEqual(letter.post_id.state, "published")
