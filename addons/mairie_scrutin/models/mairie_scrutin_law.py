from odoo import api, fields, models
from odoo.addons.mairie_base.lib.commune import council_size
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..lib import election_kinds

DEFAULT_CLOSING = 18.0


# One file for each concern of an election: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutin(models.Model):
    """What the kind, the commune and the day say of an election: proposals of the law."""

    _inherit = "mairie.scrutin"

    first_date = fields.Date(
        "Day of the First Round", help="A Sunday. The second round follows by law."
    )
    second_date = fields.Date(
        "Second Round If Needed",
        compute="_compute_second_date",
        help="The next Sunday; fourteen days later for the presidential election.",
    )
    covers_constituency = fields.Boolean(
        "The Whole Constituency Votes Here",
        compute="_compute_covers_constituency",
        store=True,
        readonly=False,
        help="Then the winners are computed here. Otherwise the town reports its votes "
        "and another place proclaims.",
    )
    circonscription = fields.Char(
        "Constituency Code",
        size=12,
        help="Sector, canton or constituency as in the ministry's files: 75056SR16. "
        "Empty for the whole commune.",
    )
    population = fields.Integer(
        "Municipal Population",
        compute="_compute_population",
        store=True,
        readonly=False,
        help="The last authenticated figure (R25-1): it gives the size of the council.",
    )
    incomplete_rule = fields.Selection(
        [
            ("effectif_legal", "Legal size: a seat without a name stays vacant"),
            ("total_pourvu", "Only the seats that have a name"),
        ],
        "Lists With Fewer Names",
        default="effectif_legal",
        required=True,
        help="L252 lets a list be short by two names under 1,000 inhabitants; no text "
        "says that the seats to share are fewer. Both readings are shown.",
    )
    community_quarter = fields.Boolean(
        "Community Prime of a Quarter",
        compute="_compute_community_quarter",
        store=True,
        readonly=False,
        help="For Paris and Marseille: the text names the council only. Ask the "
        "préfecture.",
    )
    is_small = fields.Boolean(compute="_compute_is_small")
    has_two_rounds = fields.Boolean(compute="_compute_second_date")
    noun = fields.Char(compute="_compute_noun", export_string_translation=False)
    warning = fields.Char("Remark", compute="_compute_warning")

    @api.depends("first_date")
    def _compute_year(self):
        for scrutin in self:
            day = scrutin.first_date or fields.Date.context_today(self)
            if scrutin.first_date or not scrutin.year:
                scrutin.year = day.year

    @api.depends("kind")
    def _compute_type_code(self):
        for scrutin in self:
            scrutin.type_code = self._get_kind(scrutin).type_code

    @api.depends("kind")
    def _compute_covers_constituency(self):
        for scrutin in self:
            scrutin.covers_constituency = self._get_kind(scrutin).local

    @api.depends("company_id", "commune_insee")
    def _compute_population(self):
        for scrutin in self:
            company = scrutin.company_id
            own = scrutin.commune_insee in (company.mairie_insee_code, False)
            scrutin.population = company.mairie_population if own else 0

    @api.depends(
        "kind", "covers_constituency", "commune_insee", "population", "first_date"
    )
    def _compute_regime(self):
        for scrutin in self:
            covers = scrutin.covers_constituency and scrutin.kind
            scrutin.regime = covers and (
                election_kinds.proposed_regime(*scrutin._get_law_terms()) or False
            )

    @api.depends("kind", "population", "regime", "commune_insee")
    def _compute_seat_count(self):
        for scrutin in self:
            one = scrutin.regime in ("majoritaire_12_5", "presidentielle", "referendum")
            scrutin.seat_count = 1 if one else scrutin._propose_council_size()

    def _propose_council_size(self):
        """Seats of a municipal council by its population, 0 where no table says."""
        self.ensure_one()
        if self.regime == "l262_plm25":  # sizes of their own
            return election_kinds.CITY_COUNCILS.get(self.commune_insee, 0)
        known = self.kind == "municipales" and self.population
        return council_size(self.population) if known else 0

    @api.depends("regime")
    def _compute_community_quarter(self):
        for scrutin in self:
            scrutin.community_quarter = scrutin.regime == "l262_plm25"

    @api.depends("kind", "population")
    def _compute_is_small(self):
        for scrutin in self:
            small = 0 < scrutin.population < election_kinds.SMALL
            scrutin.is_small = scrutin.kind == "municipales" and small

    @api.depends("kind", "regime", "first_date")
    def _compute_second_date(self):
        for scrutin in self:
            terms = (scrutin.kind or "municipales", scrutin.regime or "")
            scrutin.has_two_rounds = election_kinds.has_two_rounds(*terms)
            scrutin.second_date = scrutin.first_date and (
                election_kinds.second_round_date(terms[0], scrutin.first_date, terms[1])
            )

    @api.depends("kind")
    def _compute_noun(self):
        for scrutin in self:
            scrutin.noun = self._get_kind(scrutin).noun

    @api.depends(
        *("kind", "first_date", "circonscription", "regime", "seat_count"),
        *("commune_insee", "population"),
    )
    @api.depends_context("lang")
    def _compute_warning(self):
        for scrutin in self:
            scrutin.warning = " ".join(scrutin._get_warnings()) or False

    @api.model
    def _get_kind(self, scrutin):
        return election_kinds.KINDS[scrutin.kind or "municipales"]

    def _get_law_terms(self):
        """What the lib asks of an election: kind, commune, population, day."""
        self.ensure_one()
        insee = self.commune_insee or ""
        return (self.kind, insee, self.population or 0, self.first_date or None)

    def _get_warnings(self):
        """Remarks on the election, one sentence each; none of them blocks."""
        self.ensure_one()
        found = []
        if self.first_date and self.first_date.weekday() != 6:
            found.append(
                self.env._(
                    "%s is not a Sunday (L55).", format_date(self.env, self.first_date)
                )
            )
        if self.kind == "arrondissement" and not self.circonscription:
            found.append(self.env._("Write the code of the sector: 75056SR16."))
        if self.kind == "municipales" and self.regime == "l262_plm25":
            found.append(
                self.env._(
                    "Two ballots that day: this one for the city, one for each sector."
                )
            )
            if not self.seat_count:
                found.append(
                    self.env._(
                        "This council has a size of its own: take the seats from the "
                        "ministry's list."
                    )
                )
        if (self.commune_insee or "")[:3] == "987" and not self.regime:
            found.append(
                self.env._(
                    "Until 2031 the small communes of Polynesia vote for people, not "
                    "for lists: votes only are reported here."
                )
            )
        return found

    def action_create_first_round(self):
        """Create round 1 at the day of the election, with the usual closing."""
        self.ensure_one()
        if not self.first_date:
            raise UserError(self.env._("Write the day of the first round first."))
        if self.tour_ids:
            raise UserError(self.env._("This election already has its first round."))
        tour = self.env["mairie.scrutin.tour"].create(
            self._prepare_round_vals(1, self.first_date)
        )
        return tour._get_form_action()

    def _prepare_round_vals(self, number, day):
        """Values of a round. Hook: other hours of opening and closing."""
        self.ensure_one()
        return {
            "scrutin_id": self.id,
            "numero": number,
            "date": day,
            "cloture": self._get_usual_closing(),
        }

    def _get_usual_closing(self):
        """The closing of the commune's last round, else 18:00 (R41)."""
        last = self.env["mairie.scrutin.tour"].search(
            [("company_id", "=", self.company_id.id)], order="date desc", limit=1
        )
        return last.cloture or DEFAULT_CLOSING
