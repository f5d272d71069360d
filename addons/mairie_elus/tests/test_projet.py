import base64

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IN_TIME, START, ElusCase, make_pdf

LATE = "2026-12-14 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(IN_TIME)
class TestProjet(ElusCase):
    """A draft goes from a service to the agenda, each step by whom it belongs to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls._new_user("agent.voirie")
        cls.colleague = cls._new_user("agent.finances")
        cls.director = cls._new_user("dgs.essai", "mairie_elus.group_reader")
        cls.first_magistrate = cls._new_user("maire.essai", "mairie_elus.group_reader")
        cls.seance = cls._new_seance(points=1, state="draft")
        steps = ("redaction", "avis", "visa_dgs", "visa_maire", "inscription")
        refs = [cls.env.ref(f"mairie_elus.etape_{step}") for step in steps]
        cls.drafting, cls.opinions, cls.dgs, cls.maire, cls.last = refs
        cls.dgs.user_ids = cls.director
        cls.maire.user_ids = cls.first_magistrate
        cls.projet = cls._new_projet()

    @classmethod
    def _new_projet(cls, **vals):
        return (
            cls.env["mairie.projet"]
            .with_user(cls.agent)
            .create(
                {
                    "name": "Piste cyclable",
                    "note": "<p>Contexte</p>",
                    "text": "<p>Le conseil approuve la piste.</p>",
                    "instance_id": cls.council.id,
                    "matiere_code": "8.3",
                    "seance_choice": str(cls.seance.id),
                    **vals,
                }
            )
        )

    def _ask(self, user, due="2026-12-10"):
        return self.env["mairie.projet.avis"].create(
            {"projet_id": self.projet.id, "user_id": user.id, "due_date": due}
        )

    def _send_to_the_end(self):
        self.projet.action_send()
        self.projet.action_send()
        self.projet.with_user(self.director).action_send()
        self.projet.with_user(self.first_magistrate).action_send()

    def test_it_goes_from_the_service_to_the_agenda(self):
        piece = self.env["mairie.projet.piece"].with_user(self.agent)
        piece.create(
            {
                "projet_id": self.projet.id,
                "filename": "plan.pdf",
                "file": base64.b64encode(make_pdf(3)),
            }
        )
        self._send_to_the_end()
        self.assertEqual(self.projet.etape_id, self.last)
        self.projet.with_user(self.secretary).action_list()
        point = self.projet.sudo().point_id
        self.assertEqual(self.projet.state, "listed")
        self.assertEqual((point.seance_id, point.rank), (self.seance, 2))
        self.assertEqual(point.matiere_id.name, "Voirie")
        self.assertEqual(point.annexe_ids.page_count, 3)
        self.assertEqual(
            self.projet.sudo().visa_ids.sorted("id").mapped("decision"),
            ["sent", "sent", "granted", "granted", "listed"],
        )

    def test_a_visa_belongs_to_those_named(self):
        self.projet.action_send()
        self.projet.action_send()
        with self.assertRaises(AccessError):
            self.projet.action_send()
        with self.assertRaises(AccessError):
            self.projet.with_user(self.first_magistrate).action_send()

    def test_nobody_moves_it_by_hand(self):
        with self.assertRaises(AccessError):
            self.projet.etape_id = self.last
        with self.assertRaises(AccessError):
            self.projet.state = "listed"
        with self.assertRaises(AccessError):
            self._new_projet(etape_id=self.last.id)

    def test_an_empty_draft_goes_nowhere(self):
        empty = self._new_projet(note=False, text=False)
        with self.assertRaises(UserError):
            empty.action_send()

    def test_what_was_read_no_longer_changes_under_the_reader(self):
        self.projet.action_send()
        with self.assertRaises(UserError):
            self.projet.note = "<p>Autre chose</p>"

    def test_sending_back_starts_the_visas_again(self):
        self.projet.action_send()
        self.projet.action_send()
        wizard = (
            self.env["mairie.projet.return"]
            .with_user(self.director)
            .create({"projet_id": self.projet.id, "reason": "Chiffrer la dépense"})
        )
        wizard.action_return()
        self.assertEqual(self.projet.etape_id, self.drafting)
        self.projet.note = "<p>684 000 €</p>"
        last = self.projet.sudo().visa_ids.sorted("id")[-1]
        self.assertEqual(
            (last.decision, last.comment), ("returned", "Chiffrer la dépense")
        )
        self.assertEqual(self.projet.activity_ids.user_id, self.agent)

    def test_an_agent_of_another_service_sees_nothing(self):
        found = self.env["mairie.projet"].with_user(self.colleague).search([])
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            self.projet.with_user(self.colleague).read(["name"])

    def test_an_agent_of_the_service_sees_it(self):
        service = self._new_service("Voirie")
        self.env["hr.employee"].create(
            {"name": "C", "user_id": self.colleague.id, "department_id": service.id}
        )
        self.projet.service_id = service
        found = self.env["mairie.projet"].with_user(self.colleague).search([])
        self.assertEqual(found.ids, self.projet.ids)

    def test_an_elected_member_never_sees_a_draft(self):
        member = self._new_elu_user(self.deputy, "adjoint.essai")
        with self.assertRaises(AccessError):
            self.projet.with_user(member).read(["name"])

    def test_an_agent_reads_no_agenda_through_it(self):
        with self.assertRaises(AccessError):
            self.seance.with_user(self.agent).read(["name"])
        self.assertIn(
            (str(self.seance.id), self.seance.name),
            self.env["mairie.projet"].with_user(self.agent)._selection_seance_choice(),
        )

    def test_an_opinion_is_given_in_two_clicks(self):
        self._ask(self.colleague)
        mine = self.projet.with_user(self.colleague)
        self.assertTrue(mine.is_my_avis)
        action = mine.action_give_avis()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.colleague)
            .with_context(**action["context"])
            .create({})
        )
        wizard.action_favourable()
        self.assertEqual(self.projet.avis_ids.opinion, "favourable")
        mine.invalidate_recordset()
        self.assertFalse(mine.is_my_avis)

    def test_a_reservation_says_why(self):
        avis = self._ask(self.colleague)
        with self.assertRaises(UserError):
            avis.with_user(self.colleague)._give("reserved")
        avis.with_user(self.colleague)._give("reserved", "Crédits à inscrire")
        self.assertEqual(avis.comment, "Crédits à inscrire")

    def test_an_opinion_is_its_owners(self):
        avis = self._ask(self.colleague)
        with self.assertRaises(AccessError):
            avis.with_user(self.agent)._give("favourable")
        with self.assertRaises(AccessError):
            avis.with_user(self.agent).opinion = "favourable"

    def test_an_opinion_that_is_awaited_holds_the_draft(self):
        avis = self._ask(self.director)
        self.projet.action_send()
        text = self.projet.with_context(lang="en_US").pending_text
        self.assertEqual(text, "Opinion asked of Dgs.essai before 10 December.")
        self.assertEqual(self.projet.activity_ids.user_id, self.director)
        with self.assertRaises(UserError):
            self.projet.action_send()
        avis.due_date = "2026-12-08"
        self.projet.action_send()
        self.assertEqual(self.projet.etape_id, self.dgs)

    def test_it_says_until_when_its_step_lasts(self):
        self.assertEqual(str(self.projet.due_date), "2026-11-27")
        self.projet.action_send()
        self.assertEqual(str(self.projet.due_date), "2026-12-04")

    def test_too_late_it_says_so_with_the_next_meeting(self):
        self._new_seance(date_start="2027-01-28 18:00:00", state="draft")
        with freeze_time(LATE):
            self.projet.invalidate_recordset()
            projet = self.projet.with_context(lang="en_US")
            self.assertTrue(projet.is_late)
            self.assertEqual(
                projet.seance_text,
                "Too late for the 17: next meeting on 28 January.",
            )
            projet.action_next_seance()
            self.assertFalse(projet.is_late)
            self.assertEqual(str(projet.seance_date), "2027-01-28")

    def test_too_late_it_does_not_get_on_the_agenda(self):
        self._send_to_the_end()
        with freeze_time(LATE), self.assertRaises(UserError):
            self.projet.with_user(self.secretary).action_list()

    def test_an_item_taken_off_gives_its_draft_back(self):
        self._send_to_the_end()
        self.projet.with_user(self.secretary).action_list()
        self.projet.sudo().point_id.with_user(self.secretary).unlink()
        self.assertEqual(self.projet.state, "open")

    def test_its_text_begins_the_act_once_it_is_adopted(self):
        point = self.seance.point_ids
        point.text = "<p>Le conseil approuve la piste.</p>"
        self.assertNotIn("la piste", point._get_act_text())
        self.seance.write({"state": "open", "opened_at": START})
        table = self.seance.with_user(self.secretary)
        table.console_move(self.seance._get_members().ids, True)
        table.console_open_point(point.id)
        table.console_vote(point.id, {"mode": "ordinary", "pour": 2, "contre": 1})
        self.assertIn("la piste", point._get_act_text())

    def test_a_passage_is_never_rewritten(self):
        self.projet.action_send()
        with self.assertRaises(UserError):
            self.projet.sudo().visa_ids.decision = "granted"
        with self.assertRaises(UserError):
            self.projet.unlink()

    def test_a_template_fills_what_is_empty_only(self):
        modele = self.env.ref("mairie_elus.modele_subvention")
        draft = self.env["mairie.projet"].new(
            {"name": "Ma fête", "modele_id": modele.id}
        )
        draft._onchange_modele_id()
        self.assertEqual(draft.name, "Ma fête")
        self.assertEqual(draft.matiere_code, "7.5")
        self.assertIn("subvention", draft.text)

    def test_each_town_sets_its_circuit(self):
        self.env["mairie.projet.etape"].create(
            {
                "name": "Cabinet",
                "kind": "visa",
                "sequence": 25,
                "user_ids": [Command.set([])],
            }
        )
        self.projet.action_send()
        self.assertEqual(self.projet.next_etape_id.name, "Cabinet")
