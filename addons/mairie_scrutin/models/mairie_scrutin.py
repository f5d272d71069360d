from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import majority_ballot
from ..lib.seat_allocation import REGIMES


class MairieScrutin(models.Model):
    """An election in one commune, whatever its number of rounds."""

    _name = "mairie.scrutin"
    _description = "Election"
    _order = "year desc, id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("municipales", "Municipal"),
            ("departementales", "Departmental"),
            ("regionales", "Regional"),
            ("legislatives", "Legislative"),
            ("presidentielle", "Presidential"),
            ("europeennes", "European"),
            ("referendum", "Referendum"),
            ("metropole_lyon", "Lyon Metropolis"),
            ("arrondissement", "Arrondissement or Sector Council"),
        ],
        "Election",
        required=True,
        default="municipales",
    )
    year = fields.Integer(
        compute="_compute_year",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    type_code = fields.Char(
        "Type in the Préfecture File",
        compute="_compute_type_code",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="First letters of the type of election in the file of the préfecture.",
    )
    commune_insee = fields.Char(
        "INSEE Code of the Commune",
        size=5,
        required=True,
        default=lambda self: self.env.company.mairie_insee_code,
        help="Files of another commune are refused.",
    )
    regime = fields.Selection(
        [
            ("l262", "Municipal council (L262)"),
            ("l262_plm25", "Paris, Lyon, Marseille: a quarter (L272-4-1)"),
            ("metropole_lyon", "Lyon Metropolis (L224-5)"),
            ("nc_sans_prime", "New Caledonia, under 1,000 (L435)"),
            ("polynesie", "French Polynesia (L438)"),
            ("regional", "Regional council (L338)"),
            ("corse", "Assembly of Corsica (L366)"),
            ("majoritaire_12_5", "Majority, 12.5 % of the registered (L162, L210-1)"),
            ("presidentielle", "President (Constitution, article 7)"),
            ("referendum", "Yes or no"),
            ("national", "European Parliament (law 77-729)"),
        ],
        "Rule for the Seats",
        compute="_compute_regime",
        store=True,
        readonly=False,
        help="Leave empty where the town only reports votes.",
    )
    seat_count = fields.Integer(
        "Seats on the Council",
        compute="_compute_seat_count",
        store=True,
        readonly=False,
        help="Proposed from the municipal population (CGCT, L2121-2). The figure of "
        "the ministry's list wins: correct it here.",
    )
    community_seat_count = fields.Integer("Community Seats")
    two_person_release = fields.Boolean(
        "Two People Open the Results",
        default=True,
        help="Results go public at the hour of the law once one person has armed the "
        "opening and another one has agreed.",
    )
    blank_alert = fields.Float("Blank Ballots Alert (%)", default=5.0)
    null_alert = fields.Float("Void Ballots Alert (%)", default=4.0)
    list_alert = fields.Float(
        "List Without a Vote Alert (%)",
        default=5.0,
        help="A list with this share in the commune and no vote at all in a station.",
    )
    source_note = fields.Text(
        "Origin of the Figures",
        help="Shown on the public page, for figures that come from elsewhere.",
    )
    tour_ids = fields.One2many("mairie.scrutin.tour", "scrutin_id", "Rounds")
    tour_count = fields.Integer(compute="_compute_tour_count")

    @api.depends("tour_ids")
    def _compute_tour_count(self):
        for scrutin in self:
            scrutin.tour_count = len(scrutin.tour_ids)

    @api.constrains(
        "seat_count", "community_seat_count", "blank_alert", "null_alert", "list_alert"
    )
    def _check_numbers(self):
        for scrutin in self:
            if min(scrutin.seat_count, scrutin.community_seat_count) < 0:
                raise ValidationError(self.env._("A number of seats is 0 or more."))
            alerts = (scrutin.blank_alert, scrutin.null_alert, scrutin.list_alert)
            if not all(0 <= alert <= 100 for alert in alerts):
                raise ValidationError(self.env._("An alert is between 0 and 100 %."))

    def write(self, vals):
        before = self.tour_ids._get_release_terms()
        result = super().write(vals)
        self.tour_ids._follow_release_terms(before)
        return result

    def _get_regime_article(self):
        """Article of law behind the rule for the seats, as text."""
        self.ensure_one()
        if self.regime in majority_ballot.REGIMES:
            return majority_ballot.REGIMES[self.regime][0]
        return REGIMES[self.regime].article if self.regime else ""

    def action_view_tours(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_action"
        )
        return dict(action, domain=[("scrutin_id", "=", self.id)])
