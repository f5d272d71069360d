import json

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib.journal_chain import Anchor
from ..tools import sealing, verifier
from .common import GAP, GOOD, ScrutinMixin, line

TABLES = ("saisie", "saisie_ligne", "journal", "maillon")


@tagged("post_install", "-at_install")
class TestProof(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._complete()
        cls.supervisor = cls._new_role("superviseur")

    def _sql(self, statement, *values):
        """What a database administrator could do: the seals lifted, then back."""
        self.env.flush_all()
        for table in TABLES:
            self.env.cr.execute(
                f"ALTER TABLE mairie_scrutin_{table} DISABLE TRIGGER USER"
            )
        self.env.cr.execute(statement, values)
        for table in TABLES:
            self.env.cr.execute(
                f"ALTER TABLE mairie_scrutin_{table} ENABLE TRIGGER USER"
            )
        self.env.invalidate_all()

    def _codes(self, *anchors):
        return [fault.code for fault in self.tour._check_integrity(anchors)[1]]

    def test_entries_votes_and_acts_are_in_the_chain(self):
        mark = self.tour._get_fingerprint()
        links = self.tour.maillon_ids
        kinds = [link.kind for link in links]
        self.assertEqual(kinds[:3], ["entete", "listes", "bureaux"])
        self.assertEqual(kinds.count("saisie"), 3)
        entry = json.loads(links.filtered(lambda row: row.kind == "saisie")[0].payload)
        self.assertEqual((entry["bureau"], entry["exprimes"]), ("0001", 490))
        self.assertEqual(entry["voix"], {"001": 300, "002": 190})
        self.assertEqual(mark["count"], len(links))
        self.assertEqual(self._codes(), [])

    def test_a_second_sealing_adds_nothing(self):
        first = self.tour._get_fingerprint()
        self.assertEqual(self.tour._get_fingerprint()["hash"], first["hash"])

    def test_what_was_written_is_linked_without_reading_the_rest(self):
        """As many queries for a line with four links before it as with hundreds."""
        self.tour._get_fingerprint()
        for turn in range(2):
            self.tour._log("export", f"Essai {turn}")
            last = self.env["mairie.scrutin.journal"].search([], limit=1)
            self.env.flush_all()
            with self.assertQueryCount(9):
                sealing.seal(self.env.cr, self.tour.id, {"journal": last.ids})
            for rank in range(300 - 300 * turn):
                self.tour._log("export", str(rank))
            self.tour._get_fingerprint()
        self.assertEqual(self._codes(), [])

    def test_an_act_brings_the_figures_that_it_is_about(self):
        """Linked after a process died between its commit and its sealing."""
        links = self.env["mairie.scrutin.maillon"].sudo()
        act = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.tour.id), ("event", "=", "validation")], limit=1
        )
        self.env.flush_all()
        sealing.seal(self.env.cr, self.tour.id, {"journal": act.ids})
        linked = links.search([("tour_id", "=", self.tour.id)]).mapped("kind")
        self.assertEqual(linked[-2:], ["saisie", "journal"])
        self.tour._get_fingerprint()
        self.assertEqual(self._codes(), [])

    def test_a_proclamation_closes_all_that_came_before(self):
        self.tour.action_proclaim()
        act = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.tour.id), ("event", "=", "proclamation")]
        )
        self.env.flush_all()
        sealing.seal(self.env.cr, self.tour.id, {"journal": act.ids})
        entries = self.tour.maillon_ids.filtered(lambda row: row.kind == "saisie")
        self.assertEqual(len(entries), 3)
        self.assertEqual(self._codes(), [])

    def test_no_identifier_of_the_database_is_in_the_chain(self):
        self.tour._get_fingerprint()
        for link in self.tour.maillon_ids:
            self.assertFalse(
                {name for name in json.loads(link.payload) if name.endswith("id")}
            )

    def test_a_changed_figure_is_told_with_its_line(self):
        self.tour._get_fingerprint()
        entry = self._station("0002").saisie_id
        self._sql("UPDATE mairie_scrutin_saisie SET blancs = 9 WHERE id = %s", entry.id)
        _mark, (fault,) = self.tour._check_integrity()
        self.assertEqual((fault.code, fault.params["names"]), ("row", "blancs"))
        link = self.tour.maillon_ids.filtered(
            lambda row: row.kind == "saisie" and row.res_id == entry.id
        )
        self.assertEqual(fault.seq, link.seq)

    def test_changed_votes_are_told(self):
        self.tour._get_fingerprint()
        votes = self._station("0001").saisie_id.line_ids[0]
        self._sql(
            "UPDATE mairie_scrutin_saisie_ligne SET voix = 1 WHERE id = %s", votes.id
        )
        self.assertEqual(self._codes(), ["row"])

    def test_a_deleted_line_of_the_journal_is_told(self):
        self.tour._get_fingerprint()
        self._sql(
            "DELETE FROM mairie_scrutin_journal WHERE id = (SELECT max(id) FROM "
            "mairie_scrutin_journal WHERE tour_id = %s)",
            self.tour.id,
        )
        self.assertEqual(self._codes(), ["gone"])

    def test_another_retained_version_is_told(self):
        self.tour._get_fingerprint()
        first = self._station("0001")
        self._sql(
            "UPDATE mairie_scrutin_bureau_tour SET saisie_id = %s WHERE id = %s",
            self._station("0002").saisie_id.id,
            first.id,
        )
        self.assertEqual(self._codes(), ["retained"])

    def test_a_cut_tail_is_told_by_the_printed_fingerprint(self):
        self.tour._log("export", "Essai")
        mark = self.tour._get_fingerprint()
        last = self.tour.maillon_ids[-1]
        self._sql("DELETE FROM mairie_scrutin_journal WHERE id = %s", last.res_id)
        self._sql("DELETE FROM mairie_scrutin_maillon WHERE id = %s", last.id)
        self.assertEqual(self._codes(), [])
        self.assertEqual(self._codes(Anchor(mark["count"], mark["hash"])), ["cut"])

    def test_all_written_again_is_told_by_the_printed_fingerprint(self):
        mark = self.tour._get_fingerprint()
        entry = self._station("0001").saisie_id
        self._sql("UPDATE mairie_scrutin_saisie SET blancs = 9 WHERE id = %s", entry.id)
        self._sql("DELETE FROM mairie_scrutin_maillon WHERE tour_id = %s", self.tour.id)
        self.assertEqual(self._codes(), [])
        self.assertIn("anchor", self._codes(Anchor(mark["count"], mark["hash"])))

    def test_the_database_refuses_every_change_of_the_chain(self):
        self.tour._get_fingerprint()
        for statement in (
            "UPDATE mairie_scrutin_maillon SET payload = '{}'",
            "UPDATE mairie_scrutin_maillon SET hash = ''",
            "UPDATE mairie_scrutin_journal SET closing = '{}'",
            "UPDATE mairie_scrutin_journal SET saisie_id = NULL",
            "DELETE FROM mairie_scrutin_maillon",
            "TRUNCATE mairie_scrutin_maillon",
            "UPDATE mairie_scrutin_tour SET is_rehearsal = true",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(ValidationError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._run(statement)

    def _run(self, statement):
        try:
            self.env.cr.execute(statement)
        except Exception as error:
            raise ValidationError(str(error)) from error

    def test_nobody_writes_the_chain_or_the_journal(self):
        self.tour._get_fingerprint()
        link, journal = self.tour.maillon_ids[0], self.env["mairie.scrutin.journal"]
        act = journal.search([("tour_id", "=", self.tour.id)], limit=1)
        for refused in (
            lambda: link.copy(),
            lambda: link.write({"payload": "{}"}),
            lambda: link.unlink(),
            lambda: act.write({"detail": "autre"}),
            lambda: act.unlink(),
        ):
            with self.assertRaises(UserError):
                refused()

    def test_a_round_does_not_become_a_rehearsal(self):
        with self.assertRaises(AccessError):
            self.tour.with_user(self._new_role("admin")).is_rehearsal = True

    def test_verdict_and_its_line_in_the_journal(self):
        wizard = self.env["mairie.scrutin.tour.verify"].with_user(self.supervisor)
        wizard = wizard.create({"tour_id": self.tour.id})
        wizard.action_verify()
        self.assertTrue(wizard.is_intact)
        self.assertRegex(wizard.verdict, r"\d+ lines, fingerprint [0-9A-F]{4}…")
        events = self.env["mairie.scrutin.journal"].search([]).mapped("event")
        self.assertIn("verification", events)

    def test_a_wrong_fingerprint_is_asked_again(self):
        wizard = self.env["mairie.scrutin.tour.verify"].create(
            {"tour_id": self.tour.id, "printed_count": 3, "printed_hash": "9F3C"}
        )
        with self.assertRaisesRegex(UserError, "64"):
            wizard.action_verify()

    def test_only_supervisors_verify(self):
        for role in ("operateur", "lecture", "secretaire"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["mairie.scrutin.tour.verify"].with_user(
                    self._new_role(role)
                ).create({"tour_id": self.tour.id})

    def test_the_bundle_is_intact_for_the_verifier(self):
        self.scrutin.seat_count = 15
        self.tour.action_proclaim()
        files = self._open_bundle()
        self.assertEqual(verifier.verifier(files), [])
        told = json.loads(files["resultats.json"])
        self.assertEqual(told["voix"], {"001": 910, "002": 610})
        self.assertTrue(told["sieges"])
        closing = [
            json.loads(row.payload)["cloture"]
            for row in self.tour.maillon_ids
            if "cloture" in row.payload
        ]
        self.assertEqual(closing[0]["voix"], told["voix"])

    def test_the_verifier_sees_what_was_reopened(self):
        self._station("0001").with_user(self.supervisor)._reopen("Erreur de report")
        files = self._open_bundle()
        self.assertEqual(verifier.verifier(files), [])
        self.assertEqual(json.loads(files["resultats.json"])["bureaux"], 2)

    def _open_bundle(self):
        import io
        import zipfile

        content = self.tour._make_bundle()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    def test_the_printed_sheet_carries_the_fingerprint(self):
        self.tour.with_user(self.supervisor).action_print_fingerprint()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "mairie_scrutin.report_fingerprint", self.tour.ids
        )[0]
        self.assertIn(self.tour._get_fingerprint()["grouped"], html.decode())

    def test_the_fingerprint_leaves_by_mail_once(self):
        self.tour.fingerprint_email = "huissier@exemple.fr"
        mails = self.env["mail.mail"].sudo()
        before = mails.search_count([])
        self.env["mairie.scrutin.tour"]._cron_mail_fingerprints()
        self.env["mairie.scrutin.tour"]._cron_mail_fingerprints()
        sent = mails.search([("email_to", "=", "huissier@exemple.fr")])
        self.assertEqual(mails.search_count([]), before + 1)
        # A figure alone: three such characters may well stand in a fingerprint.
        self.assertNotRegex(sent.body_html, r"(?<![0-9A-F])490(?![0-9A-F])")

    def test_entries_of_another_round_stay_out(self):
        other = self.tour.copy({"numero": 2, "public_code": "essai-tour-2"})
        self._import(
            line("0001", GOOD).replace("2026;1;", "2026;2;"),
            line("0002", GAP).replace("2026;1;", "2026;2;"),
            tour=other,
        )
        count = self.tour._get_fingerprint()["count"]
        other._get_fingerprint()
        self.assertEqual(self.tour._get_fingerprint()["count"], count)
        self.assertEqual(other._check_integrity()[1], [])
