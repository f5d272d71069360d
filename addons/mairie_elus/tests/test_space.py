"""The member's own space: pouvoir by code, private notes, search, calendar, his votes."""

import json
import re
from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IN_TIME, ElusCase, ElusHttpCase


class SpaceMixin:
    @classmethod
    @freeze_time(IN_TIME)
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._new_mandat("Jean Collegue", civility="monsieur")
        cls.seance = cls._new_seance(points=2)
        cls.open_point, cls.closed_point = cls.seance.point_ids.sorted("rank")
        cls.closed_point.write({"is_huis_clos": True, "name": "Affaire de personne"})
        cls.annexe = cls._new_annexe(cls.open_point)
        cls.seance._convene()
        cls.notice = cls._notice_of(cls.deputy)
        cls.env.flush_all()

    @classmethod
    def _notice_of(cls, mandat):
        notices = cls.seance.convocation_ids.sudo()
        found = notices.filtered(lambda row: row.partner_id == mandat.partner_id)
        found.token_expires_at = "2099-01-01 00:00:00"
        found._open("link")
        return found

    def _get_code(self):
        codes = [("body_html", "like", "10 minutes")]
        mail = self.env["mail.mail"].search(codes, order="id desc", limit=1)
        return re.search(r">(\d{3} \d{3})<", mail.body_html)[1]

    def _give(self, holder=None, notice=None):
        (notice or self.notice)._ask_pouvoir((holder or self.colleague.partner_id).id)
        return (notice or self.notice)._sign_pouvoir(self._get_code(), "link")


