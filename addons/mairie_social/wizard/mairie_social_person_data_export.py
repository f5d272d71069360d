from odoo import api, models
from odoo.tools import html2plaintext


class MairieSocialPersonData(models.TransientModel):
    """What is handed to a person who asks for it (RGPD, art. 15)."""

    _inherit = "mairie.social.person.data"

    @api.model
    def _collect(self, user):
        """Hook: data of one person, model by model; a new model adds its own.

        :return: dict name -> list of dict of plain values
        """
        return {
            "identite": self._get_identity(user),
            **self._get_writings(user),
            **self._get_choices(user),
            **self._get_readings(user),
            **self._get_reports(user),
            **self._get_accesses(user),
        }

    @api.model
    def _get_identity(self, user):
        return [
            {
                "nom": user.name,
                "matricule": user.login,
                "e-mail": user.email or "",
                "telephone": user.partner_id.phone or "",
            }
        ]

    @api.model
    def _get_writings(self, user):
        """What they wrote, and the thanks that name them."""
        author = [("author_id", "=", user.id)]
        said = [("author_id", "=", user.partner_id.id)]
        thanks = ("value", "text", "create_date")
        return {
            "publications": self._read(
                "mairie.social.post", author, "name", "body", "state", "published_at"
            ),
            "commentaires": self._read(
                "mail.message",
                [*said, ("model", "=", "mairie.social.post")],
                "date",
                "body",
            ),
            "messages": self._read(
                "mail.message",
                [*said, ("model", "=", "discuss.channel")],
                "date",
                "body",
            ),
            "idees": self._read(
                "mairie.social.suggestion",
                author,
                *("name", "body", "sent_on", "state", "answer"),
            ),
            "pages": self._read(
                "mairie.social.page",
                [("create_uid", "=", user.id)],
                *("group_id", "name", "body", "create_date"),
            ),
            "documents": self._read(
                "mairie.social.document",
                [("create_uid", "=", user.id)],
                *("group_id", "name", "folder", "create_date"),
            ),
            "remerciements_donnes": self._read("mairie.social.kudos", author, *thanks),
            "remerciements_recus": self._read(
                "mairie.social.kudos", [("receiver_ids", "in", user.ids)], *thanks
            ),
        }

    @api.model
    def _get_choices(self, user):
        """What they chose. Of an anonymous poll: that they voted, nothing else is kept."""
        mine = [("user_id", "=", user.id)]
        return {
            "reactions": self._read(
                "mairie.social.reaction", mine, "post_id", "code", "create_date"
            ),
            "groupes": self._read(
                "mairie.social.group.member", mine, "group_id", "role", "create_date"
            ),
            "inscriptions": self._read(
                "mairie.social.registration", mine, "post_id", "create_date"
            ),
            "sondages": self._read("mairie.social.poll.participation", mine, "poll_id"),
            "votes": self._read("mairie.social.poll.vote", mine, "option_id"),
            "idees_soutenues": self._read(
                "mairie.social.suggestion", [("supporter_ids", "in", user.ids)], "name"
            ),
        }

    @api.model
    def _get_readings(self, user):
        """Their lines on the registers of mandatory readings."""
        return {
            "lectures": self._read(
                "mairie.social.ack.line",
                [("user_id", "=", user.id)],
                *("post_id", "version", "person_name", "service_name"),
                *("expected_at", "opened_at", "ack_at", "how", "reminder_count"),
            ),
        }

    @api.model
    def _get_reports(self, user):
        """What they told the services and the moderators, and what they decided."""
        mine = [("user_id", "=", user.id)]
        return {
            "signalements": self._read(
                "mairie.social.field.report",
                mine,
                *("name", "words", "state", "create_date"),
            ),
            "alertes": self._read(
                "mairie.social.report",
                mine,
                *("post_id", "reason", "note", "state", "create_date"),
            ),
            "moderation": self._read(
                "mairie.social.moderation.log",
                [("user_ref", "=", user.id)],
                *("action", "title", "reason", "date"),
            ),
        }

    @api.model
    def _get_accesses(self, user):
        mine = [("user_id", "=", user.id)]
        return {
            "lettres": self._read(
                "mairie.social.invitation",
                mine,
                *("create_date", "expires_at", "used_at"),
            ),
            "appareils": self._read(
                "mail.push.device",
                [("partner_id", "=", user.partner_id.id)],
                "create_date",
            ),
            "astreintes": self._read("mairie.social.duty", mine, "start", "end"),
            "lettres_internes": self._read(
                "mairie.social.newsletter.receipt", mine, "newsletter_id", "create_date"
            ),
            "connexions": self._read(
                "res.users.log", [("create_uid", "=", user.id)], "create_date"
            ),
        }

    @api.model
    def _read(self, model, domain, *names):
        records = self.env[model].sudo().with_context(active_test=False).search(domain)
        return [self._format(record, names) for record in records]

    @api.model
    def _format(self, record, names):
        line = {"id": record.id}
        for name in names:
            value, field = record[name], record._fields[name]
            if field.type == "html":
                value = html2plaintext(value or "")
            elif field.type == "many2one":
                value = value.display_name
            line[name] = str(value) if value else ""
        return line
