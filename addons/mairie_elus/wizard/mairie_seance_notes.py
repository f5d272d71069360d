from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class MairieSeanceNotes(models.TransientModel):
    """A meeting that was held without this screen: what the paper notes say of it."""

    _name = "mairie.seance.notes"
    _description = "Enter a Past Meeting from Paper Notes"

    seance_id = fields.Many2one("mairie.seance", "Meeting", required=True)
    opened_at = fields.Datetime(
        "Opened at",
        compute="_compute_hours",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    closed_at = fields.Datetime(
        "Closed at",
        compute="_compute_hours",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    member_ids = fields.Many2many(
        "res.partner", compute="_compute_members", string="Members"
    )
    secretary_choice_ids = fields.Many2many(related="seance_id.secretary_choice_ids")
    present_ids = fields.Many2many(
        "res.partner",
        "mairie_seance_notes_present_rel",
        "notes_id",
        "partner_id",
        "Present at the opening",
    )
    presiding_id = fields.Many2one("res.partner", "Presided by")
    secretary_ids = fields.Many2many(
        "res.partner",
        "mairie_seance_notes_secretary_rel",
        "notes_id",
        "partner_id",
        "Secretary of the meeting",
    )

    @api.depends("seance_id")
    def _compute_hours(self):
        for notes in self:
            seance = notes.seance_id
            notes.opened_at = seance.date_start
            end = seance.date_start and fields.Datetime.add(
                seance.date_start, minutes=int((seance.duration or 2) * 60)
            )
            notes.closed_at = end

    @api.depends("seance_id")
    def _compute_members(self):
        for notes in self:
            notes.member_ids = notes.seance_id and notes.seance_id._get_members()

    @api.constrains("opened_at", "closed_at")
    def _check_hours(self):
        for notes in self:
            if notes.closed_at <= notes.opened_at:
                raise ValidationError(
                    self.env._("A meeting is closed after it was opened.")
                )
            if notes.closed_at > fields.Datetime.now():
                raise ValidationError(
                    self.env._("This meeting is not over: conduct it on the screen.")
                )

    def action_enter(self):
        """The meeting was held: note who was there, then go to its table."""
        self.ensure_one()
        seance = self.seance_id
        seance._check_secretary()
        seance.check_access("write")
        if seance.state != "convened":
            raise UserError(
                self.env._("Only a convened meeting is entered from its notes.")
            )
        seance._step(
            state="closed",
            opened_at=self.opened_at,
            closed_at=self.closed_at,
            notes_clock=self.opened_at,
        )
        seance.write(
            {
                "presiding_id": self.presiding_id.id,
                "secretary_ids": [fields.Command.set(self.secretary_ids.ids)],
            }
        )
        seance._note("opened")
        seance._note_moves(self.present_ids & seance._get_members(), True)
        return seance.action_conduct()
