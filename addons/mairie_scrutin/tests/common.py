"""A small election: three stations, two lists, a file, and one user for each role."""

import base64
from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.mairie_base.tests.common import CommuneMixin

HEAD = "{seq};MN;2026;1;49;999;{code};I"
GOOD = "800;300;500;500;5;5;490;2;001;300;002;190"
GAP = "900;350;550;549;6;4;540;2;001;310;002;230"
SHORT = "700;300;400;400;5;5;390;2;001;200;002;187"


def line(code, figures, seq=1):
    """One line of the préfecture's file."""
    return f"{HEAD.format(seq=seq, code=code)};{figures}"


@contextmanager
def own_cursor(tour):
    """What a test writes is never committed: link it where it is."""
    tour.env.flush_all()
    yield tour.env.cr


class ScrutinMixin(CommuneMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tours = cls.env.registry["mairie.scrutin.tour"]
        cls.startClassPatcher(patch.object(tours, "_open_seal_cursor", own_cursor))
        cls.scrutin = cls.env["mairie.scrutin"].create(
            {
                "name": "Essai",
                "kind": "municipales",
                "year": 2026,
                "company_id": cls.commune.id,
                "commune_insee": "49999",
                "seat_count": 15,
                "community_seat_count": 3,
            }
        )
        cls.tour = cls.env["mairie.scrutin.tour"].create(
            {
                "scrutin_id": cls.scrutin.id,
                "numero": 1,
                "date": "2026-03-15",
                "public_code": "essai-tour-1",
            }
        )

    @classmethod
    def _new_role(cls, role, login=None):
        return cls._new_user(f"essai_{login or role}", f"mairie_scrutin.group_{role}")

    @classmethod
    def _import(cls, *lines, tour=None, user=None):
        """Import a file through the wizard; return the wizard."""
        content = "".join(text + "\r\n" for text in lines)
        wizard = cls.env["mairie.scrutin.tour.import"]
        wizard = wizard.with_user(user) if user else wizard
        wizard = wizard.create(
            {
                "tour_id": (tour or cls.tour).id,
                "filename": "essai.csv",
                "data": base64.b64encode(content.encode()),
            }
        )
        wizard.action_preview()
        wizard.action_import()
        return wizard

    @classmethod
    def _import_three(cls):
        """0001 is right, 0002 lacks a signature, 0003 lacks three votes."""
        return cls._import(line("0001", GOOD), line("0002", GAP), line("0003", SHORT))

    @classmethod
    def _station(cls, code, tour=None):
        return (tour or cls.tour).bureau_tour_ids.filtered(lambda row: row.code == code)

    @classmethod
    def _complete(cls):
        """Import three right stations and validate them."""
        cls._import(*(line(f"000{rank}", GOOD) for rank in (1, 2)), line("0003", GAP))
        cls.tour.bureau_tour_ids.controle_ids.write({"reason": "Au PV"})
        cls.tour.bureau_tour_ids.action_validate()

    @classmethod
    def _open_to_public(cls, tour=None):
        first = cls._new_role("superviseur", "premier")
        second = cls._new_role("superviseur", "second")
        (tour or cls.tour).with_user(first).action_arm()
        (tour or cls.tour).with_user(second).action_agree()
