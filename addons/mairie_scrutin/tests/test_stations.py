from fractions import Fraction

import psycopg2
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import GOOD, ScrutinMixin, line


@tagged("post_install", "-at_install")
class TestStations(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import_three()
        cls.right = cls._station("0001")
        cls.gap = cls._station("0002")
        cls.wrong = cls._station("0003")

    def _enter(self, station, **values):
        wizard = self.env["mairie.scrutin.bureau.tour.enter"]
        return Form(wizard.with_context(default_bureau_tour_id=station.id))

    def test_one_station_gathers_the_reports_of_a_commune(self):
        """R40: one for the commune, or one for each constituency, canton or sector."""
        first, second = (self.right | self.gap).bureau_id
        first.is_centralisateur = True
        with self.assertRaisesRegex(ValidationError, "0001.*R40"):
            second.is_centralisateur = True
        (first | second).invalidate_recordset()
        second.write({"canton": "49-12", "is_centralisateur": True})
        with self.assertRaises(ValidationError):
            second.canton = False
        second.write({"canton": False, "is_centralisateur": False})
        first.active_to = "2025-12-31"
        second.write({"active_from": "2026-01-01", "is_centralisateur": True})

    def test_the_share_that_alerts_on_a_list_without_a_vote_is_a_setting(self):
        """A06 speaks of a list at 12 % of the commune, silent above a limit of 15 %."""
        self.scrutin.list_alert = 15
        self.assertEqual(self.tour._get_limits().list_share, Fraction(15, 100))
        with self.assertRaises(ValidationError):
            self.scrutin.list_alert = 101

    def test_a_right_station_is_validated(self):
        self.right.action_validate()
        self.assertEqual(self.right.state, "valide")
        self.assertEqual(self.right.validated_by_id, self.env.user)

    def test_an_error_blocks(self):
        with self.assertRaisesRegex(UserError, "0003"):
            self.wrong.action_validate()

    def test_an_error_is_not_accepted_with_a_reason(self):
        with self.assertRaises(UserError):
            self.wrong.controle_ids.reason = "Tant pis"

    def test_an_alert_waits_for_its_reason_and_is_then_signed(self):
        with self.assertRaises(UserError):
            self.gap.action_validate()
        self.gap.controle_ids.reason = "Écart au PV"
        self.gap.action_validate()
        self.assertEqual(self.gap.state, "valide")
        self.assertEqual(self.gap.controle_ids.accepted_by_id, self.env.user)

    def test_an_awaited_station_is_not_validated(self):
        bureau = self.env["mairie.scrutin.bureau"].create({"code": "0009"})
        station = self.env["mairie.scrutin.bureau.tour"].create(
            {"tour_id": self.tour.id, "bureau_id": bureau.id}
        )
        with self.assertRaises(UserError):
            station.action_validate()

    def test_all_clear_stations_are_validated_in_one_go(self):
        self.assertEqual(self.tour.clear_count, 1)
        self.tour.action_validate_clear()
        self.assertEqual(self.right.state, "valide")
        self.assertEqual(self.gap.state, "a_verifier")
        with self.assertRaises(UserError):
            self.tour.action_validate_clear()

    def test_progress_is_counted(self):
        self.right.action_validate()
        tour = self.tour
        counted = (tour.station_count, tour.received_count, tour.valid_count)
        self.assertEqual(counted, (3, 3, 1))
        self.assertEqual((tour.error_count, tour.alert_count), (1, 1))

    def test_figures_are_typed_from_the_report(self):
        with self._enter(self.wrong) as form:
            self.assertIn("387", form.difference)
            with form.line_ids.edit(1) as row:
                row.voix = 190
            self.assertTrue(form.is_even)
            wizard = form.save()
        wizard.action_record()
        self.assertEqual(self.wrong.state, "a_double_saisir")
        self.assertEqual(self.wrong.saisie_id.source, "mairie")
        self.assertEqual(self.wrong.saisie_count, 2)

    def test_a_validated_station_is_corrected_only_after_a_reopening(self):
        self.right.action_validate()
        with self.assertRaises(UserError):
            self.right.action_enter()
        with self.assertRaises(UserError):
            self.right._reopen("  ")
        self.right._reopen("PV relu")
        self.assertEqual(self.right.state, "a_verifier")
        journal = self.env["mairie.scrutin.journal"].search(
            [("event", "=", "reopening")], limit=1
        )
        self.assertEqual(journal.detail, "PV relu")
        self.assertEqual(journal.bureau_tour_id, self.right)

    @mute_logger("odoo.sql_db")
    def test_recorded_figures_are_sealed_for_odoo(self):
        entry = self.right.saisie_id
        for record, values in (
            (entry, {"blancs": 1}),
            (entry.line_ids[0], {"voix": 1}),
        ):
            with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
                record.sudo().write(values)
                record.flush_recordset()
            record.invalidate_recordset()
            with self.assertRaises(UserError):
                record.sudo().unlink()
        with self.assertRaises(UserError):
            self.tour.unlink()

    @mute_logger("odoo.sql_db")
    def test_recorded_figures_are_sealed_in_the_database(self):
        self.right.action_validate()
        self.env.flush_all()
        for query in (
            "UPDATE mairie_scrutin_saisie SET blancs = 0",
            "DELETE FROM mairie_scrutin_saisie_ligne",
            "UPDATE mairie_scrutin_saisie_ligne SET voix = 1",
            "UPDATE mairie_scrutin_journal SET detail = ''",
            "UPDATE mairie_scrutin_controle SET level = 'alert'",
            "TRUNCATE mairie_scrutin_saisie_ligne",
        ):
            with (
                self.subTest(query),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_proclaimed_results_do_not_change(self):
        with self.assertRaises(UserError):
            self.tour.action_proclaim()
        (self.gap.controle_ids).reason = "Au PV"
        self._import(line("0003", GOOD))
        self.tour.bureau_tour_ids.controle_ids.filtered(
            lambda row: not row.reason
        ).reason = "Vérifié"
        self.tour.bureau_tour_ids.action_validate()
        self.tour.action_proclaim()
        self.assertEqual(self.tour.state, "proclame")
        for refused in (
            lambda: self.right._reopen("Trop tard"),
            lambda: self._import(line("0004", GOOD)),
            lambda: self.right.action_enter(),
        ):
            with self.assertRaises(UserError):
                refused()

    def test_a_station_number_is_used_once_in_a_commune(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.env["mairie.scrutin.bureau"].create({"code": "0001"})
