from contextlib import contextmanager
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_datetime

from ..lib import journal_chain
from ..tools import seal_check, sealing

NEVER_CHANGED = """
CREATE OR REPLACE FUNCTION mairie_scrutin_rehearsal_kept() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
    IF coalesce(NEW.is_rehearsal, false) <> coalesce(OLD.is_rehearsal, false) THEN
        RAISE EXCEPTION 'A round is a rehearsal from its creation on, or never.'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The proof of a round: its chain, its fingerprint, whether all is intact."""

    _inherit = "mairie.scrutin.tour"

    is_rehearsal = fields.Boolean("Rehearsal", readonly=True, copy=False)
    maillon_ids = fields.One2many(
        "mairie.scrutin.maillon",
        "tour_id",
        "Chain",
        groups="mairie_scrutin.group_superviseur",
    )
    fingerprint_email = fields.Char(
        "Fingerprint Sent To",
        help="Each evening and at the proclamation, the fingerprint of the journal "
        "leaves for this address: whoever holds it can prove that nothing was "
        "rewritten since.",
    )

    def init(self):
        """Whether a round is a rehearsal never changes: only those are ever deleted."""
        result = super().init()
        self.env.cr.execute(SQL(NEVER_CHANGED))
        trigger = SQL.identifier("mairie_scrutin_tour_rehearsal_kept")
        table = SQL.identifier(self._table)
        self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
        self.env.cr.execute(
            SQL(
                "CREATE TRIGGER %s BEFORE UPDATE OF is_rehearsal ON %s "
                "FOR EACH ROW EXECUTE FUNCTION mairie_scrutin_rehearsal_kept()",
                trigger,
                table,
            )
        )
        return result

    def _seal_after_commit(self, kind, rows):
        """Link rows of this transaction as soon as it is committed.

        :param kind: ``saisie``, ``participation`` or ``journal``
        :param rows: those of this round
        """
        self.ensure_one()
        hooks = self.env.cr.postcommit
        rounds = hooks.data.setdefault("mairie_scrutin_seal", {})
        if not rounds:
            hooks.add(partial(sealing.seal_committed, self.env.cr.dbname, rounds))
        rounds.setdefault(self.id, {}).setdefault(kind, []).extend(rows.ids)

    def _seal_now(self):
        """Link all that was committed.

        :return: (number of links, hash of the last one)
        """
        self.ensure_one()
        with self._open_seal_cursor() as cr:
            return sealing.seal(cr, self.id)

    @contextmanager
    def _open_seal_cursor(self):
        """A transaction of its own. Hook: tests, whose figures are never committed."""
        with sealing.seal_cursor(self.env.cr.dbname) as cr:
            yield cr

    def _get_fingerprint(self):
        """The fingerprint of all that was committed about this round until now.

        :return: dict with ``count`` of links, ``hash``, ``short`` ("9F3C…A1") for
            screens, ``grouped`` (64 signs by four) for paper, ``at`` (naive UTC)
        """
        self.ensure_one()
        count, hash_ = self._seal_now()
        return {
            "count": count,
            "hash": hash_,
            "short": journal_chain.short(hash_),
            "grouped": journal_chain.grouped(hash_),
            "at": fields.Datetime.now(),
        }

    def _check_integrity(self, anchors=()):
        """Read the whole chain again, and each row that it is about.

        :param anchors: [``journal_chain.Anchor``], fingerprints that were printed
        :return: (fingerprint, [``journal_chain.Fault``], first one first)
        """
        self.ensure_one()
        fingerprint = self._get_fingerprint()
        with self._open_seal_cursor() as cr:
            links = sealing.read_chain(cr, self.id)
            faults = journal_chain.check(
                [(seq, payload, hash_) for seq, _kind, _id, payload, hash_ in links],
                anchors,
            )
            faults += seal_check.compare_rows(cr, self.id, links)
        return fingerprint, sorted(faults, key=lambda fault: fault.seq)

    def _prepare_closing(self):
        """Sums and seats as plain values by panel, for the chain and the bundle."""
        self.ensure_one()
        totals = self._get_totals(self._get_counted_states())
        panels = {row.id: row.panneau for row in self.candidature_ids}
        names = ("inscrits", "votants", "emargements", "blancs", "nuls", "exprimes")
        return {
            "bureaux": totals["stations"],
            "bureaux_attendus": totals["stations_all"],
            **{name: totals[name] for name in names},
            "voix": {panels[key]: votes for key, votes in totals["votes"].items()},
            "sieges": [
                self._prepare_closing_seats(row) for row in self.attribution_ids
            ],
        }

    def _get_counted_states(self):
        """States whose figures are final: validated, or gathered by the recensement."""
        known = dict(self.env["mairie.scrutin.bureau.tour"]._fields["state"].selection)
        return tuple(state for state in ("valide", "recense") if state in known)

    def _prepare_closing_seats(self, row):
        organes = self.env["mairie.scrutin.attribution"]._get_organes(self.scrutin_id)
        _seats, regime = organes.get(row.organe, (0, self.regime))
        if regime == "polynesie" and self._is_associated():
            regime = "polynesie_sections"  # the totals alone do not count it again
        return {
            "organe": row.organe,
            "regime": regime or "",
            "etat": row.state,
            "sieges": row.seat_total,
            "listes": {
                line.candidature_id.panneau: line.prime + line.proportional
                for line in row.line_ids
            },
        }

    @api.model
    def _get_faulty_sentence(self, fault):
        """One fault of the chain as a sentence."""
        values = {"link": fault.seq + 1, **fault.params}
        sentences = {
            "order": lambda: self.env._(
                "Line %(link)s is missing: the chain goes on at line %(found)s.",
                **values,
            ),
            "hash": lambda: self.env._(
                "Line %s does not have its fingerprint: it was changed.", values["link"]
            ),
            "cut": lambda: self.env._(
                "%(count)s lines were printed, %(found)s are left: the end was cut.",
                **values,
            ),
            "anchor": lambda: self.env._(
                "Line %s does not have the fingerprint that was printed: all was "
                "written again since.",
                values["link"],
            ),
            "row": lambda: self.env._(
                "Line %(link)s: %(names)s changed in the database since (%(what)s).",
                **values,
            ),
            "gone": lambda: self.env._(
                "Line %(link)s: what it is about was deleted (%(what)s).", **values
            ),
            "unlinked": lambda: self.env._(
                "A row of the database is not in the journal (%s).", values["what"]
            ),
            "retained": lambda: self.env._(
                "Station %s: the retained figures are not those that were validated.",
                values["what"],
            ),
        }
        return sentences[fault.code]()

    def _get_fingerprint_sheet(self):
        """Values of the printed sheet. To print is in the journal, after the fact."""
        mark = self._get_fingerprint()
        local = self.company_id._mairie_localize(mark["at"])
        when = format_datetime(self.env, local.replace(tzinfo=None), tz="UTC")
        count = self._format_int(mark["count"])
        return dict(mark, when=when, count=count)

    def action_verify(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_verify_action"
        )
        return dict(action, context={"default_tour_id": self.id})

    def action_print_fingerprint(self):
        """The sheet to keep away from the computer, with the signed reports."""
        self.ensure_one()
        self._check_supervisor()
        self._log("fingerprint", self._get_fingerprint()["grouped"])
        return self.env.ref("mairie_scrutin.action_report_fingerprint").report_action(
            self
        )

    @api.model
    def _cron_seal(self):
        """Each minute: link what a dead process left, in the rounds under way."""
        for tour in self.search([("state", "!=", "preparation")]):
            tour._seal_now()

    @api.model
    def _cron_mail_fingerprints(self):
        """Each evening: the fingerprint leaves for those who keep it."""
        domain = [("fingerprint_email", "!=", False), ("state", "!=", "preparation")]
        for tour in self.search(domain):
            tour._mail_fingerprint()

    def _mail_fingerprint(self):
        """Queue the e-mail, unless nothing was written since the last one."""
        self.ensure_one()
        mark = self._get_fingerprint()
        last = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.id)], order="id desc", limit=1
        )
        if last.event == "fingerprint":
            return
        self.env["mail.mail"].sudo().create(self._prepare_fingerprint_mail(mark))
        self._log("fingerprint", f"{mark['grouped']} ({self.fingerprint_email})")

    def _prepare_fingerprint_mail(self, mark):
        """Hook: another wording. No figure of votes is in it."""
        body = self.env["ir.qweb"]._render(
            "mairie_scrutin.mail_fingerprint", {"tour": self, "mark": mark}
        )
        return {
            "subject": self.env._("Fingerprint of the journal: %s", self.name),
            "body_html": body,
            "email_to": self.fingerprint_email,
            "auto_delete": True,
        }
