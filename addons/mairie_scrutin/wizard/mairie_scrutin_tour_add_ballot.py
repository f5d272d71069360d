from odoo import api, fields, models
from odoo.exceptions import UserError

SECOND_BALLOT = {
    "municipales": "arrondissement",
    "departementales": "regionales",
    "regionales": "departementales",
}


class MairieScrutinTourAddBallot(models.TransientModel):
    """Create the other election of the day, in the same stations."""

    _name = "mairie.scrutin.tour.add.ballot"
    _description = "Another Election on the Same Day"

    tour_id = fields.Many2one("mairie.scrutin.tour", "Round", required=True)
    kind = fields.Selection(
        selection=lambda self: self._get_kinds(),
        string="Election",
        compute="_compute_kind",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    name = fields.Char(required=True)
    circonscription = fields.Char("Constituency Code", size=12)
    seat_count = fields.Integer("Seats")
    station_ids = fields.Many2many(
        "mairie.scrutin.bureau.tour",
        string="Stations",
        compute="_compute_station_ids",
        store=True,
        readonly=False,
        domain="[('tour_id', '=', tour_id)]",
        help="Those of the sector only, where the city has several.",
    )

    def _get_kinds(self):
        kind = self.env["mairie.scrutin"]._fields["kind"]
        return kind._description_selection(self.env)

    @api.depends("tour_id")
    def _compute_kind(self):
        for wizard in self:
            kind = wizard.tour_id.scrutin_id.kind
            wizard.kind = SECOND_BALLOT.get(kind, "municipales")

    @api.depends("tour_id")
    def _compute_station_ids(self):
        for wizard in self:
            wizard.station_ids = wizard.tour_id.bureau_tour_ids

    def action_create_ballot(self):
        """Create the election, its round and its stations, tied to the first one."""
        self.ensure_one()
        first = self.tour_id
        first._check_organiser()
        if first.concomitant_id:
            raise UserError(
                self.env._(
                    "%s is already the other election of that day.",
                    first.concomitant_id.name,
                )
            )
        tour = self._create_round(first.sudo())
        return tour.sudo(False)._get_form_action()

    def _create_round(self, first):
        scrutin = (
            self.env["mairie.scrutin"].sudo().create(self._prepare_election(first))
        )
        tour = (
            self.env["mairie.scrutin.tour"]
            .sudo()
            .create(
                {
                    **scrutin._prepare_round_vals(first.numero, first.date),
                    "cloture": first.cloture,
                    "last_closing": first.last_closing,
                    "concomitant_id": first.id,
                }
            )
        )
        self.env["mairie.scrutin.bureau.tour"].sudo().create(
            [first._prepare_station_copy(row, tour) for row in self.station_ids]
        )
        return tour

    def _prepare_election(self, first):
        scrutin = first.scrutin_id
        vals = {
            "name": self.name,
            "kind": self.kind,
            "company_id": scrutin.company_id.id,
            "commune_insee": scrutin.commune_insee,
            "first_date": first.date if first.numero == 1 else False,
            "year": scrutin.year,
            "circonscription": self.circonscription,
            "two_person_release": scrutin.two_person_release,
        }
        if self.seat_count:
            vals["seat_count"] = self.seat_count
        return vals
