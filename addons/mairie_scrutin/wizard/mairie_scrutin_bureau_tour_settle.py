from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mairie_scrutin_saisie import COMPARED


class MairieScrutinBureauTourSettle(models.TransientModel):
    """Two entries side by side with the photo: which figure is in the report?"""

    _name = "mairie.scrutin.bureau.tour.settle"
    _description = "Settle Two Entries"

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour", "Station", required=True, readonly=True
    )
    chosen = fields.Selection(
        [
            ("first", "The first is right"),
            ("second", "The second is right"),
            ("other", "Neither: type the report"),
        ],
    )
    reason = fields.Char()
    line_ids = fields.One2many(
        "mairie.scrutin.bureau.tour.settle.line",
        "settle_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    photo_id = fields.Many2one(
        "mairie.scrutin.photo", compute="_compute_photo_id", compute_sudo=False
    )
    photo = fields.Binary("Photo of the Report", related="photo_id.image")

    @api.depends("bureau_tour_id")
    def _compute_photo_id(self):
        for wizard in self:
            wizard.photo_id = wizard.bureau_tour_id.photo_ids[:1]

    @api.depends("bureau_tour_id")
    def _compute_line_ids(self):
        """Only what differs, the figure of the report left blank."""
        for wizard in self:
            wizard.bureau_tour_id.tour_id._check_supervisor()
            station = wizard.bureau_tour_id
            names = {row.id: row.name for row in station.tour_id.candidature_ids}
            entry = station.saisie_id
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {
                        "key": str(key),
                        "name": names.get(key)
                        or entry._fields[key]._description_string(self.env),
                        "first": first,
                        "second": second,
                    }
                )
                for key, first, second in station._get_differences()
            ]

    def action_settle(self):
        """Keep what the report says, with the reason in the journal."""
        self.ensure_one()
        if not self.chosen:
            raise UserError(self.env._("Say which entry is the report's."))
        vals = self._prepare_other_vals() if self.chosen == "other" else None
        self.bureau_tour_id._settle_difference(self.chosen, self.reason, vals)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_other_vals(self):
        """The first entry, with the figures read from the report where they differ."""
        station = self.bureau_tour_id
        entry = station.saisie_id
        typed = {}
        for line in self.line_ids:
            text = (line.report or "").strip()
            if not text.isdecimal():
                raise UserError(
                    self.env._("Type the figure of the report for: %s.", line.name)
                )
            typed[line.key] = int(text)
        return {
            "bureau_tour_id": station.id,
            "source": "mairie",
            **{name: typed.get(name, entry[name]) for name in COMPARED},
            "enveloppes": typed.get("votants", entry.votants),
            "annexes": entry.annexes,
            "has_annexes": entry.has_annexes,
            "votes": {
                row.candidature_id.id: typed.get(str(row.candidature_id.id), row.voix)
                for row in entry.line_ids
            },
        }


class MairieScrutinBureauTourSettleLine(models.TransientModel):
    """One figure that two people typed differently."""

    _name = "mairie.scrutin.bureau.tour.settle.line"
    _description = "Figure That Differs"
    _order = "id"

    settle_id = fields.Many2one(
        "mairie.scrutin.bureau.tour.settle", required=True, ondelete="cascade"
    )
    key = fields.Char(required=True, export_string_translation=False)
    name = fields.Char("Line", readonly=True)
    first = fields.Integer("1st", readonly=True)
    second = fields.Integer("2nd", readonly=True)
    report = fields.Char()
