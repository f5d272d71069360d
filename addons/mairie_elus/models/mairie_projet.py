from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .mairie_modele import KINDS

#: What the steps of the circuit write, never a screen.
STEP_FIELDS = {"state", "etape_id", "point_id"}


class MairieProjet(models.Model):
    """A draft act that a service prepares, until it is an item of an agenda."""

    _name = "mairie.projet"
    _description = "Draft Act"
    _inherit = ["mail.thread", "mail.activity.mixin", "mairie.matiere.mixin"]
    _order = "seance_date, id desc"
    _mail_post_access = "read"

    name = fields.Char("Subject", required=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    author_id = fields.Many2one(
        "res.users",
        "Followed by",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    service_id = fields.Many2one(
        "hr.department",
        default=lambda self: self.env.user.sudo().employee_ids.department_id[:1],
    )
    kind = fields.Selection(
        KINDS,
        "Type",
        required=True,
        default="deliberation",
    )
    rapporteur_id = fields.Many2one("res.partner")
    theme = fields.Char()
    note = fields.Html("Summary note", sanitize_style=True, sanitize_form=True)
    text = fields.Html("Draft deliberation", sanitize_style=True, sanitize_form=True)
    modele_id = fields.Many2one(
        "mairie.modele", "Template", help="Fills what is still empty."
    )
    is_huis_clos = fields.Boolean("Closed to the public")
    is_icpe = fields.Boolean("Classified installation")
    instance_id = fields.Many2one(
        "mairie.instance",
        "Assembly",
        required=True,
        ondelete="restrict",
        default=lambda self: self._get_default_instance(),
    )
    seance_id = fields.Many2one(
        "mairie.seance",
        "Meeting wanted",
        ondelete="set null",
        index=True,
        domain="[('instance_id', '=', instance_id), ('state', 'in', ('draft', 'ready'))]",
    )
    seance_date = fields.Date("Meeting", related="seance_id.date", store=True)
    etape_id = fields.Many2one(
        "mairie.projet.etape",
        "Step",
        required=True,
        readonly=True,
        ondelete="restrict",
        copy=False,
        index=True,
        default=lambda self: self._get_default_etape(),
        group_expand="_group_expand_etapes",
    )
    etape_kind = fields.Selection(related="etape_id.kind")
    state = fields.Selection(
        [
            ("open", "In the circuit"),
            ("listed", "On the agenda"),
            ("dropped", "Given up"),
        ],
        required=True,
        readonly=True,
        default="open",
        copy=False,
    )
    point_id = fields.Many2one(
        "mairie.point", "Item", readonly=True, copy=False, ondelete="set null"
    )
    avis_ids = fields.One2many("mairie.projet.avis", "projet_id", "Opinions")
    visa_ids = fields.One2many("mairie.projet.visa", "projet_id", "Passages")
    piece_ids = fields.One2many(
        "mairie.projet.piece", "projet_id", "Documents", copy=True
    )
    is_my_avis = fields.Boolean(compute="_compute_rights")
    can_send = fields.Boolean(compute="_compute_rights")
    can_return = fields.Boolean(compute="_compute_rights")
    is_editable = fields.Boolean(compute="_compute_rights")

    @api.model
    def _get_default_instance(self):
        """Return the council: most drafts go there."""
        return self.env["mairie.instance"].search(
            [("kind", "=", "council"), ("company_id", "=", self.env.company.id)],
            limit=1,
        )

    @api.model
    def _get_default_etape(self):
        return self.env["mairie.projet.etape"]._get_all(self.env.company)[:1]

    @api.model
    def _group_expand_etapes(self, etapes, domain):
        return self.env["mairie.projet.etape"]._get_all(self.env.company)

    @api.depends("etape_id", "state", "avis_ids.user_id", "avis_ids.opinion")
    @api.depends_context("uid")
    def _compute_rights(self):
        user = self.env.user
        secretary = user.has_group("mairie_elus.group_secretary")
        reader = user.has_group("mairie_elus.group_reader")
        for projet in self:
            is_open = projet.state == "open"
            visa = projet.etape_id._is_visa_of(user) if projet.etape_id else False
            kind = projet.etape_kind
            mine = secretary or projet._is_own(user)
            own = kind in ("drafting", "opinion") and mine
            projet.is_my_avis = is_open and user in projet._get_pending_avis().user_id
            projet.is_editable = is_open and (
                secretary
                or (reader and kind != "listed")
                or (kind == "drafting" and projet._is_own(user))
            )
            projet.can_send = is_open and (own or (kind == "visa" and visa))
            projet.can_return = (
                is_open
                and kind != "drafting"
                and (secretary or (kind == "visa" and visa))
            )

    def _is_own(self, user):
        """Tell whether the draft is a user's, or of the user's service."""
        self.ensure_one()
        services = user.sudo().employee_ids.department_id
        return self.author_id == user or self.service_id in services

    @api.onchange("modele_id")
    def _onchange_modele_id(self):
        for projet in self.filtered("modele_id"):
            projet.update(projet.modele_id._prepare_filling_vals(projet))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(STEP_FIELDS & vals.keys() for vals in vals_list):
            raise AccessError(self._get_circuit_refusal())
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and STEP_FIELDS & vals.keys():
            raise AccessError(self._get_circuit_refusal())
        if self._get_content_fields() & vals.keys():
            self._check_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_before_the_circuit(self):
        if self.sudo().visa_ids:
            raise UserError(
                self.env._("A draft that has been passed on stays: give it up instead.")
            )

    def _get_circuit_refusal(self):
        return self.env._("A draft moves by the steps of its circuit only.")

    def _get_content_fields(self):
        """Return what the visas are given on: it changes while drafting only."""
        return {
            "name",
            "kind",
            "note",
            "text",
            "rapporteur_id",
            "matiere_code",
            "is_huis_clos",
            "is_icpe",
            "instance_id",
            "service_id",
            "author_id",
        }

    def _check_editable(self):
        """Refuse to change what others have read, but by who follows the agenda."""
        if self.env.su:
            return
        for projet in self:
            if not projet.is_editable:
                raise UserError(
                    self.env._(
                        "“%s” is in the circuit: whoever has it now sends it back "
                        "for a change.",
                        projet.name,
                    )
                )

    def _get_pending_avis(self):
        return self.avis_ids.filtered(lambda avis: not avis.opinion)
