from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessDenied

from ..lib.access_code import digest


class MairieSocialLockout(models.Model):
    """Wrong passwords and codes, counted by account: a slip locks nobody else out.

    Odoo counts by address, in the memory of one process: five slips at the depot
    block every colleague behind the same box. What is typed for an unknown account is
    counted in the same way, so that nobody learns which accounts exist.
    """

    _name = "mairie.social.lockout"
    _description = "Wrong Passwords of an Account"
    _rec_name = "key"

    key = fields.Char(required=True, export_string_translation=False)
    failed_count = fields.Integer(required=True)
    last_failure = fields.Datetime(required=True)
    locked_until = fields.Datetime()

    _key_uniq = models.Constraint("UNIQUE(key)", "One row for each account.")

    @api.model
    def _get_key(self, user, login):
        """:return: text of an account, or of whatever was typed in place of one"""
        return f"user:{user.id}" if user else f"text:{digest(login or '')}"

    @api.model
    def _get_limits(self):
        """:return: (wrong tries before a pause, minutes of the pause)

        Who signs in through a door of programs has no user yet, hence no commune.
        """
        companies = self.env["res.company"].sudo()
        company = self.env.company.sudo() or companies.search([], limit=1)
        return company.mairie_social_lock_tries, company.mairie_social_lock_minutes

    @api.model
    def _check(self, key):
        """Refuse a locked account, whatever the password.

        :raise AccessDenied: with the same words for known and unknown accounts
        """
        row = self.sudo().search([("key", "=", key)])
        if row.locked_until and row.locked_until > fields.Datetime.now():
            raise AccessDenied(
                self.env._(
                    "Too many wrong tries for this account. Wait %s minutes, or ask"
                    " your ambassador for a new letter.",
                    self._get_limits()[1],
                )
            )

    @api.model
    def _count_failure(self, key):
        """Count one more, in a transaction of its own: the caller's is undone.

        :return: number of tries left before the account is locked
        """
        now = fields.Datetime.now()
        tries, minutes = self._get_limits()
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                INSERT INTO mairie_social_lockout AS known
                            (key, failed_count, last_failure)
                     VALUES (%(key)s, 1, %(now)s)
                ON CONFLICT (key) DO UPDATE SET
                            failed_count = CASE
                                WHEN known.last_failure < %(window)s THEN 1
                                ELSE known.failed_count + 1 END,
                            last_failure = EXCLUDED.last_failure,
                            locked_until = CASE
                                WHEN known.failed_count + 1 >= %(tries)s
                                 AND known.last_failure >= %(window)s
                                THEN %(until)s END
                  RETURNING failed_count
                """,
                {
                    "key": key,
                    "now": now,
                    "window": now - timedelta(minutes=minutes),
                    "tries": tries,
                    "until": now + timedelta(minutes=minutes),
                },
            )
            count = cr.fetchone()[0]
        self.invalidate_model()
        return max(0, tries - count)

    @api.model
    def _forget(self, key):
        """The right password, or a new letter, starts afresh."""
        self.sudo().search([("key", "=", key)]).unlink()

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=1)
        self.sudo().search([("last_failure", "<", limit)]).unlink()
