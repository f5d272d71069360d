from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class MairieProjetAvis(models.Model):
    """An opinion asked of somebody before a day, and what was answered."""

    _name = "mairie.projet.avis"
    _description = "Opinion on a Draft"
    _order = "projet_id, id"
    _rec_name = "user_id"

    projet_id = fields.Many2one(
        "mairie.projet", "Draft", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="projet_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        "Asked of",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('share', '=', False)]",
    )
    due_date = fields.Date("Before", required=True)
    opinion = fields.Selection(
        [
            ("favourable", "Favourable"),
            ("reserved", "Favourable with reservations"),
            ("unfavourable", "Unfavourable"),
        ],
        readonly=True,
        copy=False,
    )
    comment = fields.Text(readonly=True, copy=False)
    given_at = fields.Datetime("Given", readonly=True, copy=False)

    _one_each = models.Constraint(
        "UNIQUE (projet_id, user_id)", "This person is asked already."
    )

    def write(self, vals):
        if not self.env.su and {"opinion", "comment", "given_at"} & vals.keys():
            raise AccessError(
                self.env._("An opinion is given by the person who was asked.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_before_the_answer(self):
        if self.filtered("opinion"):
            raise UserError(self.env._("An opinion that was given stays."))

    def _give(self, opinion, comment=False):
        """Record the opinion of the user in place; it may change until the visa.

        :param opinion: a value of the field
        :raise AccessError: it was asked of somebody else
        :raise UserError: the draft is no longer at the step of the opinions
        """
        self.ensure_one()
        if self.user_id != self.env.user:
            raise AccessError(
                self.env._("This opinion was asked of %s.", self.user_id.name)
            )
        if self.projet_id.state != "open":
            raise UserError(self.env._("This draft takes no opinion any more."))
        if opinion != "favourable" and not (comment or "").strip():
            raise UserError(self.env._("Say why: the service must be able to answer."))
        self.sudo().write(
            {
                "opinion": opinion,
                "comment": (comment or "").strip() or False,
                "given_at": fields.Datetime.now(),
            }
        )
        self.projet_id.sudo()._close_activity(self.user_id)

    def _get_pending_sentence(self):
        """Return "Opinion asked of … before …", in the reader's language."""
        self.ensure_one()
        day = self.env["mairie.seance"]._format_day(self.due_date, "d MMMM")
        values = {"who": self.user_id.name, "day": day}
        if self.due_date < fields.Date.context_today(self):
            return self.env._(
                "Opinion asked of %(who)s before %(day)s: no answer.", **values
            )
        return self.env._("Opinion asked of %(who)s before %(day)s.", **values)
