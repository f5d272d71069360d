from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

KINDS = [
    ("road", "Road, pavement"),
    ("light", "Street light"),
    ("green", "Green space, tree"),
    ("waste", "Waste, cleanliness"),
    ("building", "Building"),
    ("water", "Water, sewer"),
    ("other", "Something else"),
]


class MairieSocialFieldReport(models.Model):
    """« Signaler »: what somebody saw in the field, with a photo, sent to a service.

    A telephone without a network keeps it and sends it once: ``client_key`` is drawn
    there, and only the first arrival makes a row.
    """

    _name = "mairie.social.field.report"
    _description = "Field Report"
    _order = "create_date desc, id desc"
    _rec_name = "name"

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(KINDS, required=True, default="other")
    words = fields.Text("What Was Seen", required=True)
    place = fields.Char()
    work_location_id = fields.Many2one("hr.work.location", "Site")
    latitude = fields.Float(digits=(10, 6))
    longitude = fields.Float(digits=(10, 6))
    photo = fields.Image(max_width=1600, max_height=1600)
    user_id = fields.Many2one(
        "res.users",
        "Seen By",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one("hr.department", "Sent To", index="btree_not_null")
    state = fields.Selection(
        [("sent", "Sent"), ("running", "In hand"), ("done", "Repaired")],
        required=True,
        default="sent",
        readonly=True,
    )
    answer = fields.Text()
    answered_at = fields.Datetime("Answered On", readonly=True)
    due_on = fields.Date("Answer Due On", readonly=True)
    client_key = fields.Char(readonly=True, export_string_translation=False)
    is_late = fields.Boolean(
        compute="_compute_is_late", export_string_translation=False
    )

    is_my_service = fields.Boolean(
        compute="_compute_is_my_service",
        search="_search_is_my_service",
        export_string_translation=False,
    )

    _client_key_uniq = models.UniqueIndex("(client_key) WHERE client_key IS NOT NULL")

    @api.depends("kind", "place", "work_location_id.name")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for report in self:
            where = report.work_location_id.name or report.place
            parts = [labels.get(report.kind), where]
            report.name = ", ".join(part for part in parts if part)

    @api.depends("due_on", "state")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for report in self:
            due = report.due_on
            report.is_late = bool(due and due < today and report.state == "sent")

    @api.depends("department_id")
    @api.depends_context("uid")
    def _compute_is_my_service(self):
        mine = self.sudo().filtered_domain(self._get_service_domain())
        for report in self:
            report.is_my_service = report in mine

    def _search_is_my_service(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_service_domain()

    @api.model
    def _get_service_domain(self):
        """Reports that the current user answers: of the own service; managers, all."""
        if self.env.user.has_group("mairie_base.group_manager"):
            return Domain.TRUE
        services = self.env["mairie.social.post"]._get_own_services()
        return Domain("department_id", "child_of", services.ids)

    @api.model_create_multi
    def create(self, vals_list):
        Picture = self.env["mairie.social.picture"]
        for vals in vals_list:
            if not self.env.su:
                vals["user_id"] = self.env.uid
            if vals.get("photo"):
                vals["photo"] = Picture._reencode(vals["photo"])
        reports = super().create(vals_list)
        for report in reports:
            record = report.sudo()
            today = record.company_id._mairie_local_date(fields.Datetime.now())
            days = record.company_id.mairie_social_field_days
            record.due_on = today + timedelta(days=days)
            record.department_id = record.department_id or record._get_service()
        return reports

    @api.model
    def send(self, vals):
        """Receive a report from the page « Signaler »; said twice, it counts once.

        :param vals: dict kind, words, place, site_id, latitude, longitude, photo
            (base64 or None), key (drawn on the telephone)
        :return: dict id, service, days
        """
        key = str(vals.get("key") or "")[:64] or False
        known = self.sudo().search([("client_key", "=", key)]) if key else self
        if known and known.user_id != self.env.user:
            raise AccessError(self.env._("This report was sent by somebody else."))
        report = known or self.create(self._prepare_sent_vals(vals, key))
        return {
            "id": report.id,
            "service": report.sudo().department_id.name or "",
            "days": report.sudo().company_id.mairie_social_field_days,
        }

    @api.model
    def _prepare_sent_vals(self, vals, key):
        words = (vals.get("words") or "").strip()
        if not words and not vals.get("photo"):
            raise UserError(self.env._("A photo or a few words, please."))
        kinds = dict(self._fields["kind"].selection)
        return {
            "kind": vals.get("kind") if vals.get("kind") in kinds else "other",
            "words": words or self.env._("See the photo."),
            "place": (vals.get("place") or "")[:120],
            "work_location_id": int(vals.get("site_id") or 0) or False,
            "latitude": float(vals.get("latitude") or 0),
            "longitude": float(vals.get("longitude") or 0),
            "photo": vals.get("photo") or False,
            "client_key": key,
        }

    def _get_service(self):
        """Hook: the service that answers, found by the kind of the report."""
        self.ensure_one()
        domain = [("company_id", "=", self.company_id.id), ("kind", "=", self.kind)]
        routes = self.env["mairie.social.field.route"].sudo()
        return routes.search(domain, limit=1).department_id

    def action_take(self):
        self._check_may_answer()
        self.sudo().write({"state": "running", "answered_at": fields.Datetime.now()})
        return True

    def action_done(self):
        """Repaired: whoever saw it is told, with the answer."""
        self._check_may_answer()
        for report in self.sudo():
            report.write({"state": "done", "answered_at": fields.Datetime.now()})
            report._tell_reporter()
        return True

    def action_tell_all(self):
        """Write a draft that says it is repaired; its author chooses who will read it."""
        self.ensure_one()
        self._check_may_answer()
        if self.state != "done":
            raise UserError(self.env._("It is not repaired yet."))
        post = self.env["mairie.social.post"].create(self._prepare_news_vals())
        if self.photo:
            picture = {"post_id": post.id, "image": self.photo}
            self.env["mairie.social.picture"].sudo().create(picture)
        return {
            "type": "ir.actions.act_window",
            "res_model": post._name,
            "res_id": post.id,
            "views": [[False, "form"]],
        }

    def _prepare_news_vals(self):
        """Hook: the draft says what was done; who saw it, and their words, stay out."""
        return {
            "name": self.env._("Repaired: %s", self.name),
            "body": self.env["ir.qweb.field.text"].value_to_html(self.answer or "", {}),
            "department_id": self.department_id.id,
        }

    def _tell_reporter(self):
        body = self.answer or self.env._("It is done, thank you.")
        self.user_id.partner_id.message_notify(
            body=f"{self.name}\n{body}",
            subject=self.env._("Your report: done"),
            partner_ids=self.user_id.partner_id.ids,
        )

    def _check_may_answer(self):
        self.check_access("write")

    @api.model
    def _get_form(self):
        """:return: dict of what the page « Signaler » offers: kinds and sites"""
        labels = self._fields["kind"]._description_selection(self.env)
        domain = [("company_id", "in", self.env.companies.ids)]
        sites = self.env["hr.work.location"].sudo().search(domain, order="name")
        return {
            "kinds": [{"id": key, "name": name} for key, name in labels],
            "sites": [{"id": site.id, "name": site.name} for site in sites],
            "mine": [
                report._format_line()
                for report in self.search([("user_id", "=", self.env.uid)], limit=5)
            ],
        }

    def _format_line(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "name": self.name,
            "state": states[self.state],
            "is_done": self.state == "done",
            "answer": self.answer or "",
            "date": self.company_id._mairie_local_date(self.create_date),
        }
