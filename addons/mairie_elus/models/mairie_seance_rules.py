import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.mairie_base.lib.commune import complete_council_size
from odoo.addons.mairie_base.lib.legal_calendar import is_public_holiday

from ..lib import convening, notice, office

#: What the special mention of a notice says when mayor or deputies are elected.
EXECUTIVE = re.compile(r"\b(maires?|adjointe?s?)\b", re.IGNORECASE)


class MairieSeance(models.Model):
    """What else the law asks of a meeting, and what stands in its way that day."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    is_annex_site = fields.Boolean(
        "Held in an annex of the mairie",
        help="Commune nouvelle only: two meetings a year stay at the mairie, and the "
        "public is told 15 days before (CGCT, L2121-7).",
    )
    public_told_on = fields.Date("Public told on", copy=False)
    requested_on = fields.Date(
        "Asked for on",
        copy=False,
        help="Request of the members or of the préfet: the council meets within 30 "
        "days (CGCT, L2121-9).",
    )
    request_count = fields.Integer("Members who asked", copy=False)
    advice = fields.Text(compute="_compute_advice")

    @api.depends(
        "date",
        "room",
        "location_id",
        "duration",
        "instance_id",
        "call",
        "is_annex_site",
        "public_told_on",
        "requested_on",
        "request_count",
        "point_ids.kind",
        "point_ids.special_mention",
        "state",
    )
    @api.depends_context("lang")
    def _compute_advice(self):
        for seance in self:
            pending = seance.date and seance.state in ("draft", "ready")
            seance.advice = pending and "\n".join(seance._get_advice())

    def _get_advice(self):
        """Return what to look at before convening, one sentence each: never a refusal.

        Hook: a town may look at more.
        """
        self.ensure_one()
        yield from self._get_place_advice()
        yield from self._get_request_advice()
        yield from self._get_installation_advice()
        yield from self._get_completion_advice()
        yield from self._get_conflict_advice()

    def _get_place_advice(self):
        if not self.is_annex_site:
            return
        due = convening.annex_notice_deadline(self.date)
        told = self.public_told_on
        if not told or told > due:
            yield self.env._(
                "Annex of the mairie: the public is told by %s at the latest.",
                self._format_day(due),
            )

    def _get_request_advice(self):
        if not self.requested_on:
            return
        law = self.company_id
        count = len(self._get_contacts())
        needed = notice.requests_needed(
            count, self._get_population(), bool(law.mairie_local_law)
        )
        if self.request_count and self.request_count < needed:
            yield self.env._(
                "%(asked)s members asked for it: %(needed)s of %(count)s oblige the "
                "mayor to convene.",
                asked=self.request_count,
                needed=needed,
                count=count,
            )
            return
        due = convening.request_deadline(self.requested_on, bool(law.mairie_local_law))
        if due and self.date > due:
            yield self.env._(
                "Asked for on %(asked)s: the council meets by %(due)s.",
                asked=self._format_day(self.requested_on),
                due=self._format_day(due),
            )

    def _get_installation_advice(self):
        if self.call != notice.INSTALLATION or self.kind != "council":
            return
        names = " ".join(self.point_ids.mapped("name")).lower()
        if "charte" not in names:
            yield self.env._(
                "The charter of the local élu is read and handed over once the mayor "
                "and the deputies are elected: put it on the agenda (CGCT, L2121-7)."
            )
        round_date = self._get_deciding_round()
        if not round_date:
            yield self.env._(
                "The first meeting is held between the Friday and the Sunday that "
                "follow the election (CGCT, L2121-7)."
            )
            return
        first, last = notice.installation_window(round_date)
        if not first <= self.date <= last:
            yield self.env._(
                "The first meeting is held between %(first)s and %(last)s: the council "
                "was elected on %(day)s (CGCT, L2121-7).",
                first=self._format_day(first),
                last=self._format_day(last),
                day=self._format_day(round_date),
            )

    def _get_completion_advice(self):
        """Say that the council is to be complete before it elects mayor or deputies."""
        elections = self.point_ids.filtered(lambda point: point.kind == "election")
        words = " ".join(
            f"{point.name} {point.special_mention or ''}" for point in elections
        )
        if self.kind != "council" or not EXECUTIVE.search(words):
            return
        seated = (
            self.env["mairie.mandat"].sudo()._get_in_office(self.company_id, self.date)
        )
        seats, count = seated.mandature_id[:1].seat_count, len(seated)
        population = self._get_population()
        complete = seats
        if population < office.COMPLETE_POPULATION:
            complete = min(seats, complete_council_size(population))
        if not office.members_missing(count, complete):
            return
        yield self.env._(
            "%(count)s members in office of %(seats)s: before mayor or deputies are "
            "elected, elections complete the council (CGCT, L2122-8).",
            count=count,
            seats=complete,
        )
        if office.may_elect_one_deputy(count, seats):
            yield self.env._(
                "For one deputy only, the council may decide, on the mayor's proposal, to "
                "do without them (CGCT, L2122-8)."
            )

    def _get_deciding_round(self):
        """Return the date of the round that filled the council, None if unknown."""
        mandats = self.env["mairie.mandat"].sudo()
        seated = mandats._get_in_office(self.company_id, self.date)
        return max(filter(None, seated.mapped("election_date")), default=None)

    def _get_conflict_advice(self):
        """Say what else happens at that hour: the room, the members, the day."""
        zone = self.company_id.mairie_holiday_zone or "metropole"
        if is_public_holiday(self.date, zone):
            yield self.env._("That day is a public holiday.")
        for other in self._get_overlapping():
            if self._is_same_room(other):
                yield self.env._(
                    "The room is taken: %(meeting)s, %(when)s.",
                    meeting=other.instance_id.name,
                    when=other.when_text,
                )
            shared = self._get_shared_members(other)
            if shared:
                yield self.env._(
                    "%(count)s members also sit at that hour in: %(meeting)s.",
                    count=len(shared),
                    meeting=other.instance_id.name,
                )

    def _get_overlapping(self):
        """Return the other meetings that share an hour with this one."""
        self.ensure_one()
        start, end = self.date_start, self._get_end()
        near = self.search(
            [
                ("id", "not in", self._origin.ids),
                ("company_id", "=", self.company_id.id),
                ("state", "not in", ("cancelled", "closed")),
                ("date_start", ">", start - timedelta(days=1)),
                ("date_start", "<", end),
            ]
        )
        return near.filtered(lambda seance: seance._get_end() > start)

    def _get_end(self):
        return self.date_start + timedelta(hours=self.duration or 2)

    def _is_same_room(self, other):
        rooms = [(item.room or "").strip().lower() for item in (self, other)]
        return (
            bool(rooms[0])
            and rooms[0] == rooms[1]
            and (self.location_id == other.location_id)
        )

    def _get_shared_members(self, other):
        people = [
            {c.partner_id for c in item._get_contacts()} for item in (self, other)
        ]
        return people[0] & people[1]
