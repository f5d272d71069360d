from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import replay

SPEEDS = [("1", "× 1"), ("5", "× 5"), ("10", "× 10"), ("30", "× 30"), ("60", "× 60")]
LONGEST = 25  # steps in one transaction: nobody waits for more


class MairieScrutinRepetition(models.Model):
    """A rehearsal: a past evening played again on a copy, at a chosen speed.

    Results go the way of the real ones: same controls, same journal, same screens. The
    copy is never public, and it alone may be deleted.
    """

    _name = "mairie.scrutin.repetition"
    _description = "Rehearsal"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    source_tour_id = fields.Many2one(
        "mairie.scrutin.tour",
        "Evening to Play Again",
        required=True,
        domain="[('is_rehearsal', '=', False)]",
        default=lambda self: self._get_default_source(),
        help="A round whose results are known: a past one of your town, or any that "
        "you imported.",
    )
    tour_id = fields.Many2one("mairie.scrutin.tour", "Copy", readonly=True, copy=False)
    company_id = fields.Many2one(related="source_tour_id.company_id", store=True)
    speed = fields.Selection(SPEEDS, required=True, default="10")
    has_mistakes = fields.Boolean(
        "With Mistakes to Handle",
        default=True,
        help="One station in nine first sends figures that do not add up.",
    )
    has_second = fields.Boolean(
        "Second Entries Played Too",
        default=True,
        help="Leave it off to have your operators make them.",
    )
    state = fields.Selection(
        [
            ("draft", "To start"),
            ("running", "Playing"),
            ("paused", "Paused"),
            ("done", "Over"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    start_minute = fields.Integer(
        "Starts (minutes from the closing)",
        default=-10,
        help="-10: ten minutes before.",
    )
    minute = fields.Float(readonly=True, copy=False)
    played = fields.Integer("Steps Played", readonly=True, copy=False)
    step_count = fields.Integer("Steps", readonly=True, copy=False)
    last_tick = fields.Datetime(readonly=True, copy=False)
    clock = fields.Char("Hour Played", compute="_compute_clock")
    progress = fields.Float(compute="_compute_clock")

    @api.depends("source_tour_id.name")
    def _compute_name(self):
        for rehearsal in self:
            rehearsal.name = self.env._(
                "Rehearsal of %s", rehearsal.source_tour_id.name or ""
            )

    @api.depends("minute", "played", "step_count", "source_tour_id.cloture")
    def _compute_clock(self):
        for rehearsal in self:
            closing = round(rehearsal.source_tour_id.cloture * 60)
            hour, minute = divmod(closing + int(rehearsal.minute), 60)
            rehearsal.clock = f"{hour % 24:d}\u00a0h\u00a0{minute:02d}"
            count = rehearsal.step_count
            rehearsal.progress = 100 * rehearsal.played / count if count else 0

    @api.model
    def _get_default_source(self):
        """The last round of which every station is validated."""
        rounds = self.env["mairie.scrutin.tour"]
        done = rounds.search([("is_rehearsal", "=", False), ("state", "=", "proclame")])
        return done[:1] or rounds.search([("state", "!=", "preparation")], limit=1)

    def _check_mine(self):
        """Every button is a door: only supervisors, only what they may read."""
        self.env["mairie.scrutin.tour"]._check_supervisor()
        self.check_access("write")

    def action_start(self):
        """Copy the election and begin."""
        self.ensure_one()
        self._check_mine()
        if self.state != "draft":
            return self.action_resume()
        steps = self._get_steps()
        if not steps:
            raise UserError(
                self.env._(
                    "This round has no result to play again. Import the file of a past "
                    "election first, or choose another round."
                )
            )
        tour = self.sudo()._copy_round()
        self.sudo().write(
            {
                "tour_id": tour.id,
                "state": "running",
                "minute": self.start_minute,
                "step_count": len(steps),
                "last_tick": fields.Datetime.now(),
            }
        )
        tour.with_user(self.env.user)._log("rehearsal", self.name)
        return True

    def action_pause(self):
        self._check_mine()
        for rehearsal in self.filtered(lambda row: row.state == "running"):
            rehearsal._tick()
            if rehearsal.state == "running":
                rehearsal.sudo().state = "paused"

    def action_resume(self):
        self._check_mine()
        waiting = self.filtered(lambda row: row.state == "paused")
        waiting.sudo().write({"state": "running", "last_tick": fields.Datetime.now()})
        return True

    def action_stop(self):
        """The evening stops where it is; its figures stay until the clean-up."""
        self._check_mine()
        self.filtered("tour_id").sudo().write({"state": "done"})

    def action_clean(self):
        """Delete the copy and all that was played on it."""
        self._check_mine()
        for rehearsal in self.sudo():
            tour = rehearsal.tour_id
            rehearsal.write(
                {"tour_id": False, "state": "draft", "played": 0, "minute": 0}
            )
            tour._delete_rehearsal()

    def action_open_round(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mairie.scrutin.tour",
            "res_id": self.tour_id.id,
            "views": [(False, "form")],
            "name": self.tour_id.name,
        }

    def tick(self):
        """Called by whoever looks at it: play what is due.

        :return: dict ``state``, ``clock``, ``played``, ``progress``
        """
        self.ensure_one()
        self._check_mine()
        self._tick()
        return {
            "state": self.state,
            "clock": self.clock,
            "played": self.played,
            "step_count": self.step_count,
            "progress": self.progress,
        }

    @api.model
    def _cron_tick(self):
        """Each minute, when nobody looks."""
        for rehearsal in self.search([("state", "=", "running")]):
            rehearsal._tick()

    def _tick(self):
        """Advance the clock and play the steps whose time has come."""
        if self.state != "running" or not self.sudo().try_lock_for_update():
            return
        now = fields.Datetime.now()
        elapsed = (
            max(now - self.last_tick, timedelta()) if self.last_tick else timedelta()
        )
        minute = self.minute + elapsed.total_seconds() / 60 * int(self.speed)
        steps = self._get_steps()
        ready = replay.due(steps, self.played, minute)[:LONGEST]
        self._play(ready)
        played = self.played + len(ready)
        vals = {"minute": minute, "played": played, "last_tick": now}
        if played >= len(steps):
            vals["state"] = "done"
        self.sudo().write(vals)

    def _copy_round(self):
        """The election, its round, its lists and stations, without any result."""
        source = self.source_tour_id
        name = f"RÉPÉTITION : {source.scrutin_id.name}"
        scrutin = source.scrutin_id.copy({"name": name})
        code = f"{source.public_code}-repetition-{self.id}"
        tour = source.copy(
            {
                "scrutin_id": scrutin.id,
                "date": fields.Date.context_today(self),
                "public_code": code,
                "is_rehearsal": True,
                "fingerprint_email": False,
            }
        )
        if not tour.candidature_ids:
            for row in source.candidature_ids:
                row.copy({"tour_id": tour.id})
        if not tour.bureau_tour_ids:
            self.env["mairie.scrutin.bureau.tour"].create(
                [
                    {
                        "tour_id": tour.id,
                        "bureau_id": row.bureau_id.id,
                        "inscrits": row.inscrits,
                    }
                    for row in source.bureau_tour_ids
                ]
            )
        return tour

    @api.ondelete(at_uninstall=False)
    def _unlink_with_its_copy(self):
        self.action_clean()
