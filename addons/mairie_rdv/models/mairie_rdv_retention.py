"""What is due is erased; what is not due is left alone; the figures stay.

Written in SQL, by batches: a night must be enough for years of appointments. Nothing
is deleted from the table of appointments: a row without anybody's name still counts.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 2000
#: columns of an appointment that tell who comes, and what they become
ERASED = {
    "first_name": "NULL",
    "last_name": "NULL",
    "contact_name": "NULL",
    "email": "NULL",
    "phone": "NULL",
    "note": "NULL",
    "ip_hash": "NULL",
    "request_key": "NULL",
    "access_token": "'purged:' || id",
    "sms_ok": "NULL",
    "is_to_call": "FALSE",
}
#: tables whose rows go with the person, by the column that names the appointment
DELETED = {
    "mairie_rdv_personne": "rdv_id",
    "mairie_rdv_answer": "rdv_id",
    "mairie_rdv_envoi": "rdv_id",
    "mairie_rdv_attente": "rdv_id",
}


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    anonymised_at = fields.Datetime(readonly=True, copy=False)

    _retention_index = models.Index("(stop) WHERE anonymised_at IS NULL")

    @api.model
    def _cron_retention(self):
        """Erase who came, once the time that each procedure says is over."""
        crons = self.env["ir.cron"]
        crons._commit_progress(remaining=1)
        while ids := self._find_due():
            self.browse(ids)._anonymise()
            self._note_purge("purge", len(ids))
            if not crons._commit_progress(len(ids), remaining=1):
                return
        self._erase_lists()
        self._erase_numbers()
        crons._commit_progress(1, remaining=0)

    @api.model
    def _find_due(self, limit=BATCH):
        """Return the ids of the appointments whose time is over."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rdv.id FROM mairie_rdv rdv
                  JOIN mairie_rdv_demarche demarche ON demarche.id = rdv.demarche_id
                 WHERE rdv.anonymised_at IS NULL
                   AND rdv.stop < %s - make_interval(days => demarche.retention_days)
                 LIMIT %s
                """,
                fields.Datetime.now(),
                limit,
            )
        )
        return [row[0] for row in rows]

    def _anonymise(self):
        """Erase whoever came from these appointments, and all that speaks of him."""
        if not self:
            return
        self.env.flush_all()
        ids = list(self.ids)
        self._forget_numbers(ids)
        self._erase_mails(ids)
        for table, column in self._get_deleted_tables().items():
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    ids,
                )
            )
        columns = [
            SQL("%s = %s", SQL.identifier(name), SQL(value))  # pylint: disable=sql-injection
            for name, value in self._get_erased_columns().items()
        ]
        self.env.cr.execute(
            SQL(
                "UPDATE mairie_rdv SET %s, anonymised_at = %s WHERE id = ANY(%s)",
                SQL(", ").join(columns),
                fields.Datetime.now(),
                ids,
            )
        )
        self.env.invalidate_all()

    @api.model
    def _get_erased_columns(self):
        """Hook: a module that adds a personal field adds its column here."""
        return dict(ERASED)

    @api.model
    def _get_deleted_tables(self):
        """Hook: a module that ties rows to an appointment adds its table here."""
        return dict(DELETED)

    @api.model
    def _erase_mails(self, ids):
        """Erase messages and files that hang on appointments."""
        domain = [("model", "=", self._name), ("res_id", "in", ids)]
        envois = self.env["mairie.rdv.envoi"].sudo().search([("rdv_id", "in", ids)])
        mails = self.env["mail.mail"].sudo().search(domain) | envois.mail_id
        messages = mails.mail_message_id
        mails.unlink()
        messages.exists().unlink()
        self.env["mail.message"].sudo().search(domain).unlink()
        self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", ids)]
        ).unlink()

    @api.model
    def _forget_numbers(self, ids):
        """Erase what is still to be told of the numbers of these appointments."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM mairie_rdv_ants_envoi envoi
                 USING mairie_rdv_personne personne
                 WHERE personne.rdv_id = ANY(%s)
                   AND envoi.application_id = personne.application_id
                   AND envoi.company_id = personne.company_id
                   AND NOT EXISTS (
                       SELECT 1 FROM mairie_rdv_personne other
                        WHERE other.application_id = envoi.application_id
                          AND other.rdv_id != ALL(%s))
                """,
                ids,
                ids,
            )
        )

    @api.model
    def _erase_lists(self):
        """Erase who waited or was invited, once the time of the procedure is over."""
        now = fields.Datetime.now()
        for table in ("mairie_rdv_attente", "mairie_rdv_invitation"):
            self.env.cr.execute(
                SQL(
                    """
                    DELETE FROM %s line USING mairie_rdv_demarche demarche
                     WHERE demarche.id = line.demarche_id
                       AND line.write_date
                           < %s - make_interval(days => demarche.retention_days)
                    """,
                    SQL.identifier(table),
                    now,
                )
            )
        self.env.invalidate_all()

    @api.model
    def _erase_numbers(self):
        """Erase pre-demande numbers the day after, once France Titres is in step."""
        limit = fields.Datetime.now() - timedelta(days=1)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT rdv.id FROM mairie_rdv rdv
                  JOIN mairie_rdv_personne personne ON personne.rdv_id = rdv.id
             LEFT JOIN mairie_rdv_ants_envoi envoi
                    ON envoi.application_id = personne.application_id
                   AND envoi.company_id = personne.company_id
                   AND envoi.state = 'queued'
                 WHERE personne.application_id IS NOT NULL AND envoi.id IS NULL
                   AND (rdv.stop < %s OR (rdv.cancelled_at < %s AND rdv.state IN
                        ('cancelled_usager', 'cancelled_mairie')))
                """,
                limit,
                limit,
            )
        )
        ids = [row[0] for row in rows]
        if not ids:
            return
        self._forget_numbers(ids)
        self.env.cr.execute(
            SQL(
                "UPDATE mairie_rdv_personne SET application_id = NULL "
                "WHERE rdv_id = ANY(%s)",
                ids,
            )
        )
        self.env.invalidate_all()
        self._note_purge("numbers", len(ids))

    @api.model
    def _note_purge(self, kind, count):
        journal = self.env["mairie.rdv.journal"]
        journal._note(kind, self.env.company, after=str(count))
