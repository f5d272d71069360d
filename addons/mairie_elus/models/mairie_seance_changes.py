import json

from odoo import fields, models

from ..lib import changes


class MairieSeance(models.Model):
    """A dossier that changes after its sending, and members who do not answer."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    changes_text = fields.Text(compute="_compute_changes_text")

    def _compute_changes_text(self):
        for seance in self:
            found = seance._get_changes() if seance.state in ("draft", "ready") else {}
            seance.changes_text = "\n".join(seance._get_change_sentences(found))

    def _get_changes(self):
        """Return what changed since the members were last convened, {} if never.

        :return: keys of lib.changes.Changes -> names
        """
        self.ensure_one()
        last = self.sudo().envoi_ids.sorted("sequence")[-1:]
        if not last:
            return {}
        sent = last._get_facts()["notice"]
        current = json.loads(json.dumps(self._prepare_agenda_facts()))
        found = changes.compare(sent, current)
        return found.as_dict() if found else {}

    def _get_change_sentences(self, found):
        """Return the changes in words, for the secretary."""
        labels = {
            "meeting": self.env._("Date, place or kind of call"),
            "added_points": self.env._("Item added"),
            "removed_points": self.env._("Item taken off"),
            "changed_points": self.env._("Item changed"),
            "moved_points": self.env._("Item moved"),
            "added_files": self.env._("Document added"),
            "replaced_files": self.env._("Document replaced"),
            "removed_files": self.env._("Document taken off"),
        }
        for key, label in labels.items():
            names = found.get(key)
            if key == "meeting" and names:
                yield self.env._("%s: every member is convened again.", label)
            elif names:
                yield self.env._(
                    "%(label)s: %(names)s.", label=label, names=", ".join(names)
                )

    def _get_notice_template(self, found):
        """Return the e-mail to send: the notice, or what changed in its dossier.

        A meeting that moves is another notice, whole.
        """
        if found and not found["meeting"]:
            return "mairie_elus.mail_changed"
        return "mairie_elus.mail_convocation"

    def _prepare_envoi_facts(self, convocations, override_reason):
        facts = super()._prepare_envoi_facts(convocations, override_reason)
        found = self._get_changes()
        return {**facts, "changes": found} if found else facts

    def _prepare_mail_template_vals(self):
        values = super()._prepare_mail_template_vals()
        short = values["day"].rpartition(" ")[0].partition(" ")[2]
        last = self.sudo().envoi_ids.sorted("sequence")[-1:]
        return {
            **values,
            "changes": last._get_facts().get("changes", {}) if last else {},
            "subjects": {
                **values["subjects"],
                "mairie_elus.mail_changed": (
                    f"{self.instance_id.name} du {short} : le dossier a changé"
                ),
            },
        }

    def _get_reminder_days(self):
        """Return how many days before the meeting the silent are reminded.

        Hook: a body with other habits.
        """
        self.ensure_one()
        return self.company_id._get_mairie_reminder_days()

    def _cron_remind(self):
        """Write to the silent on the days that the town chose, once a day each."""
        coming = self.search(
            [("state", "=", "convened"), ("date_start", ">", fields.Datetime.now())]
        )
        for seance in coming:
            left = (seance.date - seance._get_today()).days
            if left in seance._get_reminder_days():
                seance._remind_once(seance._get_today())
            self.env["ir.cron"]._commit_progress(1)

    def _remind_once(self, today):
        """Remind the silent whom nobody has reminded today."""
        company = self.company_id
        silent = self._get_silent().filtered(
            lambda item: (
                not any(
                    event.kind == "reminded"
                    and company._mairie_local_date(event.occurred_at) == today
                    for event in item.event_ids
                )
            )
        )
        if silent:
            silent._add_event("reminded")
            silent._queue_mails("mairie_elus.mail_reminder")
        return silent

    def _cron_warn_secretary(self):
        """Tell who prepares a meeting that its last lawful day comes near."""
        prepared = self.search(
            [("state", "in", ("draft", "ready")), ("latest_send_date", "!=", False)]
        )
        for seance in prepared:
            if seance.days_left in seance._get_reminder_days() and seance.secretary_id:
                self.env["mail.thread"].message_notify(
                    partner_ids=seance.secretary_id.partner_id.ids,
                    subject=seance.name,
                    body=seance.with_context(
                        lang=seance.secretary_id.lang
                    ).clock_detail,
                )
            self.env["ir.cron"]._commit_progress(1)
