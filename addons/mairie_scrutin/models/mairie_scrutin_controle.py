from odoo import api, fields, models
from odoo.exceptions import UserError

# code of a control -> figure of the form that it is about
FIELD_OF = {
    "E01": "votes",
    "E02": "exprimes",
    "E04": "votants",
    "E06": "votants",
    "A01": "votants",
    "A02": "emargements",
    "A03": "blancs",
    "A04": "annexes",
    "A05": "nuls",
    "A08": "nul_causes",
    "A09": "votes",
    "A10": "inscrits",
    "A11": "votants",
}


class MairieScrutinControle(models.Model):
    """A control that speaks: an error to correct, or an alert to accept with a reason."""

    _name = "mairie.scrutin.controle"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Check"
    _order = "level desc, code, id"
    _rec_name = "code"
    _protected_fields = ("accepted_by_id", "accepted_date", "active", "device_id")

    saisie_id = fields.Many2one(
        "mairie.scrutin.saisie",
        "Result",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    bureau_tour_id = fields.Many2one(related="saisie_id.bureau_tour_id", store=True)
    tour_id = fields.Many2one(related="bureau_tour_id.tour_id", store=True, index=True)
    company_id = fields.Many2one(related="bureau_tour_id.company_id", store=True)
    code = fields.Char(required=True, readonly=True)
    level = fields.Selection(
        [("alert", "Alert"), ("error", "Error")], required=True, readonly=True
    )
    params = fields.Json(
        readonly=True,
        groups="mairie_scrutin.group_operateur,mairie_scrutin.group_lecture",
        help="May tell of other stations: secretaries only read the sentence.",
    )
    message = fields.Char(compute="_compute_message")
    reason = fields.Char("Reason, as in the Report")
    device_id = fields.Many2one(
        "mairie.scrutin.device", "Reason Given On", readonly=True, ondelete="restrict"
    )
    accepted_by_id = fields.Many2one("res.users", "Signed By", readonly=True)
    accepted_date = fields.Datetime("Accepted On", readonly=True)
    is_settled = fields.Boolean("Settled", compute="_compute_is_settled")
    active = fields.Boolean(
        default=True, help="Off once a new version of the figures took the place."
    )

    def init(self):
        """What a control said does not change; only its reason is added."""
        self.env["mairie.scrutin.journal"]._seal_table(
            self._table, ("saisie_id", "code", "level", "params")
        )

    @api.depends("code", "params")
    @api.depends_context("lang", "uid")
    def _compute_message(self):
        for row in self:
            sentence = getattr(row, f"_sentence_{row.code.lower()}", None)
            params = row.sudo().params or {}
            row.message = sentence(params) if sentence else row.code

    @api.model
    def _tell(self, code, params, station):
        """Sentence of a control that is not kept: on a phone, before it is sent."""
        draft = self.new({"code": code, "params": params, "tour_id": station.tour_id})
        return getattr(draft, f"_sentence_{code.lower()}")(params)

    @api.model
    def _get_field_of(self, finding):
        """Figure of the form that a control is about."""
        if finding.code == "E01" and "suspect" in finding.params:
            return f"votes.{finding.params['suspect']}"
        return FIELD_OF.get(finding.code, "")

    @api.depends("level", "reason")
    def _compute_is_settled(self):
        for row in self:
            row.is_settled = row.level == "alert" and bool((row.reason or "").strip())

    @api.constrains("reason", "level")
    def _check_reason(self):
        for row in self:
            if row.level == "error" and row.reason:
                raise UserError(
                    row.env._(
                        "An error is corrected, it is not accepted: %s", row.message
                    )
                )

    def _accept(self):
        """Sign the alerts that have their reason."""
        self.sudo().filtered(
            lambda row: row.is_settled and not row.accepted_by_id
        ).write(
            {"accepted_by_id": self.env.uid, "accepted_date": fields.Datetime.now()}
        )

    def _sentence_e01(self, params):
        gap = params["gap"]
        if gap > 0:
            told = self.env._(
                "Votes exceed the valid votes by %s. Read the tally sheet again.", gap
            )
        else:
            told = self.env._(
                "%(votes)s of %(exprimes)s: %(gap)s votes are missing.",
                votes=params["votes"],
                exprimes=params["exprimes"],
                gap=-gap,
            )
        return f"{told} {self._sentence_suspect(params)}".strip()

    def _sentence_suspect(self, params):
        """The slip of the hand that explains the difference, where there is one."""
        if "suspect" not in params:
            return ""
        row = self.env["mairie.scrutin.candidature"].browse(params["suspect"])
        return self.env._(
            "Perhaps %(likely)s instead of %(was)s for %(name)s?",
            likely=params["likely"],
            was=params["was"],
            name=row.sudo().exists().name or "",
        )

    def _sentence_e02(self, params):
        gap = params["gap"]
        values = {"sum": params["sum"], "votants": params["votants"], "gap": abs(gap)}
        if gap > 0:
            return self.env._(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes: "
                "%(gap)s too many.",
                **values,
            )
        return self.env._(
            "Blank, void and valid make %(sum)s for %(votants)s envelopes: "
            "%(gap)s missing.",
            **values,
        )

    def _sentence_e03(self, params):
        return self.env._(
            "%s figures are missing: write 0 if there are none.", len(params["figures"])
        )

    def _sentence_e04(self, params):
        return self.env._(
            "%(was)s voters at %(before)s, %(now)s at %(after)s: this number cannot go "
            "down.",
            was=params["was"],
            before=self._tell_hour(params["before"]),
            now=params["is"],
            after=self._tell_hour(params["after"]),
        )

    def _tell_hour(self, hour):
        if hour == "closing":
            return self.env._("the closing")
        if isinstance(hour, float | int):
            return self.env["mairie.scrutin.bureau.tour"]._format_hour(hour)
        return hour

    def _sentence_e05(self, params):
        return self.env._("A figure is below zero. Read the report again.")

    def _sentence_e06(self, params):
        return self.env._(
            "%(abstentions)s abstentions are announced, %(expected)s are expected.",
            **params,
        )

    def _sentence_a01(self, params):
        return self.env._(
            "Voters (%(votants)s) above the registered (%(inscrits)s): possible only "
            "with a court decision.",
            **params,
        )

    def _sentence_a02(self, params):
        return self.env._(
            "%(emargements)s signatures, %(votants)s envelopes: count once more. If "
            "the difference stays, it is written in the report.",
            emargements=params["emargements"],
            votants=params["votants"],
        )

    def _sentence_a03(self, params):
        return self.env._(
            "%(share)s blank ballots (%(count)s): this is rare. Check, then confirm.",
            share=self._share_of(params),
            count=params["count"],
        )

    def _sentence_a04(self, params):
        return self.env._(
            "%(annexes)s ballots annexed for %(expected)s blank and void.", **params
        )

    def _sentence_a05(self, params):
        return self.env._(
            "%(share)s void ballots (%(count)s): this is rare. Check, then confirm.",
            share=self._share_of(params),
            count=params["count"],
        )

    def _sentence_a08(self, params):
        return self.env._(
            "The causes explain %(causes)s void ballots of %(nuls)s: each one has its "
            "cause.",
            **params,
        )

    def _sentence_a09(self, params):
        return self.env._(
            "These figures make %(counted)s ballots, not %(size)s. Count the packet "
            "again.",
            **params,
        )

    def _sentence_a10(self, params):
        return self.env._(
            "%(inscrits)s registered here, %(expected)s at the town hall. Read the list "
            "again; if it is right, say why.",
            **params,
        )

    def _sentence_a11(self, params):
        return self.env._("Nobody voted here? Check, then confirm.")

    def _may_tell_of_others(self):
        """Whether this user may read figures of other stations now."""
        return self.tour_id.is_public or self.env.user.has_group(
            "mairie_scrutin.group_operateur"
        )

    def _sentence_a06(self, params):
        if not self._may_tell_of_others():
            return self.env._("A list has no vote. Check its line.")
        candidature = self.env["mairie.scrutin.candidature"].browse(params["list"])
        return self.env._(
            "No vote for %s, which has 5 %% or more in the commune. Check the line.",
            candidature.name,
        )

    def _sentence_a07(self, params):
        if not self._may_tell_of_others():
            return self.env._("Check that these figures are those of this station.")
        other = self.env["mairie.scrutin.bureau.tour"].browse(params["station"])
        return self.env._(
            "Same figures as station %s. Check that it was not entered twice.",
            other.sudo().code,
        )

    def _share_of(self, params):
        share = self.env["mairie.scrutin.tour"]._format_share
        return share(params["count"], params["votants"])
