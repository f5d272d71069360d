from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import notice
from ..lib.french import day_in_words, hour_in_words, with_article
from ..lib.seal import canonical, seal
from .mairie_point import DECIDED_KINDS


class MairieSeance(models.Model):
    """Convening: what must be there, who is told, what is kept as proof."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    convocation_ids = fields.One2many(
        "mairie.convocation", "seance_id", "Notices", copy=False
    )
    envoi_ids = fields.One2many("mairie.envoi", "seance_id", "Sendings", copy=False)
    convened_at = fields.Datetime("Convened on", readonly=True, copy=False)
    recipient_count = fields.Integer(compute="_compute_recipient_count")

    @api.depends("instance_id", "date", "state")
    def _compute_recipient_count(self):
        for seance in self:
            seance.recipient_count = len(seance._get_contacts())

    def _get_contacts(self):
        """Return who must be convened: the members in office on the day of the meeting."""
        self.ensure_one()
        if not (self.date and self.instance_id):
            return []
        return self.instance_id._get_contacts_on(self.date)

    def _get_blockers(self):
        """Return what forbids the sending, each with the record where to mend it.

        Hook: a town may ask for more before it convenes.
        :return: list of (sentence, record)
        """
        self.ensure_one()
        return [
            *self._get_agenda_blockers(),
            *self._get_point_blockers(),
            *self._get_contact_blockers(),
            *self._get_dossier_blockers(),
        ]

    def _get_dossier_blockers(self):
        """A heavy dossier is built apart: the notice waits for it, not the click."""
        waiting = self.annexe_ids.filtered(lambda annexe: annexe.problem == "waiting")
        for annexe in waiting:
            yield (
                self.env._("“%s” is being turned into a PDF.", annexe.name),
                annexe.point_id,
            )
        if self._is_dossier_heavy() and not self.dossier_is_current:
            yield self._get_dossier_wait_text(), self

    def _get_agenda_blockers(self):
        if not self.point_ids:
            yield self.env._("The agenda is empty."), self
        if not self._get_place():
            yield self.env._("The place of the meeting is missing."), self
        first = self.point_ids.sorted("rank")[:1]
        if self.call == notice.URGENT and first.kind != "urgency":
            yield (
                self.env._("The first item must be the vote on the urgency."),
                self,
            )
        if self.call == notice.URGENT and not self.urgency_reason:
            yield self.env._("The reason of the urgency is missing."), self
        if self.call == notice.SECOND_CALL and not self.parent_id:
            yield self.env._("The meeting that had no quorum is missing."), self

    def _get_point_blockers(self):
        for point in self.point_ids.sorted("rank"):
            if self.note_required and self._is_note_missing(point):
                yield self.env._("Item %s: summary note missing.", point.rank), point
            if point.kind == "election" and not point.special_mention:
                yield (
                    self.env._(
                        "Item %s: the special mention of the election is missing.",
                        point.rank,
                    ),
                    point,
                )
            if self.call == notice.SECOND_CALL and not point.origin_id:
                yield (
                    self.env._(
                        "Item %s was not on the first agenda: a second call takes up "
                        "the same items only.",
                        point.rank,
                    ),
                    point,
                )

    def _is_note_missing(self, point):
        return point.kind in DECIDED_KINDS and not point.has_note

    def _get_contact_blockers(self):
        contacts = self._get_contacts()
        if not contacts:
            yield (
                self.env._("This assembly has no member on that day."),
                self.instance_id,
            )
        for contact in contacts:
            vals = contact._prepare_contact_vals()
            name = contact.partner_id.name
            if vals["channel"] == "email" and not vals["email"]:
                yield self.env._("%s has no e-mail address.", name), contact
            if vals["channel"] == "paper" and not vals["paper_address"]:
                yield self.env._("%s has no postal address.", name), contact

    def _convene(self, override_reason=False):
        """Send the notices and seal the proof. Nothing leaves before the commit.

        :param override_reason: why a late notice is sent all the same; sealed
        :return: mairie.envoi
        """
        self.ensure_one()
        if self.state not in ("draft", "ready"):
            raise UserError(self.env._("This meeting is convened already."))
        self.check_access("write")
        self.sudo().update(self._prepare_notice_vals())
        # Written first: of two clicks, the second one waits here, then sees the state.
        self._step(**self._prepare_convened_vals())
        self.flush_recordset()
        blockers = self._get_blockers()
        if blockers:
            raise UserError("\n".join(sentence for sentence, record in blockers))
        if self._is_too_late() and not (override_reason or "").strip():
            raise UserError(self._get_late_text())
        if not self.dossier_is_current:
            self._build_dossier()
        template = self._get_notice_template(self._get_changes())
        convocations = self._prepare_convocations()
        envoi = (
            self.env["mairie.envoi"]
            .sudo()
            .create(self._prepare_envoi_vals(convocations, override_reason))
        )
        convocations._add_event("sent", {"envoi": envoi.seal, "batch": envoi.sequence})
        convocations._queue_mails(template)
        return envoi.sudo(False)

    def _prepare_convened_vals(self):
        return {
            "state": "convened",
            "convened_at": fields.Datetime.now(),
            "sequence": self.sequence + 1,
        }

    def _is_too_late(self):
        """Tell whether the last lawful day is over, in the commune's time zone."""
        self.ensure_one()
        return bool(self.latest_send_date) and self._get_today() > self.latest_send_date

    def _prepare_convocations(self):
        """Return one notice per member: new, or renewed when convened again."""
        Convocation = self.env["mairie.convocation"].sudo()
        past = self.sudo().with_context(active_test=False).convocation_ids
        known = {item.partner_id: item for item in past}
        vals_list = []
        kept = Convocation
        for contact in self._get_contacts():
            vals = Convocation._prepare_renewed_vals(self, contact)
            convocation = known.get(contact.partner_id)
            if convocation:
                del vals["token"]  # the link of the first e-mail goes on opening
                convocation.write(vals)
                kept |= convocation
            else:
                vals_list.append(vals)
        (past - kept).active = False
        return kept | Convocation.create(vals_list)

    def _prepare_envoi_vals(self, convocations, override_reason):
        """Return the sealed facts of this sending: rule, time, people, files."""
        facts = self._prepare_envoi_facts(convocations, override_reason)
        text = canonical(facts)
        previous = self.sudo().envoi_ids.sorted("sequence")[-1:]
        return {
            "seance_id": self.id,
            "company_id": self.company_id.id,
            "sequence": self.sequence,
            "sent_at": self.convened_at,
            "user_id": self.env.uid,
            "email_count": len(convocations.filtered(lambda c: c.channel == "email")),
            "paper_count": len(convocations.filtered(lambda c: c.channel == "paper")),
            "latest_send_date": self.latest_send_date,
            "override_reason": override_reason or False,
            "facts": text,
            "seal": seal(text, previous.seal) if previous else seal(text),
        }

    def _prepare_envoi_facts(self, convocations, override_reason):
        return {
            "sent_at": fields.Datetime.to_string(self.convened_at),
            "sent_by": self.env.user.name,
            "version": self.sequence,
            "rule": {
                "code": self.notice_code or "",
                "days": self.notice_days,
                "clear": self.notice_is_clear,
                "source": self.notice_source or "",
                "population": self.population,
                "latest": str(self.latest_send_date or ""),
            },
            "override_reason": override_reason or "",
            "notice": self._prepare_agenda_facts(),
            "dossier": self.dossier_fingerprint or "",
            "files": convocations._get_file_hashes(),
            "members": [
                {"name": item.partner_id.name, "channel": item.channel}
                for item in convocations
            ],
        }

    def _make_urgent(self, reason):
        """Turn the meeting into an urgent one: its first item is the urgency itself."""
        self.ensure_one()
        self.write({"call": notice.URGENT, "urgency_reason": reason})
        if "urgency" not in self.point_ids.mapped("kind"):
            first = min(self.point_ids.mapped("sequence"), default=10)
            self.env["mairie.point"].create(
                {
                    "seance_id": self.id,
                    "sequence": first - 1,
                    "kind": "urgency",
                    "name": "Approbation de l'urgence",
                }
            )

    def _prepare_mail_template_vals(self):
        """Return what the e-mails of this meeting say alike, in French."""
        self.ensure_one()
        start = self._get_local_start()
        day = day_in_words(start.date())
        hour = hour_in_words(start.time())
        short = day_in_words(start.date(), year=False).partition(" ")[2]
        assembly = self.instance_id.name
        return {
            "subjects": {
                "mairie_elus.mail_convocation": (
                    f"Convocation : {assembly.lower()} du {day}, {hour}"
                ),
                "mairie_elus.mail_reminder": f"Séance du {short} : serez-vous là ?",
            },
            "seance": self,
            "assembly": with_article(assembly),
            "day": day,
            "hour": hour,
            "place": self._get_place(),
            "points": self.point_ids.sorted("rank"),
            "piece_count": len(self._get_dossier_annexes()),
            "weight": self._get_dossier_weight(),
            "company": self.company_id,
            "signature": self._get_president_line(),
        }

    def action_print_paper(self):
        """The letters of the members who asked for paper, in one file."""
        self.ensure_one()
        letters = self.convocation_ids.filtered(lambda item: item.channel == "paper")
        if not letters:
            raise UserError(self.env._("Nobody asked for paper."))
        report = self.env.ref("mairie_elus.action_report_convocation")
        return report.report_action(letters)

    def action_remind(self):
        """Write again to those who did not answer, by e-mail."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "convened":
            raise UserError(
                self.env._("Only the members of a convened meeting are reminded.")
            )
        silent = self._get_silent()
        if not silent:
            raise UserError(self.env._("Everyone has answered."))
        silent._add_event("reminded")
        silent._queue_mails("mairie_elus.mail_reminder")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Reminders on their way: %s.", len(silent)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_silent(self):
        return self.sudo().convocation_ids.filtered(
            lambda item: not item.answer and item.channel == "email"
        )
