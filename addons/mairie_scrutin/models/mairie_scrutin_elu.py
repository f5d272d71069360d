from odoo import api, fields, models
from odoo.tools.misc import format_date

LEAVING = [
    ("resignation", "Resignation"),
    ("death", "Death"),
    ("incompatibility", "Incompatibility, too many offices"),
    ("government", "Enters the government"),
    ("dismissal", "Dismissed by the judge or the préfet"),
    ("annulment", "Election annulled"),
    ("other", "Other reason"),
]


class MairieScrutinElu(models.Model):
    """A person who won a seat, in the order of the proclamation."""

    _name = "mairie.scrutin.elu"
    _description = "Elected Person"
    _order = "attribution_id, rank, id"

    attribution_id = fields.Many2one(
        "mairie.scrutin.attribution",
        "Seats",
        required=True,
        index=True,
        ondelete="cascade",
    )
    tour_id = fields.Many2one(related="attribution_id.tour_id", store=True, index=True)
    company_id = fields.Many2one(related="attribution_id.company_id", store=True)
    organe = fields.Selection(related="attribution_id.organe", store=True)
    rank = fields.Integer(readonly=True)
    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature", "List", required=True, ondelete="cascade"
    )
    voix = fields.Integer("Votes of the List", readonly=True)
    candidat_id = fields.Many2one(
        "mairie.scrutin.candidat", "Person", ondelete="cascade", readonly=True
    )
    ordre = fields.Integer("Rank on the List", readonly=True)
    section = fields.Char(readonly=True, help="Département of a regional list.")
    sexe = fields.Selection(related="candidat_id.sexe")
    naissance = fields.Date(
        related="candidat_id.naissance", groups="mairie_scrutin.group_superviseur"
    )
    rule = fields.Selection(
        [
            ("list", "Order of the list"),
            ("same_sex", "Same sex, instead of somebody not on the council"),
            ("vacant", "Nobody can take it"),
            ("next", "Next on the list"),
            ("substitute", "Substitute declared with the candidate"),
        ],
        default="list",
        readonly=True,
    )
    replaces_id = fields.Many2one(
        "mairie.scrutin.candidat", "Instead Of", readonly=True, ondelete="cascade"
    )
    arrival_date = fields.Date("Called On", readonly=True)
    left_date = fields.Date("Left On", readonly=True)
    left_reason = fields.Selection(LEAVING, readonly=True)
    is_seated = fields.Boolean(compute="_compute_is_seated")
    note = fields.Char(compute="_compute_note")

    @api.depends("candidat_id", "candidature_id", "ordre", "section")
    def _compute_display_name(self):
        for row in self:
            place = filter(None, (row.candidature_id.name, row.section))
            row.display_name = row.candidat_id.display_name or self.env._(
                "Number %(rank)s of %(list)s", rank=row.ordre, list=", ".join(place)
            )

    @api.depends("left_date", "candidat_id", "tour_id.state")
    def _compute_is_seated(self):
        for row in self:
            proclaimed = row.tour_id.state == "proclame"
            row.is_seated = bool(proclaimed and row.candidat_id and not row.left_date)

    @api.depends("rule", "replaces_id", "left_date")
    @api.depends_context("lang")
    def _compute_note(self):
        for row in self:
            row.note = " · ".join(filter(None, row._get_notes())) or False

    def _get_notes(self):
        """How the person came to the seat, and left it."""
        self.ensure_one()
        labels = dict(self._fields["rule"]._description_selection(self.env))
        came = "" if self.rule == "list" else labels[self.rule]
        if came and self.replaces_id:
            came = f"{came} ({self.replaces_id.display_name})"
        left = self.left_date and self.env._(
            "Left on %s", format_date(self.env, self.left_date)
        )
        return [came, left]

    def action_restore(self):
        """Ask for the reason why a replacement is taken back."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_elu_restore_action"
        )
        return dict(action, context={"default_elu_id": self.id})

    def action_replace(self):
        """Open the screen that names the successor."""
        self.ensure_one()
        self.check_access("read")
        wizard = self.env["mairie.scrutin.elu.replace"].create({"elu_id": self.id})
        return wizard._get_action()
