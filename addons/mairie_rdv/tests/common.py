"""A small town hall with two places, and the roles that work there."""

from datetime import datetime, timedelta

from odoo.addons.mairie_base.tests.common import MairieCase, MairieHttpCase
from odoo.fields import Command
from odoo.tests import freeze_time

#: Friday 29 May 2026, 08:00 in Paris; Monday 1 June 2026 follows.
NOW = datetime(2026, 5, 29, 6, 0)
MONDAY = "2026-06-01"


class RdvMixin:
    """Frozen on Friday 29 May 2026; the desk opens on Mondays from 9:00 to 10:00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        # Demo procedures of the commune would mix with those of the test.
        cls.env["mairie.rdv.demarche"].search([]).active = False
        cls.lieu = cls._create_lieu("Mairie")
        cls.demarche = cls._create_demarche("Passeport", persons_max=3)
        cls.guichet = cls._create_guichet("G1")
        cls.opening = cls._create_ouverture()

    @classmethod
    def _create_lieu(cls, name, **vals):
        return cls.env["mairie.rdv.lieu"].create(
            {"name": name, "tz": "Europe/Paris", "phone": "02 61 91 00 01", **vals}
        )

    @classmethod
    def _create_demarche(cls, name, **vals):
        return cls.env["mairie.rdv.demarche"].create(
            {"name": name, "duration": 20, "lead_min_hours": 0, **vals}
        )

    @classmethod
    def _create_guichet(cls, name, **vals):
        return cls.env["mairie.rdv.guichet"].create(
            {
                "name": name,
                "lieu_id": cls.lieu.id,
                "demarche_ids": [Command.set(cls.demarche.ids)],
                **vals,
            }
        )

    @classmethod
    def _create_ouverture(cls, guichets=None, **vals):
        guichets = guichets or cls.guichet
        return cls.env["mairie.rdv.ouverture"].create(
            {
                "lieu_id": guichets.lieu_id.id,
                "guichet_ids": [Command.set(guichets.ids)],
                "weekday": "0",
                "hour_from": 9.0,
                "hour_to": 10.0,
                **vals,
            }
        )

    @classmethod
    def _create_rdv(cls, time="09:00", day=MONDAY, **vals):
        """An appointment at a wall time of the place."""
        lieu = vals.pop("lieu", cls.lieu)
        return cls.env["mairie.rdv"].create(
            {
                "demarche_id": cls.demarche.id,
                "lieu_id": lieu.id,
                "start": lieu._read_start(f"{day}T{time}"),
                "first_name": "Léa",
                "last_name": "Martin",
                **vals,
            }
        )

    @classmethod
    def _hold(cls, time="09:00", day=MONDAY, key="k" * 22, ip="192.0.2.1", persons=1):
        """Hold a time as a page does; return the appointment."""
        rdvs = cls.env["mairie.rdv"]
        token = rdvs._hold_public(
            cls.demarche.id, cls.lieu.id, f"{day}T{time}", persons, key, ip
        )
        return rdvs._find_public(token)

    @classmethod
    def _get_times(cls, demarche=None, persons=1, lieu=None):
        """Times on offer on Monday, "09:00 09:20"."""
        search = (demarche or cls.demarche)._search_days(lieu or cls.lieu, persons)
        slots = [slot["value"] for day in search["days"] for slot in day["slots"]]
        return " ".join(value[11:] for value in slots if value.startswith(MONDAY))

    @classmethod
    def _later(cls, **delta):
        return freeze_time(NOW + timedelta(**delta))


class RdvCase(RdvMixin, MairieCase):
    """Test case of models and rules."""


class RdvHttpCase(RdvMixin, MairieHttpCase):
    """Test case of public pages."""
