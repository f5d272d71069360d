from odoo import api, fields, models
from odoo.exceptions import UserError


class MairieScrutinSaisieLigne(models.Model):
    """Votes of one list in one version of a station's figures."""

    _name = "mairie.scrutin.saisie.ligne"
    _description = "Votes of a List"
    _order = "saisie_id, id"

    saisie_id = fields.Many2one(
        "mairie.scrutin.saisie", required=True, index=True, ondelete="restrict"
    )
    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature", "List", required=True, ondelete="restrict"
    )
    voix = fields.Integer("Votes", required=True)
    share = fields.Char("Share of the Valid Votes", compute="_compute_share")

    _candidature_uniq = models.Constraint(
        "UNIQUE(saisie_id, candidature_id)", "A list is counted once."
    )

    def init(self):
        """Sealed, as the entry that it belongs to."""
        self.env["mairie.scrutin.journal"]._seal_table(
            self._table, ("saisie_id", "candidature_id", "voix")
        )

    @api.depends("voix", "saisie_id.exprimes")
    def _compute_share(self):
        share = self.env["mairie.scrutin.tour"]._format_share
        for line in self:
            line.share = share(line.voix, line.saisie_id.exprimes)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Recorded votes are never deleted."))
