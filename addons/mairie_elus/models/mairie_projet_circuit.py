from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty


class MairieProjet(models.Model):
    """The steps of a draft: who passes it on, who sends it back, who is awaited."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.projet"

    next_etape_id = fields.Many2one(
        "mairie.projet.etape", compute="_compute_next_etape_id"
    )
    pending_text = fields.Text(compute="_compute_pending_text")

    @api.depends("etape_id", "company_id")
    def _compute_next_etape_id(self):
        Etape = self.env["mairie.projet.etape"]
        circuits = {
            company: Etape._get_all(company) for company in self.mapped("company_id")
        }
        for projet in self:
            circuit = circuits.get(projet.company_id, Etape)
            place = (projet.etape_id.sequence, projet.etape_id.id or 0)
            later = circuit.filtered(lambda e, p=place: (e.sequence, e.id) > p)
            projet.next_etape_id = later[:1]

    @api.depends("avis_ids.opinion", "avis_ids.due_date", "etape_id", "state")
    @api.depends_context("lang")
    def _compute_pending_text(self):
        for projet in self:
            pending = projet._get_pending_avis() if projet.state == "open" else []
            sentences = [avis._get_pending_sentence() for avis in pending]
            projet.pending_text = "\n".join(sentences)

    def action_send(self):
        """Pass the draft on to the next step; at a visa, this is the visa."""
        for projet in self:
            projet._check_can_send()
            granted = projet.etape_kind == "visa"
            projet._add_visa("granted" if granted else "sent")
            projet._go_to(projet.next_etape_id)

    def _check_can_send(self):
        self.ensure_one()
        if not self.can_send:
            raise AccessError(self.env._("This step is not yours to pass."))
        if not self.next_etape_id:
            raise UserError(self.env._("This is the last step of the circuit."))
        if is_html_empty(self.note) and is_html_empty(self.text) and not self.piece_ids:
            raise UserError(
                self.env._("Write the note or the text, or add a document, first.")
            )
        if self.etape_kind == "opinion":
            self._check_opinions_in()

    def _check_opinions_in(self):
        today = fields.Date.context_today(self)
        awaited = self._get_pending_avis().filtered(lambda a: a.due_date >= today)
        if awaited:
            raise UserError("\n".join(avis._get_pending_sentence() for avis in awaited))

    def action_send_back(self):
        """Ask why, then give the draft back to its service."""
        return self._open_dialog("mairie.projet.return", self.env._("Send back"))

    def action_give_avis(self):
        """Open the opinion that is asked of the user in place."""
        return self._open_dialog(
            "mairie.projet.opine", self.env._("My opinion: %s", self.name)
        )

    def _open_dialog(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_projet_id": self.id},
        }

    def action_list(self):
        """Put the draft on the agenda of its meeting: the secretary only."""
        self.env["mairie.point"].check_access("create")
        for projet in self:
            projet._check_can_list()
            point = self.env["mairie.point"].create(projet._prepare_point_vals())
            self.env["mairie.annexe"].create(
                [
                    {**piece._prepare_annexe_vals(), "point_id": point.id}
                    for piece in projet.piece_ids
                ]
            )
            projet._add_visa("listed")
            projet.sudo().write({"point_id": point.id, "state": "listed"})

    def _check_can_list(self):
        self.ensure_one()
        if self.state != "open" or self.etape_kind != "listed":
            raise UserError(
                self.env._("“%s” has not gone through its circuit.", self.name)
            )
        if not self.seance_id:
            raise UserError(self.env._("Choose the meeting first."))
        if self._is_too_late_for_seance():
            raise UserError(self._get_late_text())

    def _prepare_point_vals(self):
        """Return the agenda item made from this draft. Hook: more of a town's own."""
        self.ensure_one()
        last = max(self.seance_id.point_ids.mapped("sequence"), default=0)
        return {
            "seance_id": self.seance_id.id,
            "sequence": last + 10,
            "name": self.name,
            "kind": self.kind,
            "rapporteur_id": self.rapporteur_id.id,
            "theme": self.theme,
            "matiere_code": self.matiere_code,
            "note": self.note,
            "text": self.text,
            "is_huis_clos": self.is_huis_clos,
            "is_icpe": self.is_icpe,
            "projet_id": self.id,
        }

    def action_drop(self):
        """Give the draft up; who passed it on stays written."""
        for projet in self:
            projet.check_access("write")
            if projet.state != "open":
                raise UserError(self.env._("This draft is out of the circuit."))
            projet._add_visa("dropped")
            projet.sudo().state = "dropped"

    def action_open_point(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mairie.seance",
            "res_id": self.seance_id.id,
            "view_mode": "form",
        }

    def _send_back(self, reason):
        """Give the draft back to its service: every visa is to be given again."""
        self.ensure_one()
        if not self.can_return:
            raise AccessError(self.env._("This step is not yours to pass."))
        self._add_visa("returned", reason)
        circuit = self.env["mairie.projet.etape"]._get_all(self.company_id)
        self._go_to(circuit[:1])
        self.sudo()._ask(
            self.author_id, fields.Date.context_today(self), self.env._("Sent back")
        )

    def _add_visa(self, decision, comment=False):
        self.env["mairie.projet.visa"].sudo().create(
            {
                "projet_id": self.id,
                "company_id": self.company_id.id,
                "etape_id": self.etape_id.id,
                "user_id": self.env.uid,
                "occurred_at": fields.Datetime.now(),
                "decision": decision,
                "comment": comment,
            }
        )

    def _go_to(self, etape):
        """Arrive at a step, and tell those whom it awaits."""
        self.ensure_one()
        projet = self.sudo()
        projet.activity_ids.unlink()
        projet.etape_id = etape
        due = projet.due_date or fields.Date.context_today(self)
        if etape.kind == "visa":
            for user in etape.user_ids:
                projet._ask(user, due, self.env._("Visa: %s", etape.name))
        if etape.kind == "opinion":
            for avis in projet._get_pending_avis():
                projet._ask(avis.user_id, avis.due_date, self.env._("Opinion"))

    def _ask(self, user, due, summary):
        """Put a dated task in somebody's list. Hook: another way to tell them."""
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=due,
            summary=summary,
            user_id=user.id,
        )

    def _close_activity(self, user):
        """What was asked of a user is done."""
        self.activity_ids.filtered(lambda item: item.user_id == user).action_done()
