from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import nomination, office


class MairieNomination(models.Model):
    """Deputies elected in place of others: whose seats, at which rank."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.nomination"

    vacated_ids = fields.Many2many(
        "mairie.mandat",
        string="In place of",
        help="Deputies whose seats are vacant. From 1,000 inhabitants on, whoever "
        "succeeds them is of the same sex (CGCT, L2122-7-2).",
    )
    keeps_rank = fields.Boolean(
        "At the vacated rank",
        help="The council may give a single deputy the rank of the one who left; the "
        "last rank otherwise (CGCT, L2122-10).",
    )

    @api.constrains("kind", "vacated_ids", "keeps_rank")
    def _check_vacancy(self):
        for row in self:
            if row.kind != "adjoints" and row.vacated_ids:
                raise ValidationError(
                    self.env._("Only deputies are elected in place of deputies.")
                )
            if row.keeps_rank and len(row.vacated_ids) != 1:
                raise ValidationError(
                    self.env._(
                        "The vacated rank is given to a single deputy, in place of "
                        "another (CGCT, L2122-10)."
                    )
                )

    @api.model
    def _get_succeeded(self, company):
        """Return the deputies in whose place others were elected and installed."""
        domain = [("company_id", "=", company.id), ("vacated_ids", "!=", False)]
        rows = self.search(domain)
        return rows.filtered("installed").vacated_ids

    def _renews_deputies(self, seated):
        return not self.vacated_ids and super()._renews_deputies(seated)

    def _get_given_rank(self):
        """Return the rank that the council gives, 0 for the last one."""
        self.ensure_one()
        return self.vacated_ids.function_rank if self.keeps_rank else 0

    def _check_succession(self, candidat):
        """Refuse those who are not of the sexes of whom they succeed."""
        self.ensure_one()
        left = self.vacated_ids.sudo()
        if not left:
            return
        sexes = candidat._get_mandats().mapped("civility")
        population = self.seance_id._get_population()
        if not office.may_succeed(sexes, left.mapped("civility"), population):
            raise ValidationError(
                self.env._(
                    "%(name)s: from 1,000 inhabitants on, a deputy is of the same sex as "
                    "the one in whose place he or she is elected: %(left)s (L2122-7-2).",
                    name=candidat.name,
                    left=", ".join(left.partner_id.mapped("name")),
                )
            )

    def _get_proclamation(self):
        text = super()._get_proclamation()
        if not text or not self.vacated_ids:
            return text
        names = [row._get_vacated_name() for row in self.vacated_ids.sudo()]
        return f"{nomination.succession(names, rank_kept=self.keeps_rank)} {text}"
