"""A council of a few members, and a meeting ready to be convened."""

import base64
import io
from datetime import date, datetime

import pikepdf
from odoo.addons.mairie_base.tests.common import MairieCase, MairieHttpCase

#: Thursday 17 December 2026, 19:00 in Paris.
START = datetime(2026, 12, 17, 18, 0)
#: Wednesday 9 December 2026, 10:00 in Paris: two days before the last lawful day.
IN_TIME = "2026-12-09 09:00:00"


def make_pdf(pages=1, **save_options):
    """Return the bytes of a PDF of empty pages."""
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    target = io.BytesIO()
    pdf.save(target, **save_options)
    return target.getvalue()


class CouncilMixin:
    """A term, mandates, a council; factories for the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nothing of a demo town may meet these tests: its mandates last one day.
        for mandat in cls.env["mairie.mandat"].search([]):
            mandat.date_to = mandat.date_from
        cls.mandature = cls.env["mairie.mandature"].create(
            {"name": "2026-2033", "date_from": date(2026, 3, 22)}
        )
        cls.secretary = cls._new_user("secretaire.essai", "mairie_elus.group_secretary")
        cls.mayor = cls._new_mandat("Anne Mairesse", function="maire")
        cls.deputy = cls._new_mandat(
            "Paul Adjoint", function="adjoint", function_rank=1, civility="monsieur"
        )
        cls.paper = cls._new_mandat(
            "Rose Papier", channel="paper", paper_address="1 rue du Bac\n49990 Essai"
        )
        cls.council = cls._new_instance("Conseil municipal", kind="council")

    @classmethod
    def _new_mandat(cls, name, **vals):
        email = f"{name.lower().replace(' ', '.')}@example.org"
        partner = cls.env["res.partner"].create({"name": name, "email": email})
        return cls.env["mairie.mandat"].create(
            {
                "mandature_id": cls.mandature.id,
                "partner_id": partner.id,
                "date_from": date(2026, 3, 22),
                "election_date": date(2026, 3, 15),
                **vals,
            }
        )

    @classmethod
    def _new_instance(cls, name, **vals):
        return cls.env["mairie.instance"].create(
            {"name": name, "room": "Salle du conseil", **vals}
        )

    @classmethod
    def _new_seance(cls, points=1, **vals):
        seance = cls.env["mairie.seance"].create(
            {
                "instance_id": cls.council.id,
                "date_start": START,
                "state": "ready",
                **vals,
            }
        )
        for rank in range(points):
            cls._new_point(seance, f"Affaire {rank + 1}", note="<p>Note</p>")
        return seance

    @classmethod
    def _new_point(cls, seance, name, **vals):
        return cls.env["mairie.point"].create(
            {"seance_id": seance.id, "name": name, "sequence": 10, **vals}
        )

    @classmethod
    def _new_annexe(cls, point, name="Plan", content=None, filename="plan.pdf"):
        content = make_pdf() if content is None else content
        return cls.env["mairie.annexe"].create(
            {
                "point_id": point.id,
                "name": name,
                "filename": filename,
                "file": base64.b64encode(content),
            }
        )

    @classmethod
    def _new_elu_user(cls, mandat, login):
        return cls._new_user(
            login, "mairie_base.group_elu", partner_id=mandat.partner_id.id
        )

    def _convocation_of(self, seance, mandat):
        return seance.convocation_ids.filtered(
            lambda item: item.partner_id == mandat.partner_id
        )


class ElusCase(CouncilMixin, MairieCase):
    """Test case of the assemblies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")  # sentences are compared in it


class ElusHttpCase(CouncilMixin, MairieHttpCase):
    """Test case of the member's pages."""
