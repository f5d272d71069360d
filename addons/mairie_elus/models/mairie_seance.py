from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..lib import notice
from ..lib.french import day_in_words, hour_in_words
from .mairie_instance import BODY_OF_KIND

CONVENED_STATES = ("convened", "open", "closed")
#: What the members have read on their notice.
LOCKED_FIELDS = {
    "instance_id",
    "call",
    "parent_id",
    "date_start",
    "location_id",
    "room",
    "is_video",
    "video_url",
}
#: What the steps of a meeting write, never a screen: each step keeps its proof.
STEP_FIELDS = {"state", "convened_at", "sequence", "opened_at", "closed_at"}


class MairieSeance(models.Model):
    _name = "mairie.seance"
    _description = "Meeting of an Assembly"
    _order = "date_start desc, id desc"

    name = fields.Char(compute="_compute_name", store=True)
    instance_id = fields.Many2one(
        "mairie.instance",
        "Assembly",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env["mairie.instance"]._find_council(),
    )
    kind = fields.Selection(related="instance_id.kind")
    company_id = fields.Many2one(related="instance_id.company_id", store=True)
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("ready", "Ready"),
            ("convened", "Convened"),
            ("open", "Open"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
    )
    call = fields.Selection(
        [
            (notice.ORDINARY, "Ordinary"),
            (notice.URGENT, "Urgent"),
            (notice.INSTALLATION, "Installation of the council"),
            (notice.SECOND_CALL, "Second call, for want of quorum"),
        ],
        "Kind of call",
        required=True,
        default=notice.ORDINARY,
    )
    urgency_reason = fields.Text(
        help="The mayor reports on it when the meeting opens; the council rules on "
        "the urgency (CGCT, L2121-11 and L2121-12)."
    )
    parent_id = fields.Many2one(
        "mairie.seance", "Meeting without quorum", ondelete="restrict"
    )
    date_start = fields.Datetime("Date and hour", required=True, index=True)
    date = fields.Date(
        "Local date", compute="_compute_date", store=True, help="Date in the commune."
    )
    duration = fields.Float(
        "Duration (hours)", compute="_compute_place", store=True, readonly=False
    )
    location_id = fields.Many2one(
        "hr.work.location",
        "Place",
        compute="_compute_place",
        store=True,
        readonly=False,
    )
    room = fields.Char(compute="_compute_place", store=True, readonly=False)
    secretary_id = fields.Many2one(
        "res.users", "Followed by", default=lambda self: self.env.user
    )
    point_ids = fields.One2many("mairie.point", "seance_id", "Agenda", copy=True)
    point_count = fields.Integer("Number of items", compute="_compute_point_count")
    opened_at = fields.Datetime("Opened", readonly=True, copy=False)
    closed_at = fields.Datetime("Closed", readonly=True, copy=False)
    sequence = fields.Integer(
        "Version", readonly=True, copy=False, help="Grows each time it is convened."
    )

    _same_start_unique = models.UniqueIndex(
        "(instance_id, date_start) WHERE state != 'cancelled'",
        "This assembly already meets at that hour.",
    )

    @api.depends("instance_id.name", "date")
    def _compute_name(self):
        for seance in self:
            when = seance.date and f"{seance.date:%d/%m/%Y}"
            seance.name = " ".join(filter(None, [seance.instance_id.name, when]))

    @api.depends("date_start", "company_id.mairie_tz")
    def _compute_date(self):
        for seance in self:
            seance.date = seance.date_start and seance.company_id._mairie_local_date(
                seance.date_start
            )

    @api.depends("instance_id")
    def _compute_place(self):
        for seance in self:
            instance = seance.instance_id
            seance.location_id = seance.location_id or instance.location_id
            seance.room = seance.room or instance.room
            seance.duration = seance.duration or instance.duration

    @api.depends("point_ids")
    def _compute_point_count(self):
        for seance in self:
            seance.point_count = len(seance.point_ids)

    @api.constrains("call", "instance_id", "urgency_reason")
    def _check_call(self):
        for seance in self:
            urgent = seance.call == notice.URGENT
            if urgent and BODY_OF_KIND[seance.kind] == notice.CCAS:
                raise ValidationError(
                    self.env._("No text lets this board be convened in urgency.")
                )

    @api.constrains("parent_id", "instance_id")
    def _check_parent(self):
        for seance in self:
            parent = seance.parent_id
            if parent and (
                parent == seance or parent.instance_id != seance.instance_id
            ):
                raise ValidationError(
                    self.env._("A second call repeats a meeting of the same assembly.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        seances = super().create(vals_list)
        for seance in seances:
            facts = [seance[name] for name in STEP_FIELDS - {"state"}]
            if seance.state != "draft" or any(facts):
                seance._check_step_fields(STEP_FIELDS)
        return seances

    def write(self, vals):
        self._check_step_fields(vals)
        if LOCKED_FIELDS & vals.keys():
            self._check_not_convened()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(seance.state in CONVENED_STATES for seance in self):
            raise UserError(
                self.env._(
                    "A convened meeting stays: cancel it instead of deleting it."
                )
            )

    def action_prepare(self):
        """The agenda is complete: the meeting may be convened."""
        drafts = self.filtered(lambda seance: seance.state == "draft")
        for seance in drafts:
            if not seance.point_ids:
                raise UserError(
                    self.env._(
                        "The agenda is empty: add one item at least, then say that it "
                        "is ready."
                    )
                )
        drafts._step(state="ready")
        drafts._queue_dossier()

    def action_reopen_preparation(self):
        """Change a convened meeting: every member will be convened again."""
        for seance in self:
            if seance.state not in ("ready", "convened"):
                raise UserError(self.env._("This meeting cannot change any more."))
        self._step(state="draft")

    def action_open(self):
        """The meeting begins."""
        for seance in self:
            if seance.state != "convened":
                raise UserError(self.env._("Only a convened meeting can be opened."))
            if not seance.is_due:
                raise UserError(
                    self.env._("This meeting opens on its day: %s.", seance.when_text)
                )
        self._step(state="open", opened_at=fields.Datetime.now())

    def action_close(self):
        """The president ends the meeting."""
        for seance in self:
            if seance.state != "open":
                raise UserError(self.env._("Only an open meeting can be closed."))
        self._step(state="closed", closed_at=fields.Datetime.now())

    def action_cancel(self):
        for seance in self:
            if seance.state in ("open", "closed"):
                raise UserError(self.env._("A meeting that was held stays."))
        self._step(state="cancelled")

    def action_copy_parent_agenda(self):
        """Take up the items of the meeting that had no quorum, and no other."""
        for seance in self.filtered("parent_id"):
            known = seance.point_ids.origin_id
            for point in seance.parent_id.point_ids - known:
                point.copy({"seance_id": seance.id, "origin_id": point.id})

    def action_convene(self):
        """Open the sending screen; a heavy dossier that is stale starts again."""
        self.ensure_one()
        if self._is_dossier_heavy() and self.has_access("write"):
            self._queue_dossier()
        # A row of a record that is not saved has no working button: none leads anywhere.
        convene = self.env["mairie.seance.convene"].create({"seance_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Convene"),
            "res_model": convene._name,
            "res_id": convene.id,
            "view_mode": "form",
            "target": "new",
        }

    def _step(self, **vals):
        """Go on to another state: the caller has checked that it may."""
        self.check_access("write")
        self.sudo().write(vals)

    def _check_step_fields(self, names):
        """Refuse to write by hand what the steps write."""
        if not self.env.su and STEP_FIELDS.intersection(names):
            raise AccessError(
                self.env._(
                    "This is written by the steps of the meeting only, each with "
                    "its proof."
                )
            )

    def _check_not_convened(self):
        if any(seance.state in CONVENED_STATES for seance in self):
            raise UserError(
                self.env._(
                    "The members have received this notice. Reopen the preparation "
                    "to change it: they will be convened again."
                )
            )

    def _get_local_start(self):
        """Return the aware datetime of the beginning, in the commune's zone."""
        self.ensure_one()
        return self.company_id._mairie_localize(self.date_start)

    def _get_when(self, year=True):
        """Return the day and hour in French words: notices are French documents."""
        start = self._get_local_start()
        return (
            f"{day_in_words(start.date(), year=year)} à {hour_in_words(start.time())}"
        )

    def _get_place(self):
        """Return room and place in one line."""
        self.ensure_one()
        return ", ".join(filter(None, [self.room, self.location_id.name]))

    def _get_president_line(self):
        """Return who signs the notice: name and quality, in French."""
        self.ensure_one()
        mandats = self.env["mairie.mandat"].sudo()
        mandats = mandats._get_in_office(self.company_id, self.date)
        mayor = mandats.filtered(lambda mandat: mandat.function == "maire")[:1]
        president = self.instance_id.president_id
        if self.kind == "council" or not president or president == mayor.partner_id:
            return f"{mayor.partner_id.name}, maire" if mayor else "Le maire"
        return f"{president.name}, présidence"
