from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.station_people import (
    DEPUTIES,
    TITULARS,
    Person,
    designation_deadline,
    replacements,
)
from ..lib.table_file import simplify


# One file for each concern of a member: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinMembre(models.Model):
    """Who may be a member, where, and who takes whose seat."""

    _inherit = "mairie.scrutin.membre"

    slot_label = fields.Char("Hours", compute="_compute_slot_label")
    is_late = fields.Boolean(
        "Named Late",
        compute="_compute_is_late",
        help="Lists name assessors and delegates by 18 h on the third day before "
        "(R46, R47).",
    )

    is_present = fields.Boolean("Present", compute="_compute_is_present")
    named_by = fields.Char(compute="_compute_named_by")

    @api.depends("candidature_id.name", "is_spot")
    @api.depends_context("lang")
    def _compute_named_by(self):
        """The list, or else who chose the member."""
        for membre in self:
            if membre.is_spot:
                membre.named_by = self.env._("Voter present (R44)")
            else:
                membre.named_by = membre.candidature_id.name or self.env._("The mayor")

    @api.depends("bureau_tour_id")
    def _compute_is_present(self):
        log = self.env["mairie.scrutin.presence"]
        present = log._get_present(self.bureau_tour_id)
        for membre in self:
            membre.is_present = membre._origin in present

    @api.depends("slot_from", "slot_to", "bureau_tour_id")
    def _compute_slot_label(self):
        say = self.env["mairie.scrutin.bureau.tour"]._say_hour
        for membre in self:
            start, end = membre._get_slot()
            membre.slot_label = self.env._(
                "%(start)s to %(end)s", start=say(start), end=say(end)
            )

    @api.depends("create_date", "candidature_id", "role", "tour_id.date")
    def _compute_is_late(self):
        designated = ("assesseur", "assesseur_suppl", "delegue")
        for membre in self:
            day = membre.tour_id.date
            if not (day and membre.candidature_id and membre.role in designated):
                membre.is_late = False
                continue
            named = membre.create_date or fields.Datetime.now()
            local = membre.company_id._mairie_localize(named).replace(tzinfo=None)
            membre.is_late = local > designation_deadline(day)

    @api.constrains("candidature_id", "bureau_tour_id")
    def _check_list(self):
        for membre in self:
            rounds = membre.candidature_id.tour_id
            if rounds and rounds != membre.tour_id:
                raise ValidationError(
                    self.env._("The list of %s stands in another round.", membre.name)
                )

    @api.constrains("replaces_id", "role", "bureau_tour_id")
    def _check_replaces(self):
        for membre in self.filtered("replaces_id"):
            titular = membre.replaces_id
            seat = DEPUTIES.get(membre.role)
            if seat != titular.role or titular.bureau_tour_id != membre.bureau_tour_id:
                raise ValidationError(
                    self.env._(
                        "%(deputy)s cannot be the deputy of %(titular)s: a deputy "
                        "takes the seat of an assessor or of the president of the "
                        "same station.",
                        deputy=membre.display_name,
                        titular=titular.display_name,
                    )
                )

    @api.constrains(
        "name", "firstname", "birth_date", "role", "bureau_tour_id", "state"
    )
    def _check_one_station(self):
        """R42: a titular does not serve in another station on that day."""
        for membre in self:
            if membre.role in TITULARS and membre.state != "empeche":
                membre._check_not_elsewhere()

    def _check_not_elsewhere(self):
        self.ensure_one()
        me = self.sudo()
        same_day = me.search(
            [
                ("tour_id.date", "=", me.tour_id.date),
                ("company_id", "=", me.company_id.id),
                ("bureau_tour_id", "!=", me.bureau_tour_id.id),
                ("role", "in", TITULARS),
                ("state", "!=", "empeche"),
                ("name", "=ilike", me.name),
            ]
        )
        for other in same_day:
            if me._is_same_person(other) and not me._may_share(other):
                raise ValidationError(
                    self.env._(
                        "%(name)s already sits in station %(code)s: a president, an "
                        "assessor or a secretary serves in one station only (R42).",
                        name=self.display_name,
                        code=other.code,
                    )
                )

    def _is_same_person(self, other):
        """Same names, and not two different birth dates."""
        if self._get_identity() != other._get_identity():
            return False
        born = (self.birth_date, other.birth_date)
        return not all(born) or born[0] == born[1]

    def _may_share(self, other):
        """R42: president and secretary of two elections in one room, or of the R40-1
        station and the one beside it; everyone where a machine votes."""
        stations = self.bureau_tour_id.bureau_id | other.bureau_tour_id.bureau_id
        if all(stations.mapped("has_voting_machine")):
            return len(stations) == 1
        shared = self.role == other.role and self.role in ("president", "secretaire")
        places = set(stations.mapped("lieu_name"))
        beside = any(stations.mapped("is_r40_1")) and len(places) == 1
        return shared and (len(stations) == 1 or beside)

    def _get_identity(self):
        return self._make_identity({"name": self.name, "firstname": self.firstname})

    @api.model
    def _make_identity(self, vals):
        """Names as they are compared: no accent, no capital, no sign."""
        return simplify(f"{vals.get('firstname') or ''} {vals.get('name') or ''}")

    def _get_slot(self):
        """Local hours of the member; the whole day when none was given."""
        self.ensure_one()
        if self.slot_to:
            return self.slot_from, self.slot_to
        if not self.bureau_tour_id:
            return 8.0, 18.0
        opening, closing = self.bureau_tour_id._get_hours()
        return self.slot_from or opening, closing

    def _get_person(self, opening, closing):
        """This member as the lib wants it."""
        self.ensure_one()
        return Person(
            key=self.id or self._origin.id or id(self),
            role=self.role,
            start=self.slot_from or opening,
            end=self.slot_to or closing,
            available=self.state != "empeche",
            list=self.candidature_id.id or None,
            replaces=self.replaces_id.id or None,
            scope=self.elector_scope or "commune",
            birth=self.sudo().birth_date or None,
        )

    def action_cannot_come(self):
        """Note that somebody cannot come, and tell who takes the seat."""
        self._check_organiser()
        self.sudo().write({"state": "empeche", "answered_date": fields.Datetime.now()})
        sentences = [row._say_replacement() for row in self]
        return self.env["mairie.scrutin.tour"]._notify_done(" ".join(sentences))

    def action_confirm(self):
        """Note a confirmation given by telephone or at the desk."""
        self._check_organiser()
        self.sudo().write({"state": "confirme", "answered_date": fields.Datetime.now()})

    def action_arrived(self):
        return self._note_presence(True)

    def action_left(self):
        return self._note_presence(False)

    def _note_presence(self, present):
        """Note an arrival or a departure told to the town hall."""
        self._check_on_call()
        for station, members in self.grouped("bureau_tour_id").items():
            station._record_presence(
                [{"membre": row.id, "present": present} for row in members], "mairie"
            )

    def _get_replacements(self):
        """Members of the station who may take this seat, in the order of the law."""
        self.ensure_one()
        station = self.bureau_tour_id
        people = station._get_people()
        me = next(person for person in people if person.key == self.id)
        keys = [person.key for person in replacements(me, people)]
        return self.browse(keys)

    def _say_replacement(self):
        """Who takes the seat of somebody who cannot come: one sentence (R43-R45)."""
        self.ensure_one()
        candidates = self._get_replacements()
        if candidates:
            return self.env._(
                "%(absent)s cannot come: %(name)s takes the seat (R43 to R45).",
                absent=self.display_name,
                name=candidates[0].display_name,
            )
        if self.role not in TITULARS:
            return self.env._("%s cannot come.", self.display_name)
        return self.env._(
            "%s cannot come and nobody of the station can take the seat. At the "
            "opening, electors present who read and write French complete the "
            "station: the youngest first, then the oldest (R44).",
            self.display_name,
        )

    @api.model
    def _check_organiser(self):
        """Members are managed by their organisers, whoever calls."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "mairie_scrutin.group_organisation"
        ):
            raise UserError(self.env._("Only organisers of the stations can do this."))

    @api.model
    def _check_on_call(self):
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not (
            user.has_group("mairie_scrutin.group_organisation")
            or user.has_group("mairie_scrutin.group_operateur")
        ):
            raise UserError(self.env._("Only the town hall's cell can do this."))

    def _get_worked(self):
        """Return arrival, departure and hours present, in words; empty if unknown."""
        self.ensure_one()
        lines = self.env["mairie.scrutin.presence"].search(
            [("membre_id", "=", self.id)], order="moment, id"
        )
        localize = self.company_id._mairie_localize
        arrivals = lines.filtered("is_arrival")
        leavings = lines - arrivals
        total, since = 0.0, None
        for line in lines:
            if line.is_arrival:
                since = since or line.moment
            elif since:
                total += (line.moment - since).total_seconds() / 3600
                since = None
        return (
            f"{localize(arrivals[0].moment):%H:%M}" if arrivals else "",
            f"{localize(leavings[-1].moment):%H:%M}" if leavings else "",
            f"{total:.2f}".replace(".", ",") if total else "",
        )