@tagged("post_install", "-at_install")
class TestPouvoirByCode(SpaceMixin, ElusCase):
    def test_the_code_signs_and_the_holder_is_told(self):
        self.assertIsNone(self._give())
        given = self.notice._get_given()
        self.assertEqual(given.holder_id, self.colleague.partner_id)
        self.assertEqual((given.signed_via, self.notice.answer), ("link", "absent"))
        self.assertEqual(self.notice.event_ids[-1].kind, "pouvoir_given")
        rows = self.seance._prepare_proof_rows()
        own = next(row for row in rows if row["member"] == "Paul Adjoint")
        events = [(event["kind"], event["detail"]) for event in own["events"]]
        self.assertIn(("pouvoir donné", "Jean Collegue"), events)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.email_to, self.colleague.partner_id.email)
        self.assertIn("deux voix", mail.body_html)
        self.assertFalse(mail.mairie_convocation_id, "no proof of the notice itself")

    def test_a_wrong_code_signs_nothing_and_five_close_it(self):
        self.notice._ask_pouvoir(self.colleague.partner_id.id)
        right = self._get_code()
        wrong = "000000" if right != "000 000" else "111111"
        for _try in range(5):
            self.assertIn("not the code", self.notice._sign_pouvoir(wrong, "link"))
        self.assertIn("not valid any more", self.notice._sign_pouvoir(right, "link"))
        self.assertFalse(self.notice._get_given())

    def test_a_code_lives_ten_minutes_and_serves_once(self):
        with freeze_time("2026-12-12 17:00:00") as clock:
            self.notice._ask_pouvoir(self.colleague.partner_id.id)
            clock.tick(timedelta(minutes=11))
            problem = self.notice._sign_pouvoir(self._get_code(), "link")
        self.assertIn("not valid any more", problem)
        self._give()
        self.assertIn("first", self.notice._sign_pouvoir(self._get_code(), "link"))

    def test_six_codes_an_hour(self):
        for _code in range(6):
            self.notice._ask_pouvoir(self.colleague.partner_id.id)
        with self.assertRaisesRegex(ValidationError, "Too many codes"):
            self.notice._ask_pouvoir(self.colleague.partner_id.id)

    def test_without_an_address_the_paper_counts(self):
        notice = self._notice_of(self.paper)
        notice.email = False
        with self.assertRaisesRegex(ValidationError, "signed paper"):
            notice._ask_pouvoir(self.colleague.partner_id.id)

    def test_the_law_refuses_before_any_code(self):
        self._give()
        mayor = self._notice_of(self.mayor)
        before = self.env["mairie.convocation.code"].search_count([])
        for holder, words in (
            (self.colleague, "already carries a pouvoir"),
            (self.deputy, "has given his or hers"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                mayor._ask_pouvoir(holder.partner_id.id)
        carrier = self._notice_of(self.colleague)
        with self.assertRaisesRegex(ValidationError, "taken back first"):
            carrier._ask_pouvoir(self.mayor.partner_id.id)
        self.assertEqual(self.env["mairie.convocation.code"].search_count([]), before)

    def test_colleagues_are_shown_with_what_stops_them(self):
        self._give()
        rows = self._notice_of(self.mayor)._get_holders()
        problems = {row["name"]: row["problem"] for row in rows}
        self.assertIn("already carries", problems["Jean Collegue"])
        self.assertIn("given his or hers", problems["Paul Adjoint"])
        self.assertFalse(problems["Rose Papier"])

    def test_it_is_given_to_another_and_taken_back(self):
        self._give()
        self._give(self.mayor.partner_id)
        self.assertEqual(self.notice._get_given().holder_id, self.mayor.partner_id)
        self.notice._withdraw_pouvoir("link")
        self.assertFalse(self.notice._get_given())
        self.assertEqual(self.notice.event_ids[-1].kind, "pouvoir_withdrawn")
        self.assertEqual(len(self.seance.pouvoir_ids), 2, "both stay in the list")

    def test_the_holder_confirms_or_declines(self):
        self._give()
        carrier = self._notice_of(self.colleague)
        carrier._answer_carried(True, "link")
        self.assertTrue(self.notice._get_given().acknowledged_at)
        carrier._answer_carried(False, "link")
        self.assertFalse(self.notice._get_given())
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.email_to, self.deputy.partner_id.email)

    def test_it_stops_when_the_giver_arrives(self):
        self._give()
        self.seance.state = "open"
        table = self.seance.with_user(self.secretary)
        others = (self.mayor + self.colleague + self.paper).partner_id
        table.console_move(others.ids, True)
        point = self.seance.point_ids[0]
        self.assertEqual(len(self.seance._get_roll(point).represented), 1)
        table.console_move(self.deputy.partner_id.ids, True)
        self.assertFalse(self.seance._get_roll(point).represented)

    def test_nothing_changes_once_the_meeting_is_over(self):
        self._give()
        self.seance.state = "closed"
        with self.assertRaisesRegex(ValidationError, "over"):
            self.notice._withdraw_pouvoir("link")

    def test_the_secretary_notes_a_paper_before_the_meeting(self):
        given = self.env["mairie.pouvoir"].with_user(self.secretary)
        given = given.create(
            {
                "seance_id": self.seance.id,
                "giver_id": self.paper.partner_id.id,
                "holder_id": self.mayor.partner_id.id,
            }
        )
        given.action_revoke()
        self.assertTrue(given.revoked_on)


@tagged("post_install", "-at_install")
class TestPrivateNotes(SpaceMixin, ElusCase):
    def test_nobody_else_reads_a_note_whatever_his_role(self):
        self.notice._save_note(1, "Demander le coût de l'entretien")
        note = self.notice._get_notes()
        author = self._new_elu_user(self.deputy, "adjoint.essai")
        self.assertEqual(note.with_user(author).text, note.text)
        roles = {
            "secretaire": "mairie_elus.group_secretary",
            "gestion": "mairie_elus.group_manager",
            "dgs": "mairie_elus.group_reader",
            "systeme": "base.group_system,mairie_elus.group_manager",
            "collegue": "mairie_base.group_elu,base.group_system",
        }
        for login, groups in roles.items():
            user = self._new_user(f"{login}.notes", *groups.split(","))
            with self.subTest(role=login):
                with self.assertRaises(AccessError):
                    note.with_user(user).read(["text"])
                model = self.env["mairie.elu.note"].with_user(user)
                if "group_elu" in groups:
                    self.assertFalse(model.search([]))
                    self.assertFalse(model.search_count([("text", "like", "coût")]))
                    with self.assertRaises(AccessError):
                        model.create(
                            {
                                "partner_id": self.deputy.partner_id.id,
                                "point_id": self.open_point.id,
                                "text": "À sa place",
                            }
                        )
                else:
                    with self.assertRaises(AccessError):
                        model.search([])

    def test_no_screen_of_ours_shows_notes(self):
        views = self.env["ir.ui.view"].search([("arch_db", "like", "mairie.elu.note")])
        self.assertFalse(views)
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "=", "mairie.elu.note")]
        )
        self.assertFalse(actions)

    def test_a_note_lies_on_a_page_and_an_empty_one_is_erased(self):
        self.notice._save_note(1, "Voir le plan", annexe_id=self.annexe.id, page=3)
        note = self.notice._prepare_page_notes(1)[0]
        self.assertEqual((note["annexe"], note["page"]), (self.annexe.name, 3))
        self.notice._save_note(1, "Plan vu", note_id=note["id"])
        self.assertEqual(self.notice._get_notes().text, "Plan vu")
        self.notice._save_note(1, "  ", note_id=note["id"])
        self.assertFalse(self.notice._get_notes())

    def test_a_note_of_another_is_neither_changed_nor_erased(self):
        self.notice._save_note(1, "À moi")
        note = self.notice._get_notes()
        other = self._notice_of(self.mayor)
        other._save_note(1, "", note_id=note.id)
        other._save_note(1, "À moi aussi", note_id=note.id)
        self.assertEqual(note.text, "À moi")
        self.assertEqual(other._get_notes().text, "À moi aussi")

    def test_words_are_found_in_notes_and_pages(self):
        texts = self.env["mairie.annexe.texte"]
        texts._read_files(self.annexe)
        row = texts.search([("annexe_id", "=", self.annexe.id)])
        found = self.notice._search_dossier("affaire note", by_link=True)
        self.assertEqual(len(found["results"]), 1, "the closed item is not searched")
        self.assertEqual(
            found["unread"], [self.annexe.name], "an empty page has no text"
        )
        row.text = "Le périscolaire coûte 12 000 €"
        found = self.notice._search_dossier("PERISCOLAIRE", by_link=True)["results"]
        self.assertEqual((found[0]["annexe_id"], found[0]["page"]), (self.annexe.id, 1))
        self.assertEqual(
            len(self.notice._search_dossier("affaire", by_link=False)["results"]), 2
        )

    def test_words_are_found_in_what_was_turned_into_pages(self):
        """A table is read as the pages that the reader opens."""
        self.seance.state = "draft"
        table = self._new_annexe(
            self.open_point, "Tarifs", b"Poste;Montant\nGarderie;12\n", "tarifs.csv"
        )
        self.seance.state = "convened"
        self.env["mairie.annexe.texte"]._read_files(table)
        found = self.notice._search_dossier("garderie", by_link=True)["results"]
        self.assertEqual([row["annexe_id"] for row in found], [table.id])

    def test_a_file_that_changes_is_read_again(self):
        texts = self.env["mairie.annexe.texte"]
        texts._read_files(self.annexe)
        first = texts.search([("annexe_id", "=", self.annexe.id)])
        texts._read_files(self.annexe)
        self.assertEqual(texts.search([("annexe_id", "=", self.annexe.id)]), first)
        first.sha256 = "autre"
        texts._read_files(self.annexe)
        self.assertFalse(first.exists())

    def test_his_votes_as_far_as_names_are_kept(self):
        self.seance.state = "open"
        table = self.seance.with_user(self.secretary)
        table.console_move(self.seance._get_members().ids, True)
        table.console_open_point(self.open_point.id)
        table.console_vote(
            self.open_point.id,
            {
                "mode": "ordinary",
                "pour": 3,
                "contre": 1,
                "names": {str(self.deputy.partner_id.id): "contre"},
            },
        )
        table.console_open_point(self.closed_point.id)
        table.console_vote(self.closed_point.id, {"mode": "secret", "pour": 4})
        self._elect("Membre du jury")._appoint_unopposed()
        election = self._elect("Délégué au syndicat")
        election._record_round(
            {"counts": {str(election.candidat_ids.id): 3}, "blanc": 1}
        )
        self._elect("Suppléant")  # not counted: nothing to tell
        table.action_close()
        rows = self.seance._prepare_own_votes(self.deputy.partner_id)
        self.assertEqual(
            [row["own"] for row in rows], ["contre", "secret", "unopposed", "secret"]
        )
        self.assertIn("est élu", rows[-1]["result"])
        self.assertEqual(
            [row["is_elected"] for row in rows], [False, False, True, True]
        )
        others = self.seance._prepare_own_votes(self.mayor.partner_id)
        self.assertEqual([row["own"] for row in others[:2]], ["unnamed", "secret"])
        self.assertFalse(others[-1]["is_elected"])
        self._check_history()

    def _check_history(self):
        """A meeting without notice of ours is in the history of who was there."""
        seances, person = self.env["mairie.seance"], self.deputy.partner_id
        row = seances._get_own_history(person)[0]
        self.assertEqual(row["path"], self.notice._get_path())
        self.assertTrue(row["came"])
        self.env.cr.execute(
            "UPDATE mairie_convocation SET active = false WHERE id = %s",
            self.notice.ids,
        )
        self.env.invalidate_all()
        row = seances._get_own_history(person)[0]
        self.assertEqual((row["path"], len(row["votes"])), ("", 4))
        stranger = self.env["res.partner"].create({"name": "Personne"})
        self.assertFalse(seances._get_own_history(stranger))

    def _elect(self, name):
        person = self.deputy.partner_id
        candidat = {"name": person.name, "member_ids": person.ids}
        return self.env["mairie.nomination"].create(
            {
                "point_id": self.closed_point.id,
                "name": name,
                "candidat_ids": [Command.create(candidat)],
            }
        )


