import base64

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GOOD, ScrutinMixin, line

HEADER = (
    "Code circonscription;Numéro de panneau;Libellé de la liste;Code nuance de liste;"
    "Tête de liste;Ordre;Sexe;Nom sur le bulletin de vote;Prénom sur le bulletin de vote;"
    "Nationalité;CC"
)


def people(panneau, name, *rows, code="49999"):
    """Lines of one list: (last name, sex, on the community list)."""
    for ordre, (nom, sexe, cc) in enumerate(rows, 1):
        head = "OUI" if ordre == 1 else ""
        yield (
            f"{code};{panneau};{name};LDIV;{head};{ordre};{sexe};{nom};Camille;"
            f"Française;{cc}"
        )


ENSEMBLE = [("ROY", "F", "X"), ("PETIT", "M", ""), ("LE GOFF", "F", "X")]
DEMAIN = [("NGUYEN", "M", "X"), ("MARTIN", "F", "X")]


@tagged("post_install", "-at_install")
class TestCandidacies(ScrutinMixin, MairieCase):
    def _wizard(self, *lines, user=None):
        content = "\n".join([HEADER, *lines])
        wizards = self.env["mairie.scrutin.tour.candidacies"]
        wizards = wizards.with_user(user) if user else wizards
        return wizards.create(
            {
                "tour_id": self.tour.id,
                "data": base64.b64encode(content.encode()),
                "filename": "candidatures.csv",
            }
        )

    def _import_lists(self, *lines, user=None):
        wizard = self._wizard(*lines, user=user)
        wizard.action_preview()
        wizard.action_import()
        return wizard

    def test_lists_order_people_and_flechage_come_from_the_file(self):
        self._import_lists(
            *people("1", "Ailleurs", ("X", "F", ""), code="49001"),
            *people("2", "Demain", *DEMAIN),
            *people("1", "Ensemble", *ENSEMBLE),
            user=self._new_role("superviseur"),
        )
        lists = self.tour.candidature_ids
        self.assertEqual(lists.mapped("name"), ["Ensemble", "Demain"])
        self.assertEqual(lists.mapped("panneau"), ["001", "002"])
        self.assertEqual(lists.mapped("ballot_order"), [1, 2])
        self.assertEqual(lists.mapped("candidate_count"), [3, 2])
        self.assertEqual(lists[0].head, "Camille ROY")
        self.assertEqual(lists[0].candidat_ids.mapped("cc_ordre"), [1, 0, 2])
        self.assertEqual(len(set(lists.mapped("color"))), 2)

    def test_preview_changes_nothing_and_tells_what_it_would(self):
        self._import_lists(*people("1", "Ensemble", *ENSEMBLE))
        wizard = self._wizard(
            *people("1", "Ensemble !", *ENSEMBLE),
            *people("2", "Demain", *DEMAIN),
            "49999;3;Sans rang;;;premier;F;PERDU;Camille;Française;",
        )
        wizard.action_preview()
        self.assertEqual(self.tour.candidature_ids.mapped("name"), ["Ensemble"])
        self.assertEqual((wizard.take_count, wizard.refused_count), (2, 1))
        self.assertEqual(wizard.list_line_ids.mapped("status"), ["changed", "new"])
        report = base64.b64decode(wizard.error_file).decode("utf-8-sig")
        self.assertIn("PERDU", report)

    def test_importing_twice_changes_nothing(self):
        lines = [*people("1", "Ensemble", *ENSEMBLE), *people("2", "Demain", *DEMAIN)]
        self._import_lists(*lines)
        before = self.tour.candidature_ids.candidat_ids
        wizard = self._wizard(*lines)
        wizard.action_preview()
        self.assertEqual((wizard.take_count, wizard.same_count), (0, 2))
        wizard.action_import()
        self.assertEqual(self.tour.candidature_ids.candidat_ids, before)

    def test_a_birth_date_typed_by_hand_outlives_a_corrected_file(self):
        self._import_lists(*people("1", "Ensemble", *ENSEMBLE))
        roy = self.tour.candidature_ids.candidat_ids[0]
        roy.naissance = "1960-01-01"
        self._import_lists(*people("1", "Ensemble", ENSEMBLE[1], ENSEMBLE[0]))
        row = self.tour.candidature_ids.candidat_ids
        self.assertEqual(row.mapped("nom"), ["PETIT", "ROY"])
        self.assertEqual(str(row[1].naissance), "1960-01-01")

    def test_once_a_result_is_there_names_come_but_no_list(self):
        self._import(line("0001", GOOD))
        wizard = self._import_lists(
            *people("1", "Ensemble", *ENSEMBLE), *people("3", "Tard", *DEMAIN)
        )
        self.assertEqual(
            self.tour.candidature_ids.filtered(lambda r: r.panneau == "001").name,
            "Ensemble",
        )
        self.assertEqual(len(self.tour.candidature_ids), 2)
        self.assertIn("locked", wizard.line_ids.mapped("status"))

    def test_the_sector_is_read_not_the_city(self):
        self.scrutin.circonscription = "49999SR02"
        self._import_lists(
            *people("1", "Ville", *DEMAIN),
            *people("1", "Secteur", *ENSEMBLE, code="49999SR02"),
        )
        self.assertEqual(self.tour.candidature_ids.name, "Secteur")

    def test_another_file_is_told_in_a_sentence(self):
        wizard = self._wizard(*people("1", "Ailleurs", *DEMAIN, code="49001"))
        with self.assertRaisesRegex(UserError, "49001"):
            wizard.action_preview()
        wizard.data = base64.b64encode(b"a;b;c")
        with self.assertRaises(UserError):
            wizard.action_preview()

    def test_roles(self):
        for role in ("secretaire", "lecture", "operateur"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._wizard(user=self._new_role(role))
        with self.assertRaises(UserError):
            self.tour.with_user(self._new_role("operateur"))._import_candidacies([])
        self._import_lists(*people("1", "Ensemble", *ENSEMBLE))
        person = self.tour.candidature_ids.candidat_ids[0]
        for role in ("secretaire", "lecture", "operateur"):
            reader = person.with_user(self._new_role(role, f"{role}_b"))
            with self.subTest(role), self.assertRaises(AccessError):
                reader.nom = "AUTRE"
            with self.subTest(role), self.assertRaises(AccessError):
                reader.read(["naissance"])

    def test_remarks_on_a_list_are_told_and_block_nothing(self):
        self._import_lists(*people("1", "Ensemble", *ENSEMBLE))
        remarks = self.tour.candidature_ids.list_warning
        self.assertIn("L260", remarks)
        self.assertIn("L273-9", remarks)
        rows = [
            (f"N{rank}", "FM"[rank % 2], "X" if rank < 5 else "") for rank in range(15)
        ]
        self._import_lists(*people("1", "Ensemble", *rows))
        self.assertNotIn("L260", self.tour.candidature_ids.list_warning or "")
