from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MairieScrutinCandidat(models.Model):
    """A person on a list (or of a pair): rank, name, and rank on the community list."""

    _name = "mairie.scrutin.candidat"
    _description = "Candidate"
    _order = "candidature_id, ordre, id"
    _rec_names_search = ["nom", "prenom"]

    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature",
        "List",
        required=True,
        index=True,
        ondelete="cascade",
    )
    tour_id = fields.Many2one(related="candidature_id.tour_id", store=True, index=True)
    company_id = fields.Many2one(
        related="candidature_id.company_id", store=True, index=True
    )
    ordre = fields.Integer("Rank", required=True, default=1)
    nom = fields.Char("Last Name", required=True, help="As on the ballot.")
    prenom = fields.Char("First Name")
    sexe = fields.Selection([("F", "Woman"), ("M", "Man")], "Sex")
    naissance = fields.Date(
        "Birth Date",
        groups="mairie_scrutin.group_superviseur",
        help="Only read in a tie, where the law says that the older one wins.",
    )
    nationalite = fields.Char("Nationality")
    cc_ordre = fields.Integer(
        "Community Rank",
        help="Rank on the list for the community council; 0 for whoever is not on it.",
    )

    section = fields.Char(
        size=64,
        help="Code of the département on a regional list: ranks start again in each.",
    )

    titular_id = fields.Many2one(
        "mairie.scrutin.candidat",
        "Substitute Of",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('candidature_id', '=', candidature_id), ('titular_id', '=', False)]",
        help="Whoever takes the seat of this candidate when it becomes vacant, declared "
        "with him (L155, L210-1).",
    )
    substitute_ids = fields.One2many("mairie.scrutin.candidat", "titular_id")

    _rank_uniq = models.UniqueIndex(
        "(candidature_id, COALESCE(section, ''), ordre) WHERE titular_id IS NULL",
        "Two people of a list have the same rank.",
    )
    _titular_uniq = models.UniqueIndex(
        "(titular_id) WHERE titular_id IS NOT NULL",
        "A candidate declares one substitute only.",
    )

    @api.depends("nom", "prenom")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " ".join(filter(None, [row.prenom, row.nom]))

    @api.constrains("ordre", "cc_ordre")
    def _check_ranks(self):
        for row in self:
            if row.ordre < 1 or row.cc_ordre < 0:
                raise ValidationError(
                    self.env._("The rank of %s starts at 1.", row.display_name)
                )

    @api.constrains("titular_id", "candidature_id", "sexe")
    def _check_substitute(self):
        """One's own candidacy; in a pair, the same sex (L210-1)."""
        for row in (self | self.substitute_ids).filtered("titular_id"):
            titular = row.titular_id
            values = {"name": row.display_name, "titular": titular.display_name}
            if titular.candidature_id != row.candidature_id or titular.titular_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s is the substitute of a candidate of the same "
                        "candidacy, not of %(titular)s.",
                        **values,
                    )
                )
            pair = row.tour_id.scrutin_id.noun == "pair"
            if pair and row.sexe and titular.sexe and row.sexe != titular.sexe:
                raise ValidationError(
                    self.env._(
                        "%(name)s is not of the same sex as %(titular)s: a candidate of "
                        "a pair and the substitute are (L210-1).",
                        **values,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._complete_substitute(vals) for vals in vals_list]
        people = super().create(vals_list)
        people.tour_id._check_open()
        return people

    def write(self, vals):
        self.tour_id._check_open()
        result = super().write(vals)
        if "candidature_id" in vals:
            self.tour_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_proclaimed(self):
        self.tour_id._check_open()

    @api.model
    def _complete_substitute(self, vals):
        """A substitute stands in the candidacy of the titular, at the same rank."""
        titular = self.browse(vals.get("titular_id") or [])
        if not titular:
            return vals
        known = {"candidature_id": titular.candidature_id.id, "ordre": titular.ordre}
        return known | {key: value for key, value in vals.items() if value}

    def _get_ages(self):
        """Ages in years on the day of the round, in order; [] if one is unknown."""
        births = self.mapped("naissance")
        if not births or not all(births):
            return []
        days = [(person.tour_id.date - person.naissance).days for person in self]
        return [Fraction(4 * count, 1461) for count in days]
