"""Setting up: ready-made procedures, publishing on purpose, openings in words."""

from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.ready_made import READY_MADE
from .common import MONDAY, RdvCase


@tagged("post_install", "-at_install")
class TestReadyMade(RdvCase):
    def setUp(self):
        super().setUp()
        self.env["mairie.rdv.guichet"].search([("id", "!=", self.guichet.id)]).write(
            {"active": False}
        )
        there = self.env["mairie.rdv.demarche"].with_context(active_test=False)
        for index, demarche in enumerate(there.search([]) - self.demarche):
            demarche.write({"model_key": False, "name": f"Ancienne {index}"})
        self.device = self._create_guichet("Titres", has_device=True, demarche_ids=[])
        self.guichet.demarche_ids.category = "civil"

    def _lines(self):
        return self.env["mairie.rdv.model"].create({}).line_ids

    def _line(self, key):
        return self._lines().filtered(lambda line: line.key == key)

    def test_desks_are_proposed_by_what_they_have_and_receive_for(self):
        self.assertEqual(self._line("titres_depot").guichet_ids, self.device)
        self.assertEqual(self._line("mariage").guichet_ids, self.guichet)
        self.assertFalse(self._line("urbanisme").guichet_ids, "the town hall says")

    def test_what_is_added_is_a_draft_that_nobody_sees(self):
        wizard = self.env["mairie.rdv.model"].create({})
        wizard.line_ids.is_chosen = False
        wizard.line_ids.filtered(
            lambda line: line.key in ("mariage", "pacs")
        ).is_chosen = True
        action = wizard.action_add()
        added = self.env["mairie.rdv.demarche"].search(action["domain"])
        self.assertEqual(added.mapped("visibility"), ["draft"] * 2)
        self.assertEqual(added.guichet_ids, self.guichet)
        listed = str(added._get_public_list(self.env.company.id))
        self.assertNotIn("PACS", listed)
        self.assertFalse(added._find_public(added[0].slug, self.env.company.id))
        calendar = self.lieu._load_calendar(*[datetime(2026, 6, 1).date()] * 2)
        offered = self.env["mairie.rdv"]._get_day_demarches(calendar)
        self.assertFalse(offered & added, "agents do not book it yet either")

    def test_publishing_waits_for_desks_and_openings_and_says_what_is_next(self):
        draft = self._create_demarche("PACS", visibility="draft")
        self.assertIn("choose its desks", draft.online_summary)
        with self.assertRaisesRegex(UserError, "desks"):
            draft.action_publish()
        draft.guichet_ids = self.device
        self.assertIn("open times", draft.online_summary)
        with self.assertRaisesRegex(UserError, "no time"):
            draft.action_publish()
        self._create_ouverture(self.device)
        self.env.invalidate_all()
        self.assertIn("publish it", draft.online_summary)
        draft.action_publish()
        self.assertTrue(draft._find_public(draft.slug, self.env.company.id))

    def test_nothing_that_is_there_is_offered_again(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env = self.env(context={**self.env.context, "lang": "fr_FR"})
        name = READY_MADE["cimetiere"]["name"]
        cimetiere = self.env._(name)
        self.assertIn("\N{NO-BREAK SPACE}", cimetiere, "as French is typed")
        typed = cimetiere.replace("\N{NO-BREAK SPACE}", " ").lower()
        self._create_demarche(typed)
        self._create_demarche("Nos mariages", model_key="mariage", active=False)
        keys = self._lines().mapped("key")
        self.assertNotIn("cimetiere", keys)
        self.assertNotIn("mariage", keys)
        self.assertIn("pacs", keys)


@tagged("post_install", "-at_install")
class TestLanguages(RdvCase):
    """A French town that switches English on; « en_GB » has no words but the source."""

    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.company.partner_id.lang = "fr_FR"
        self.procedures = self.env["mairie.rdv.demarche"].with_context(
            lang="fr_FR", active_test=False
        )
        for index, demarche in enumerate(self.procedures.search([])):
            demarche.write({"model_key": False, "name": f"Ancienne {index}"})

    def _add(self, key):
        wizard = self.env["mairie.rdv.model"].with_context(lang="fr_FR").create({})
        wizard.line_ids.is_chosen = False
        wizard.line_ids.filtered(lambda line: line.key == key).is_chosen = True
        wizard.action_add()
        return self.procedures.search([("model_key", "=", key)])

    def test_ready_made_procedure_is_read_in_each_language_of_the_town(self):
        meeting, wedding = self._add("permanence"), self._add("mariage")
        own = "Mariage à Saint-Aubin"
        wedding.update_field_translations("name", {"fr_FR": own, "en_US": own})
        self.env["res.lang"]._activate_lang("en_GB")
        self.assertEqual(meeting.name, "Rencontrer un élu")
        self.assertIn("<li>l'acte de naissance de chacun</li>", wedding.pieces)
        english = meeting.with_context(lang="en_GB")
        self.assertEqual(english.name, "Meeting an elected representative")
        self.assertIn("What do you want", english.question_ids.name)
        vals = english._prepare_public_vals()
        self.assertEqual((vals["name_lang"], vals["description_lang"]), (None, None))
        vals = wedding.with_context(lang="en_GB")._prepare_public_vals()
        self.assertEqual((vals["name"], vals["name_lang"]), (own, "fr-FR"))
        self.assertIn("<li>the birth certificate of each of you</li>", vals["pieces"])
        self.assertIsNone(vals["pieces_lang"])

    def test_town_that_speaks_english_already_adds_it_at_once(self):
        self.env["res.lang"]._activate_lang("en_GB")
        meeting = self._add("permanence")
        self.assertEqual(meeting.slug, "rencontrer-un-elu")
        self.assertIn("Meeting", meeting.with_context(lang="en_GB").name)

    def test_answer_to_a_choice_is_kept_as_agents_read_it(self):
        self.env["res.lang"]._activate_lang("en_GB")
        question = self.env["mairie.rdv.question"].create(
            {"demarche_id": self.demarche.id, "name": "Où ?", "kind": "choice",
             "choices": "Centre\nBords de Loire"}
        )  # fmt: skip
        words = {"fr_FR": question.choices, "en_GB": "Town centre\nRiverside"}
        question.update_field_translations("choices", words)
        english = question.with_context(lang="en_GB")
        self.assertIn(("Centre", "Town centre"), english._get_labelled_choices())
        self.assertEqual(english._read_answer("Centre"), ("Centre", ""))
        self.assertTrue(english._read_answer("Town centre")[1], "it was not offered")


@tagged("post_install", "-at_install")
class TestOpenings(RdvCase):
    def test_rhythm_is_told_in_words(self):
        french = self.env["res.lang"]._activate_lang("fr_FR") and {"lang": "fr_FR"}
        cases = (
            ({}, "Chaque lundi"),
            (
                {"every": 2, "date_from": MONDAY},
                "Un lundi sur 2, à partir du lundi 1er",
            ),
            (
                {"kind": "monthly", "nth": "-1", "weekday": "5"},
                "Dernier samedi du mois",
            ),
            ({"kind": "date", "date_from": "2026-06-13"}, "Samedi 13 juin 2026"),
            (
                {"date_from": "2026-07-01", "date_to": "2026-08-31"},
                "Chaque lundi, du mercredi 1er juillet 2026 au lundi 31 août 2026",
            ),
        )
        for vals, words in cases:
            opening = self._create_ouverture(**vals).with_context(**french)
            self.assertIn(words, opening.rhythm)
            self.assertIn("09:00–10:00", opening.display_name)

    def _day(self, day):
        self.env.flush_all()
        self.env.invalidate_all()
        days = self.env["mairie.rdv.plage"].search(
            [("ouverture_id", "=", self.opening.id)]
        )
        return days.filtered(lambda plage: str(plage.start.date()) == day)

    def test_calendar_shows_holidays_and_closings_as_closed(self):
        self.assertFalse(self._day("2026-06-08").is_hatched)
        self.assertTrue(self._day("2026-05-25").is_closed, "Whit Monday")
        closing = self.env["mairie.rdv.exception"].create(
            {
                "name": "Inventaire", "lieu_id": self.lieu.id,
                "date_from": "2026-06-08", "date_to": "2026-06-08",
            }
        )  # fmt: skip
        day = self._day("2026-06-08")
        self.assertTrue(day.is_closed)
        self.assertIn("Inventaire", day.display_name)
        self.assertNotIn("G1", day.display_name)
        closing.write({"all_day": False, "hour_from": 9.5, "hour_to": 12.0})
        day.invalidate_recordset()
        self.assertTrue(day.is_hatched)
        self.assertFalse(day.is_closed, "closed for a part")
        self.assertIn("G1", day.display_name)
        self.assertFalse(self._day("2026-06-01").is_hatched, "another day")

    def test_calendar_shows_extra_openings_and_erases_one_day_of_them(self):
        extra = self.env["mairie.rdv.exception"].create(
            {
                "name": "Samedis", "kind": "extra", "lieu_id": self.lieu.id,
                "date_from": "2026-06-13", "date_to": "2026-06-14",
                "hour_from": 9.0, "hour_to": 10.0,
            }
        )  # fmt: skip
        self.env.flush_all()
        plages = self.env["mairie.rdv.plage"]
        days = plages.search([("exception_id", "=", extra.id)])
        starts = [str(day.start) for day in days]
        self.assertEqual(starts, ["2026-06-13 07:00:00", "2026-06-14 07:00:00"])
        self.assertEqual(days.guichet_ids, self.guichet)
        self.assertRegex(days[0].display_name, r"^(Extra|Exceptionnel)")
        self.assertEqual(days[0].action_open_ouverture()["res_id"], extra.id)
        days[0].unlink()
        self.env.invalidate_all()
        self.assertTrue(plages.search([("id", "=", days[0].id)]).is_closed)
        sunday = date(2026, 6, 14)
        offers = self.demarche._get_offer(self.lieu, date(2026, 6, 13), sunday)
        self.assertEqual({offer.local.date() for offer in offers}, {sunday})
        extra.date_from = extra.date_to
        self.env.flush_all()
        plages.search([("exception_id", "=", extra.id)]).unlink()
        self.assertFalse(extra.exists(), "that one day was all of it")

    def test_days_when_all_is_closed_are_greyed(self):
        self.env["mairie.rdv.exception"].create(
            {"name": "Pont", "date_from": "2026-06-04", "date_to": "2026-06-05"}
        )
        plages = self.env["mairie.rdv.plage"]
        days = plages.get_unusual_days("2026-05-01", "2026-06-30")
        for day in ("2026-05-14", "2026-05-25", "2026-06-04", "2026-06-05"):
            self.assertIn(day, days)
        self.assertNotIn("2026-06-01", days)

    def test_opening_times_of_a_procedure_are_those_of_its_desks(self):
        other = self._create_guichet("G2", demarche_ids=[])
        elsewhere = self._create_ouverture(other)
        reserved = self._create_ouverture(
            demarche_ids=[Command.link(self._create_demarche("Autre").id)]
        )
        action = self.demarche.action_open_times()
        listed = self.env["mairie.rdv.ouverture"].search(action["domain"])
        self.assertEqual(listed, self.opening)
        self.assertIn(self.demarche.name, action["name"])
        form = Form(
            self.env["mairie.rdv.ouverture"].with_context(**action["context"]),
        )
        self.assertEqual(form.lieu_id, self.lieu)
        self.assertEqual(form.guichet_ids[:], self.guichet)
        of_desk = self.env["mairie.rdv.ouverture"].search(
            other.action_open_times()["domain"]
        )
        self.assertEqual(of_desk, elsewhere)
        of_place = self.env["mairie.rdv.ouverture"].search(
            self.lieu.action_open_times()["domain"]
        )
        self.assertEqual(of_place, self.opening + elsewhere + reserved)

    def test_place_that_never_opens_is_not_offered(self):
        annexe = self._create_lieu("Annexe")
        desk = self._create_guichet("A1", lieu_id=annexe.id)
        company = self.env.company.id

        def places():
            page = self.demarche._get_public(self.demarche.slug, company)
            return [lieu["name"] for lieu in page["lieux"]]

        self.assertEqual(places(), ["Mairie"])
        over = self._create_ouverture(desk, date_to="2026-05-01")
        self.assertEqual(places(), ["Mairie"], "that season is over")
        over.date_to = False
        self.assertEqual(places(), ["Annexe", "Mairie"])
        over.active = False
        self.env["mairie.rdv.exception"].create(
            {
                "name": "Samedi", "kind": "extra", "lieu_id": annexe.id,
                "date_from": "2026-06-13", "date_to": "2026-06-13",
            }
        )  # fmt: skip
        self.assertEqual(places(), ["Annexe", "Mairie"], "open on one day")


@tagged("post_install", "-at_install")
class TestStatistics(RdvCase):
    def test_only_those_who_came_are_received_and_no_delay_is_negative(self):
        expected = self._create_rdv("09:00", persons=2)
        come = self._create_rdv("09:40")
        come.write({"state": "done", "confirmed_at": come.start})
        with self._later(days=4):
            late = self._create_rdv("09:20", is_extra=True, guichet_id=self.guichet.id)
            late.write({"state": "done", "confirmed_at": datetime(2026, 6, 1, 8, 0)})
        self.env.flush_all()
        stats = {
            stat.id: stat
            for stat in self.env["mairie.rdv.stat"].browse((expected + come + late).ids)
        }
        booked = stats[expected.id]
        self.assertEqual((booked.persons, booked.received), (2, 0))
        self.assertEqual(stats[come.id].received, 1)
        self.assertEqual(stats[late.id].delay_days, 0)
        self.assertEqual(str(stats[come.id].week), "2026-06-01")


@tagged("post_install", "-at_install")
class TestUsualWeek(RdvCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.responsable = cls._new_user("t_semaine", "mairie_rdv.group_responsable")
        cls.openings = cls.env["mairie.rdv.ouverture"]

    def _week(self):
        week = Form(self.env["mairie.rdv.week"].with_user(self.responsable))
        week.lieu_id = self.lieu
        return week

    def _hours(self):
        found = self.openings.search([("lieu_id", "=", self.lieu.id)])
        return sorted((o.weekday, o.hour_from, o.hour_to) for o in found - self.opening)

    def test_first_place_is_its_makers_and_proposed_to_desks(self):
        company = self.env["res.company"].create({"name": "Trémont-sur-Vire"})
        self.responsable.company_ids += company
        here = self.env(user=self.responsable)["mairie.rdv.lieu"].with_company(company)
        place = here.create({"name": "Mairie", "tz": "Europe/Paris"})
        self.assertEqual(place.user_ids, self.responsable)
        self.assertEqual(place.sudo().create({"name": "Livrée"}).user_ids.ids, [])
        desks = self.env["mairie.rdv.guichet"].with_company(company)
        self.assertFalse(Form(desks).lieu_id, "there are two")
        place.search([("name", "=", "Livrée")]).active = False
        self.assertEqual(Form(desks).lieu_id, place)

    def test_five_days_are_opened_at_once_and_not_twice(self):
        week = self._week()
        self.assertEqual(week.guichet_ids[:], self.guichet)
        with week.day_ids.edit(2) as wednesday:
            wednesday.afternoon_from = wednesday.afternoon_to = 0
        week = week.save()
        action = week.action_open()
        halves = [("morning", 9.0, 12.0), ("afternoon", 13.5, 17.0)]
        wanted = [(day, *half[1:]) for day in "01234" for half in halves]
        wanted.remove(("2", 13.5, 17.0))
        self.assertEqual(self._hours(), wanted)
        self.assertIn(("lieu_id", "=", self.lieu.id), action["domain"])
        week.action_open()
        self.assertEqual(self._hours(), wanted)

    def test_nothing_ticked_and_hours_reversed_are_told(self):
        week = self._week().save()
        week.day_ids.is_open = False
        with self.assertRaisesRegex(UserError, "Tick the days"):
            week.action_open()
        week.day_ids[0].write({"is_open": True, "morning_from": 12, "morning_to": 9})
        with self.assertRaisesRegex(UserError, "Monday: .*begins before it ends"):
            week.action_open()
        week.day_ids[0].morning_from = 8
        week.guichet_ids = False
        with self.assertRaisesRegex(UserError, "Choose the desks"):
            week.action_open()
