from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty

#: What the steps of the circuit write, never a screen.
STEP_FIELDS = {"state", "etape_id", "point_id"}
PREPARED_STATES = ("draft", "ready")


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
        [
            ("deliberation", "Deliberation"),
            ("information", "Information"),
            ("election", "Election"),
            ("accounts", "Accounts"),
        ],
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
    seance_choice = fields.Selection(
        "_selection_seance_choice",
        "For the meeting",
        compute="_compute_seance_choice",
        inverse="_inverse_seance_choice",
        help="The meetings whose notice may still leave.",
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
    next_etape_id = fields.Many2one(
        "mairie.projet.etape", compute="_compute_next_etape_id"
    )
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
    due_date = fields.Date(
        "Step to finish by", compute="_compute_seance_facts", compute_sudo=True
    )
    is_late = fields.Boolean(compute="_compute_seance_facts", compute_sudo=True)
    seance_text = fields.Char(
        "Where it stands", compute="_compute_seance_facts", compute_sudo=True
    )
    pending_text = fields.Text(compute="_compute_pending_text")
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

    @api.model
    def _selection_seance_choice(self):
        """Return the meetings that a draft may aim at: services read no other fact.

        :return: list of (id as text, assembly and day)
        """
        coming = (
            self.env["mairie.seance"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self.env.companies.ids),
                    ("state", "in", PREPARED_STATES),
                    ("date", ">=", fields.Date.context_today(self)),
                ],
                order="date_start",
            )
        )
        return [
            (str(seance.id), seance.name)
            for seance in coming
            if not seance._is_too_late()
        ]

    @api.depends("seance_id")
    def _compute_seance_choice(self):
        known = dict(self._selection_seance_choice())
        for projet in self:
            choice = str(projet.sudo().seance_id.id)
            projet.seance_choice = choice if choice in known else False

    def _inverse_seance_choice(self):
        for projet in self.filtered("seance_choice"):
            seance = self.env["mairie.seance"].sudo().browse(int(projet.seance_choice))
            projet.sudo().write(
                {"seance_id": seance.id, "instance_id": seance.instance_id.id}
            )

    @api.depends("etape_id", "company_id")
    def _compute_next_etape_id(self):
        Etape = self.env["mairie.projet.etape"]
        circuits = {
            company: Etape._get_all(company) for company in self.mapped("company_id")
        }
        for projet in self:
            circuit = circuits.get(projet.company_id, Etape)
            place = (projet.etape_id.sequence, projet.etape_id.id or 0)
            later = circuit.filtered(lambda e, p=place: (e.sequence, e.id) > p)
            projet.next_etape_id = later[:1]

    @api.depends("seance_id.latest_send_date", "seance_id.state", "etape_id", "state")
    @api.depends_context("lang")
    def _compute_seance_facts(self):
        for projet in self:
            seance = projet.seance_id
            latest = seance.latest_send_date or seance.date
            days = timedelta(days=projet.etape_id.days_before)
            projet.due_date = latest and projet.state == "open" and latest - days
            projet.is_late = projet._is_too_late_for_seance()
            projet.seance_text = projet._get_seance_text()

    @api.depends("avis_ids.opinion", "avis_ids.due_date", "etape_id", "state")
    @api.depends_context("lang")
    def _compute_pending_text(self):
        for projet in self:
            pending = projet._get_pending_avis() if projet.state == "open" else []
            sentences = [avis._get_pending_sentence() for avis in pending]
            projet.pending_text = "\n".join(sentences)

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

    def _is_too_late_for_seance(self):
        """Tell whether the meeting wanted can take this draft no more."""
        self.ensure_one()
        seance = self.seance_id
        if self.state != "open" or not seance:
            return False
        return seance.state not in PREPARED_STATES or seance._is_too_late()

    def _get_next_seance(self):
        """Return the next meeting of the assembly whose notice may still leave."""
        self.ensure_one()
        coming = self.env["mairie.seance"].search(
            [
                ("instance_id", "=", self.instance_id.id),
                ("state", "in", PREPARED_STATES),
                ("id", "!=", self.seance_id.id),
            ],
            order="date_start",
        )
        return coming.filtered(
            lambda seance: (
                not seance._is_too_late() and seance.date >= seance._get_today()
            )
        )[:1]

    def _get_seance_text(self):
        """Return where the draft stands against its meeting, in one sentence."""
        seance = self.seance_id
        if not seance or self.state != "open":
            return False
        if self.is_late:
            return self._get_late_text()
        if not self.due_date:
            return False
        return self.env._(
            "For the meeting of %(day)s: this step ends by %(due)s.",
            day=seance._format_day(seance.date, "d MMMM"),
            due=seance._format_day(self.due_date, "d MMMM"),
        )

    def _get_late_text(self):
        seance, following = self.seance_id, self._get_next_seance()
        day = seance._format_day(seance.date, "d")
        if following:
            return self.env._(
                "Too late for the %(day)s: next meeting on %(next)s.",
                day=day,
                next=seance._format_day(following.date, "d MMMM"),
            )
        return self.env._("Too late for the %s: no other meeting is planned.", day)

    def action_send(self):
        """Pass the draft on to the next step; at a visa, this is the visa."""
        for projet in self:
            projet._check_can_send()
            granted = projet.etape_kind == "visa"
            projet._add_visa("granted" if granted else "sent")
            projet._go_to(projet.next_etape_id)

    def _check_can_send(self):
        self.ensure_one()
        if not self.can_send:
            raise AccessError(self.env._("This step is not yours to pass."))
        if not self.next_etape_id:
            raise UserError(self.env._("This is the last step of the circuit."))
        if is_html_empty(self.note) and is_html_empty(self.text) and not self.piece_ids:
            raise UserError(
                self.env._("Write the note or the text, or add a document, first.")
            )
        if self.etape_kind == "opinion":
            self._check_opinions_in()

    def _check_opinions_in(self):
        today = fields.Date.context_today(self)
        awaited = self._get_pending_avis().filtered(lambda a: a.due_date >= today)
        if awaited:
            raise UserError("\n".join(avis._get_pending_sentence() for avis in awaited))

    def action_send_back(self):
        """Ask why, then give the draft back to its service."""
        return self._open_dialog("mairie.projet.return", self.env._("Send back"))

    def action_give_avis(self):
        """Open the opinion that is asked of the user in place."""
        return self._open_dialog(
            "mairie.projet.opine", self.env._("My opinion: %s", self.name)
        )

    def _open_dialog(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_projet_id": self.id},
        }

    def action_next_seance(self):
        """Aim at the next meeting that can still take it."""
        for projet in self:
            following = projet.sudo()._get_next_seance()
            if not following:
                raise UserError(self.env._("No other meeting is planned."))
            projet.seance_id = following

    def action_list(self):
        """Put the draft on the agenda of its meeting: the secretary only."""
        self.env["mairie.point"].check_access("create")
        for projet in self:
            projet._check_can_list()
            point = self.env["mairie.point"].create(projet._prepare_point_vals())
            self.env["mairie.annexe"].create(
                [
                    {**piece._prepare_annexe_vals(), "point_id": point.id}
                    for piece in projet.piece_ids
                ]
            )
            projet._add_visa("listed")
            projet.sudo().write({"point_id": point.id, "state": "listed"})

    def _check_can_list(self):
        self.ensure_one()
        if self.state != "open" or self.etape_kind != "listed":
            raise UserError(
                self.env._("“%s” has not gone through its circuit.", self.name)
            )
        if not self.seance_id:
            raise UserError(self.env._("Choose the meeting first."))
        if self._is_too_late_for_seance():
            raise UserError(self._get_late_text())

    def _prepare_point_vals(self):
        """Return the agenda item made from this draft. Hook: more of a town's own."""
        self.ensure_one()
        last = max(self.seance_id.point_ids.mapped("sequence"), default=0)
        return {
            "seance_id": self.seance_id.id,
            "sequence": last + 10,
            "name": self.name,
            "kind": self.kind,
            "rapporteur_id": self.rapporteur_id.id,
            "theme": self.theme,
            "matiere_code": self.matiere_code,
            "note": self.note,
            "text": self.text,
            "is_huis_clos": self.is_huis_clos,
            "is_icpe": self.is_icpe,
            "projet_id": self.id,
        }

    def action_drop(self):
        """Give the draft up; who passed it on stays written."""
        for projet in self:
            projet.check_access("write")
            if projet.state != "open":
                raise UserError(self.env._("This draft is out of the circuit."))
            projet._add_visa("dropped")
            projet.sudo().state = "dropped"

    def action_open_point(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mairie.seance",
            "res_id": self.seance_id.id,
            "view_mode": "form",
        }

    def _send_back(self, reason):
        """Give the draft back to its service: every visa is to be given again."""
        self.ensure_one()
        if not self.can_return:
            raise AccessError(self.env._("This step is not yours to pass."))
        self._add_visa("returned", reason)
        circuit = self.env["mairie.projet.etape"]._get_all(self.company_id)
        self._go_to(circuit[:1])
        self.sudo()._ask(
            self.author_id, fields.Date.context_today(self), self.env._("Sent back")
        )

    def _add_visa(self, decision, comment=False):
        self.env["mairie.projet.visa"].sudo().create(
            {
                "projet_id": self.id,
                "company_id": self.company_id.id,
                "etape_id": self.etape_id.id,
                "user_id": self.env.uid,
                "occurred_at": fields.Datetime.now(),
                "decision": decision,
                "comment": comment,
            }
        )

    def _go_to(self, etape):
        """Arrive at a step, and tell those whom it awaits."""
        self.ensure_one()
        projet = self.sudo()
        projet.activity_ids.unlink()
        projet.etape_id = etape
        due = projet.due_date or fields.Date.context_today(self)
        if etape.kind == "visa":
            for user in etape.user_ids:
                projet._ask(user, due, self.env._("Visa: %s", etape.name))
        if etape.kind == "opinion":
            for avis in projet._get_pending_avis():
                projet._ask(avis.user_id, avis.due_date, self.env._("Opinion"))

    def _ask(self, user, due, summary):
        """Put a dated task in somebody's list. Hook: another way to tell them."""
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=due,
            summary=summary,
            user_id=user.id,
        )

    def _close_activity(self, user):
        """What was asked of a user is done."""
        self.activity_ids.filtered(lambda item: item.user_id == user).action_done()
