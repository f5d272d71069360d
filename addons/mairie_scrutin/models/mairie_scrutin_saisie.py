from odoo import api, fields, models
from odoo.exceptions import UserError

SEALED = (
    "bureau_tour_id",
    "source",
    "inscrits",
    "votants",
    "emargements",
    "blancs",
    "nuls",
    "exprimes",
    "comment",
    "source_line",
)


class MairieScrutinSaisie(models.Model):
    """One version of the figures of a station. Never changed, never deleted.

    A correction is a new version: the database itself refuses anything else.
    """

    _name = "mairie.scrutin.saisie"
    _description = "Station Result"
    _order = "id desc"

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour",
        "Station",
        required=True,
        index=True,
        ondelete="restrict",
    )
    tour_id = fields.Many2one(related="bureau_tour_id.tour_id", string="Round")
    company_id = fields.Many2one(related="bureau_tour_id.company_id")
    source = fields.Selection(
        [("import", "File"), ("mairie", "Typed at the town hall")],
        required=True,
        default="mairie",
    )
    inscrits = fields.Integer("Registered Voters", required=True)
    votants = fields.Integer("Voters", required=True)
    emargements = fields.Integer("Signatures on the List", required=True)
    blancs = fields.Integer("Blank", required=True)
    nuls = fields.Integer("Void", required=True)
    exprimes = fields.Integer("Valid Votes", required=True)
    comment = fields.Char("Remark")
    source_line = fields.Char("Line of the File")
    line_ids = fields.One2many("mairie.scrutin.saisie.ligne", "saisie_id", "Votes")
    controle_ids = fields.One2many("mairie.scrutin.controle", "saisie_id", "Checks")
    is_retained = fields.Boolean("Retained", compute="_compute_is_retained")

    def init(self):
        """Sealed rows: the database refuses UPDATE of a figure, DELETE and TRUNCATE."""
        self.env["mairie.scrutin.journal"]._seal_table(self._table, SEALED)

    @api.depends("bureau_tour_id.saisie_id")
    def _compute_is_retained(self):
        for saisie in self:
            saisie.is_retained = saisie.bureau_tour_id.saisie_id == saisie

    @api.depends("bureau_tour_id", "create_date")
    def _compute_display_name(self):
        for saisie in self:
            saisie.display_name = self.env._(
                "Station %(code)s, version %(id)s",
                code=saisie.bureau_tour_id.code,
                id=saisie.id or "",
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A recorded result is never deleted."))
