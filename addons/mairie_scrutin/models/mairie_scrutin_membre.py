import secrets

from odoo import api, fields, models

ORGANISERS = "mairie_scrutin.group_organisation"
ON_CALL = "mairie_scrutin.group_organisation,mairie_scrutin.group_operateur"
COUNTED_ROLES = ("president", "president_suppl", "assesseur", "assesseur_suppl")
ROLES = [
    ("president", "President"),
    ("president_suppl", "Deputy president"),
    ("assesseur", "Assessor"),
    ("assesseur_suppl", "Deputy assessor"),
    ("secretaire", "Secretary"),
    ("delegue", "Delegate of a list"),
    ("scrutateur", "Teller"),
    ("agent", "Agent of the commune"),
]


class MairieScrutinMembre(models.Model):
    """Somebody who keeps a polling station on the day of a round.

    Birth, address and e-mail are read by the organisers only, and erased after the
    appeal period.
    """

    _name = "mairie.scrutin.membre"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Station Member"
    _order = "tour_id, code, role_rank, slot_from, name, id"
    _rec_names_search = ["name", "firstname"]
    _protected_fields = (
        "state",
        "convened_date",
        "answered_date",
        "is_purged",
        "is_spot",
    )

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour",
        "Station",
        required=True,
        index=True,
        ondelete="cascade",
    )
    tour_id = fields.Many2one(related="bureau_tour_id.tour_id", store=True, index=True)
    company_id = fields.Many2one(related="bureau_tour_id.company_id", store=True)
    code = fields.Char("Number", related="bureau_tour_id.code", store=True)
    place = fields.Char("Place", related="bureau_tour_id.bureau_id.name")
    role = fields.Selection(ROLES, required=True, default="assesseur", index=True)
    role_rank = fields.Integer(
        compute="_compute_role_rank", store=True, export_string_translation=False
    )
    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature",
        "Named by the List",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('tour_id', '=', tour_id)]",
        help="Empty: named by the mayor.",
    )
    replaces_id = fields.Many2one(
        "mairie.scrutin.membre",
        "Deputy Of",
        index="btree_not_null",
        ondelete="set null",
        help="A deputy sits in the place of this member, never beside him (R44).",
    )
    civility = fields.Selection([("madame", "Madam"), ("monsieur", "Sir")])
    name = fields.Char("Last Name", required=True)
    firstname = fields.Char("First Name")
    birth_date = fields.Date(groups=ORGANISERS)
    birth_place = fields.Char(groups=ORGANISERS)
    street = fields.Char(groups=ORGANISERS)
    zip = fields.Char("Postcode", groups=ORGANISERS)
    city = fields.Char(groups=ORGANISERS)
    email = fields.Char(groups=ORGANISERS)
    phone = fields.Char(groups=ON_CALL)
    elector_scope = fields.Selection(
        [
            ("commune", "Elector of the commune"),
            ("departement", "Elector of the département"),
            ("none", "Not an elector here"),
        ],
        "Voter's Roll",
        default="commune",
        help="A list names electors of the département (R44), the mayor electors of "
        "the commune (R43, R44).",
    )
    is_spot = fields.Boolean(
        "Voter Present",
        readonly=True,
        copy=False,
        help="Taken on the day among the voters present who read and write French: the "
        "youngest first, then the oldest (R44).",
    )
    table_number = fields.Integer(
        "Table", help="Counting table of a teller, from 1; 0: not placed yet."
    )
    slot_from = fields.Float("From", help="Local hour. Both at 0: the whole day.")
    slot_to = fields.Float("To")
    state = fields.Selection(
        [
            ("designe", "Named"),
            ("convoque", "Convened"),
            ("confirme", "Confirmed"),
            ("empeche", "Cannot come"),
        ],
        default="designe",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    convened_date = fields.Datetime("Convened On", readonly=True, copy=False)
    answered_date = fields.Datetime("Answered On", readonly=True, copy=False)
    access_token = fields.Char(
        default=lambda self: secrets.token_urlsafe(18),
        readonly=True,
        copy=False,
        groups=ORGANISERS,
        export_string_translation=False,
    )
    note = fields.Char("Remark", groups=ORGANISERS)

    _access_token_uniq = models.UniqueIndex("(access_token)")
    _slot_range = models.Constraint(
        "CHECK(slot_from >= 0 AND slot_to <= 24 AND slot_from <= slot_to)",
        "A slot ends after it begins, between 0 h and 24 h.",
    )
    _table_range = models.Constraint(
        "CHECK(table_number >= 0)", "A table is numbered from 1."
    )

    @api.depends("role")
    def _compute_role_rank(self):
        ranks = {key: rank for rank, (key, _label) in enumerate(ROLES)}
        for membre in self:
            membre.role_rank = ranks.get(membre.role, len(ranks))

    @api.depends("firstname", "name")
    def _compute_display_name(self):
        for membre in self:
            names = (membre.firstname, membre.name)
            membre.display_name = " ".join(filter(None, names))
