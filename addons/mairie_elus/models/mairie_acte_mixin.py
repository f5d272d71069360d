from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..lib import acts

#: What the steps of an act write, never a screen.
STEP_FIELDS = {
    *("state", "year", "rank", "number", "signed_on", "published_on"),
    *("publication_id", "transmission_id"),
}
#: What was signed: a correction is another act.
SIGNED_FIELDS = {"name", "content", "date", "matiere_code", "kind", "ground"}
#: What the préfecture answers, typed by hand when the act went on paper.
RECEIPT_FIELDS = {"received_on", "receipt"}

STAGES = [
    ("to_sign", "To sign"),
    ("signed", "Signed"),
    ("sent", "On its way"),
    ("received", "Received, to put online"),
    ("published", "Online, receipt awaited"),
    ("executory", "Executory"),
    ("refused", "Refused by the préfecture's relay"),
    ("rejected", "Not adopted"),
]


class MairieActeMixin(models.AbstractModel):
    """An act of the commune: a number, a text, a signature, two steps that bind.

    A model that inherits it has a ``number``, gives its ``_get_nature`` and the names
    of its report and of its page (``_mairie_report``, ``_mairie_body``).
    """

    _name = "mairie.acte.mixin"
    _description = "Act of the Commune"

    #: report that prints the act; template of its text, shared with the public page
    _mairie_report = ""
    _mairie_body = ""

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Date(required=True, index=True)
    year = fields.Integer(readonly=True, aggregator=None)
    rank = fields.Integer("Rank of the year", readonly=True, aggregator=None)
    number = fields.Char(readonly=True, index=True, copy=False)
    name = fields.Char("Object", required=True)
    matiere_code = fields.Char("Matter code")
    matiere_id = fields.Many2one(
        "mairie.matiere",
        "Matter",
        compute="_compute_matiere_id",
        inverse="_inverse_matiere_id",
        search="_search_matiere_id",
    )
    content = fields.Html("Text", sanitize_style=True, sanitize_form=True)
    is_adopted = fields.Boolean("Adopted", readonly=True)
    state = fields.Selection(
        [("draft", "To sign"), ("signed", "Signed"), ("published", "Published")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    stage = fields.Selection(STAGES, "Step", compute="_compute_stage", store=True)
    is_transmitted = fields.Boolean(
        "Goes to the préfecture",
        compute="_compute_is_transmitted",
        store=True,
        readonly=False,
        precompute=True,
        help="Nearly every act does. Parking and road tariffs, the classification of "
        "roads, promotion ratios do not (CGCT, L2131-2).",
    )
    signed_on = fields.Date("Signed", readonly=True, copy=False)
    signed_file = fields.Binary(
        "Signed copy",
        copy=False,
        help="The scan with both signatures, or the PDF signed electronically. The "
        "préfecture receives it; without it, our own PDF.",
    )
    signed_filename = fields.Char(copy=False)
    published_on = fields.Date("Online since", readonly=True, copy=False)
    received_on = fields.Date("Received at the préfecture", copy=False)
    receipt = fields.Char(help="Number of the préfecture's receipt.", copy=False)
    executory_on = fields.Date("Executory", compute="_compute_executory_on", store=True)
    online_until = fields.Date("Online at least until", compute="_compute_online_until")
    step_text = fields.Char("Where it stands", compute="_compute_step_text")
    public_name = fields.Char(
        "Public object",
        copy=False,
        help="The object without the name of a private person. Empty: the object.",
    )
    has_personal_data = fields.Boolean(
        "Names a private person",
        copy=False,
        help="The public then reads a copy without personal data (CRPA, L312-1-2).",
    )
    redacted_content = fields.Html(
        "Public copy", sanitize_style=True, sanitize_form=True, copy=False
    )
    publication_id = fields.Many2one(
        "mairie.publication", "Public copy online", readonly=True, copy=False
    )
    transmission_id = fields.Many2one(
        "mairie.transmission", "Last sending", readonly=True, copy=False
    )
    transmission_state = fields.Selection(
        string="State of the sending", related="transmission_id.state", store=True
    )
    transmission_text = fields.Char(related="transmission_id.problem")

    @api.depends("matiere_code")
    def _compute_matiere_id(self):
        for act in self:
            act.matiere_id = self.env["mairie.matiere"]._find(act.matiere_code)

    def _inverse_matiere_id(self):
        for act in self:
            act.matiere_code = act.matiere_id.code

    def _search_matiere_id(self, operator, value):
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        matieres = self.env["mairie.matiere"]
        found = matieres.browse(value) if operator == "in" else matieres.search(value)
        return [("matiere_code", "in", found.exists().mapped("code"))]

    @api.depends("matiere_code")
    def _compute_is_transmitted(self):
        for act in self:
            matiere = self.env["mairie.matiere"]._find(act.matiere_code)
            act.is_transmitted = not matiere or matiere.is_transmitted

    @api.depends("published_on", "received_on", "is_transmitted", "is_adopted")
    def _compute_executory_on(self):
        for act in self:
            act.executory_on = act.is_adopted and acts.executory_from(
                act._get_made_known_on(),
                act.received_on,
                transmitted=act.is_transmitted,
            )

    @api.depends(
        "state",
        "is_adopted",
        "is_transmitted",
        "received_on",
        "executory_on",
        "transmission_id.state",
    )
    def _compute_stage(self):
        for act in self:
            act.stage = act._get_stage()

    @api.depends("published_on")
    def _compute_online_until(self):
        for act in self:
            act.online_until = act.published_on and acts.online_until(act.published_on)

    @api.depends("executory_on", "published_on", "received_on", "is_adopted")
    def _compute_step_text(self):
        for act in self:
            act.step_text = act._get_step_text()

    @api.depends("number", "name")
    def _compute_display_name(self):
        for act in self:
            act.display_name = f"{act.number or ''} {act.name or ''}".strip()

    @api.constrains("received_on", "date")
    def _check_received_on(self):
        for act in self:
            if act.received_on and act.received_on < act.date:
                raise ValidationError(
                    self.env._("The préfecture cannot receive an act before its vote.")
                )

    def write(self, vals):
        if not self.env.su and STEP_FIELDS & vals.keys():
            raise AccessError(
                self.env._("An act goes on by its steps only, each with its day.")
            )
        signed = SIGNED_FIELDS & vals.keys()
        if signed == {"matiere_code"}:  # one that was forgotten may still be chosen
            self.filtered("matiere_code")._check_draft()
        elif signed:
            self._check_draft()
        if {"is_transmitted"} & vals.keys() and not self.env.su:
            self._check_not_online()
        result = super().write(vals)
        if RECEIPT_FIELDS & vals.keys():
            self._note_receipt()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A numbered act stays: the numbers of a year have no gap.")
        )

    # -- seams -----------------------------------------------------------------------

    def _get_nature(self):
        """Return the nature of the act for the préfecture: a key of ctes.NATURES."""
        raise NotImplementedError

    def _get_kind(self):
        """Return the kind of publication: a value of mairie.publication.kind."""
        raise NotImplementedError

    def _get_author(self):
        """Return who signs: name and quality (R2131-1)."""
        mandats = self.env["mairie.mandat"].sudo()
        mandats = mandats._get_in_office(self.company_id, self.date)
        mayor = mandats.filtered(lambda row: row.function == "maire")[:1]
        return f"{mayor.partner_id.name}, maire" if mayor else "Le maire"

    def _get_made_known_on(self):
        """Return the day the act was put online, posted or notified."""
        return self.published_on

    def _get_made_known_way(self):
        """Return how: a key of acts.MADE_KNOWN."""
        return "online"

    def _get_annexes(self):
        """Return the annexes that go with the act: mairie.annexe."""
        return self.env["mairie.annexe"]

    def _get_stage(self):
        self.ensure_one()
        if self.state == "draft":
            return "to_sign"
        if not self.is_adopted:
            return "rejected"
        if self.executory_on:
            return "executory"
        if self.is_transmitted and self.transmission_id.state in ("refused", "error"):
            return "refused"
        if self.state == "published":
            return "published"
        if self.received_on:
            return "received"
        return "sent" if self.transmission_id.state in acts.ON_ITS_WAY else "signed"

    def _get_step_text(self):
        """Return where the act stands, in one sentence for its readers, in French."""
        self.ensure_one()
        if not self.is_adopted:
            return "Non adoptée : sans effet."
        return acts.executory_sum(
            self._get_made_known_on(),
            self.received_on,
            transmitted=self.is_transmitted,
            way=self._get_made_known_way(),
        )

    # -- checks ----------------------------------------------------------------------

    def _get_today(self):
        return self.env.company._mairie_local_date(fields.Datetime.now())

    def _note(self, kind, details):
        """Add a line on this act to the sealed journal."""
        self.ensure_one()
        self.env["mairie.elus.journal"]._append(
            self.company_id, kind, self.number, details
        )

    def _note_receipt(self):
        for act in self.filtered("received_on"):
            act._note(
                "received",
                {"day": act.received_on.isoformat(), "receipt": act.receipt or ""},
            )
        self.sudo().publication_id._follow_acts()

    def _check_draft(self):
        signed = self.filtered(lambda act: act.state != "draft")
        if signed:
            raise UserError(
                self.env._(
                    "Act %s is signed: it is corrected by a new act.", signed[0].number
                )
            )

    def _check_not_online(self):
        if self.filtered("published_on"):
            raise UserError(
                self.env._("This act is online: its readers know when it binds.")
            )
