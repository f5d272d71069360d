import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.codes import desk_code, spell
from ..lib.slots import to_local, to_minutes
from .wording import moment_label

#: states that keep the desk: those of the exclusion constraint
LIVE_STATES = ("hold", "confirmed", "arrived", "in_progress", "done", "no_show")
STATES = [
    ("hold", "Held"),
    ("confirmed", "Expected"),
    ("arrived", "In the waiting room"),
    ("in_progress", "At the desk"),
    ("done", "Done"),
    ("no_show", "Absent"),
    ("cancelled_usager", "Cancelled by the citizen"),
    ("cancelled_mairie", "Cancelled by the town hall"),
    ("expired", "Hold expired"),
]


class MairieRdv(models.Model):
    """An appointment. The citizen's contact stays on it: no partner is created.

    PostgreSQL itself refuses two live appointments on one place of one desk: see
    ``_no_overlap``. No tracking and no followers: nothing slow in a booking.
    """

    _name = "mairie.rdv"
    _inherit = "mairie.rdv.contact"
    _description = "Appointment"
    _rec_name = "code"
    _order = "start, id"
    _check_company_auto = True

    code = fields.Char(
        size=6,
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: desk_code(secrets.choice),
        help="Told at the desk. It never holds a 0, an O, a 1 or an I.",
    )
    access_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(16),
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    request_key = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    ip_hash = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    demarche_id = fields.Many2one(
        "mairie.rdv.demarche",
        "Procedure",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    asks_pre_demande = fields.Boolean(related="demarche_id.asks_pre_demande")
    lieu_id = fields.Many2one(
        "mairie.rdv.lieu",
        "Place",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_lieu_id(),
    )
    company_id = fields.Many2one(related="lieu_id.company_id", store=True, index=True)
    guichet_id = fields.Many2one(
        "mairie.rdv.guichet",
        "Desk",
        compute="_compute_guichet_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        domain="[('lieu_id', '=', lieu_id), ('demarche_ids', 'in', demarche_id)]",
    )
    place = fields.Integer(
        "Seat at the Desk",
        compute="_compute_guichet_id",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
    )
    is_extra = fields.Boolean(
        "Extra Appointment",
        help="Received on top of the others, or outside opening hours.",
    )
    persons = fields.Integer(default=1, required=True)
    start = fields.Datetime(required=True, index=True)
    # Precomputed: a range without bounds would clash with everything at the INSERT.
    stop = fields.Datetime(compute="_compute_times", store=True, precompute=True)
    busy_start = fields.Datetime(
        compute="_compute_times",
        store=True,
        precompute=True,
        export_string_translation=False,
    )
    busy_stop = fields.Datetime(
        compute="_compute_times",
        store=True,
        precompute=True,
        export_string_translation=False,
    )
    has_begun = fields.Boolean(compute="_compute_has_begun")
    state = fields.Selection(
        STATES,
        required=True,
        default="confirmed",
        readonly=True,
        copy=False,
        index=True,
    )
    previous_state = fields.Char(
        readonly=True, copy=False, export_string_translation=False
    )
    origin = fields.Selection(
        [("web", "Online"), ("ants", "France Titres search"), ("guichet", "Desk"),
         ("telephone", "Telephone")],
        required=True,
        default="telephone",
    )  # fmt: skip
    user_id = fields.Many2one("res.users", "Booked by", readonly=True, copy=False)
    first_name = fields.Char()
    last_name = fields.Char()
    contact_name = fields.Char("Name", compute="_compute_contact_name", store=True)
    email = fields.Char(groups="mairie_rdv.group_agent")
    phone = fields.Char(groups="mairie_rdv.group_agent")
    lang = fields.Char(default=lambda self: self.env.lang, readonly=True)
    note = fields.Text(
        "Note of the Service",
        groups="mairie_rdv.group_agent",
        help="For colleagues; the citizen does not see it, unless by a right of access.",
    )
    personne_ids = fields.One2many("mairie.rdv.personne", "rdv_id", "Persons Received")
    envoi_ids = fields.One2many(
        "mairie.rdv.envoi", "rdv_id", "Messages", groups="mairie_rdv.group_agent"
    )
    move_count = fields.Integer("Moves", readonly=True, copy=False)
    hold_until = fields.Datetime("Held Until", readonly=True, copy=False)
    extension_count = fields.Integer(
        readonly=True, copy=False, export_string_translation=False
    )
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    arrived_at = fields.Datetime(readonly=True, copy=False)
    called_at = fields.Datetime(readonly=True, copy=False)
    done_at = fields.Datetime(readonly=True, copy=False)
    cancelled_at = fields.Datetime(readonly=True, copy=False)

    # int4range makes equality an overlap, without extension; the anonymised came long ago
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(guichet_id, guichet_id, '[]') WITH &&, "
        "int4range(place, place, '[]') WITH &&, "
        "tsrange(busy_start, busy_stop) WITH &&) "
        "WHERE (guichet_id IS NOT NULL AND anonymised_at IS NULL AND state IN ('hold', "
        "'confirmed', 'arrived', 'in_progress', 'done', 'no_show'))",
        "This time has just been taken.",
    )
    _code_uniq = models.Constraint("UNIQUE(code)", "This code is in use already.")
    _access_token_uniq = models.Constraint(
        "UNIQUE(access_token)", "This link is in use already."
    )
    _request_key_uniq = models.Constraint(
        "UNIQUE(request_key)", "This request was received already."
    )
    _values_positive = models.Constraint(
        "CHECK(persons BETWEEN 1 AND 20 AND place >= 1 AND busy_start < busy_stop)",
        "An appointment is for 1 to 20 persons.",
    )
    _live_has_guichet = models.Constraint(
        "CHECK(guichet_id IS NOT NULL OR state IN ('cancelled_usager', "
        "'cancelled_mairie', 'expired'))",
        "No desk is free at this time. Choose a desk and tick « Extra Appointment », or "
        "choose another time.",
    )
    _busy_index = models.Index(
        "(guichet_id, busy_start) INCLUDE (busy_stop) WHERE state IN ('hold', "
        "'confirmed', 'arrived', 'in_progress', 'done', 'no_show')"
    )
    _hold_index = models.Index("(hold_until) WHERE state = 'hold'")
    _ip_index = models.Index("(ip_hash) WHERE ip_hash IS NOT NULL")
    _email_index = models.Index("(email) WHERE email IS NOT NULL")
    _phone_index = models.Index("(phone) WHERE phone IS NOT NULL")

    def _default_lieu_id(self):
        mine = [("user_ids", "in", self.env.uid)]
        return self.env["mairie.rdv.lieu"]._find_only(mine)

    @api.depends("start", "persons", "demarche_id")
    def _compute_times(self):
        for rdv in self:
            if not (rdv.start and rdv.demarche_id):
                rdv.stop = rdv.busy_start = rdv.busy_stop = False
                continue
            demarche = rdv.demarche_id.sudo()
            minutes = demarche._get_duration(max(rdv.persons, 1))
            rdv.stop = rdv.start + timedelta(minutes=minutes)
            rdv.busy_start = rdv.start - timedelta(minutes=demarche.buffer_before)
            rdv.busy_stop = rdv.stop + timedelta(minutes=demarche.buffer_after)

    @api.depends("demarche_id", "lieu_id", "start", "persons", "is_extra")
    def _compute_guichet_id(self):
        """Give a desk to an appointment that an agent writes; never take one away."""
        for rdv in self:
            guichet, place = rdv.guichet_id, rdv.place or 1
            if rdv.start and rdv.demarche_id and rdv.lieu_id:
                if rdv.is_extra and guichet:
                    place = rdv._get_extra_place(guichet)
                elif not guichet:
                    guichet, place = rdv._get_free_guichet()
            rdv.guichet_id, rdv.place = guichet, place

    @api.depends("first_name", "last_name")
    def _compute_contact_name(self):
        for rdv in self:
            parts = [rdv.first_name, (rdv.last_name or "").upper()]
            rdv.contact_name = " ".join(filter(None, parts))

    @api.depends("start")
    def _compute_has_begun(self):
        now = fields.Datetime.now()
        for rdv in self:
            rdv.has_begun = bool(rdv.start and rdv.start <= now)

    @api.depends("code")
    def _compute_display_name(self):
        # No name and no reason: whoever points at an appointment would read them.
        for rdv in self:
            rdv.display_name = spell(rdv.code or "")

    @api.constrains("start")
    def _check_start(self):
        for rdv in self:
            if rdv.start.second or rdv.start.microsecond:
                raise ValidationError(self.env._("A time is a whole minute."))

    @api.constrains("guichet_id", "lieu_id")
    def _check_guichet(self):
        for rdv in self:
            if rdv.guichet_id and rdv.guichet_id.lieu_id != rdv.lieu_id:
                raise ValidationError(
                    self.env._("This desk is not at %s.", rdv.lieu_id.name)
                )

    def _get_free_guichet(self):
        """Return the first desk that is free for the appointment, and its place."""
        self.ensure_one()
        free = self.demarche_id.sudo()._get_free_places(
            self.lieu_id.sudo(),
            self.start,
            max(self.persons, 1),
            online=False,
            ignore=self._origin,
        )
        guichet_id, place = free[0] if free else (False, 1)
        return self.env["mairie.rdv.guichet"].browse(guichet_id), place

    def _get_extra_place(self, guichet):
        """Return the lowest place of a desk that nothing takes at this time."""
        self.ensure_one()
        taken = self.sudo().search(
            [
                ("guichet_id", "=", guichet.id),
                ("state", "in", LIVE_STATES),
                ("busy_start", "<", self.busy_stop),
                ("busy_stop", ">", self.busy_start),
                ("id", "!=", self._origin.id),
            ]
        )
        used = set(taken.mapped("place"))
        return next(place for place in range(1, len(used) + 2) if place not in used)

    def _get_local_start(self):
        """Return the wall time of the appointment at its place, naive."""
        self.ensure_one()
        return to_local(to_minutes(self.start), self.lieu_id._get_zone_info())

    def _get_when(self, year=False):
        """Return "jeudi 17 décembre à 9 h 20" in the language of the environment."""
        return moment_label(self.env, self._get_local_start(), year=year)
