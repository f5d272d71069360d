"""L52-2: before its hour no byte of ours depends on the results, on any channel."""

import itertools
import re
import threading

from freezegun import freeze_time
from odoo import fields
from odoo.addons.mairie_base.tests.common import MairieCase, MairieHttpCase
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models.mairie_scrutin_tour_announce import VISIBLE_TERMS
from ..models.mairie_scrutin_tour_release import PUBLIC_TERMS
from .common import ScrutinMixin

BEFORE, AFTER = "2026-03-15 18:59:59", "2026-03-15 19:00:00"
CODE = "essai-tour-1"
#: What each name in an address stands for. A new public route with a name that is not
#: here fails the test: say how it is visited, so that the embargo is proved for it.
PLACES = {
    "code": CODE,
    "name": "fr_FR",
    "access_token": "inconnu",  # phones: proved by their own tests
    "version": "0",
}
#: Routes of which an answer says nothing of one round, hence needs no control.
SILENT = {"/resultats/donnees-ouvertes"}


def public_addresses(env, screen):
    """Every address of ours that answers a GET without a login, from the routing map."""
    places = dict(PLACES, token=screen.token)
    threading.current_thread().dbname = env.cr.dbname  # Odoo's map asks the thread
    found = set()
    for rule in env["ir.http"].routing_map().iter_rules():
        routing = rule.endpoint.routing
        module = getattr(rule.endpoint.func, "__module__", "")
        if not module.startswith("odoo.addons.mairie_scrutin."):
            continue
        if routing["auth"] not in ("public", "none") or "GET" not in rule.methods:
            continue
        found.add(re.sub(r"<(?:\w+:)?(\w+)>", lambda m: places[m[1]], rule.rule))
    page = f"/resultats/{CODE}"
    return sorted(found | {f"{page}?bureau=1", f"{page}?bureau=école"})


