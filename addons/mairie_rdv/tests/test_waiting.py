"""The waiting list: places are really held, in order, for half an hour each."""

from odoo.tests import freeze_time, tagged

from ..exceptions import FormRefused, SlotTaken
from .common import MONDAY, NOW, RdvCase

FORM = {"first_name": "Awa", "last_name": "Sow"}


@tagged("post_install", "-at_install")
class TestWaiting(RdvCase):
    def setUp(self):
        super().setUp()
        self.attentes = self.env["mairie.rdv.attente"]
        self.env["mairie.rdv.envoi"].search([]).unlink()
        self.booked = self.env["mairie.rdv"]
        for time in ("09:00", "09:20", "09:40"):
            self.booked += self._create_rdv(time, email=f"{time[:2]}{time[3:]}@ex.fr")
        # Only this Monday: the list waits for a place of this day.
        self.opening.write({"kind": "date", "date_from": MONDAY})

    def _join(self, name="awa", **form):
        form = {**FORM, "email": f"{name}@exemple.fr", **form}
        self.attentes._join_public(self.demarche.id, self.lieu.id, 1, form, "192.0.2.9")
        return self.attentes.search([], order="id desc", limit=1)

    def _free(self, index=0):
        self.env["mairie.rdv"]._cancel_public(self.booked[index].access_token)
        self.attentes._cron_offer()

    def test_freed_place_is_held_for_the_first_who_waits_and_hidden_from_all(self):
        first, second = self._join("un"), self._join("deux")
        self._free()
        self.assertEqual(first.state, "offered")
        self.assertEqual(second.state, "waiting")
        hold = first.offer_rdv_id
        self.assertEqual(hold.state, "hold")
        self.assertEqual((hold.hold_until - NOW).total_seconds(), 30 * 60)
        self.assertEqual(hold.envoi_ids.mapped("kind"), ["waiting_offer"])
        self.assertNotIn("09:00", self._get_times())

    def test_without_an_answer_the_next_in_line_is_asked(self):
        first, second = self._join("un"), self._join("deux")
        self._free()
        with self._later(minutes=31):
            self.attentes._cron_offer()
        self.assertEqual((first.state, second.state), ("waiting", "offered"))
        self.assertEqual(first.offer_count, 1)
        passed = self.attentes._get_public(first.access_token)
        self.assertTrue(passed["is_passed"], "his late click is told why")
        self.assertFalse(self.attentes._get_public(second.access_token)["is_passed"])
        self.assertNotEqual(first.refused, False, "the same time is not offered twice")

    def test_taking_it_leads_to_the_form_and_books(self):
        attente = self._join()
        self._free()
        address = self.attentes._take_public(attente.access_token)
        hold = attente.offer_rdv_id
        self.assertEqual(address, f"/rdv/p/{hold.access_token}")
        public = self.env["mairie.rdv"]._get_public(hold.access_token)
        self.assertEqual(public["prefill"]["email"], "awa@exemple.fr")
        self.assertFalse(public["can_extend"], "others wait for it")
        form = {**FORM, "email": "awa@exemple.fr"}
        self.assertTrue(self.env["mairie.rdv"]._confirm_public(hold.access_token, form))
        self.assertEqual(attente.state, "served")

    def test_who_has_a_date_is_offered_an_earlier_day_only_and_keeps_his_row(self):
        late = self._create_ouverture(kind="date", date_from="2026-06-08")
        self.assertTrue(late)
        rdv = self._create_rdv("09:00", day="2026-06-08", email="tard@exemple.fr")
        self.env["mairie.rdv"]._want_earlier_public(rdv.access_token, True)
        attente = rdv.attente_ids
        self.attentes._cron_offer()
        self.assertEqual(
            attente.state, "waiting", "the other times of his day are no gain"
        )
        self._free()
        self.assertEqual(attente.state, "offered")
        address = self.attentes._take_public(attente.access_token)
        self.assertEqual(address, f"/rdv/m/{rdv.access_token}?etat=change")
        self.assertEqual(rdv.start, self.lieu._read_start(f"{MONDAY}T09:00"))
        self.assertEqual(rdv.move_count, 1)
        self.assertIn("moved", rdv.envoi_ids.mapped("kind"))

    def test_who_saw_free_times_and_waits_is_offered_earlier_ones_only(self):
        self._create_ouverture(kind="date", date_from="2026-06-08")
        attente = self._join()
        shown = self.lieu._read_start("2026-06-08T09:00")
        self.assertEqual(attente.earlier_than, shown)
        self.attentes._cron_offer()
        self.assertEqual(attente.state, "waiting", "he has seen it, and said no")
        self._free()
        self.assertEqual(attente.state, "offered")
        self.assertEqual(
            attente.offer_rdv_id.start, self.lieu._read_start(f"{MONDAY}T09:00")
        )
        other = self._join("deux")
        with freeze_time("2026-06-08 07:30:00"):
            self.attentes._cron_offer()
        self.assertEqual(other.state, "over")

    def test_an_earlier_day_is_that_of_the_place(self):
        self.lieu.tz = "Pacific/Noumea"
        # Tuesday 10:00 in Nouméa is Monday 23:00 UTC.
        rdv = self._create_rdv("14:00", day="2026-06-09", is_extra=True,
                               guichet_id=self.guichet.id)  # fmt: skip
        vals = {"demarche_id": self.demarche.id, "lieu_id": self.lieu.id}
        attente = self.attentes.create({**vals, "rdv_id": rdv.id})
        same_day = self.lieu._read_start("2026-06-09T10:00")
        self.assertFalse(attente._is_earlier(same_day))
        self.assertTrue(attente._is_earlier(self.lieu._read_start("2026-06-08T16:00")))

    def test_refusing_keeps_date_and_rank_and_asks_the_next(self):
        first, second = self._join("un"), self._join("deux")
        self._free()
        self.assertTrue(self.attentes._refuse_public(first.access_token))
        self.attentes._cron_offer()
        self.assertEqual((first.state, second.state), ("waiting", "offered"))

    def test_place_that_is_no_longer_kept_is_not_taken(self):
        attente = self._join()
        self._free()
        with self._later(minutes=31), self.assertRaises(SlotTaken):
            self.attentes._take_public(attente.access_token)

    def test_nobody_is_woken_at_night(self):
        self._join()
        self.env["mairie.rdv"]._cancel_public(self.booked[0].access_token)
        with freeze_time("2026-05-29 21:30:00"):  # 23:30 in Paris
            self.attentes._cron_offer()
        self.assertFalse(self.attentes.search([("state", "=", "offered")]))

    def test_same_contact_waits_once_and_a_form_without_contact_is_refused(self):
        self._join("un")
        self._join("un")
        self.assertEqual(
            len(self.attentes.search([("demarche_id", "=", self.demarche.id)])), 1
        )
        with self.assertRaises(FormRefused) as refused:
            self._join(email="")
        self.assertEqual(list(refused.exception.errors), ["email"])
