"""The public pages of acts: what is online, nothing else, whatever is asked."""

import csv
import io
import json
from datetime import date
from xml.etree import ElementTree

from odoo.tests import tagged

from .acts_case import ActsMixin
from .common import START, ElusHttpCase


@tagged("post_install", "-at_install")
class TestPublicActs(ActsMixin, ElusHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        online = cls.env["mairie.publication"].search([("state", "=", "online")])
        online.sudo().write({"state": "withdrawn"})  # what a demo town has there
        start = START.replace(month=4, day=16)
        cls.seance = cls._hold(start, points=3)
        cls.acts = cls._get_acts(cls.seance)
        cls.acts[0].name = "Toit de l'école Prévert"
        cls.acts[2].name = "Canari jamais en ligne"
        cls.acts.action_sign()
        cls.acts[:2].action_publish()
        cls.acts[0].received_on = date(2026, 4, 20)
        cls.online = cls.acts[:2].publication_id
        cls.env.flush_all()

    def _get(self, path):
        return self.url_open(path)

    def test_the_list_shows_what_is_online(self):
        page = self.assertPublicPage(self._get("/actes"))
        text = page.text_content()
        self.assertIn("2 actes", text)
        self.assertIn("Exécutoire le", text)
        self.assertNotIn("Canari", text)

    def test_the_filters_are_folded_until_one_is_used(self):
        """A phone shows the acts first; nothing here needs a script."""
        for path, is_open in (("/actes", False), ("/actes?theme=Urbanisme", True)):
            page = self.assertPublicPage(self._get(path))
            (fold,) = page.xpath("//details[contains(@class, 'actes-more')]")
            self.assertEqual("open" in fold.attrib, is_open, path)
            self.assertTrue(fold.xpath(".//select[@name='theme']"))

    def test_words_are_found_without_accents(self):
        for query, count in (("ecole toit", 1), ("ÉCOLE", 1), ("canari", 0), ("%", 2)):
            with self.subTest(query=query):
                text = self._get(f"/actes?q={query.replace('%', '%25')}").text
                self.assertEqual(
                    text.count(f"/actes/{self.online[0].id}/") > 0, count > 0
                )

    def test_kinds_days_and_themes_narrow_the_list(self):
        for query, count in (
            ("nature=arrete", 0),
            ("nature=deliberation", 2),
            ("du=2026-06-01", 0),
            ("au=2026-04-30", 2),
            ("theme=Finances+locales", 2),
            ("theme=Urbanisme", 0),
            ("du=hier&page=999&nature=%27", 2),
        ):
            with self.subTest(query=query):
                rows = json.loads(
                    self._get(f"/actes.json?{query.replace('page=999', 'page=1')}").text
                )
                self.assertEqual(rows["nombre"], count)
                self.assertEqual(self._get(f"/actes?{query}").status_code, 200)

    def test_an_act_has_its_page_and_its_document(self):
        page = self.assertPublicPage(self._get(self.online[0]._get_path()))
        self.assertIn("reçu en préfecture le 20 avril 2026", page.text_content())
        document = self._get(f"/actes/{self.online[0].id}.pdf")
        self.assertEqual(document.headers["Content-Type"], "application/pdf")
        self.assertTrue(document.content.startswith(b"%PDF"))

    def test_what_is_not_online_and_what_does_not_exist_look_the_same(self):
        hidden = self.online[1]
        hidden.sudo().write({"state": "withdrawn"})
        self.env.flush_all()
        unknown = self._get("/actes/99999999")
        for path in (f"/actes/{hidden.id}", f"/actes/{hidden.id}/autre"):
            answer = self._get(path)
            self.assertEqual(answer.status_code, 404)
            self.assertEqual(answer.content, unknown.content)
        self.assertEqual(self._get(f"/actes/{hidden.id}.pdf").status_code, 404)

    def test_every_public_byte_is_the_same_with_and_without_what_is_not_online(self):
        paths = ("/actes", "/actes.json", "/actes/flux.atom", "/actes/flux.rss",
                 "/actes/deliberations-2026.csv", "/actes?q=secret")  # fmt: skip
        before = [self._get(path).content for path in paths]
        draft = self.env["mairie.arrete"].create(
            {
                "name": "Secret à signer",
                "date": "2026-04-18",
                "content": "<p>secret</p>",
            }
        )
        signed = self.env["mairie.arrete"].create(
            {"name": "Secret signé", "date": "2026-04-18", "content": "<p>secret</p>"}
        )
        signed.with_user(self.secretary).action_sign()
        self.assertTrue(draft)
        self.env.flush_all()
        self.assertEqual([self._get(path).content for path in paths], before)

    def test_feeds_are_read_by_machines(self):
        atom = ElementTree.fromstring(self._get("/actes/flux.atom").content)
        entries = atom.findall("{http://www.w3.org/2005/Atom}entry")
        self.assertEqual(len(entries), 2)
        rss = ElementTree.fromstring(self._get("/actes/flux.rss").content)
        links = [node.text for node in rss.findall("channel/item/link")]
        self.assertTrue(all("/actes/" in link for link in links))

    def test_open_data_hold_the_votes(self):
        answer = self._get("/actes/deliberations-2026.csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        self.assertEqual(len(rows), 2)
        row = rows[0]
        self.assertEqual(row["COLL_SIRET"], "21490998800013")
        self.assertEqual(row["DELIB_MATIERE_NOM"], "finances locales/subventions")
        self.assertEqual((row["VOTE_EFFECTIF"], row["VOTE_REEL"]), ("3", "3"))
        self.assertEqual((row["VOTE_POUR"], row["VOTE_CONTRE"]), ("2", "1"))
        self.assertEqual(self._get("/actes/deliberations-1.csv").status_code, 404)

    def test_a_reader_who_comes_back_downloads_nothing(self):
        first = self._get("/actes")
        again = self.url_open(
            "/actes", headers={"If-None-Match": first.headers["ETag"]}
        )
        self.assertEqual(again.status_code, 304)

    def test_the_list_costs_the_same_for_one_act_and_for_many(self):
        model = self.env["mairie.publication"]
        model._prepare_list_page(self.commune, {"q": "affaire"})
        self.env.invalidate_all()
        with self.assertQueryCount(6):
            model._prepare_list_page(self.commune, {"q": "ecole"})
