from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

#: Days before the day on which people are told.
ALERT = 3
#: A receipt of the préfecture that is this late is asked for.
RECEIPT_WAIT = 3
#: Kinds of dues -> the text that sets them.
RULES = {
    "convene": "CGCT, L2121-11 et L2121-12",
    "list": "CGCT, L2121-25 et R2121-11",
    "minutes_approval": "CGCT, L2121-15",
    "minutes_online": "CGCT, L2121-15",
    "sign": "CGCT, L2121-23",
    "transmit": "CGCT, L2131-1",
    "receipt": "CGCT, L2131-1",
    "online": "CGCT, L2131-1 et R2131-1",
    "decision_report": "CGCT, L2122-23",
    "election_posted": "CGCT, L2122-12",
    "tableau": "CGCT, R2121-2",
    "rules": "CGCT, L2121-8",
    "quarter": "CGCT, L2121-7 et L5211-11 ; CASF, R123-16",
    "communes_told": "CGCT, L5211-40-2",
    "committee": "CGCT, L2121-22",
    "absence": "CGCT, L2541-9 et L2541-10",
}


class MairieEcheance(models.Model):
    """What is due, by what text, until when, by whom: read from the facts themselves.

    Nothing is stored: what is done is not due any more. ``_get_sources`` is the seam, a
    SELECT for each kind of due.
    """

    _name = "mairie.echeance"
    _description = "What Is Due"
    _auto = False
    _order = "due, id"

    name = fields.Char("What", compute="_compute_name")
    kind = fields.Selection(
        [
            ("convene", "Send the notices"),
            ("list", "Post the list and put it online"),
            ("minutes_approval", "Have the minutes approved"),
            ("minutes_online", "Put the minutes online"),
            ("sign", "Have the act signed"),
            ("transmit", "Send to the préfecture"),
            ("receipt", "Ask for the préfecture's receipt"),
            ("online", "Put the act online"),
            ("decision_report", "Report the decision to the council"),
            ("election_posted", "Post the election of the mayor or the deputies"),
            ("tableau", "Send the tableau to the préfecture, before 18:00"),
            ("rules", "Have the internal rules adopted"),
            ("quarter", "Hold the meeting that the law asks for"),
            (
                "communes_told",
                "Send list and minutes to the councillors of the communes",
            ),
            ("committee", "Convene the new commission"),
            ("absence", "Absences in a row: the council rules"),
        ],
        "To do",
        readonly=True,
    )
    rule = fields.Char("Text", compute="_compute_rule")
    subject = fields.Char("About", readonly=True)
    due = fields.Date(readonly=True)
    status = fields.Selection(
        [("late", "Late"), ("soon", "Within 3 days"), ("later", "Later")],
        compute="_compute_status",
    )
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    user_id = fields.Many2one("res.users", "Who", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)

    @property
    def _table_query(self):
        sources = [
            SQL(
                "SELECT res_id * 64 + %s AS id, source.* FROM (%s) AS source",
                rank,
                query,
            )
            for rank, query in enumerate(self._get_sources())
        ]
        return SQL(" UNION ALL ").join(sources)

    @api.model
    def _get_sources(self):
        """Return the SELECTs: kind, subject, due, company, user, model, record."""
        return [
            *self._get_meeting_sources(),
            *self._get_act_sources("mairie_deliberation", "mairie.deliberation"),
            *self._get_act_sources("mairie_arrete", "mairie.arrete"),
            self._get_decision_source(),
            *self._get_council_sources(),
        ]

    def _get_meeting_sources(self):
        rows = [
            ("convene", "latest_send_date", "state IN ('draft', 'ready')"),
            (
                "list",
                "date + 7",
                "state = 'closed' AND list_publication_id IS NULL AND EXISTS (SELECT 1"
                " FROM mairie_deliberation WHERE seance_id = mairie_seance.id)",
            ),
            (
                "minutes_approval",
                "(SELECT min(following.date) FROM mairie_seance AS following WHERE"
                " following.instance_id = mairie_seance.instance_id AND following.date"
                " > mairie_seance.date AND following.state != 'cancelled')",
                "state = 'closed' AND pv_state = 'draft' AND EXISTS (SELECT 1 FROM"
                " mairie_seance AS following WHERE following.instance_id ="
                " mairie_seance.instance_id AND following.date > mairie_seance.date AND"
                " following.state != 'cancelled')",
            ),
            (
                "minutes_online",
                "(SELECT approval.date + 7 FROM mairie_seance AS approval WHERE"
                " approval.id = mairie_seance.pv_approved_in_id)",
                "pv_state = 'approved'",
            ),
        ]
        for kind, due, where in rows:
            yield SQL(
                "SELECT %s AS kind, name AS subject, (%s)::date AS due, company_id,"
                " secretary_id AS user_id, 'mairie.seance' AS res_model, id AS res_id"
                " FROM mairie_seance WHERE %s",
                kind,
                SQL(due),
                SQL(where),
            )

    def _get_act_sources(self, table, model):
        rows = [
            ("sign", "date + 7", "state = 'draft'"),
            (
                "transmit",
                "signed_on + 15",
                "state != 'draft' AND is_adopted AND is_transmitted AND received_on IS"
                " NULL AND (transmission_state IS NULL OR transmission_state NOT IN"
                " ('queued', 'unsure', 'posted', 'sent'))",
            ),
            (
                "receipt",
                f"(SELECT t.sent_at::date + {RECEIPT_WAIT} FROM mairie_transmission t"
                f" WHERE t.id = {table}.transmission_id)",
                "received_on IS NULL AND transmission_state IN ('posted', 'sent')",
            ),
            (
                "online",
                "signed_on + 7",
                "state = 'signed' AND is_adopted AND posting_ground IS DISTINCT FROM"
                " 'choice'",
            ),
        ]
        user = "NULL::integer"
        if table == "mairie_deliberation":
            user = (
                "(SELECT s.secretary_id FROM mairie_seance s WHERE s.id ="
                " mairie_deliberation.seance_id)"
            )
        for kind, due, where in rows:
            yield SQL(
                "SELECT %s AS kind, concat_ws(' ', number, name) AS subject,"
                " (%s)::date AS due, company_id, %s AS user_id, %s AS res_model,"
                " id AS res_id FROM %s WHERE %s",
                kind,
                SQL(due),
                SQL(user),
                model,
                SQL.identifier(table),
                SQL(where),
            )

    def _get_decision_source(self):
        """A decision by delegation is reported at the next meeting of the council."""
        return SQL(
            "SELECT 'decision_report' AS kind, concat_ws(' ', a.number, a.name) AS"
            " subject, (SELECT min(s.date) FROM mairie_seance s JOIN mairie_instance i"
            " ON i.id = s.instance_id WHERE i.kind = 'council' AND s.company_id ="
            " a.company_id AND s.date >= a.date AND s.state != 'cancelled')::date AS due,"
            " a.company_id, NULL::integer AS user_id, 'mairie.arrete' AS res_model, a.id"
            " AS res_id FROM mairie_arrete a WHERE a.kind = 'decision' AND"
            " a.reported_in_id IS NULL AND a.state != 'draft' AND EXISTS (SELECT 1 FROM"
            " mairie_seance s JOIN mairie_instance i ON i.id = s.instance_id WHERE i.kind"
            " = 'council' AND s.company_id = a.company_id AND s.date >= a.date AND"
            " s.state != 'cancelled')"
        )

    @api.depends("kind", "subject", "due")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            row.name = self.env._(
                "%(what)s: %(about)s, by %(day)s at the latest.",
                what=labels[row.kind],
                about=row.subject,
                day=format_date(self.env, row.due, date_format="EEEE d MMMM"),
            )

    @api.depends("kind")
    def _compute_rule(self):
        for row in self:
            row.rule = RULES.get(row.kind)

    @api.depends("due")
    def _compute_status(self):
        today = self.env.company._mairie_local_date(fields.Datetime.now())
        for row in self:
            row.status = row._get_status(today)

    def _get_status(self, today):
        if not self.due or self.due > today + timedelta(days=ALERT):
            return "later"
        return "late" if self.due < today else "soon"

    @api.depends("subject")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.subject

    def action_do(self):
        """Open what has to be done."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [[False, "form"]],
        }

    @api.model
    def _cron_alert(self):
        """Tell each commune's secretaries, once a day, what is late or due soon."""
        for company in self.env["res.company"].search(
            [("mairie_insee_code", "!=", False)]
        ):
            today = company._mairie_local_date(fields.Datetime.now())
            if company.mairie_alerted_on == today:
                continue
            company.mairie_alerted_on = today
            self.with_company(company)._send_alert(company, today)

    @api.model
    def _send_alert(self, company, today):
        limit = today + timedelta(days=ALERT)
        due = self.search([("company_id", "=", company.id), ("due", "<=", limit)])
        group = "mairie_elus.group_secretary"
        secretaries = self.env["res.users"]._find_mairie_holders(group, company)
        for user in secretaries.filtered("email"):
            rows = due.filtered(
                lambda row, user=user: row.user_id in (user, user.browse())
            )
            if rows:
                rows.with_context(lang=user.lang)._send_to(user)

    def _send_to(self, user):
        """Send one message: what is due, by what text, until when."""
        company = self.env.company
        body = self.env["ir.qweb"]._render(
            "mairie_elus.mail_dues",
            {
                "rows": self,
                "company": company,
                "url": f"{company.get_base_url()}/odoo/echeances",
            },
        )
        self.env["mail.mail"].sudo().create(
            {
                "subject": self.env._("Assemblies: %s to do", len(self)),
                "email_from": company.email_formatted,
                "email_to": user.email_formatted,
                "body_html": body,
                "auto_delete": True,
            }
        )
