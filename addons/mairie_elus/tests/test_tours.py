from datetime import timedelta

from lxml import html
from odoo import fields
from odoo.tests import tagged

from .acts_case import ActsMixin
from .common import ElusHttpCase


@tagged("post_install", "-at_install")
class TestTours(ElusHttpCase):
    def test_the_secretary_convenes_the_council(self):
        start = fields.Datetime.now() + timedelta(days=20)
        seance = self._new_seance(date_start=start)
        self._new_annexe(seance.point_ids)
        self.start_tour(
            f"/odoo/seances/{seance.id}",
            "mairie_elus_convene_council",
            login="secretaire.essai",
        )
        self.assertEqual(seance.state, "convened")
        self.assertEqual(len(seance.convocation_ids), 3)

    def test_the_secretary_conducts_a_meeting(self):
        seance = self._new_seance()
        seance.state = "open"
        self.start_tour(
            f"/odoo/seances/{seance.id}",
            "mairie_elus_conduct_meeting",
            login="secretaire.essai",
        )
        self.assertEqual(seance.state, "closed")
        self.assertEqual(seance.presiding_id.name, "Paul Adjoint")
        self.assertEqual(seance.secretary_ids.name, "Rose Papier")
        vote = seance.point_ids.vote_id
        self.assertEqual((vote.pour, vote.contre), (2, 1))
        self.assertEqual(seance.point_ids.debate, "Le conseil débat.")
        self.assertEqual(len(seance.deliberation_ids), 1)

    def test_the_secretary_conducts_a_busy_meeting(self):
        seance = self._new_seance()
        point = self._new_point(
            seance, "Délégué au syndicat", kind="election", sequence=20
        )
        body = self._new_instance("Syndicat scolaire", kind="other")
        seance.state = "open"
        self.start_tour(
            f"/odoo/seances/{seance.id}",
            "mairie_elus_busy_meeting",
            login="secretaire.essai",
        )
        votes = seance.point_ids.vote_ids.sorted("id")
        self.assertEqual(votes.mapped("subject"), ["Amendement n° 1", False])
        self.assertEqual(votes.mapped("contre"), [2, 0])
        self.assertEqual(votes[1].abstention, 3)
        self.assertEqual(
            point.nomination_ids.elected_id.name, self.paper.partner_id.name
        )
        seats = self.env["mairie.instance.membre"]
        seat = seats.search([("instance_id", "=", body.id)])
        self.assertEqual(seat.partner_id, self.paper.partner_id)
        kinds = seance.journal_ids.mapped("kind")
        self.assertEqual(kinds, ["item", "suspended", "resumed", "item"])


@tagged("post_install", "-at_install")
class TestActTours(ActsMixin, ElusHttpCase):
    def test_an_act_goes_from_the_vote_to_its_effect(self):
        """The secretary signs, notes the receipt, puts online; a visitor finds it."""
        act = self._get_acts(self._hold())[0].sudo()
        self.start_tour(
            f"/odoo/deliberations/{act.id}",
            "mairie_elus_act_to_effect",
            login="secretaire.essai",
        )
        self.assertEqual((act.state, act.receipt), ("published", "Bordereau 12"))
        self.authenticate(None, None)
        found = html.fromstring(self.url_open("/actes?q=affaire+1").text)
        path = found.xpath(f"//a[contains(@href, '{act.number.lower()[:4]}')]/@href")[0]
        page = html.fromstring(self.url_open(path).text)
        document = page.xpath("//a[contains(@href, '.pdf')]/@href")[0]
        self.assertTrue(self.url_open(document).content.startswith(b"%PDF"))

    def test_the_mayor_gives_a_visa_and_reads_what_is_convened_and_voted(self):
        """Visa, answers and dossier of the meeting, acts: nothing else to press."""
        self._hold()
        mayor = self._new_user(
            "maire.essai",
            "mairie_base.group_elu",
            "mairie_elus.group_reader",
            partner_id=self.mayor.partner_id.id,
        )
        step = self.env.ref("mairie_elus.etape_visa_maire")
        step.user_ids = mayor
        self.env["mairie.projet"].search([]).sudo().write({"state": "dropped"})
        projet = self.env["mairie.projet"].create(
            {"name": "Piste cyclable", "note": "<p>Contexte</p>"}
        )
        projet.sudo().etape_id = step
        start = fields.Datetime.now() + timedelta(days=20)
        self._new_seance(date_start=start, room="Salle de la tour")._convene()
        self.env.flush_all()
        self.start_tour("/odoo/projets", "mairie_elus_mayor_round", login="maire.essai")
        self.assertEqual(projet.visa_ids.user_id, mayor)

    def test_an_opinion_takes_two_clicks(self):
        director = self._new_user("dgs.essai", "mairie_elus.group_reader")
        seance = self._new_seance(
            date_start=fields.Datetime.now() + timedelta(days=60), state="draft"
        )
        avis = self.env["mairie.projet.avis"].create(
            {
                "projet_id": self.env["mairie.projet"]
                .create(
                    {
                        "name": "Piste cyclable",
                        "note": "<p>Contexte</p>",
                        "instance_id": self.council.id,
                        "seance_id": seance.id,
                    }
                )
                .id,
                "user_id": director.id,
                "due_date": fields.Date.today() + timedelta(days=5),
            }
        )
        self.start_tour("/odoo/projets", "mairie_elus_give_opinion", login="dgs.essai")
        self.assertEqual(avis.opinion, "favourable")