@tagged("post_install", "-at_install")
class TestEmbargoOnEveryChannel(ScrutinMixin, MairieHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.screen = cls.env["mairie.scrutin.ecran"].create({"tour_id": cls.tour.id})

    def _bytes(self):
        """All that a visitor gets: status, headers that may speak, body."""
        found = {}
        for address in [*public_addresses(self.env, self.screen), "/sitemap.xml"]:
            answer = self.url_open(address, allow_redirects=False)
            headers = {
                name: value
                for name, value in answer.headers.items()
                if name not in ("Date", "Set-Cookie")
            }
            found[address] = (answer.status_code, headers, answer.content)
        return found

    def _rows(self, user):
        """What a person reads of the figures through the ORM."""
        names = ("saisie", "saisie.ligne", "controle", "attribution", "bureau.tour")
        return {
            name: self.env[f"mairie.scrutin.{name}"].with_user(user).search_count([])
            for name in names
        }

    def _fill(self):
        self._complete()
        self.tour.action_allocate()
        self.env.invalidate_all()

    def test_the_map_of_routes_finds_ours(self):
        found = public_addresses(self.env, self.screen)
        for address in ("/resultats", f"/resultats/{CODE}/resultats.xml"):
            self.assertIn(address, found)
        self.assertIn(f"/ecran/{self.screen.token}/direct", found)

    def test_not_one_byte_depends_on_the_results(self):
        self._open_to_public()
        with freeze_time(BEFORE):
            empty = self._bytes()
        mails = self.env["mail.mail"].search_count([])
        self._fill()
        with freeze_time(BEFORE):
            full = self._bytes()
            self.assertEqual(empty, full)
            again = {
                address: self.url_open(
                    address, headers={"If-None-Match": row[1]["ETag"]}
                )
                for address, row in full.items()
                if "ETag" in row[1]
            }
        self.assertTrue(again)
        self.assertFalse([a for a, row in again.items() if row.status_code != 304])
        self.assertFalse(
            self.env["mairie.scrutin.publication"].search(
                [("tour_id", "=", self.tour.id), ("phase", "=", "apres")]
            ),
            "nothing is even built",
        )
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        with freeze_time(AFTER):
            after = self._bytes()
        spoke = {address for address in full if after[address] != full[address]}
        told = {address for address in full if CODE in address or "/ecran/" in address}
        self.assertFalse(told - spoke, "control: once the hour has come, they speak")

    def test_no_cache_leaks_across_the_hour(self):
        """What a visitor kept a second before is asked again within two seconds."""
        self._open_to_public()
        self._fill()
        address = f"/resultats/{CODE}/direct/fr_FR.html"
        with freeze_time(BEFORE):
            early = self.url_open(address)
        self.assertIn("max-age=2", early.headers["Cache-Control"])
        with freeze_time(AFTER):
            tag = early.headers["ETag"]
            answer = self.url_open(address, headers={"If-None-Match": tag})
        self.assertEqual(answer.status_code, 200)
        self.assertIn(b">910<", answer.content)
        with freeze_time(BEFORE):
            self.assertEqual(self.url_open(address).content, early.content)

    def test_a_reader_sees_nothing_before_the_hour(self):
        self._open_to_public()
        self._fill()
        reader = self._new_role("lecture")
        others = self._rows(reader)
        with freeze_time(BEFORE):
            self.env.invalidate_all()
            before = self._rows(reader)
        with freeze_time(AFTER):
            self.env.invalidate_all()
            after = self._rows(reader)
        for name in before:
            self.assertLess(before[name], after[name], f"{name}: control")
        self.assertEqual(others, after, "today is after the hour")

    def test_reports_by_address_tell_a_reader_nothing(self):
        self._open_to_public()
        self._fill()
        reader = self._new_role("lecture", "lecture_rapports")
        reader.password = reader.login
        self.authenticate(reader.login, reader.login)
        reports = self.env["ir.actions.report"].search(
            [("model", "=like", "mairie.scrutin%")]
        )
        records = {
            "mairie.scrutin": self.scrutin,
            "mairie.scrutin.tour": self.tour,
            "mairie.scrutin.bureau.tour": self.tour.bureau_tour_ids,
            "mairie.scrutin.attribution": self.tour.attribution_ids,
        }
        with freeze_time(BEFORE):
            for report in reports:
                ids = ",".join(map(str, records.get(report.model, self.tour).ids))
                url = f"/report/html/{report.report_name}/{ids}"
                with self.subTest(url), mute_logger("odoo.http", "odoo.sql_db"):
                    text = self.url_open(url).text
                    self.assertNotRegex(text, r"\b(910|610|1.?520)\b")


@tagged("post_install", "-at_install")
class TestHourOfTheLaw(ScrutinMixin, MairieCase):
    """Scrutin's clocks: municipales of 15 March 2026, présidentielle of 10 April 2022."""

    def _release(self, department, tz, **vals):
        self.commune.write({"mairie_department_code": department, "mairie_tz": tz})
        self.tour.write(vals)
        self.env.add_to_compute(self.tour._fields["embargo_until"], self.tour)
        return f"{self.tour.embargo_until:%d %H:%M}"

    def test_clocks(self):
        paris, guadeloupe = ("49", "Europe/Paris"), ("971", "America/Guadeloupe")
        reunion = ("974", "Indian/Reunion")
        self.assertEqual(self._release(*paris), "15 19:00")
        self.assertEqual(self._release(*reunion), "15 19:00")
        self.assertEqual(self._release(*guadeloupe), "15 22:00")
        self.assertEqual(self._release(*guadeloupe, local_closing=19), "15 23:00")

    def test_national_constituency(self):
        self.scrutin.kind = "presidentielle"
        day = {"date": "2022-04-10"}
        for place in (
            ("49", "Europe/Paris"),
            ("971", "America/Guadeloupe"),
            ("974", "Indian/Reunion"),
        ):
            self.assertEqual(self._release(*place, **day), "10 18:00")

    def test_partial_election_closes_with_its_constituency(self):
        self.scrutin.is_partial = True
        self.assertEqual(self._release("49", "Europe/Paris"), "15 17:00")
        release = self._release("49", "Europe/Paris", local_closing=19)
        self.assertEqual(release, "15 18:00")

    def test_changing_to_partial_takes_the_opening_back(self):
        self._open_to_public()
        admin = self._new_role("admin", "partielle")
        self.scrutin.with_user(admin).is_partial = True
        self.assertFalse(self.tour.armed_by_id)


@tagged("post_install", "-at_install")
class TestTermsInQueries(ScrutinMixin, MairieCase):
    """What a query says of a round is what its fields say, whatever they hold."""

    SET = """
    UPDATE mairie_scrutin_tour SET is_announced = %s, armed_by_id = %s,
           agreed_by_id = %s, embargo_until = %s, state = %s WHERE id = %s
    """
    ASK = f"""
    SELECT ({VISIBLE_TERMS})::boolean, ({PUBLIC_TERMS})::boolean
      FROM mairie_scrutin_tour t JOIN mairie_scrutin e ON e.id = t.scrutin_id
     WHERE t.id = %(tour)s
    """

    def _compare(self, tour):
        """:return: all that is found, (visible, open), the same by either way"""
        first, second = self.env.user.id, self.env.ref("base.user_admin").id
        choices = (
            (True, False, None),
            (first, None),
            (second, None),
            ("2020-01-01", "2999-01-01", None),
            ("preparation", "depouillement"),
        )
        found = set()
        for is_double in (True, False):
            tour.scrutin_id.two_person_release = is_double
            for values in itertools.product(*choices):
                self.env.flush_all()
                self.env.cr.execute(self.SET, [*values, tour.id])
                self.env.invalidate_all()
                asked = SQL(self.ASK, tour=tour.id, now=fields.Datetime.now())
                [answer] = self.env.execute_query(asked)
                answer = tuple(map(bool, answer))
                self.assertEqual(answer, (tour._is_visible(), tour.is_public), values)
                found.add(answer)
        return found

    def test_a_round(self):
        found = self._compare(self.tour)
        self.assertEqual(found, {(False, False), (True, False), (True, True)})

    def test_a_rehearsal(self):
        vals = {"public_code": "essai-repetition", "is_rehearsal": True}
        rehearsal = self.tour.copy({**vals, "scrutin_id": self.scrutin.copy().id})
        self.assertEqual(self._compare(rehearsal), {(False, False)})
