import base64
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

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
#: Kind of the act's own file, where the préfecture's list is not known.
DEFAULT_KINDS = {1: "99_DE", 2: "99_AR", 3: "99_AI", 4: "99_DC", 5: "99_BU", 6: "99_AU"}
DEFAULT_ANNEXE_KIND = "99_AU"


class MairieTransmission(models.Model):
    """An act on its way to the préfecture: a row that a worker takes up until it ends.

    Nothing is called in the transaction of who asks. Whatever fails, the worker starts
    again; an act whose sending is unsure is looked for at the relay before it is sent
    once more, so that it arrives once.
    """

    _name = "mairie.transmission"
    _description = "Sending to the Préfecture"
    _order = "create_date desc, id desc"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, ondelete="restrict"
    )
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    number = fields.Char(required=True)
    name = fields.Char("Object", required=True)
    state = fields.Selection(
        [
            ("queued", "To be sent"),
            ("unsure", "Sent, no answer"),
            ("posted", "At the relay"),
            ("sent", "On its way"),
            ("received", "Received"),
            ("refused", "Refused"),
            ("error", "Error"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="queued",
        index=True,
    )
    transaction = fields.Char("Number at the relay")
    identifier = fields.Char("Identifier of the act")
    problem = fields.Char("Reason")
    tries = fields.Integer()
    next_try = fields.Datetime(required=True, default=fields.Datetime.now)
    sent_at = fields.Datetime("Sent on")
    received_on = fields.Date("Received on")
    message = fields.Binary("Message (XML)", attachment=True)
    receipt = fields.Binary("Receipt (XML)", attachment=True)
    slip = fields.Binary("Slip of acquittal (PDF)", attachment=True)

    _due_index = models.Index(
        "(next_try) WHERE state IN ('queued', 'unsure', 'posted', 'sent')"
    )
    _one_on_its_way = models.UniqueIndex(
        "(res_model, res_id) WHERE state IN ('queued', 'unsure', 'posted', 'sent', "
        "'received')",
        "This act is on its way already.",
    )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.number} {row.name}"

    def write(self, vals):
        if not self.env.su:
            raise AccessError(
                self.env._("The worker alone writes what the relay says.")
            )
        return super().write(vals)

    @api.model
    def _queue(self, act):
        """Write down that an act must reach the préfecture, once checked.

        :raise UserError: what the préfecture or the relay would refuse
        """
        account = self.env["mairie.tele.compte"]._get_account(act.company_id)
        if not account or account.mode == "off":
            raise UserError(
                self.env._(
                    "This commune is not connected. Send the act on paper, then type "
                    "the day of the receipt; or connect it in the configuration."
                )
            )
        self.flush_model()  # how the sending before it ended
        row = self.sudo().create(self._prepare_vals(act))
        row._check_message(row._prepare_message())
        row.message = base64.b64encode(ctes.render(row._prepare_message()))
        self.env.ref("mairie_elus.cron_transmit")._trigger()
        return row

    @api.model
    def _prepare_vals(self, act):
        return {
            "company_id": act.company_id.id,
            "res_model": act._name,
            "res_id": act.id,
            "number": act.number,
            "name": act.name,
        }

    def _get_act(self):
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _get_account(self):
        return self.env["mairie.tele.compte"]._get_account(self.company_id)

    # -- the message -------------------------------------------------------------------

    def _prepare_message(self):
        """Return the message of the act: lib.ctes.Message."""
        act, company = self._get_act(), self.company_id
        account = self._get_account()
        nature = act._get_nature()
        return ctes.Message(
            nature=nature,
            number=self.number,
            day=act.date,
            subject=act.name,
            matter=act.matiere_code or "",
            department=ctes.department_of(company.mairie_department_code or ""),
            siren=(company.mairie_siret or "")[:9],
            classification=account.classification_date or act.date,
            piece=ctes.Piece(
                f"{self.number}.pdf", len(self._get_pdf()), self._get_kind(nature)
            ),
            annexes=tuple(
                ctes.Piece(
                    annexe._get_download_name(),
                    annexe.size,
                    self._get_annexe_kind(nature),
                )
                for annexe in act._get_annexes()
            ),
        )

    def _get_pdf(self):
        """Return the bytes of the act: the signed copy, or our own document."""
        act = self._get_act().with_context(bin_size=False)
        if act.signed_file:
            return base64.b64decode(act.signed_file)
        return act._render_pdf()

    def _get_kind(self, nature):
        """Return the kind of the act's own file, as the préfecture's list has it."""
        kinds = self._get_account()._get_kinds(nature)
        default = DEFAULT_KINDS[ctes.NATURES[nature][0]]
        return default if default in kinds or not kinds else min(kinds)

    def _get_annexe_kind(self, nature):
        """Hook: a town that sorts its annexes by kind."""
        kinds = self._get_account()._get_kinds(nature)
        if DEFAULT_ANNEXE_KIND in kinds or not kinds:
            return DEFAULT_ANNEXE_KIND
        return self._get_kind(nature)

    def _check_message(self, message):
        """Refuse what the relay would refuse, each thing with what to do."""
        today = self.company_id._mairie_local_date(fields.Datetime.now())
        found = [self._get_problem_text(code) for code in ctes.problems(message, today)]
        if found:
            raise UserError(
                self.env._("Act %s cannot leave yet:", self.number)
                + "\n- "
                + "\n- ".join(found)
            )

    def _get_problem_text(self, code):
        code, _colon, name = code.partition(":")
        texts = {
            "number": self.env._("its number has signs that the préfecture refuses"),
            "matter": self.env._("choose its matter"),
            "siren": self.env._("the SIRET of the commune is missing"),
            "department": self.env._("the department of the commune is missing"),
            "subject": self.env._("its object is empty"),
            "future": self.env._("its date is in the future"),
            "nature": self.env._("its nature is unknown"),
            "kind": self.env._("the kind of %s is missing", name),
            "pdf": self.env._("%s is not a PDF, an XML or a picture", name),
            "empty": self.env._("%s is empty", name),
            "size": self.env._("act and annexes weigh more than 150 MB"),
        }
        return texts[code]

    def _prepare_post(self):
        """Return the fields and the files of the call that sends the act."""
        message = self._prepare_message()
        act = self._get_act()
        nature, _letters = ctes.NATURES[message.nature]
        data = [
            ("api", "1"),
            ("nature_code", str(nature)),
            ("number", message.number),
            ("subject", ctes.subject_of(message.subject).encode(ctes.ENCODING)),
            ("decision_date", message.day.isoformat()),
            ("document_papier", "0"),
            ("type_acte", message.piece.kind),
        ]
        levels = enumerate(message.matter.split("."), 1)
        data += [(f"classif{level}", code) for level, code in levels]
        data += [("type_pj[]", annexe.kind) for annexe in message.annexes]
        files = [
            ("acte_pdf_file", (message.piece.name, self._get_pdf(), "application/pdf"))
        ]
        files += [
            (
                "acte_attachments[]",
                (piece.name, annexe._get_content(), "application/pdf"),
            )
            for piece, annexe in zip(message.annexes, act._get_annexes(), strict=True)
        ]
        return data, files

    # -- the worker ----------------------------------------------------------------------

    @api.model
    def _cron_transmit(self):
        """Take up the acts that are due, one transaction each."""
        due = self.search(self._get_due_domain(), order="next_try, id", limit=BATCH)
        crons = self.env["ir.cron"]
        crons._commit_progress(remaining=len(due))
        for row in due:
            row._go_on_safely()
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
        """Do as the relay would: one step each time, nothing leaves."""
        steps = {"queued": 1, "unsure": 1, "posted": 3, "sent": 4}
        status = steps[self.state]
        if status == 1:
            return self._note_posted(f"ESSAI-{self.id}")
        text = ""
        if status == 4:
            today = self.company_id._mairie_local_date(fields.Datetime.now())
            text = ctes.render_receipt(self._prepare_message(), today).decode(
                ctes.ENCODING
            )
        return self._take_status(status, text)

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

    # -- buttons -------------------------------------------------------------------------

    def action_ask_now(self):
        """Take the next step now rather than at its hour."""
        self.check_access("write")
        self.sudo().filtered(lambda row: row.state in acts.ON_ITS_WAY).write(
            {"next_try": fields.Datetime.now()}
        )
        self.env.ref("mairie_elus.cron_transmit").sudo()._trigger()

    def action_view_act(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [[False, "form"]],
        }
