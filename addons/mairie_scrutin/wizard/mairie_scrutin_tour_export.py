from odoo import api, fields, models


class MairieScrutinTourExport(models.TransientModel):
    """The files of a round: what they are worth now, and who may take them."""

    _name = "mairie.scrutin.tour.export"
    _description = "Files of a Round"

    tour_id = fields.Many2one(
        "mairie.scrutin.tour",
        "Round",
        required=True,
        default=lambda self: self._get_default_tour(),
    )
    sentence = fields.Char(compute="_compute_sentence")
    is_final = fields.Boolean(compute="_compute_sentence")
    can_take = fields.Boolean(compute="_compute_sentence")
    can_prove = fields.Boolean(compute="_compute_sentence")
    embargo_note = fields.Char(compute="_compute_sentence")

    @api.model
    def _get_default_tour(self):
        """The round of the last days."""
        return self.env["mairie.scrutin.tour"].search([], limit=1)

    @api.depends("tour_id")
    @api.depends_context("uid", "lang")
    def _compute_sentence(self):
        for wizard in self:
            tour = wizard.tour_id
            wizard.can_take = bool(tour) and tour._may_export("long")
            wizard.can_prove = bool(tour) and tour._may_export("preuve")
            wizard.is_final = bool(tour) and tour._is_final()
            wizard.sentence = wizard.can_take and tour._get_export_sentence()
            wizard.embargo_note = bool(tour) and wizard._get_embargo_note()

    def _get_embargo_note(self):
        """Said until the page opens, to those who may take files before it."""
        if self.tour_id.is_public:
            return False
        if self.tour_id.embargo_until <= fields.Datetime.now():
            return self.env._(
                "The public page is not open: these files are for the préfecture and "
                "for your own work."
            )
        local = self.tour_id.company_id._mairie_localize(self.tour_id.embargo_until)
        return self.env._(
            "Before %s nothing leaves the town hall: these files are for the préfecture "
            "and for your own work.",
            f"{local:%H}\u00a0h\u00a0{local:%M}",
        )

    def action_prefecture(self):
        return self.tour_id._prepare_download("prefecture")

    def action_ministere(self):
        return self.tour_id._prepare_download("ministere")

    def action_long(self):
        return self.tour_id._prepare_download("long")

    def action_xlsx(self):
        return self.tour_id._prepare_download("xlsx")

    def action_preuve(self):
        return self.tour_id._prepare_download("preuve")
