import base64
import hashlib

from lxml import etree, html
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext, html_sanitize

from ..lib import acts
from ..lib.public_search import fold, slug

KINDS = [
    ("deliberation", "Délibération"),
    ("decision", "Decision of the mayor"),
    ("arrete", "Arrêté"),
    ("list", "List of the délibérations"),
    ("minutes", "Minutes"),
]
#: What never changes once it is online: another copy replaces it.
FROZEN_FIELDS = {
    *("kind", "number", "name", "act_date", "author", "body", "pdf", "sha256"),
    *("published_at", "published_on", "company_id", "res_model", "res_id"),
}
#: The title of a page is its own: those of a text come below.
LOWER = {"h1": "h2"}


class MairiePublication(models.Model):
    """What the public reads, frozen on the day it was put online. Nothing else is read."""

    _name = "mairie.publication"
    _description = "Act Online"
    _order = "act_date desc, number desc, id desc"
    _rec_names_search = ["number", "name"]

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    number = fields.Char(readonly=True)
    name = fields.Char("Object", required=True, readonly=True)
    act_date = fields.Date("Date of the act", required=True, readonly=True, index=True)
    author = fields.Char(readonly=True)
    matiere_code = fields.Char("Matter code", readonly=True)
    theme = fields.Char(readonly=True)
    body = fields.Html("Text", readonly=True, sanitize=False)
    search_text = fields.Text(
        compute="_compute_search_text", store=True, index="trigram"
    )
    pdf = fields.Binary(readonly=True, attachment=True)
    sha256 = fields.Char("SHA-256", readonly=True)
    size = fields.Integer("Size (bytes)", readonly=True)
    published_at = fields.Datetime("Put online", required=True, readonly=True)
    published_on = fields.Date("Online since", required=True, readonly=True)
    online_until = fields.Date("Online at least until", compute="_compute_online_until")
    state = fields.Selection(
        [("online", "Online"), ("withdrawn", "Taken offline")],
        required=True,
        readonly=True,
        default="online",
        index=True,
    )
    withdrawn_at = fields.Datetime("Taken offline on", readonly=True)
    withdrawn_reason = fields.Char("Reason", readonly=True)
    is_adopted = fields.Boolean(readonly=True, default=True)
    is_transmitted = fields.Boolean("Goes to the préfecture", readonly=True)
    is_redacted = fields.Boolean("Without personal data", readonly=True)
    received_on = fields.Date("Received at the préfecture", readonly=True)
    executory_on = fields.Date("Executory", readonly=True)
    step_text = fields.Char("Where it stands", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)

    _online_once = models.UniqueIndex(
        "(res_model, res_id, kind) WHERE state = 'online'",
        "This act is online already.",
    )
    _feed_index = models.Index("(company_id, published_at) WHERE state = 'online'")

    @api.depends("name", "number", "body", "theme")
    def _compute_search_text(self):
        for publication in self:
            text = html2plaintext(publication.body or "")
            parts = [publication.number, publication.name, publication.theme, text]
            publication.search_text = fold(" ".join(filter(None, parts)))

    @api.depends("published_on")
    def _compute_online_until(self):
        for publication in self:
            day = publication.published_on
            publication.online_until = day and acts.online_until(day)

    @api.depends("number", "name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " ".join(filter(None, [row.number, row.name]))

    def write(self, vals):
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "What is online changes by its buttons only, each on record."
                )
            )
        if FROZEN_FIELDS & vals.keys():
            raise UserError(
                self.env._("What is online does not change: replace it, with a reason.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("What was online stays on record: take it offline instead.")
        )

    @api.model
    def _publish(self, record, vals):
        """Put a copy online, and write the day in the sealed journal.

        :param record: what it is the copy of
        :param vals: as ``_prepare_publication_vals`` returns them; ``pdf`` in bytes
        """
        publication = self.sudo().create(self._prepare_publish_vals(record, vals))
        publication._note("published", publication._prepare_journal_facts())
        return publication

    @api.model
    def _prepare_publish_vals(self, record, vals):
        pdf, now = vals["pdf"], fields.Datetime.now()
        company = self.env["res.company"].browse(vals["company_id"])
        return {
            **vals,
            "body": self._clean_body(vals["body"]),
            "pdf": base64.b64encode(pdf),
            "sha256": hashlib.sha256(pdf).hexdigest(),
            "size": len(pdf),
            "published_at": now,
            "published_on": company._mairie_local_date(now),
            "res_model": record._name,
            "res_id": record.id,
        }

    def _replace(self, vals):
        """Put another copy in the place of this one; the day online stays that of the act."""
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id)
        reason = "copie sans données personnelles"
        self.sudo()._take_offline("replaced", reason)
        values = self._prepare_publish_vals(record, vals)
        values.update(published_at=self.published_at, published_on=self.published_on)
        publication = self.sudo().create(values)
        publication._follow_acts()
        publication._note("published", publication._prepare_journal_facts())
        return publication

    def action_withdraw(self):
        """Take offline what has been there two months at least (R2131-1)."""
        self.check_access("write")
        today = self.env.company._mairie_local_date(fields.Datetime.now())
        for publication in self.filtered(lambda row: row.state == "online"):
            if today < publication.online_until:
                raise UserError(
                    self.env._(
                        "Act %(number)s stays online until %(day)s at least: two months "
                        "(CGCT, R2131-1).",
                        number=publication.number or publication.name,
                        day=f"{publication.online_until:%d/%m/%Y}",
                    )
                )
        self.sudo()._take_offline("withdrawn", "deux mois de mise en ligne accomplis")

    def _take_offline(self, kind, reason):
        for publication in self.filtered(lambda row: row.state == "online"):
            publication.write(
                {
                    "state": "withdrawn",
                    "withdrawn_at": fields.Datetime.now(),
                    "withdrawn_reason": reason,
                }
            )
            facts = {**publication._prepare_journal_facts(), "reason": reason}
            publication._note(kind, facts)
        self.env.flush_all()

    def action_open_public(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self._get_path(), "target": "new"}

    def _follow_acts(self):
        """Take up what the préfecture has answered: from when the act binds."""
        for publication in self.filtered("res_id"):
            act = self.env[publication.res_model].sudo().browse(publication.res_id)
            if "executory_on" in act._fields:
                publication.sudo().write(
                    {
                        "received_on": act.received_on,
                        "executory_on": act.executory_on,
                        "step_text": act._get_step_text_online(publication),
                    }
                )

    def _note(self, kind, details):
        self.env["mairie.elus.journal"]._append(
            self.company_id, kind, self.number or self.name, details
        )

    def _prepare_journal_facts(self):
        return {
            "kind": self.kind,
            "object": self.name,
            "online": fields.Datetime.to_string(self.published_at),
            "sha256": self.sha256,
            "redacted": self.is_redacted,
        }

    def _get_journal_line(self):
        """Return the line of the journal that proves when it was put online."""
        self.ensure_one()
        return (
            self.env["mairie.elus.journal"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("kind", "=", "published"),
                    ("subject", "=", self.number or self.name),
                    ("facts", "like", self.sha256),
                ],
                order="number",
                limit=1,
            )
        )

    def _get_path(self):
        self.ensure_one()
        title = " ".join(filter(None, [self.number, self.name]))
        return f"/actes/{self.id}/{slug(title)}"

    @api.model
    def _clean_body(self, body):
        """Return a text fit for a public page: no style, no script, titles below its own."""
        text = html_sanitize(
            body or "", strip_style=True, strip_classes=True, sanitize_form=True
        )
        if not text.strip():
            return ""
        root = html.fragment_fromstring(str(text), create_parent="div")
        for node in list(root.iter()):
            if not isinstance(node.tag, str):
                continue
            node.tag = LOWER.get(node.tag, node.tag)
            node.attrib.pop("id", None)
        etree.strip_elements(root, "img", with_tail=False)
        return "".join(
            html.tostring(node, encoding="unicode") for node in root.iterchildren()
        )
