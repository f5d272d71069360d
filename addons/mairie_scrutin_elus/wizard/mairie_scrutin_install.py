from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.mairie_mandat import civil_name, reduced_name

SECRETARY = "mairie_elus.group_secretary"


class MairieScrutinInstall(models.TransientModel):
    """Create the mandates of a new term from a proclaimed round, look first."""

    _name = "mairie.scrutin.install"
    _description = "Create the Mandates of the Elected People"
    _inherit = ["mairie.scrutin.protected"]

    # What undoing takes away: only what this very dialog made.
    _protected_fields = (
        *("state", "created_mandature", "closed_mandat_ids", "created_partner_ids"),
    )

    tour_id = fields.Many2one(
        "mairie.scrutin.tour",
        "Proclaimed Round",
        required=True,
        domain="[('state', '=', 'proclame')]",
    )
    company_id = fields.Many2one(related="tour_id.company_id")
    mandature_id = fields.Many2one(
        "mairie.mandature",
        "Existing Term",
        domain="[('company_id', '=', company_id)]",
        help="Leave empty to open a new term. A complementary election joins the term "
        "that goes on.",
    )
    name = fields.Char(
        "New Term", compute="_compute_name", store=True, readonly=False, precompute=True
    )
    date_from = fields.Date(
        "In Office From",
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
        help="Councillors take office when they are proclaimed.",
    )
    close_former = fields.Boolean(
        "End the Former Mandates",
        default=True,
        help="Mandates that are still open end the day before. Not for a complementary "
        "election.",
    )
    former_count = fields.Integer("Mandates That End", compute="_compute_former_count")
    state = fields.Selection(
        [("preview", "Preview"), ("done", "Done"), ("undone", "Undone")],
        default="preview",
        readonly=True,
    )
    line_ids = fields.One2many(
        "mairie.scrutin.install.line", "install_id", "Elected People"
    )
    take_count = fields.Integer(compute="_compute_counts")
    unnamed_count = fields.Integer(compute="_compute_counts")
    seated_count = fields.Integer(compute="_compute_counts")
    renewed_count = fields.Integer("Already Known", compute="_compute_counts")
    created_mandature = fields.Boolean(readonly=True)
    closed_mandat_ids = fields.Many2many("mairie.mandat", readonly=True)
    created_partner_ids = fields.Many2many("res.partner", readonly=True)

    @api.depends("tour_id")
    def _compute_name(self):
        for wizard in self:
            year = (wizard.tour_id.date or fields.Date.context_today(self)).year
            wizard.name = f"{year}-{year + 6}"

    @api.depends("tour_id")
    def _compute_date_from(self):
        for wizard in self:
            wizard.date_from = wizard.tour_id.date

    @api.depends("close_former", "date_from", "company_id", "state")
    def _compute_former_count(self):
        for wizard in self:
            former = wizard._get_former() if wizard.state == "preview" else []
            wizard.former_count = len(former or wizard.closed_mandat_ids)

    @api.depends("line_ids.status", "line_ids.take")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.line_ids
            wizard.take_count = len(lines.filtered("take"))
            wizard.unnamed_count = len(
                lines.filtered(lambda line: line.status == "unnamed")
            )
            wizard.seated_count = len(
                lines.filtered(lambda line: line.status == "seated")
            )
            wizard.renewed_count = len(lines.filtered("partner_id"))

    def action_install(self):
        """Create the term if needed, end the former mandates, create the new ones."""
        self.ensure_one()
        self._check_secretary()
        self._check_round()
        lines = self.line_ids.filtered("take")
        if not lines:
            raise UserError(self.env._("Tick at least one elected person."))
        if self.close_former:
            former = self._get_former()
            former.date_to = fields.Date.subtract(self.date_from, days=1)
            former.flush_recordset()  # nobody holds two mandates, even for a moment
            self.sudo().closed_mandat_ids = former
        if not self.mandature_id:
            self.mandature_id = self.env["mairie.mandature"].create(
                self._prepare_mandature_vals()
            )
            self.sudo().created_mandature = True
        for line in lines:
            if not line.partner_id:
                line.partner_id = self._create_partner(line)
                self.sudo().created_partner_ids += line.partner_id.sudo()
        mandats = self.env["mairie.mandat"].create(
            [line._prepare_mandat_vals() for line in lines]
        )
        for line, mandat in zip(lines, mandats, strict=True):
            line.sudo().mandat_id = mandat
        self.sudo().state = "done"
        return self._reload()

    def action_undo(self):
        """Take the new mandates away and open the former ones again."""
        self.ensure_one()
        self._check_secretary()
        if self.state != "done":
            raise UserError(self.env._("There is nothing to undo."))
        mandats = self.line_ids.mandat_id
        used = (
            self.env["mairie.convocation"]
            .sudo()
            .search_count([("mandat_id", "in", mandats.ids)], limit=1)
        )
        if used:
            raise UserError(
                self.env._(
                    "Some of these members were already convened: their mandates are "
                    "kept. Correct them one by one."
                )
            )
        # A secretary opens and ends mandates, only this undo takes its own ones away
        mandats.sudo().unlink()
        self.closed_mandat_ids.date_to = False
        if self.created_mandature:
            mandature, self.mandature_id = self.mandature_id, False
            mandature.sudo().unlink()
        partners = self.created_partner_ids
        self.line_ids.filtered(
            lambda line: line.partner_id in partners
        ).partner_id = False
        partners.sudo().unlink()
        self.sudo().write({"state": "undone", "created_mandature": False})
        return self._reload()

    def action_view_mandates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_elus.mairie_mandat_action"
        )
        return dict(action, domain=[("mandature_id", "=", self.mandature_id.id)])

    def _fill_lines(self):
        """One line for each elected person of the council, in order."""
        self.ensure_one()
        self._check_secretary()
        self._check_round()
        known = self._get_known_people()
        elus = self._get_elected()
        self.line_ids = [
            (5, 0, 0),
            *[(0, 0, self._prepare_line(elu, known)) for elu in elus],
        ]

    def _get_elected(self):
        """Winners of the council, read from what was proclaimed."""
        attributions = self.tour_id.sudo().attribution_ids
        council = attributions.filtered(lambda row: row.organe == "cm")
        return council.elu_ids.filtered(lambda elu: not elu.left_date)

    def _prepare_line(self, elu, known):
        person = elu.candidat_id
        community = self._get_community_people()
        vals = {
            "rank": elu.rank,
            "list_name": elu.candidature_id.name,
            "votes": elu.voix,
            "is_community": person in community,
        }
        if not person:
            return {**vals, "name": elu.display_name, "status": "unnamed"}
        name = civil_name(person)
        partners = known.get(reduced_name(name), self.env["res.partner"])
        status = "new" if not partners else "known"
        seated = partners & self._get_seated().partner_id
        if seated and len(partners) == 1:
            status = "seated"
        return {
            **vals,
            "name": name,
            "civility": "monsieur" if person.sexe == "M" else "madame",
            "birthdate": person.naissance,
            "partner_id": partners.id if len(partners) == 1 else False,
            "status": "homonym" if len(partners) > 1 else status,
            "take": len(partners) < 2 and status != "seated",
        }

    def _get_community_people(self):
        attributions = self.tour_id.sudo().attribution_ids
        community = attributions.filtered(lambda row: row.organe == "cc").elu_ids
        return community.filtered(lambda elu: not elu.left_date).candidat_id

    def _get_known_people(self):
        """Reduced name -> people who hold or held a mandate of this commune."""
        mandats = self.env["mairie.mandat"].search(
            [("company_id", "=", self.company_id.id)]
        )
        known = {}
        for partner in mandats.partner_id:
            key = reduced_name(partner.name)
            known[key] = known.get(key, self.env["res.partner"]) | partner
        return known

    def _get_former(self):
        """Mandates that are still open when the new ones start."""
        self.ensure_one()
        if not self.close_former or not self.date_from:
            return self.env["mairie.mandat"]
        return self.env["mairie.mandat"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("date_to", "=", False),
                ("date_from", "<", self.date_from),
            ]
        )

    def _get_seated(self):
        """Open mandates that began with this election or since: nobody gets a second."""
        self.ensure_one()
        return self.env["mairie.mandat"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("date_to", "=", False),
                ("date_from", ">=", self.date_from),
            ]
        )

    def _prepare_mandature_vals(self):
        return {
            "name": self.name,
            "company_id": self.company_id.id,
            "date_from": self.date_from,
            "seat_count": self.tour_id.scrutin_id.sudo().seat_count,
        }

    def _create_partner(self, line):
        partners = self.env["res.partner"].sudo()  # secretaries do not create contacts
        return partners.create(self._prepare_partner_vals(line)).sudo(False)

    def _prepare_partner_vals(self, line):
        """Values of the contact of somebody new. Hook: an address from elsewhere."""
        return {"name": line.name, "company_id": self.company_id.id}

    def _check_secretary(self):
        if not self.env.su and not self.env.user.has_group(SECRETARY):
            raise AccessError(
                self.env._("Only the secretary of the assemblies creates mandates.")
            )

    def _check_round(self):
        self.tour_id.check_access("read")
        if self.tour_id.state != "proclame":
            raise UserError(
                self.env._("Mandates are created from proclaimed results only.")
            )
        if not self._get_elected():
            raise UserError(
                self.env._("This round gave no seat of a municipal council.")
            )

    def _reload(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin_elus.mairie_scrutin_install_action"
        )
        return dict(action, res_id=self.id)
