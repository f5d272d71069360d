from odoo import api, fields, models

from ..lib.access_code import digest

SID_LENGTH = 42  # the part of a session's number that stays when Odoo renews it


def session_mark(sid):
    """:return: digest of the lasting part of a session's number"""
    return digest(sid[:SID_LENGTH])


class MailPushDevice(models.Model):
    """A device is told things as long as its session lasts: tablets change hands."""

    _inherit = "mail.push.device"

    mairie_session = fields.Char(
        index="btree_not_null",
        export_string_translation=False,
        groups="base.group_system",
    )

    @api.model
    def _keep_session(self, endpoint, sid):
        """Tie a device to its session, and to whoever is signed in there.

        :param endpoint: address of the browser's push service, which names the device
        :param sid: number of the session
        """
        self.sudo().search([("endpoint", "=", endpoint)]).write(
            {
                "mairie_session": session_mark(sid),
                "partner_id": self.env.user.partner_id.id,
            }
        )

    @api.model
    def _forget_session(self, sid):
        """The session is over: its device is told nothing any more."""
        self.sudo().search([("mairie_session", "=", session_mark(sid))]).unlink()
