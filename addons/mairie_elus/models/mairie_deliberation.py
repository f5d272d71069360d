from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import is_html_empty

from ..lib import acts

#: What the steps of an act write, never a screen.
STEP_FIELDS = {"state", "year", "rank", "number", "signed_on", "published_on"}
#: What was signed: a correction is another act.
SIGNED_FIELDS = {"name", "content", "point_id", "vote_id", "date", "matiere_code"}


class MairieDeliberation(models.Model):
    """What the assembly decided on an item, adopted or not: one act, one number."""

    _name = "mairie.deliberation"
    _description = "Délibération"
    _order = "date desc, year desc, rank desc, id desc"
    _rec_names_search = ["number", "name"]

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, readonly=True, ondelete="restrict"
    )
    seance_id = fields.Many2one(
        related="point_id.seance_id", store=True, index=True, string="Meeting"
    )
    instance_id = fields.Many2one(related="seance_id.instance_id", store=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, ondelete="restrict"
    )
    vote_id = fields.Many2one(
        "mairie.vote", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Date(required=True, readonly=True, index=True)
    year = fields.Integer(readonly=True)
    rank = fields.Integer("Rank of the year", readonly=True)
    number = fields.Char(readonly=True, index=True)
    name = fields.Char("Object", required=True)
    matiere_code = fields.Char("Matter code")
    content = fields.Html(
        "Text",
        sanitize_style=True,
        sanitize_form=True,
        help="Visas, reasons, then what the assembly decides.",
    )
    result = fields.Char(related="vote_id.sentence")
    is_adopted = fields.Boolean(related="vote_id.is_adopted", store=True)
    state = fields.Selection(
        [("draft", "To sign"), ("signed", "Signed"), ("published", "Published")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    is_transmitted = fields.Boolean(
        "Goes to the préfecture",
        default=True,
        help="Nearly every act does. Parking and road tariffs, the classification of "
        "roads, promotion ratios do not (CGCT, L2131-2).",
    )
    signed_on = fields.Date("Signed", readonly=True)
    published_on = fields.Date("Online since", readonly=True)
    received_on = fields.Date("Received at the préfecture")
    receipt = fields.Char(help="Number of the préfecture's receipt.")
    executory_on = fields.Date("Executory", compute="_compute_executory_on", store=True)
    online_until = fields.Date("Online at least until", compute="_compute_online_until")

    _one_per_item = models.Constraint("UNIQUE (point_id)", "This item has its act.")
    _number_unique = models.Constraint(
        "UNIQUE (company_id, year, rank)", "Two acts cannot bear the same number."
    )

    @api.depends("published_on", "received_on", "is_transmitted", "is_adopted")
    def _compute_executory_on(self):
        for act in self:
            act.executory_on = act.is_adopted and acts.executory_from(
                act.published_on, act.received_on, transmitted=act.is_transmitted
            )

    @api.depends("published_on")
    def _compute_online_until(self):
        for act in self:
            act.online_until = act.published_on and acts.online_until(act.published_on)

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
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A numbered act stays: the numbers of a year have no gap.")
        )

    @api.model
    def _prepare_vals(self, point):
        """Return the values of the act of an item that was voted on."""
        return {
            "point_id": point.id,
            "vote_id": point.vote_id.id,
            "company_id": point.company_id.id,
            "date": point.seance_id.date,
            "name": point.name,
            "matiere_code": point.matiere_code,
            "content": point._get_act_text(),
        }

    @api.model
    def _number(self, company, acts_vals):
        """Create acts with the next numbers of their year, without a gap.

        The counter is a row that is written: two secretaries at once cannot get the
        same number, PostgreSQL refuses the second and Odoo starts it again.
        """
        for vals in acts_vals:
            year = vals["date"].year
            rank = company._next_mairie_act_rank(year)
            vals.update(year=year, rank=rank, number=acts.act_number(year, rank))
        return self.sudo().create(acts_vals)

    def action_sign(self):
        """Mayor and secretary have signed: the text does not change any more."""
        self._check_secretary()
        for act in self:
            act._check_draft()
            if is_html_empty(act.content):
                raise UserError(
                    self.env._("Act %s has no text yet: write it first.", act.number)
                )
        today = self._get_today()
        self.sudo().write({"state": "signed", "signed_on": today})

    def action_publish(self):
        """Put the act online, where it stays two months at least."""
        self._check_secretary()
        for act in self:
            if act.state == "draft":
                raise UserError(
                    self.env._("Act %s is not signed yet: sign it first.", act.number)
                )
        todo = self.filtered(lambda act: act.state == "signed")
        todo.sudo().write({"state": "published", "published_on": self._get_today()})

    def _get_today(self):
        return self.env.company._mairie_local_date(fields.Datetime.now())

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

    def _get_step_text(self):
        """Return where the act stands, in one sentence for its readers, in French."""
        self.ensure_one()
        if not self.is_adopted:
            return "Non adoptée : sans effet."
        if self.executory_on:
            reasons = [f"en ligne le {self.published_on:%d/%m/%Y}"]
            if self.is_transmitted:
                reasons.append(f"reçue en préfecture le {self.received_on:%d/%m/%Y}")
            return f"Exécutoire le {self.executory_on:%d/%m/%Y} : {', '.join(reasons)}."
        return "Pas encore exécutoire."
