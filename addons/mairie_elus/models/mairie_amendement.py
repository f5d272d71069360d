from odoo import api, fields, models
from odoo.exceptions import UserError


class MairieAmendement(models.Model):
    """An amendment to an item: voted on before what it amends."""

    _name = "mairie.amendement"
    _description = "Amendment"
    _order = "point_id, number"

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="point_id.company_id", store=True)
    number = fields.Integer(required=True, readonly=True)
    name = fields.Char(compute="_compute_name", store=True)
    author_id = fields.Many2one("res.partner", "Proposed by", ondelete="restrict")
    text = fields.Text("What it changes", required=True)

    _number_unique = models.Constraint(
        "UNIQUE (point_id, number)", "Two amendments cannot bear the same number."
    )

    @api.depends("number")
    def _compute_name(self):
        for amendement in self:  # read in minutes: a French document
            amendement.name = f"Amendement n° {amendement.number}"

    @api.ondelete(at_uninstall=False)
    def _unlink_before_vote(self):
        for amendement in self:
            if amendement._get_vote():
                raise UserError(self.env._("This amendment was voted on: it stays."))

    def _get_vote(self):
        """Return its vote, empty before it."""
        self.ensure_one()
        votes = self.point_id.vote_ids._get_current()
        return votes.filtered(lambda vote: vote.subject == self.name)

    def _prepare_console(self):
        vote = self._get_vote()
        return {
            "id": self.id,
            "name": self.name,
            "author": self.author_id.name or "",
            "text": self.text,
            "vote": vote._prepare_console_vote() if vote else False,
        }