@tagged("post_install", "-at_install")
class TestSpacePages(SpaceMixin, ElusHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._new_elu_user(cls.deputy, "adjoint.essai")
        cls.link = cls.notice._get_path(cls.notice.token)
        cls.env.flush_all()

    def _get(self, path, **kwargs):
        return self.url_open(path, allow_redirects=False, **kwargs)

    def _post(self, page_path, path, **data):
        page = self.assertPublicPage(self._get(page_path))
        data["csrf_token"] = page.xpath("//input[@name='csrf_token']/@value")[0]
        return self.url_open(path, data=data, allow_redirects=False)

    def test_a_pouvoir_is_given_from_a_phone(self):
        form = f"{self.link}/pouvoir"
        answer = self._post(form, form, holder=self.colleague.partner_id.id)
        self.assertEqual(answer.status_code, 303)
        page = self.assertPublicPage(self._get(f"{form}/code"))
        self.assertIn("p•••@example.org", page.text_content())
        wrong = self._post(f"{form}/code", f"{form}/code", code="12")
        self.assertPublicPage(wrong, status=400)
        self.env.invalidate_all()
        self.assertEqual(self.env["mairie.convocation.code"].search([])[0].tries, 1)
        answer = self._post(f"{form}/code", f"{form}/code", code=self._get_code())
        self.assertTrue(answer.headers["Location"].endswith("/reponse"))
        page = self.assertPublicPage(self._get(f"{self.link}/reponse"))
        self.assertIn("Jean Collegue", page.text_content())
        self._post(f"{self.link}/reponse", f"{form}/retirer")
        self.env.invalidate_all()
        self.assertFalse(self.notice._get_given())

    def test_a_link_alone_opens_no_note(self):
        self.notice._save_note(1, "Mot tout à fait secret")
        self.env.flush_all()
        for path in ("/notes", "/point/1"):
            page = self.assertPublicPage(self._get(self.link + path))
            self.assertNotIn("tout à fait secret", page.text_content())
        answer = self._post(
            f"{self.link}/notes", f"{self.link}/point/1/note", text="Autre main"
        )
        self.assertTrue(answer.headers["Location"].endswith("/notes"))
        self.env.invalidate_all()
        self.assertEqual(len(self.notice._get_notes()), 1)

    def test_a_code_opens_them_on_this_device(self):
        self.notice._save_note(1, "Mot tout à fait secret")
        self.env.flush_all()
        notes = f"{self.link}/notes"
        self._post(notes, f"{notes}/demander")
        self.env.invalidate_all()
        self._post(f"{notes}/code", f"{notes}/code", code=self._get_code())
        page = self.assertPublicPage(self._get(notes))
        self.assertIn("tout à fait secret", page.text_content())
        self._post(f"{self.link}/point/1", f"{self.link}/point/1/note", text="Suite")
        self.env.invalidate_all()
        self.assertEqual(len(self.notice._get_notes()), 2)

    def test_a_session_opens_one_s_notes(self):
        self.notice._save_note(1, "Mot tout à fait secret")
        self.env.flush_all()
        self.authenticate("adjoint.essai", "adjoint.essai")
        page = self.assertPublicPage(self._get(f"{self.notice._get_path()}/point/1"))
        self.assertIn("tout à fait secret", page.text_content())

    def test_what_is_kept_offline_opens(self):
        page = self.assertPublicPage(self._get(self.link))
        files = json.loads(page.xpath("//*[@id='offline']/@data-files")[0])
        self.assertIn(f"{self.link}/dossier.pdf", files)
        for path in files:
            self.assertEqual(self._get(path).status_code, 200, path)
        worker = self._get("/elus/sw.js")
        self.assertIn("javascript", worker.headers["Content-Type"])

    def test_the_search_page(self):
        page = self.assertPublicPage(self._get(f"{self.link}/chercher?q=affaire"))
        self.assertIn(f"{self.link}/point/1", page.xpath("//main//a/@href"))
        self.assertNotIn("Affaire de personne", page.text_content())

    def test_the_calendar_address(self):
        self.authenticate("adjoint.essai", "adjoint.essai")
        self._post("/elus/seances", "/elus/agenda")
        path = self.env["mairie.elu.agenda"]._get_path_of(self.deputy.partner_id)
        text = self._get(path).text
        self.assertIn("DTSTART;TZID=Europe/Paris:20261217T190000", text)
        self.assertIn("STATUS:CONFIRMED", text)
        self.seance.action_cancel()
        self.env.flush_all()
        self.assertIn("STATUS:CANCELLED", self._get(path).text)
        self._post("/elus/seances", "/elus/agenda")
        self.assertEqual(self._get(path).status_code, 404, "a new one stops it")
        page = self.assertPublicPage(self._get("/elus/mes-votes"))
        self.assertTrue(page.xpath("//h1"))

    def test_a_vote_from_the_room_and_its_screen(self):
        self.seance.state = "open"
        table = self.seance.with_user(self.secretary)
        table.console_move(self.seance._get_members().ids, True)
        table.console_open_point(self.open_point.id)
        screen = table.console_screen()
        live = f"{self.link}/seance"
        self.env.flush_all()
        waiting = self._get(f"{live}/etat").json()["version"]
        page = self.assertPublicPage(self._get(live))
        self.assertFalse(page.xpath("//form"))
        table.console_open_vote(self.open_point.id)
        running = self.seance._get_running_vote()
        self.env.flush_all()
        self.assertNotEqual(self._get(f"{live}/etat").json()["version"], waiting)
        member = self.deputy.partner_id.id
        page = self.assertPublicPage(self._get(f"{live}?pour={member}&choix=contre"))
        self.assertFalse(running.voix_ids, "a visit casts nothing")
        self._post(
            f"{live}?pour={member}&choix=contre",
            f"{live}/voter",
            vote=running.id,
            pour=member,
            choix="contre",
        )
        self.env.invalidate_all()
        self.assertEqual(running.voix_ids.choice, "contre")
        text = self._get(screen).text
        self.assertIn("Affaire 1", text)
        self.assertNotIn("Paul Adjoint", text, "how, not before the end")
        self.assertEqual(self._get(screen[:-1] + "x").status_code, 404)
        table.console_close_vote(running.id)
        self.env.flush_all()
        late = self._post(
            f"{self.link}/notes",
            f"{live}/voter",
            vote=running.id,
            pour=self.mayor.partner_id.id,
            choix="pour",
        )
        self.assertPublicPage(late, status=400)
