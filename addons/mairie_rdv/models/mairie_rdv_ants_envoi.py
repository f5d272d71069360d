"""Telling the central base of our appointments: later, as often as needed, once."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..lib.ants import Entry, backoff, plan_changes, read_status

_logger = logging.getLogger(__name__)

BATCH = 50
MAX_TRIES = 20
LIVE = ("confirmed", "arrived", "in_progress")
#: fields of an appointment that the central base must learn of
TOLD = {"state", "start", "lieu_id"}


class MairieRdvAntsEnvoi(models.Model):
    """What is still to be told about one pre-demande number.

    Keyed by the number: whatever happened meanwhile, the worker compares what should
    be there with what is there, and mends the difference. Doing it twice changes
    nothing.
    """

    _name = "mairie.rdv.ants.envoi"
    _description = "Number to Bring in Step"
    _order = "next_try, id"
    _rec_name = "state"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    application_id = fields.Char(
        required=True, groups="mairie_rdv.group_agent", string="Pre-demande Number"
    )
    state = fields.Selection(
        [("queued", "To be told"), ("done", "In step"), ("failed", "Given up")],
        required=True,
        default="queued",
    )
    tries = fields.Integer()
    next_try = fields.Datetime(required=True, default=fields.Datetime.now)
    problem = fields.Char("Reason")

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, application_id)", "This number is in the list already."
    )
    _due_index = models.Index("(next_try) WHERE state = 'queued'")

    @api.model
    def _queue(self, company, numbers):
        """Write down numbers to bring in step; nothing is called here."""
        self.flush_model()
        for number in sorted(filter(None, numbers)):
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO mairie_rdv_ants_envoi
                        (company_id, application_id, state, tries, next_try,
                         create_date, write_date)
                    VALUES (%s, %s, 'queued', 0, %s, %s, %s)
                    ON CONFLICT (company_id, application_id) DO UPDATE
                       SET state = 'queued', tries = 0, problem = NULL,
                           next_try = excluded.next_try
                    """,
                    company.id,
                    number,
                    *[fields.Datetime.now()] * 3,
                )
            )
        self.invalidate_model()

    @api.model
    def _cron_sync(self):
        """Bring the numbers that are due in step, one transaction each."""
        due = self.search(self._get_due_domain(), limit=BATCH)
        crons = self.env["ir.cron"]
        crons._commit_progress(remaining=len(due))
        for envoi in due:
            envoi._sync_or_postpone()
            if not crons._commit_progress(1):
                break

    @api.model
    def _get_due_domain(self):
        return [("state", "=", "queued"), ("next_try", "<=", fields.Datetime.now())]

    def _sync_or_postpone(self):
        self.ensure_one()
        account = self.env["mairie.rdv.ants.compte"]._get_account(self.company_id)
        if not account._is_connected():
            self._finish(self.env._("not connected"))
            return
        try:
            with self.env.cr.savepoint():
                problem = self._sync(account)
        except Exception:
            _logger.exception("number %s was not brought in step", self.id)
            problem = self.env._("unexpected error, see the log")
        if problem:
            self._postpone(problem)
        else:
            self._finish()

    def _sync(self, account):
        """Compare and mend. :return: why it must be tried again, or None"""
        number = self.application_id
        answer = account._ask_status([number])
        if answer is None:
            return self.env._("no answer")
        status, entries = read_status(answer, number)
        personnes = self._get_personnes()
        ants = self.env["mairie.rdv.ants"]
        check = ants._read_check(status, entries, self._get_base_url())
        for personne in personnes:
            personne._note_ants_status(check["status"])
        if status != "validated":
            return None
        surplus, missing = plan_changes(
            [personne._prepare_ants_entry() for personne in personnes],
            [Entry.parse(entry) for entry in entries],
            self._get_base_url(),
        )
        for entry in surplus:
            if account._call("DELETE", "/appointments", self._params(entry)) is None:
                return self.env._("deletion refused")
        for entry in missing:
            if not self._create_entry(account, entry):
                return self.env._("creation refused")
        return None

    def _create_entry(self, account, entry):
        """Create an entry; one that « already exists » is deleted blindly first."""
        params = [*self._params(entry), ("management_url", entry.management_url)]
        answer = account._call("POST", "/appointments", params)
        if answer and answer.get("exists"):
            account._call("DELETE", "/appointments", self._params(entry))
            answer = account._call("POST", "/appointments", params)
        return bool(answer and answer.get("success"))

    def _params(self, entry):
        return [
            ("application_id", self.application_id),
            ("meeting_point", entry.meeting_point),
            ("meeting_point_id", entry.meeting_point_id),
            ("appointment_date", entry.appointment_date),
        ]

    def _get_base_url(self):
        return self.company_id.get_base_url()

    def _get_personnes(self):
        """Return who should be in the central base with this number."""
        return self.env["mairie.rdv.personne"].search(
            [("application_id", "=", self.application_id),
             ("company_id", "=", self.company_id.id),
             ("rdv_id.state", "in", LIVE),
             ("rdv_id.stop", ">", fields.Datetime.now()),
             ("rdv_id.demarche_id.stage", "=", "depot"),
             ("rdv_id.demarche_id.ants_reason", "!=", False),
             ("rdv_id.lieu_id.ants_point_id", "!=", False)]
        )  # fmt: skip

    def _finish(self, problem=False):
        self.write({"state": "done", "problem": problem, "tries": 0})

    def _postpone(self, problem):
        tries = self.tries + 1
        self.write(
            {
                "tries": tries,
                "problem": problem,
                "state": "failed" if tries >= MAX_TRIES else "queued",
                "next_try": fields.Datetime.now() + timedelta(seconds=backoff(tries)),
            }
        )

    def action_retry(self):
        self.check_access("write")
        self.write({"state": "queued", "tries": 0, "next_try": fields.Datetime.now()})


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def write(self, vals):
        result = super().write(vals)
        if TOLD.intersection(vals):
            self._queue_ants()
        return result

    def _queue_ants(self, also=()):
        """Write down that the numbers of these appointments must be brought in step.

        :param also: numbers that have just left them
        """
        numbers = {}
        for rdv in self.sudo():
            demarche = rdv.demarche_id
            if demarche.stage != "depot" or not demarche.ants_reason:
                continue
            if rdv.state in ("hold", "expired"):
                continue
            found = numbers.setdefault(rdv.company_id, set(also))
            found.update(rdv.personne_ids.mapped("application_id"))
        for company, found in numbers.items():
            self.env["mairie.rdv.ants.envoi"].sudo()._queue(company, found)
