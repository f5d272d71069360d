import base64
import logging
from datetime import timedelta

from odoo import api, fields, models

from ..lib import acts, ctes
from .mairie_tele_compte import RelayError, RelayRefusal

_logger = logging.getLogger(__name__)

BATCH = 20
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)
#: What the relay says of a number that it knows already.
ALREADY_THERE = "même numéro interne existe"
#: How often the relay is asked where an act is.
POLL = timedelta(minutes=15)


class MairieTransmissionWorker(models.Model):
    """The worker that takes up a sending, one step each time, until it ends."""

    _inherit = "mairie.transmission"

    @api.model
    def _cron_transmit(self):
        """Take up the acts that are due, one transaction each."""
        due = self.search(self._get_due_domain(), order="next_try, id", limit=BATCH)
        crons = self.env["ir.cron"]
        crons._commit_progress(remaining=len(due))
        for row in due:
            # the reason is read by whoever asked, not by the worker's own user
            row.with_context(lang=row.create_uid.lang)._go_on_safely()
            if not crons._commit_progress(1):
                break

    @api.model
    def _get_due_domain(self):
        return [
            ("state", "in", acts.ON_ITS_WAY),
            ("next_try", "<=", fields.Datetime.now()),
        ]

    def _go_on_safely(self):
        """Take the next step; whatever happens, the row says it and waits."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._go_on()
        except RelayError as error:
            self._postpone(str(error), unsure=self.state in ("queued", "unsure"))
        except RelayRefusal as error:
            self._refuse(str(error))
        except Exception:
            _logger.exception("act %s was not sent", self.number)
            self._postpone(self.env._("unexpected error, see the log"))

    def _go_on(self):
        """Send, look for, or ask about the act, according to where it is."""
        if self._get_account().mode == "trial":
            return self._go_on_in_trial()
        if self.state == "unsure":
            return self._look_for_it()
        if self.state == "queued":
            return self._post()
        return self._poll()

    def _post(self):
        data, files = self._prepare_post()
        try:
            transaction = self._get_account()._post_act(data, files)
        except RelayRefusal as refusal:
            if ALREADY_THERE not in str(refusal):
                raise
            return self._take_up_known(refusal)
        return self._note_posted(transaction)

    def _take_up_known(self, refusal):
        """Our numbers are ours: one that is known there is this act, sent before."""
        identifier = ctes.act_identifier(self._prepare_message())
        answer = self._get_account()._ask_status(identifier=identifier)
        if answer is None:
            raise refusal
        self.identifier = identifier
        self._note_posted(False)
        return self._take_status(*answer)

    def _look_for_it(self):
        """Ask the relay whether an act whose sending is unsure has arrived."""
        identifier = ctes.act_identifier(self._prepare_message())
        answer = self._get_account()._ask_status(identifier=identifier)
        if answer is None:
            return self._post()
        self.identifier = identifier
        return self._take_status(*answer)

    def _poll(self):
        answer = self._get_account()._ask_status(self.transaction, self.identifier)
        if answer is None:
            raise RelayError(self.env._("the relay does not know this act any more"))
        self._take_status(*answer)

    def _take_status(self, status, text):
        """Write down what the relay says of the act."""
        state = ctes.STATUSES.get(status)
        if state is None:
            raise RelayError(self.env._("unknown status %s", status))
        if state == "received":
            return self._take_receipt(text)
        if state in ("refused", "error"):
            raise RelayRefusal(text.strip() or self.env._("no reason given"))
        if state == "cancelled":
            return self._end("cancelled", False)
        return self._wait(state)

    def _take_receipt(self, text):
        xml = text.strip().encode(ctes.ENCODING, "replace")
        try:
            found = ctes.read_receipt(xml)
        except ValueError as error:
            raise RelayError(self.env._("receipt that cannot be read")) from error
        self.write(
            {
                "identifier": found.identifier,
                "received_on": found.day,
                "receipt": base64.b64encode(xml),
            }
        )
        self._end("received", False)
        act = self._get_act().sudo()
        act.write({"received_on": found.day, "receipt": found.identifier})
        self._fetch_slip()

    def _fetch_slip(self):
        """Keep the relay's slip; without it the receipt is enough."""
        if self._get_account().mode != "s2low" or not self.transaction:
            return
        try:
            content = self._get_account()._fetch_slip(self.transaction)
        except RelayError:
            return
        if content.startswith(b"%PDF"):
            self.slip = base64.b64encode(content)

    def _go_on_in_trial(self):
        """Do as the relay would: one step each time, nothing leaves.

        No receipt ends it: only that of the préfecture makes an act binding (L2131-1).
        """
        if self.state in ("queued", "unsure"):
            return self._note_posted(f"ESSAI-{self.id}")
        if self.state == "posted":
            return self._wait("sent")
        return self._end(
            "tried",
            self.env._("The message was prepared and checked; nothing has left."),
        )

    def _note_posted(self, transaction):
        self.write({"transaction": transaction, "sent_at": fields.Datetime.now()})
        self._get_act()._note("sent", {"transaction": transaction or ""})
        self._wait("posted")

    def _wait(self, state):
        self.write(
            {
                "state": state,
                "problem": False,
                "tries": 0,
                "next_try": fields.Datetime.now() + POLL,
            }
        )

    def _end(self, state, problem):
        self.write({"state": state, "problem": problem, "tries": 0})

    def _refuse(self, reason):
        self._end("refused", reason[:500])
        self._get_act()._note("refused", {"reason": reason[:500]})

    def _postpone(self, problem, unsure=False):
        """Try again later, twice as late each time."""
        tries = self.tries + 1
        wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
        vals = {"tries": tries, "problem": problem[:500]}
        vals["next_try"] = fields.Datetime.now() + wait
        if unsure:
            vals["state"] = "unsure"
        self.write(vals)
