from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import is_html_empty

from ..lib import acts
from ..lib.public_search import mask

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
        if SIGNED_FIELDS & vals.keys():
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

    # -- steps -----------------------------------------------------------------------

    def action_sign(self):
        """Who signs has signed: the text does not change any more."""
        self._check_secretary()
        for act in self:
            act._check_draft()
            if is_html_empty(act.content):
                raise UserError(
                    self.env._("Act %s has no text yet: write it first.", act.number)
                )
        self.sudo().write({"state": "signed", "signed_on": self._get_today()})
        for act in self:
            act._note("signed", act._prepare_signed_facts())

    def action_publish(self):
        """Put the act online, where it stays two months at least."""
        self._check_secretary()
        for act in self:
            act._check_publishable()
        for act in self.filtered(lambda act: act.state == "signed"):
            publication = self.env["mairie.publication"]._publish(
                act, act._prepare_publication_vals()
            )
            act.sudo().write(
                {
                    "state": "published",
                    "published_on": self._get_today(),
                    "publication_id": publication.id,
                }
            )
            publication._follow_acts()

    def action_republish(self):
        """Replace the copy online, when personal data were left in it."""
        self._check_secretary()
        for act in self.filtered("publication_id"):
            act._check_publishable()
            publication = act.publication_id._replace(act._prepare_publication_vals())
            act.sudo().publication_id = publication

    def action_redact(self):
        """Prepare the public copy: hide what a machine recognizes, then read it again."""
        self._check_secretary()
        for act in self:
            act.write(
                {
                    "has_personal_data": True,
                    "redacted_content": mask(act.content or ""),
                    "public_name": act.public_name or act.name,
                }
            )

    def action_transmit(self):
        """Hand the act over to the préfecture: it leaves within the minute."""
        self._check_secretary()
        for act in self:
            act._check_transmissible()
        for act in self:
            transmission = self.env["mairie.transmission"]._queue(act)
            act.sudo().transmission_id = transmission

    def action_view_publication(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.publication_id._get_path(),
            "target": "new",
        }

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
        """Return the day the act was put online, or notified."""
        return self.published_on

    def _get_shown_name(self, public=False):
        return (public and self.public_name) or self.name

    def _get_shown_content(self, public=False):
        """Return the text, without personal data where the public reads it."""
        if public and self.has_personal_data:
            return self.redacted_content
        return self.content

    def _get_annexes(self):
        """Return the annexes that go with the act: mairie.annexe."""
        return self.env["mairie.annexe"]

    def _get_body_values(self, public=False):
        """Return the values of ``_mairie_body``."""
        return {"doc": self, "public_copy": public}

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
            self._get_made_known_on(), self.received_on, transmitted=self.is_transmitted
        )

    def _get_step_text_online(self, publication):
        """Return the same for who reads a copy that is being put online."""
        if not self.is_adopted:
            return "Non adoptée : sans effet."
        online = self._get_made_known_on() or publication.published_on
        return acts.executory_sum(
            online, self.received_on, transmitted=self.is_transmitted
        )

    def _prepare_signed_facts(self):
        """Return what the journal seals of a signed act."""
        return {
            "day": self.date.isoformat(),
            "object": self.name,
            "matter": self.matiere_code or "",
            "author": self._get_author(),
            "text_sha256": acts.text_hash(self.content or ""),
        }

    def _prepare_publication_vals(self):
        """Return what the public reads: plain values, frozen from now on."""
        self.ensure_one()
        matiere = self.env["mairie.matiere"]._find(self.matiere_code)
        return {
            "company_id": self.company_id.id,
            "kind": self._get_kind(),
            "number": self.number,
            "name": self._get_shown_name(public=True),
            "act_date": self.date,
            "author": self._get_author(),
            "matiere_code": self.matiere_code,
            "theme": matiere.theme or "",
            "is_adopted": self.is_adopted,
            "is_transmitted": self.is_transmitted,
            "is_redacted": self.has_personal_data,
            "received_on": self.received_on,
            "body": self._render_body(public=True),
            "pdf": self._render_pdf(public=True),
        }

    def _render_body(self, public=False):
        return self.env["ir.qweb"]._render(
            self._mairie_body, self._get_body_values(public=public)
        )

    def _render_pdf(self, public=False):
        """Return the bytes of the act as a document."""
        report = self.env["ir.actions.report"].sudo()
        data = {"public_copy": public}
        return report._render_qweb_pdf(self._mairie_report, self.ids, data=data)[0]

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

    def _check_secretary(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "mairie_elus.group_secretary"
        ):
            raise AccessError(
                self.env._("Only the secretary of the assemblies does this.")
            )

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

    def _check_publishable(self):
        self.ensure_one()
        if self.state == "draft":
            raise UserError(
                self.env._("Act %s is not signed yet: sign it first.", self.number)
            )
        if self.has_personal_data and is_html_empty(self.redacted_content):
            raise UserError(
                self.env._(
                    "Act %s names a private person: prepare its public copy first.",
                    self.number,
                )
            )

    def _check_transmissible(self):
        self.ensure_one()
        if self.state == "draft":
            raise UserError(
                self.env._("Act %s is not signed yet: sign it first.", self.number)
            )
        if not self.is_transmitted or not self.is_adopted:
            raise UserError(
                self.env._("Act %s does not go to the préfecture.", self.number)
            )
        if self.received_on:
            raise UserError(
                self.env._("The préfecture has received act %s.", self.number)
            )
        if self.transmission_id.state in acts.ON_ITS_WAY:
            raise UserError(self.env._("Act %s is on its way already.", self.number))
