from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..lib.slots import Need, duration_for
from .wording import public_words

CATEGORIES = [
    ("identity", "Identity papers"),
    ("civil", "Civil registry"),
    ("family", "Family and school"),
    ("planning", "Planning and works"),
    ("elections", "Elections and citizenship"),
    ("social", "Social support and health"),
    ("other", "Other procedures"),
]


class MairieRdvDemarche(models.Model):
    """A formality that a citizen comes for: how long, how far ahead, with what."""

    _name = "mairie.rdv.demarche"
    _description = "Procedure"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char("Name for Citizens", required=True, translate=True)
    slug = fields.Char(
        "Address of the Page", compute="_compute_slug", store=True, readonly=False
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    department_id = fields.Many2one("hr.department", "Service", check_company=True)
    category = fields.Selection(CATEGORIES, required=True, default="other")
    model_key = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        export_string_translation=False,
        help="Which ready-made procedure it was made from.",
    )
    visibility = fields.Selection(
        [
            ("draft", "Being prepared: nobody sees it yet"),
            ("public", "Booked online"),
            ("office", "Shown, booked at the desk or by telephone"),
            ("link", "Not shown, booked by who received a link"),
            ("private", "Not shown, for agents only"),
        ],
        required=True,
        default="public",
    )
    stage = fields.Selection(
        [("depot", "Lodging a request"), ("retrait", "Collecting a title"),
         ("other", "Other")],
        required=True,
        default="other",
    )  # fmt: skip
    ants_reason = fields.Selection(
        [("CNI", "Identity card"), ("PASSPORT", "Passport"),
         ("CNI-PASSPORT", "Identity card and passport")],
        "France Titres Reason",
        help="The pre-demande number is asked, one per person, to lodge a request.",
    )  # fmt: skip
    asks_pre_demande = fields.Boolean(compute="_compute_asks_pre_demande")
    needs_device = fields.Boolean("Needs a Collection Device")
    is_sensitive = fields.Boolean(
        "Sensitive",
        help="Messages do not list the pieces to bring: they would tell the reason.",
    )
    user_ids = fields.Many2many(
        "res.users",
        "mairie_rdv_demarche_user_rel",
        "demarche_id",
        "user_id",
        "Reserved to Agents",
        help="When filled in, only they see the appointments of this procedure.",
    )
    description = fields.Text("Explanation for Citizens", translate=True)
    pieces = fields.Html(
        "Pieces to Bring",
        translate=True,
        sanitize_style=True,
        sanitize_attributes=True,
        help="One line per piece: citizens tick them off at home.",
    )
    duration = fields.Integer("Minutes for One Person", required=True, default=20)
    duration_ids = fields.One2many(
        "mairie.rdv.demarche.duration", "demarche_id", "Minutes for Several Persons"
    )
    persons_max = fields.Integer("Persons at Most", required=True, default=1)
    step = fields.Integer(
        "Minutes between Two Times", help="0: as long as one person takes."
    )
    buffer_before = fields.Integer("Rest Before (minutes)")
    buffer_after = fields.Integer("Rest After (minutes)")
    lead_min_hours = fields.Integer("Shortest Notice (hours)", default=2)
    lead_max_days = fields.Integer("Longest Notice (days)", default=90)
    cancel_hours = fields.Integer(
        "Changes Until (hours before)",
        default=4,
        help="Citizens may move or cancel until then; afterwards they call.",
    )
    hold_minutes = fields.Integer("Place Held for (minutes)", default=10)
    retention_days = fields.Integer(
        "Kept for (days after)",
        default=90,
        help="Afterwards names, contacts and answers are erased; figures remain.",
    )
    has_waiting_list = fields.Boolean(
        "Waiting List",
        default=True,
        help="Citizens may ask to be told when an earlier place is given back.",
    )
    retrait_demarche_id = fields.Many2one(
        "mairie.rdv.demarche",
        "Collected by",
        check_company=True,
        domain="[('stage', '=', 'retrait')]",
        help="When the title has arrived, the citizen is invited to book this one.",
    )
    question_ids = fields.One2many(
        "mairie.rdv.question", "demarche_id", "Questions", copy=True
    )
    quota_ids = fields.One2many("mairie.rdv.quota", "demarche_id", "Quotas", copy=True)
    guichet_ids = fields.Many2many(
        "mairie.rdv.guichet",
        "mairie_rdv_guichet_demarche_rel",
        "demarche_id",
        "guichet_id",
        "Desks",
    )
    online_summary = fields.Char(compute="_compute_online_summary")

    _slug_uniq = models.Constraint(
        "UNIQUE(company_id, slug)", "Another procedure has this address already."
    )
    _durations_positive = models.Constraint(
        "CHECK(duration BETWEEN 1 AND 720 AND step BETWEEN 0 AND 720)",
        "An appointment lasts 1 to 720 minutes.",
    )
    _buffers_positive = models.Constraint(
        "CHECK(buffer_before BETWEEN 0 AND 240 AND buffer_after BETWEEN 0 AND 240)",
        "A rest lasts 0 to 240 minutes.",
    )
    _persons_positive = models.Constraint(
        "CHECK(persons_max BETWEEN 1 AND 20)", "Receive 1 to 20 persons at a time."
    )
    _notice_ordered = models.Constraint(
        "CHECK(lead_min_hours >= 0 AND lead_max_days BETWEEN 1 AND 730 "
        "AND lead_min_hours < lead_max_days * 24)",
        "The shortest notice comes before the longest one, of 730 days at most.",
    )
    _delays_positive = models.Constraint(
        "CHECK(cancel_hours >= 0 AND hold_minutes BETWEEN 2 AND 60)",
        "A place is held for 2 to 60 minutes.",
    )
    _retention_bounded = models.Constraint(
        "CHECK(COALESCE(retention_days, 1) BETWEEN 1 AND 730)",
        "Data are kept 1 to 730 days after the appointment.",
    )

    @api.depends("name")
    def _compute_slug(self):
        slugify = self.env["ir.http"]._slugify
        for demarche in self:
            demarche.slug = demarche.slug or slugify(demarche.name or "") or False

    @api.depends("stage", "ants_reason")
    def _compute_asks_pre_demande(self):
        for demarche in self:
            demarche.asks_pre_demande = bool(
                demarche.stage == "depot" and demarche.ants_reason
            )

    @api.depends("visibility", "guichet_ids")
    def _compute_online_summary(self):
        for demarche in self:
            demarche.online_summary = demarche._get_online_summary()

    def _get_online_summary(self):
        """Tell the manager, in a sentence, what citizens see of the procedure."""
        self.ensure_one()
        if self.visibility == "draft":
            return self._get_draft_summary()
        if self.visibility not in ("public", "link"):
            return self.env._("Not booked online.")
        demarche = self._origin
        first = demarche._get_first_slot() if demarche else None
        lieux = demarche._get_lieux()
        if not first:
            if demarche and demarche._has_openings():
                return self.env._("Visible online, but no place is free.")
            return self.env._("No opening offers it: it stays invisible.")
        values = {"count": len(lieux), "date": first["day_label"]}
        if self.visibility == "link":
            return self.env._("By link only: first free place %(date)s.", **values)
        if len(lieux) == 1:
            return self.env._(
                "Visible online: 1 place, first free place %(date)s.", **values
            )
        return self.env._(
            "Visible online: %(count)s places, first free place %(date)s.", **values
        )

    def _get_lieux(self):
        """Return the places where the procedure has a desk, in their order."""
        return self.guichet_ids.filtered("active").lieu_id.filtered("active").sorted()

    def _get_duration(self, persons):
        """Return the minutes needed to receive ``persons`` people."""
        self.ensure_one()
        table = {line.persons: line.minutes for line in self.duration_ids}
        return duration_for(persons, self.duration, table)

    def _get_need(self, persons):
        """Return what the slot engine must find room for."""
        self.ensure_one()
        return Need(
            duration=self._get_duration(persons),
            step=self.step or self.duration,
            before=self.buffer_before,
            after=self.buffer_after,
        )

    def _get_pieces_text(self):
        """Return the pieces to bring as plain lines, each begun by a dash."""
        self.ensure_one()
        # Items that the editor wrote on one line are told apart by their ends alone.
        pieces = str(self.pieces or "").replace("</li>", "</li><br/>")
        lines = html2plaintext(pieces).splitlines()
        lines = [line.strip().lstrip("*-• ").strip() for line in lines]
        return "\n".join(f"- {line}" for line in lines if line)

    def _prepare_public_vals(self):
        """Return what the public pages show of the procedure: plain values only."""
        self.ensure_one()
        return {
            "id": self.id,
            **public_words(self, self.company_id, "name", "description", "pieces"),
            "slug": self.slug,
            "category": self.category,
            "persons_max": self.persons_max,
            "asks_pre_demande": self.asks_pre_demande,
            "visibility": self.visibility,
            "has_waiting_list": self.has_waiting_list,
            "questions": [
                question._prepare_public_vals() for question in self.question_ids
            ],
            "retrait_slug": self.retrait_demarche_id.visibility == "public"
            and self.retrait_demarche_id.slug,
        }
