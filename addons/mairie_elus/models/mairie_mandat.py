from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ..lib.tableau import Seat, tableau_order
from .mairie_contact_mixin import SECRETARY

FUNCTIONS = [
    ("maire", "Mayor"),
    ("adjoint", "Deputy mayor"),
    ("conseiller_delegue", "Councillor with a delegation"),
    ("conseiller", "Councillor"),
]
ORDINALS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième"}
ORDINALS |= {5: "cinquième", 6: "sixième", 7: "septième", 8: "huitième"}
ORDINALS |= {9: "neuvième", 10: "dixième", 11: "onzième", 12: "douzième"}


class MairieMandat(models.Model):
    _name = "mairie.mandat"
    _description = "Council Mandate"
    _inherit = ["mairie.contact.mixin"]
    _order = "tableau_rank, id"
    _rec_name = "partner_id"

    mandature_id = fields.Many2one(
        "mairie.mandature", "Term", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="mandature_id.company_id", store=True)
    function = fields.Selection(FUNCTIONS, required=True, default="conseiller")
    function_rank = fields.Integer(
        "Rank of the deputy", help="Order of election among the deputies: 1, 2, 3…"
    )
    delegation = fields.Char(help="What the mayor delegates, in a few words.")
    groupe_id = fields.Many2one("mairie.groupe", "Group", ondelete="restrict")
    date_from = fields.Date("In office from", required=True)
    date_to = fields.Date("In office until")
    election_date = fields.Date("Elected on")
    votes = fields.Integer("Votes obtained")
    birthdate = fields.Date("Born on", groups=SECRETARY)
    replaces_id = fields.Many2one("mairie.mandat", ondelete="set null")
    tableau_rank = fields.Integer(
        "Rank in the council",
        compute="_compute_tableau_rank",
        store=True,
        help="Legal order: mayor, deputies in order of election, then councillors by "
        "date of election, votes and age (CGCT, L2121-1).",
    )
    is_in_office = fields.Boolean(
        compute="_compute_is_in_office", search="_search_is_in_office"
    )

    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A mandate cannot end before it begins.",
    )
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (company_id WITH =, partner_id WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "This person already holds a mandate on those dates.",
    )

    @api.depends(
        "mandature_id.mandat_ids.function",
        "mandature_id.mandat_ids.function_rank",
        "mandature_id.mandat_ids.election_date",
        "mandature_id.mandat_ids.votes",
        "mandature_id.mandat_ids.birthdate",
        "mandature_id.mandat_ids.date_to",
    )
    def _compute_tableau_rank(self):
        for mandature in self.mandature_id:
            seated = mandature.mandat_ids.filtered(lambda mandat: not mandat.date_to)
            order = seated._get_tableau()
            for rank, mandat in enumerate(order, 1):
                mandat.tableau_rank = rank
            for mandat in mandature.mandat_ids - order:
                mandat.tableau_rank = len(order) + 1
        self.filtered(lambda mandat: not mandat.mandature_id).tableau_rank = 0

    def _compute_is_in_office(self):
        in_office = self._filter_in_office(fields.Date.context_today(self))
        for mandat in self:
            mandat.is_in_office = mandat in in_office

    def _search_is_in_office(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_in_office_domain(fields.Date.context_today(self))
        return domain if True in value else ~domain

    def _get_tableau(self):
        """Return these mandates in the legal order of the council."""
        return self.browse(
            tableau_order(mandat._prepare_seat() for mandat in self.sudo())
        )

    def _prepare_seat(self):
        """Return what the legal order needs to know of this mandate."""
        self.ensure_one()
        return Seat(
            key=self.id,
            function=self.function,
            function_rank=self.function_rank,
            election_date=self.election_date or self.date_from or date.max,
            votes=self.votes,
            birthdate=self.birthdate or date.max,
        )

    @api.model
    def _get_in_office_domain(self, day):
        """Return the domain of the mandates that cover a day."""
        return Domain("date_from", "<=", day) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        )

    @api.model
    def _get_in_office(self, company, day):
        """Return who was in office ("en exercice") on a day, in legal order.

        :param company: res.company, the commune
        :param day: local date
        :return: mairie.mandat
        """
        domain = Domain("company_id", "=", company.id) & self._get_in_office_domain(day)
        return self.search(domain)._get_tableau()

    def _filter_in_office(self, day):
        """Keep those of these mandates that cover a day."""
        return self.filtered(
            lambda mandat: (
                mandat.date_from
                and mandat.date_from <= day
                and (not mandat.date_to or mandat.date_to >= day)
            )
        )

    def _get_quality(self, function=None, rank=None):
        """Return a function as acts write it, in French and agreed in gender.

        :param function: another one than his or her own, with its rank
        """
        self.ensure_one()
        woman = self.civility == "madame"
        function = function or self.function
        rank = self.function_rank if rank is None else rank
        if function == "adjoint":
            ordinal = ORDINALS.get(rank, f"{rank}e")
            if rank == 1 and woman:
                ordinal = "première"
            return f"{ordinal} {'adjointe' if woman else 'adjoint'}"
        if function == "maire":
            return "maire"
        councillor = "conseillère municipale" if woman else "conseiller municipal"
        if function == "conseiller_delegue":
            return f"{councillor} {'déléguée' if woman else 'délégué'}"
        return councillor
