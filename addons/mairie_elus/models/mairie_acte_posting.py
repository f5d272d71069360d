from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: What is noted of an act that is posted, or given out on paper.
POSTING_FIELDS = {"posted_on", "posting_ground"}


class MairieActePosting(models.AbstractModel):
    """An act that is posted: by choice under 3,500 inhabitants, or in urgency."""

    _inherit = "mairie.acte.mixin"

    posted_on = fields.Date("Posted since", copy=False)
    posting_ground = fields.Selection(
        [
            ("choice", "The council chose posting or paper"),
            ("urgency", "Urgency: posted first, online afterwards"),
        ],
        "Posted because of",
        copy=False,
        help="Under 3,500 inhabitants the council may choose posting or paper; an urgent "
        "act binds once it is posted (CGCT, L2131-1).",
    )

    @api.depends("posted_on")
    def _compute_executory_on(self):
        return super()._compute_executory_on()

    @api.depends("posted_on")
    def _compute_step_text(self):
        return super()._compute_step_text()

    @api.constrains("posted_on", "posting_ground", "date")
    def _check_posted_on(self):
        for act in self.filtered("posted_on"):
            if act.state == "draft":
                raise ValidationError(
                    self.env._("Act %s is not signed yet: sign it first.", act.number)
                )
            if not act.posting_ground:
                raise ValidationError(
                    self.env._("Posted instead of put online: say because of what.")
                )
            chosen = act.company_id.mairie_publicity != "electronic"
            if act.posting_ground == "choice" and not chosen:
                raise ValidationError(
                    self.env._(
                        "This council publishes its acts online: see the settings of "
                        "the commune."
                    )
                )
            if act.posted_on < act.date:
                raise ValidationError(
                    self.env._("An act cannot be posted before its date.")
                )

    def write(self, vals):
        result = super().write(vals)
        if POSTING_FIELDS & vals.keys():
            self._note_posting()
        return result

    def _get_made_known_on(self):
        online = super()._get_made_known_on()
        return min(filter(None, [online, self.posted_on]), default=False)

    def _get_made_known_way(self):
        if self.published_on or self.posted_on:
            first = self._get_made_known_on()
            return "online" if first == self.published_on else "posted"
        chosen = self.company_id.mairie_publicity != "electronic"
        return "posted" if chosen else "online"

    def _note_posting(self):
        for act in self.filtered("posted_on"):
            day, ground = act.posted_on.isoformat(), act.posting_ground
            act._note("posted", {"day": day, "ground": ground})
