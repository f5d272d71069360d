import json
import os
import shutil
import tempfile
from pathlib import Path

from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.addons.mairie_scrutin.models import mairie_scrutin_publication
from odoo.exceptions import ValidationError
from odoo.sql_db import db_connect
from odoo.tests import tagged

from .common import GAP, GOOD, ScrutinMixin, line

AFTER = "2026-03-15 19:00:00"
BEFORE = "2026-03-15 18:59:59"
PAGE = "/resultats/essai-tour-1"
LIVE = f"{PAGE}/direct/fr_FR.html"
SUM = b">910<"  # votes of the first list over all stations, in its cell


@tagged("post_install", "-at_install")
class TestPublicResults(ScrutinMixin, MairieHttpCase):
    def test_after_the_hour_the_figures_are_there(self):
        self._complete()
        self.tour.action_allocate()
        self._open_to_public()
        with freeze_time(AFTER):
            page = self.assertPublicPage(self.url_open(PAGE))
        text = page.text_content()
        self.assertIn("910", text)
        self.assertEqual(len(page.xpath("//*[@class='r-bar']")), 2)
        self.assertEqual(
            len(page.xpath("//*[@class='r-seats']//*[local-name()='circle']")), 18
        )
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

    def test_the_turnout_of_one_station_is_not_that_of_the_town(self):
        self._complete()
        self.tour.public_turnout = True
        for code, label in (("0001", None), ("0002", "12\u00a0h")):
            self.env["mairie.scrutin.participation"].create(
                {"bureau_tour_id": self._station(code).id, "hour": 12, "votants": 100}
            )
            now = self.tour._prepare_public_head()["turnout_now"]
            self.assertEqual(now and now["label"], label)

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
        row = self._snapshots()
        built = row.built
        with freeze_time("2026-03-15 19:05:00"):
            publication._get_public_page("essai-tour-1")
            self.assertEqual(row.built, built, "nothing changed: nothing is built")
            self.env.invalidate_all()
            self._station("0003")._reopen("PV relu")
        with freeze_time("2026-03-15 19:05:01"):
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
        self.patch(mairie_scrutin_publication, "PATIENCE", "1ms")
        with freeze_time(AFTER):
            page = publication._get_public_page("essai-tour-1")
            self.assertEqual(page["figures"]["stations"], 3)
            self.assertFalse(self._snapshots())
            builder.rollback()
            page = publication._get_public_page("essai-tour-1")
            self.assertEqual(page["figures"]["stations"], 3)
        self.assertEqual(len(self._snapshots()), 1)

    def test_a_rush_looks_for_changes_once_a_second(self):
        self._complete()
        self._open_to_public()
        publication = self.env["mairie.scrutin.publication"]
        model = type(publication)
        looked, built = [], []
        signature, build = model._get_signature, model._build
        self.patch(
            model, "_get_signature", lambda *a: looked.append(1) or signature(*a)
        )
        self.patch(model, "_build", lambda *a: built.append(1) or build(*a))
        for second in range(3):
            with freeze_time(f"2026-03-15 19:00:0{second}"):
                for _visit in range(20):
                    publication._get_public_page("essai-tour-1")
        self.assertEqual((len(looked), len(built)), (3, 1))

    def test_a_visit_between_two_looks_reads_nothing_of_the_stations(self):
        self._complete()
        self._open_to_public()
        with freeze_time(AFTER):
            self.url_open(LIVE)
            tag = self.url_open(LIVE).headers["ETag"]
            seen = []
            execute = type(self.env.cr).execute
            self.patch(
                type(self.env.cr),
                "execute",
                lambda cr, query, *a, **k: (
                    seen.append(str(getattr(query, "code", query)))
                    or execute(cr, query, *a, **k)
                ),
            )
            answer = self.url_open(LIVE, headers={"If-None-Match": tag})
        self.assertEqual(answer.status_code, 304)
        read = " ".join(seen)
        self.assertIn("mairie_scrutin_publication", read)
        for table in ("saisie", "bureau_tour", "candidature"):
            self.assertNotIn(f"mairie_scrutin_{table}", read)

    def test_the_file_of_the_proxy_lives_after_the_hour_only(self):
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        self.patch(os, "environ", {**os.environ, "MAIRIE_SCRUTIN_STATIC": str(folder)})
        self._complete()
        self._open_to_public()
        publication = self.env["mairie.scrutin.publication"]
        publication = publication.with_context(lang="fr_FR")

        def visit():
            self.env.invalidate_all()
            publication._get_public_page("essai-tour-1")
            self.env.cr.postcommit.run()
            return list(folder.rglob("*.html"))

        with freeze_time(BEFORE):
            self.assertFalse(visit())
        with freeze_time(AFTER):
            (file,) = visit()
            self.assertTrue(str(file).endswith(LIVE))
            self.assertEqual(file.read_bytes(), self.url_open(LIVE).content)
            self.tour.action_disarm()
            self.assertFalse(list(folder.rglob("*.html")))

    def _snapshots(self):
        return self.env["mairie.scrutin.publication"].search(
            [("tour_id", "=", self.tour.id), ("phase", "=", "apres")]
        )

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
            for end in ("", "/resultats.json", "/resultats.csv", "/direct/fr_FR.html"):
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
        self.assertEqual(data["statut_cdf"], "unofficial-complete")
        with freeze_time(AFTER):
            long = self.url_open(f"{PAGE}/resultats-long.csv")
            xml = self.url_open(f"{PAGE}/resultats.xml")
        self.assertEqual(len(long.text.splitlines()), 7)
        self.assertEqual(xml.content.count(b"<bureau>"), 3)
        for answer in (long, xml):
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertPublicPage(self.url_open("/resultats/donnees-ouvertes"))

    def test_the_prefecture_file_is_for_supervisors(self):
        self._import_three()
        address = f"/mairie_scrutin/{self.tour.id}/prefecture.csv"
        self.assertNotIn(b";0001;", self.url_open(address).content, "a visitor: login")
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
        self.assertIn(b";0001;", answer.content)
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
        self.tour.is_announced = True
        self.opener.cookies.clear()
        answer = self.url_open(PAGE)
        self.assertNotIn("session_id", answer.headers.get("Set-Cookie", ""))

    def test_index_lists_the_announced_rounds(self):
        self._open_to_public()
        page = self.assertPublicPage(self.url_open("/resultats"))
        self.assertIn(PAGE, page.xpath("//main//a/@href"))

    def test_no_page_appears_because_a_result_came_in(self):
        self._import_three()
        self.assertEqual(self.tour.state, "depouillement")
        self.assertEqual(self.url_open(PAGE).status_code, 404)
        self.tour.is_announced = True
        self.assertEqual(self.url_open(PAGE).status_code, 200)

    def test_very_small_stations_are_published_together(self):
        self._import(
            line("0001", "40;10;30;30;0;0;30;2;001;20;002;10"),
            line("0002", GOOD),
            line("0003", "60;20;40;40;0;0;40;2;001;15;002;25"),
        )
        self.tour.small_station_threshold = 70
        self._open_to_public()
        self.tour.bureau_tour_ids.controle_ids.write({"reason": "Au PV"})
        for code in ("0001", "0002"):
            self._station(code).action_validate()
        with freeze_time(AFTER):
            data = self.url_open(f"{PAGE}/resultats.json").json()
        self.assertEqual(data["bureaux_comptes"], 1, "0001 waits for 0003")
        self.assertEqual(data["exprimes"], 490)
        self._station("0003").action_validate()
        with freeze_time("2026-03-15 19:01:00"):
            data = self.url_open(f"{PAGE}/resultats.json").json()
            page = self.url_open(f"{PAGE}?bureau=3").text
        rows = {row["bureau"]: row["voix"] for row in data["resultats_par_bureau"]}
        self.assertEqual(rows, {"0001+0003": [35, 35], "0002": [300, 190]})
        self.assertEqual(data["exprimes"], sum(map(sum, rows.values())))
        self.assertIn("0001+0003", page)

    def test_lists_keep_their_order_until_a_twentieth_is_counted(self):
        self._import(
            line("0001", "30;10;20;20;0;0;20;2;001;5;002;15"), line("0002", GOOD)
        )
        self._open_to_public()
        self.tour.bureau_tour_ids.controle_ids.write({"reason": "Au PV"})
        self._station("0001").action_validate()
        publication = self.env["mairie.scrutin.publication"]
        with freeze_time(AFTER):
            page = publication._get_public_page("essai-tour-1")
            self.assertEqual(page["figures"]["ranked"], [0, 1], "30 of 830")
        self.tour.bureau_tour_ids.inscrits = 100
        with freeze_time("2026-03-15 19:01:00"):
            page = publication._get_public_page("essai-tour-1")
            self.assertEqual(page["figures"]["ranked"], [1, 0])

    def test_second_round_stands_beside_the_first(self):
        self._complete()
        self._open_to_public()
        second = self.tour.copy(
            {"numero": 2, "date": "2026-03-22", "public_code": "essai-tour-2"}
        )
        first = self.tour.candidature_ids
        self.env["mairie.scrutin.candidature"].create(
            {
                "tour_id": second.id,
                "panneau": "001",
                "name": "Ensemble",
                "parent_ids": [(6, 0, first.ids)],
            }
        )
        self.assertEqual(second.previous_tour_id, self.tour)
        with freeze_time(AFTER):
            before = second._prepare_public_before()
            self.tour.action_disarm()
            self.assertIsNone(second._prepare_public_before(), "round 1 is closed")
        self.assertEqual(list(before["votes"].values()), [1520])
        self.assertEqual(before["exprimes"], 1520)

    def test_two_elections_of_one_day_name_each_other(self):
        other = self.tour.copy({"numero": 2, "public_code": "essai-jumeau"})
        self.tour.concomitant_id = other
        (self.tour + other).is_announced = True
        self.assertIn("/resultats/essai-jumeau", self.url_open(PAGE).text)
        other.is_announced = False
        with freeze_time("2026-03-15 12:00:00"):
            self.assertNotIn("/resultats/essai-jumeau", self.url_open(PAGE).text)

    def test_map_says_who_is_ahead_and_who_is_not_counted(self):
        self._import(line("0001", GOOD), line("0002", GAP))
        self.tour.bureau_tour_ids.controle_ids.write({"reason": "Au PV"})
        for rank, station in enumerate(self.tour.bureau_tour_ids):
            station.bureau_id.geojson = {"type": "Point", "coordinates": [rank, 47]}
        self._station("0001").action_validate()
        self._open_to_public()
        with freeze_time(AFTER):
            page = self.assertPublicPage(self.url_open(PAGE))
            table = self.assertPublicPage(self.url_open(f"{PAGE}/bureaux"))
        dots = page.xpath("//*[@class='r-map']/*[local-name()='circle']/@fill")
        self.assertEqual(dots, ["url(#m0)", "none"])
        self.assertEqual(len(table.xpath("//tbody/tr")), 1, "the table twin")

    def test_a_station_is_found_by_its_place(self):
        self._complete()
        self._open_to_public()
        stations = self.tour.bureau_tour_ids.bureau_id
        for bureau, name in zip(
            stations, ("École A", "École B", "Mairie"), strict=True
        ):
            bureau.name = name
        with freeze_time(AFTER):
            one = self.url_open(f"{PAGE}?bureau=mairie").text
            two = self.assertPublicPage(self.url_open(f"{PAGE}?bureau=école"))
        self.assertIn("0003 Mairie</h3>", one)
        links = two.xpath("//a[contains(@href, '#mon-bureau')]/@href")
        self.assertIn(f"{PAGE}?bureau=0002#mon-bureau", links)

    def test_sites_named_by_the_town_may_frame_the_page(self):
        self.tour.is_announced = True
        setting = self.env["ir.config_parameter"].sudo()
        self.assertEqual(self.url_open(PAGE).headers["X-Frame-Options"], "DENY")
        setting.set_param(
            "mairie_scrutin.frame_origins", "https://ville.example 'none';x http://a"
        )
        headers = self.url_open(PAGE).headers
        self.assertIn(
            "frame-ancestors https://ville.example", headers["Content-Security-Policy"]
        )
        self.assertNotIn("http://a", headers["Content-Security-Policy"])
        self.assertNotIn("X-Frame-Options", headers)

    def test_a_rectified_result_says_when(self):
        self._complete()
        self._open_to_public()
        self.tour.rectified_date = "2026-03-16"
        with freeze_time("2026-03-16 12:00:00"):
            self.assertIn("16 mars 2026", self.url_open(PAGE).text)
            data = self.url_open(f"{PAGE}/resultats.json").json()
        self.assertEqual(data["statut_cdf"], "correction")
