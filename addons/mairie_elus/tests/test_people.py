import base64
from datetime import date

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IN_TIME, ElusCase

HEAD = "Civilité;Prénom;Nom;Naissance;Fonction;Groupe;E-mail;Convocation;Adresse\n"


@tagged("post_install", "-at_install")
@freeze_time(IN_TIME)
class TestPeople(ElusCase):
    """Seats and who holds them, on any day."""

    def _names_on(self, day):
        found = self.env["mairie.mandat"].search([("in_office_on", "=", day)])
        return set(found.mapped("partner_id.name"))

    def _replace(self, mandat, **vals):
        wizard = self.env["mairie.mandat.replace"].create(
            {"mandat_id": mandat.id, "date_end": date(2026, 11, 3), **vals}
        )
        wizard.action_apply()
        return mandat.replaced_by_ids

    def _import(self, text):
        return self.env["mairie.mandat.import"].create(
            {
                "mandature_id": self.mandature.id,
                "file": base64.b64encode((HEAD + text).encode()),
            }
        )

    def test_who_was_in_office_is_a_search(self):
        self.paper.date_to = date(2026, 6, 30)
        self.assertEqual(
            self._names_on("2026-06-30"),
            {"Anne Mairesse", "Paul Adjoint", "Rose Papier"},
        )
        self.assertEqual(
            self._names_on("2026-07-01"), {"Anne Mairesse", "Paul Adjoint"}
        )
        self.assertFalse(self._names_on("2026-03-21"))

    def test_the_council_of_a_day_says_its_quorum(self):
        wizard = self.env["mairie.mandature.day"].with_context(lang="en_US")
        council = wizard.create({"date": date(2026, 4, 1)})
        self.assertEqual(
            council.sentence,
            "3 members in office for 33 legal seats. Quorum: 2.",
        )
        self.assertEqual(council._get_rows()[0], self.mayor)
        empty = wizard.create({"date": date(2020, 1, 1)})
        self.assertEqual(empty.sentence, "Nobody was in office on that day.")

    def test_the_next_of_the_list_takes_the_seat_not_the_office(self):
        groupe = self.env["mairie.groupe"].create({"name": "Ensemble"})
        self.deputy.write({"groupe_id": groupe.id, "votes": 4112})
        new = self.env["res.partner"].create({"name": "Zoé Suivante"})
        mandat = self._replace(self.deputy, successor="next", partner_id=new.id)
        self.assertEqual(self.deputy.date_to, date(2026, 11, 3))
        self.assertEqual(mandat.date_from, date(2026, 11, 4))
        self.assertEqual(mandat.function, "conseiller")
        self.assertEqual((mandat.groupe_id, mandat.votes), (groupe, 4112))
        self.assertEqual(mandat.tableau_rank, 3)

    def test_a_seat_may_stay_vacant_and_lowers_the_quorum(self):
        self.assertFalse(self._replace(self.paper, successor="none"))
        in_office = self.env["mairie.mandat"]._get_in_office(
            self.mandature.company_id, date(2026, 12, 1)
        )
        self.assertEqual(len(in_office), 2)

    def test_who_comes_in_must_be_named(self):
        with self.assertRaises(UserError):
            self._replace(self.paper, successor="by_election")

    def test_seats_and_delegations_end_with_the_mandate(self):
        body = self._new_instance("Finances")
        seat = self.env["mairie.instance.membre"].create(
            {
                "instance_id": body.id,
                "partner_id": self.deputy.partner_id.id,
                "date_from": date(2026, 4, 2),
            }
        )
        delegation = self.env["mairie.delegation"].create(
            {
                "mandat_id": self.deputy.id,
                "name": "Finances",
                "arrete_number": "2026-41",
                "date_from": date(2026, 4, 1),
            }
        )
        self.assertTrue(delegation.is_in_force)
        self._replace(self.deputy, successor="none")
        self.assertEqual(seat.date_to, date(2026, 11, 3))
        self.assertEqual(delegation.date_to, date(2026, 11, 3))
        self.assertFalse(delegation._is_in_force_on(date(2026, 11, 4)))

    def _new_committee(self, *mandats):
        return self._new_instance(
            "Finances",
            president_id=self.mayor.partner_id.id,
            membre_ids=[
                Command.create(
                    {"partner_id": mandat.partner_id.id, "date_from": date(2026, 4, 2)}
                )
                for mandat in mandats
            ],
        )

    def test_a_group_without_a_seat_is_said(self):
        ours, theirs = self.env["mairie.groupe"].create(
            [{"name": "Ensemble"}, {"name": "Autrement"}]
        )
        (self.mayor + self.deputy).groupe_id = ours
        self.paper.groupe_id = theirs
        body = self._new_committee(self.mayor, self.deputy).with_context(lang="en_US")
        self.assertFalse(body.is_proportional)
        self.assertEqual(
            body.proportion_text,
            "Autrement, 1 members in the council, has no seat here: one at least is due.",
        )
        body.membre_ids = [
            Command.create(
                {"partner_id": self.paper.partner_id.id, "date_from": date(2026, 4, 2)}
            )
        ]
        self.assertTrue(body.is_proportional)
        self.assertEqual(
            body.proportion_text,
            "Each of the 2 groups has its seats: Ensemble 1, Autrement 1.",
        )

    def test_a_small_commune_owes_no_proportion(self):
        self._prepare_commune(self.commune, population=900)
        self.deputy.groupe_id = self.env["mairie.groupe"].create({"name": "Seul"})
        self.assertFalse(self._new_committee(self.deputy).proportion_text)

    def test_a_committee_meets_within_eight_days(self):
        body = self._new_committee(self.deputy).with_context(lang="en_US")
        body.appointed_on = date(2026, 12, 7)
        self.assertIn("Tuesday 15 December", body.advice)

    def test_the_council_meets_each_quarter(self):
        council = self.council.with_context(lang="en_US")
        self.assertIn("No meeting is planned", council.advice)
        self._new_seance()
        council.invalidate_recordset()
        self.assertFalse(council.advice)

    def test_an_import_is_seen_before_it_is_done(self):
        wizard = self._import(
            "Mme;Léa;Neuve;01/02/1980;Conseillère;Ensemble;lea@ville.fr;;\n"
            "M.;Paul;Adjoint;;Adjoint 1;;paul@ville.fr;;\n"
            "X;Sans;Civilité;;;;x@ville.fr;;\n"
        )
        self.assertEqual(wizard.line_ids.mapped("state"), ["new", "known", "error"])
        self.assertEqual((wizard.ready_count, wizard.error_count), (2, 1))
        before = len(self.mandature.mandat_ids)
        wizard.action_import()
        self.assertEqual(len(self.mandature.mandat_ids), before + 1)
        new = self.mandature.mandat_ids.filtered(
            lambda m: m.groupe_id.name == "Ensemble"
        )
        self.assertEqual(new.notice_email, "lea@ville.fr")
        self.assertEqual(new.birthdate, date(1980, 2, 1))
        self.assertEqual(wizard.line_ids.mapped("state"), ["known", "known", "error"])

    def test_a_new_town_opens_its_term_and_its_council_with_the_import(self):
        town = self.env["res.company"].create({"name": "Trémont-sur-Vire"})
        self.env.user.company_ids += town
        wizards = self.env["mairie.mandat.import"].with_company(town)
        row = "Mme;Léa;Neuve;;;;lea@ville.fr;;\n"
        content = base64.b64encode((HEAD + row).encode())
        wizard = wizards.create({"file": content})
        self.assertFalse(wizard.mandature_id)
        with self.assertRaisesRegex(UserError, "first day"):
            wizard.action_import()
        wizard.term_from = date(2026, 3, 15)
        wizard.action_import()
        term = self.env["mairie.mandature"].search([("company_id", "=", town.id)])
        self.assertEqual(
            (term.name, term.date_from), ("Term begun in 2026", date(2026, 3, 15))
        )
        self.assertEqual(term.mandat_ids.partner_id.name, "Léa Neuve")
        councils = self.env["mairie.instance"].search([("company_id", "=", town.id)])
        self.assertEqual((councils.kind, councils.member_count), ("council", 1))
        wizards.create({"file": content}).action_import()
        self.assertEqual(len(term.mandat_ids), 1)

    def test_importing_twice_creates_nobody_twice(self):
        text = "Mme;Léa;Neuve;01/02/1980;;Ensemble;lea@ville.fr;;\n"
        self._import(text).action_import()
        count = len(self.mandature.mandat_ids)
        self._import(text).action_import()
        self.assertEqual(len(self.mandature.mandat_ids), count)

    def test_an_import_overwrites_nothing(self):
        self.deputy.votes = 12
        self._import(
            "M.;Paul;Adjoint;01/01/1970;Adjoint 3;;paul@v.fr;;\n"
        ).action_import()
        self.assertEqual((self.deputy.function_rank, self.deputy.votes), (1, 12))
        self.assertEqual(self.deputy.birthdate, date(1970, 1, 1))

    def test_the_lines_to_correct_come_back_as_a_file(self):
        wizard = self._import("X;Sans;Civilité;;;;x@ville.fr;;\n")
        action = wizard.action_download_errors()
        attachment = self.env["ir.attachment"].browse(
            int(action["url"].split("/")[3].split("?")[0])
        )
        text = base64.b64decode(attachment.datas).decode("utf-8-sig")
        self.assertIn("X;Sans;Civilité", text)
        self.assertIn("Madame ou Monsieur", text)

    def test_before_a_file_nothing_is_summed_up(self):
        wizard = self.env["mairie.mandat.import"].create(
            {"mandature_id": self.mandature.id}
        )
        self.assertFalse(wizard.summary)

    def test_a_file_that_is_no_list_says_so(self):
        wizard = self.env["mairie.mandat.import"].create(
            {"mandature_id": self.mandature.id, "file": base64.b64encode(b"a;b\n1;2\n")}
        )
        self.assertIn("Colonnes introuvables", wizard.file_error)

    def test_the_discussion_of_a_body_follows_its_members(self):
        user = self._new_elu_user(self.deputy, "adjoint.essai")
        body = self._new_committee(self.deputy, self.paper)
        body.with_user(self.secretary).action_open_channel()
        channel = body.channel_id
        self.assertEqual(channel.channel_member_ids.partner_id, user.partner_id)
        self.assertIn(channel, self.env["discuss.channel"].with_user(user).search([]))
        body.membre_ids.filtered(
            lambda m: m.partner_id == user.partner_id
        ).date_to = date(2026, 12, 1)
        body._cron_sync_channels()
        self.assertFalse(channel.channel_member_ids)
        self.assertNotIn(
            channel, self.env["discuss.channel"].with_user(user).search([])
        )
