from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STEP_FIELDS = {"state", "seance_ids", "eliminated_at", "notice_count", "event_count"}


class MairieElimination(models.Model):
    """A slip of elimination: nothing public is destroyed before the archives' visa.

    Source: Code du patrimoine, L212-2 and R212-14. Minutes and acts are kept for ever
    and never listed here.
    """

    _name = "mairie.elimination"
    _description = "Slip of Elimination"
    _order = "create_date desc, id desc"

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, ondelete="restrict"
    )
    limit = fields.Date("Meetings until", required=True, readonly=True)
    seance_ids = fields.Many2many("mairie.seance", string="Meetings", readonly=True)
    notice_count = fields.Integer("Notices", readonly=True)
    event_count = fields.Integer("Lines of proof", readonly=True)
    state = fields.Selection(
        [
            ("draft", "To send to the archives"),
            ("approved", "Approved by the archives"),
            ("done", "Eliminated"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    visa_on = fields.Date("Visa of the archives")
    visa_by = fields.Char("Given by")
    eliminated_at = fields.Datetime("Eliminated on", readonly=True)

    @api.depends("limit")
    def _compute_name(self):
        for slip in self:
            slip.name = f"Bordereau d'élimination au {slip.limit:%d/%m/%Y}"

    def write(self, vals):
        if STEP_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(self.env._("A slip goes on by its steps only."))
        return super().write(vals)

    @api.model
    def _cron_propose(self):
        """Prepare a slip for each commune that keeps what its time is over for."""
        for company in self.env["res.company"].search(
            [("mairie_insee_code", "!=", False)]
        ):
            self._propose(company)

    @api.model
    def _propose(self, company):
        """Return a new slip, or nothing when nothing is due or one is open."""
        limit = self.env["mairie.traitement"]._get_limit("notices", company)
        opened = [("company_id", "=", company.id), ("state", "!=", "done")]
        if not limit or self.search_count(opened, limit=1):
            return self.browse()
        seances = self._get_due(company, limit)
        if not seances:
            return self.browse()
        events = self.env["mairie.convocation.event"].sudo()
        return self.sudo().create(
            {
                "company_id": company.id,
                "limit": limit,
                "seance_ids": [(6, 0, seances.ids)],
                "notice_count": len(seances.convocation_ids),
                "event_count": events.search_count([("seance_id", "in", seances.ids)]),
            }
        )

    @api.model
    def _get_due(self, company, limit):
        """Return the meetings whose notices may end: held or cancelled."""
        return (
            self.env["mairie.seance"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("date", "<=", limit),
                    ("state", "in", ("closed", "cancelled")),
                    ("envoi_ids", "!=", False),
                ]
            )
        )

    def action_approve(self):
        """The archives have given their visa, dated and named."""
        self.check_access("write")
        for slip in self:
            if not slip.visa_on or not slip.visa_by:
                raise UserError(
                    self.env._("Write the day of the visa and who gave it first.")
                )
        self.filtered(lambda slip: slip.state == "draft").sudo().state = "approved"

    def action_eliminate(self):
        """Destroy what the slip lists: proof of notices, links, answers, health reasons."""
        self.check_access("write")
        for slip in self:
            if slip.state != "approved":
                raise UserError(
                    self.env._("Nothing is destroyed before the visa of the archives.")
                )
            slip.sudo()._eliminate()

    def _eliminate(self):
        self.ensure_one()
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "SELECT set_config('mairie_elus.elimination', %s, true)", [str(self.id)]
        )
        for table in ("mairie_convocation_event", "mairie_envoi"):
            self._delete_sealed(table)
        cr.execute("SELECT set_config('mairie_elus.elimination', '', true)")
        self.env.invalidate_all()
        notices = self.seance_ids.with_context(active_test=False).convocation_ids
        notices.write(
            {
                **dict.fromkeys(
                    ("email", "paper_address", "token", "token_expires_at"), False
                ),
                **dict.fromkeys(("delivery_error", "opened_at", "answer"), False),
                **dict.fromkeys(("answered_at", "last_seal"), False),
                "event_count": 0,
            }
        )
        self.seance_ids.pouvoir_ids.filtered("reason").reason = False
        self.write({"state": "done", "eliminated_at": fields.Datetime.now()})
        self.env["mairie.elus.journal"]._append(
            self.company_id,
            "eliminated",
            self.name,
            {
                "notices": self.notice_count,
                "lines": self.event_count,
                "visa": self.visa_by,
                "visa_on": self.visa_on.isoformat(),
            },
        )

    def _delete_sealed(self, table):
        """Delete rows that PostgreSQL lets go for an approved slip only."""
        queries = {
            "mairie_convocation_event": "DELETE FROM mairie_convocation_event"
            " WHERE seance_id = ANY(%s)",
            "mairie_envoi": "DELETE FROM mairie_envoi WHERE seance_id = ANY(%s)",
        }
        self.env.cr.execute(queries[table], [self.seance_ids.ids])
