"""The rights of one person: to see what is kept of him, and to have it erased."""

import base64
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.mairie_base.report.paged_document import render_pdf
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from ..lib.codes import spell


class MairieRdvPerson(models.TransientModel):
    """A request of access or of erasure, for one e-mail address or telephone."""

    _name = "mairie.rdv.person"
    _description = "Data of One Person"

    contact = fields.Char(
        "E-mail or Telephone", help="As the person wrote it when booking."
    )
    count = fields.Integer("Appointments Found", readonly=True)
    is_searched = fields.Boolean(readonly=True)
    json_file = fields.Binary("Data (JSON)", readonly=True, attachment=False)
    json_name = fields.Char(default="donnees.json", readonly=True)
    pdf_file = fields.Binary("Data (PDF)", readonly=True, attachment=False)
    pdf_name = fields.Char(default="donnees.pdf", readonly=True)

    def _check_dpo(self):
        if not self.env.user.has_group("mairie_rdv.group_dpo"):
            raise AccessError(
                self.env._("This page does not exist, or it is not open to you.")
            )

    def _find_rdvs(self):
        """Return the appointments of the contact, in the communes of the user."""
        self.ensure_one()
        self._check_dpo()
        domain = self._get_contact_domain()
        companies = [("company_id", "in", self.env.companies.ids)]
        return self.env["mairie.rdv"].sudo().search(domain & fields.Domain(companies))

    def _get_contact_domain(self):
        email = email_normalize(self.contact or "")
        digits = "".join(filter(str.isdigit, self.contact or ""))
        if not email and len(digits) < 9:
            raise UserError(
                self.env._("Write the whole e-mail address or telephone number.")
            )
        if email:
            return fields.Domain("email", "=", email)
        return fields.Domain("phone", "=like", f"%{digits[-9:]}")

    def action_search(self):
        self.count = len(self._find_rdvs()) + len(self._find_lines())
        self.is_searched = True
        return self._reopen()

    def _find_lines(self):
        """Return what else holds the contact: waiting lists and invitations."""
        domain = self._get_contact_domain()
        return [
            record
            for model in ("mairie.rdv.attente", "mairie.rdv.invitation")
            for record in self.env[model]
            .sudo()
            .search(domain & fields.Domain("company_id", "in", self.env.companies.ids))
        ]

    # -- to see --------------------------------------------------------------------

    def action_export(self):
        """Make the file of all that is kept of the person, for him and for a machine."""
        rdvs = self._find_rdvs()
        data = [rdv._prepare_person_data() for rdv in rdvs]
        lines = [self._prepare_line_data(line) for line in self._find_lines()]
        content = {"appointments": data, "lists": lines}
        text = json.dumps(content, ensure_ascii=False, indent=2)
        html = self.env["ir.qweb"]._render(
            "mairie_rdv.document_person",
            {"rdvs": data, "lines": lines, "company": self.env.company},
        )
        self.json_file = base64.b64encode(text.encode())
        self.pdf_file = base64.b64encode(render_pdf([str(html)]))
        self._note("export", len(data) + len(lines))
        return self._reopen()

    def _prepare_line_data(self, line):
        return {
            "first_name": line.first_name or "",
            "last_name": line.last_name or "",
            "email": line.email or "",
            "phone": line.phone or "",
            "procedure": line.demarche_id.name,
            "at": fields.Datetime.to_string(line.create_date),
        }

    # -- to erase ------------------------------------------------------------------

    def action_erase(self):
        """Erase the person; appointments to come must be cancelled before."""
        rdvs, lines = self._find_rdvs(), self._find_lines()
        self._check_nobody_is_expected(rdvs)
        count = len(rdvs) + len(lines)
        rdvs._anonymise()
        for line in lines:
            line.exists().unlink()
        past = [("day", "<", fields.Datetime.now())]
        self.env["mairie.rdv.copie"].sudo().search(past).unlink()
        self._note("erase", count)
        self._forget()
        message = self.env._(
            "Erased: %s records. The journal keeps that it was done.", count
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_nobody_is_expected(self, rdvs):
        """Refuse while somebody is still to come."""
        now = fields.Datetime.now()
        coming = rdvs.filtered(
            lambda rdv: rdv.stop > now and rdv.state in ("confirmed", "arrived")
        )
        if coming:
            raise UserError(
                self.env._(
                    "%s appointments are still to come. Cancel them first: the person "
                    "would be expected without a name.",
                    len(coming),
                )
            )

    def _forget(self):
        """Forget whom the request was about, and the files made for him."""
        names = ("contact", "json_file", "pdf_file", "count", "is_searched")
        self.write(dict.fromkeys(names, False))

    def _note(self, kind, count):
        self.env["mairie.rdv.journal"]._note(kind, self.env.company, after=str(count))

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Data of One Person"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    @api.autovacuum
    def _gc_requests(self):
        limit = fields.Datetime.now() - timedelta(hours=1)
        self.sudo().search([("write_date", "<", limit)]).unlink()


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def _prepare_person_data(self):
        """Return all that is kept of a person in an appointment. Hook of new fields."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "code": spell(self.code),
            "procedure": self.demarche_id.name,
            "place": self.lieu_id.name,
            "when": self._get_when(year=True),
            "state": states[self.state],
            "persons": self.persons,
            "first_name": self.first_name or "",
            "last_name": self.last_name or "",
            "email": self.email or "",
            "phone": self.phone or "",
            "note": self.note or "",
            "applications": [
                number
                for number in self.personne_ids.mapped("application_id")
                if number
            ],
            "answers": [
                {"question": answer.question, "answer": answer.answer or ""}
                for answer in self.answer_ids
            ],
            "messages": [
                {"kind": envoi.kind, "at": str(envoi.sent_at or "")}
                for envoi in self.envoi_ids
            ],
        }
