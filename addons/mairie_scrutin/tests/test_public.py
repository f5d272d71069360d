import json

from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.exceptions import ValidationError
from odoo.sql_db import db_connect
from odoo.tests import tagged

from .common import GAP, GOOD, ScrutinMixin, line

BEFORE, AFTER = "2026-03-15 18:59:59", "2026-03-15 19:00:00"
PAGE = "/resultats/essai-tour-1"
SUM = b">910<"  # votes of the first list over all stations, in its cell
ADDRESSES = (
    "/resultats",
    PAGE,
    f"{PAGE}?bureau=1",
    f"{PAGE}/resultats.json",
    f"{PAGE}/resultats.csv",
)


@tagged("post_install", "-at_install")
class TestPublicResults(ScrutinMixin, MairieHttpCase):
    def _bytes(self):
        """All that a visitor gets: status, headers that may speak, body."""
        found = {}
        for address in ADDRESSES:
            answer = self.url_open(address)
            headers = {
                name: value
                for name, value in answer.headers.items()
                if name not in ("Date", "Set-Cookie")
            }
            found[address] = (answer.status_code, headers, answer.content)
        return found

    def test_before_the_hour_not_one_byte_depends_on_the_results(self):
        """L52-2: the same answers with an empty round and with a full one."""
        self._open_to_public()
        self.tour.state = "depouillement"
        with freeze_time(BEFORE):
            empty = self._bytes()
        self._complete()
        self.tour.action_allocate()
        with freeze_time(BEFORE):
            self.env.invalidate_all()
            full = self._bytes()
        self.assertEqual(empty, full)
        self.assertNotIn(SUM, full[PAGE][2])
        self.assertFalse(
            self.env["mairie.scrutin.publication"].search(
                [("tour_id", "=", self.tour.id)]
            )
        )

    def test_after_the_hour_the_figures_are_there(self):
        self._complete()
        self.tour.action_allocate()
        self._open_to_public()
        with freeze_time(AFTER):
            page = self.assertPublicPage(self.url_open(PAGE))
        text = page.text_content()
        self.assertIn("910", text)
        self.assertEqual(len(page.xpath("//progress")), 2)
        self.assertTrue(page.xpath("//table"), "each chart has its table")
        self.assertIn("12", text)

    def test_a_snapshot_built_is_not_served_when_the_opening_is_withdrawn(self):
        self._complete()
        self._open_to_public()
        with freeze_time(AFTER):
            self.assertIn(SUM, self.url_open(PAGE).content)
            self.tour.action_disarm()
            self.assertNotIn(SUM, self.url_open(PAGE).content)

    def test_hour_alone_or_people_alone_do_not_open(self):
        self._complete()
        with freeze_time(AFTER):
            self.assertNotIn(SUM, self.url_open(PAGE).content)
        self.tour.with_user(self._new_role("superviseur", "seul")).action_arm()
        with freeze_time(AFTER):
            self.assertNotIn(SUM, self.url_open(PAGE).content)

    def test_status_says_what_the_figures_are_worth(self):
        self._open_to_public()
        self._import(line("0001", GOOD), line("0002", GAP))
        self._station("0001").action_validate()
        with freeze_time("2026-03-15 19:10:00"):
            self.assertIn("m-chip--warning", self.url_open(PAGE).text)
            data = self.url_open(f"{PAGE}/resultats.json").json()
        self.assertEqual((data["bureaux_comptes"], data["bureaux"]), (1, 2))
        self.assertEqual(data["inscrits"], 800, "turnout is that of counted stations")
        self._station("0002").controle_ids.reason = "Au PV"
        self._station("0002").action_validate()
        with freeze_time("2026-03-15 19:20:00"):
            self.env.invalidate_all()
            self.assertIn("m-chip--info", self.url_open(PAGE).text)
        self.tour.action_proclaim()
        with freeze_time("2026-03-15 19:30:00"):
            self.env.invalidate_all()
            self.assertIn("m-chip--success", self.url_open(PAGE).text)

    def test_an_unvalidated_station_never_shows(self):
        self._open_to_public()
        self._import_three()
        self._station("0001").action_validate()
        with freeze_time(AFTER):
            page = self.url_open(f"{PAGE}?bureau=2").text
        self.assertNotIn(">310<", page)
        self.assertIn('id="bureau-erreur"', page)

    def test_my_station_is_found_with_or_without_its_zeros(self):
        self._complete()
        self._open_to_public()
        with freeze_time(AFTER):
            for asked in ("1", "0001", " 1 "):
                page = self.assertPublicPage(self.url_open(f"{PAGE}?bureau={asked}"))
                self.assertEqual(len(page.xpath("//h3[contains(., '0001')]")), 1)
            page = self.assertPublicPage(self.url_open(f"{PAGE}?bureau=<b>"))
        self.assertFalse(page.xpath("//b"))

    def test_the_page_is_not_sent_again_while_nothing_changes(self):
        self._complete()
        self._open_to_public()
        with freeze_time(AFTER):
            tag = self.url_open(PAGE).headers["ETag"]
            again = self.url_open(PAGE, headers={"If-None-Match": tag})
        self.assertEqual(again.status_code, 304)
        self.assertFalse(again.content)

    def test_the_snapshot_is_built_once_for_one_state(self):
        self._complete()
        self._open_to_public()
        publication = self.env["mairie.scrutin.publication"]
        with freeze_time(AFTER):
            publication._get_public_page("essai-tour-1")
        row = publication.search([("tour_id", "=", self.tour.id)])
        built = row.built
        with freeze_time("2026-03-15 19:05:00"):
            publication._get_public_page("essai-tour-1")
            self.assertEqual(row.built, built, "nothing changed: nothing is built")
            self.env.invalidate_all()
            self._station("0003")._reopen("PV relu")
            publication._get_public_page("essai-tour-1")
            self.assertNotEqual(row.built, built)

    def test_visits_at_the_same_time_all_get_the_figures(self):
        """While another visit builds the first snapshot, this one serves its own."""
        self._complete()
        self._open_to_public()
        publication = self.env["mairie.scrutin.publication"]
        builder = db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(builder.close)
        builder.execute("SELECT pg_advisory_xact_lock(70012, %s)", [self.tour.id])
        with freeze_time(AFTER):
            page = publication._get_public_page("essai-tour-1")
            self.assertEqual(page["figures"]["stations"], 3)
            self.assertFalse(publication.search([("tour_id", "=", self.tour.id)]))
            builder.rollback()
            page = publication._get_public_page("essai-tour-1")
            self.assertEqual(page["figures"]["stations"], 3)
        kept = publication.search([("tour_id", "=", self.tour.id)])
        publication._keep_snapshot(self.tour, kept.lang, "x", {"stations": 1})
        self.assertEqual(kept.payload, {"stations": 1}, "the same row is kept")

    def test_a_list_without_a_vote_line_counts_none(self):
        """Votes stand under their own list, even where a station has no line of it."""
        self._complete()
        self._open_to_public()
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO mairie_scrutin_candidature
                        (tour_id, company_id, sequence, panneau, name)
                 VALUES (%s, %s, -1, '009', 'Sans ligne')
            """,
            [self.tour.id, self.commune.id],
        )
        self.env.invalidate_all()
        with freeze_time(AFTER):
            rows = self.url_open(f"{PAGE}/resultats.csv").content.decode("utf-8-sig")
            page = self.url_open(f"{PAGE}?bureau=1")
        self.assertIn("0001;;800;500;5;5;490;0;300;190", rows)
        self.assertEqual(page.status_code, 200)

    def test_an_address_that_is_none_is_not_found(self):
        for code in ("%00", "a%00b", "%20", "a%0ab"):
            for end in ("", "/resultats.json", "/resultats.csv"):
                with self.subTest(code + end):
                    answer = self.url_open(f"/resultats/{code}{end}")
                    self.assertEqual(answer.status_code, 404)
        with self.assertRaises(ValidationError):
            self.tour.public_code = "une adresse"

    def test_open_data(self):
        self._complete()
        self.tour.action_allocate()
        self._open_to_public()
        with freeze_time(AFTER):
            data = json.loads(self.url_open(f"{PAGE}/resultats.json").content)
            rows = self.url_open(f"{PAGE}/resultats.csv").content.decode("utf-8-sig")
        self.assertEqual(data["statut"], "complets_non_proclames")
        self.assertEqual([row["voix"] for row in data["listes"]], [910, 610])
        self.assertEqual(data["sieges"][0]["listes"][0]["sieges"], 12)
        self.assertEqual(len(data["resultats_par_bureau"]), 3)
        self.assertEqual(len(rows.splitlines()), 4)
        self.assertIn("0001;;800;500;5;5;490;300;190", rows)

    def test_the_prefecture_file_is_for_supervisors(self):
        self._import_three()
        address = f"/mairie_scrutin/{self.tour.id}/prefecture.csv"
        self.assertNotIn(b"0001", self.url_open(address).content, "a visitor: login")
        for role, status in (
            ("lecture", 404),
            ("operateur", 404),
            ("superviseur", 200),
        ):
            user = self._new_role(role, f"{role}_fichier")
            user.password = user.login
            self.authenticate(user.login, user.login)
            answer = self.url_open(address)
            self.assertEqual(answer.status_code, status, role)
        self.assertEqual(len(answer.content.splitlines()), 3)
        lines = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.tour.id), ("event", "=", "export")]
        )
        self.assertEqual(lines.user_id, user, "one line for the file that was taken")
        self.assertEqual(len(lines), 1)
        action = self.tour.with_user(user).action_export()
        self.assertEqual(action["url"], address)

    def test_unknown_and_unannounced_rounds_are_the_same_nothing(self):
        self.assertEqual(self.tour.state, "preparation")
        hidden = self.url_open(PAGE)
        unknown = self.url_open("/resultats/nulle-part")
        self.assertEqual((hidden.status_code, unknown.status_code), (404, 404))
        self.assertEqual(hidden.content, unknown.content)

    def test_no_cookie_is_set(self):
        self._open_to_public()
        self.tour.state = "depouillement"
        self.opener.cookies.clear()
        answer = self.url_open(PAGE)
        self.assertNotIn("session_id", answer.headers.get("Set-Cookie", ""))

    def test_index_lists_the_announced_rounds(self):
        self._open_to_public()
        page = self.assertPublicPage(self.url_open("/resultats"))
        self.assertIn(PAGE, page.xpath("//main//a/@href"))
