"""The search of France Titres asks us: places, free times, numbers that we hold.

Plain tuples from the database to the answer: no record is touched for a slot.
"""

from odoo import api, fields, models

from ..lib.ants import false_utc
from ..lib.slots import to_datetime, to_local, to_minutes

LIVE = ("confirmed", "arrived", "in_progress")
HOUR = 60


class MairieRdvAnts(models.AbstractModel):
    """What the three addresses of the hub answer, under one company."""

    _name = "mairie.rdv.ants"
    _description = "Exchange with France Titres"

    @api.model
    def _get_points(self):
        """Return the places shown: published, complete, with something to book."""
        lieux = self.env["mairie.rdv.lieu"].sudo().search(self._get_point_domain())
        lieux.guichet_ids.demarche_ids.fetch(
            ["active", "visibility", "stage", "ants_reason"]
        )
        opened = lieux._get_ants_opened()
        return [
            lieu._prepare_ants_point()
            for lieu in lieux
            if not lieu._get_ants_gaps(opened)
        ]

    @api.model
    def _get_point_domain(self):
        return [
            ("ants_published", "=", True),
            ("ants_point_id", "!=", False),
            ("company_id", "=", self.env.company.id),
        ]

    @api.model
    def _get_slots(self, search):
        """Return the free times of places: point id -> sorted list of slots.

        Unknown points are left out; a known one without any time has an empty list.

        :param search: ``lib.ants.SlotSearch``
        """
        lieux = (
            self.env["mairie.rdv.lieu"]
            .sudo()
            .search([*self._get_point_domain(), ("ants_point_id", "in", search.points)])
        )
        answer = {lieu.ants_point_id: [] for lieu in lieux}
        if not lieux:
            return answer
        choices = {lieu: self._choose_demarches(lieu, search) for lieu in lieux}
        self.env["mairie.rdv.demarche"].sudo().union(
            *choices.values()
        )._fetch_for_slots()
        calendar = lieux._load_calendar(search.first, search.last)
        for lieu in lieux:
            answer[lieu.ants_point_id] = self._list_slots(
                lieu, choices[lieu], calendar, search
            )
        return answer

    def _choose_demarches(self, lieu, search):
        """Return the procedures that serve a reason: the exact one, else the wide one."""
        found = lieu._get_ants_demarches().filtered(
            lambda demarche: search.persons <= demarche.persons_max
        )
        exact = found.filtered(lambda demarche: demarche.ants_reason == search.reason)
        return exact or found.filtered(
            lambda demarche: demarche.ants_reason == "CNI-PASSPORT"
        )

    def _list_slots(self, lieu, demarches, calendar, search):
        """Return the slots of one place; an hour that two desks offer is there once."""
        base = f"{lieu.get_base_url()}/rdv/ants/"
        tail = f"&personnes={search.persons}"
        wall = _Clock(lieu._get_zone_info())
        slots = {}
        for demarche in demarches:
            head = f"{base}{demarche.slug}?lieu={lieu.id}&debut="
            found = demarche._find_free(calendar, lieu, search.persons)[lieu.id]
            for start in found:
                local = wall.show(start)
                if search.first <= local.date() <= search.last:
                    moment = false_utc(local)
                    slots.setdefault(
                        moment,
                        {
                            "datetime": moment,
                            "callback_url": f"{head}{moment[:-1]}{tail}",
                        },
                    )
        return [slots[moment] for moment in sorted(slots)]

    @api.model
    def _search_applications(self, numbers):
        """Return our appointments of pre-demande numbers: number -> list.

        Numbers are echoed as they were asked; an unknown one has an empty list.
        """
        answer = {number: [] for number in numbers}
        wanted = {}
        for number in numbers:
            wanted.setdefault(number.upper(), []).append(number)
        personnes = (
            self.env["mairie.rdv.personne"]
            .sudo()
            .search(
                [("application_id", "in", list(wanted)),
                 ("company_id", "=", self.env.company.id),
                 ("rdv_id.state", "in", LIVE),
                 ("rdv_id.stop", ">", fields.Datetime.now()),
                 ("rdv_id.lieu_id.ants_published", "=", True)],
            )
        )  # fmt: skip
        for personne in personnes:
            for number in wanted[personne.application_id]:
                answer[number].append(personne._prepare_ants_appointment())
        return answer


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    @api.model
    def _mark_from_ants(self, token):
        """Remember that a citizen came by the search of France Titres."""
        rdv = self._find_public(token)
        if rdv.state == "hold":
            rdv.origin = "ants"


class _Clock:
    """The wall clock of a place: the zone is asked once for each hour."""

    def __init__(self, tz):
        self.tz = tz
        self.offsets = {}

    def show(self, minutes):
        hour = minutes // HOUR
        if hour not in self.offsets:
            first = hour * HOUR
            self.offsets[hour] = to_minutes(to_local(first, self.tz)) - first
        return to_datetime(minutes + self.offsets[hour])
