import base64
import json

from odoo import Command, models
from odoo.addons.auth_passkey._vendor.webauthn import (
    generate_registration_options,
    options_to_json,
)
from odoo.addons.auth_passkey._vendor.webauthn.helpers import bytes_to_base64url
from odoo.addons.auth_passkey._vendor.webauthn.helpers.exceptions import (
    InvalidRegistrationResponse,
)
from odoo.addons.auth_passkey._vendor.webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from odoo.exceptions import UserError
from odoo.tools import SQL
from werkzeug.urls import url_parse


class MairieSocialInvitation(models.Model):
    """« Avec ce téléphone »: a passkey made at the first entry, with no password at all."""

    _inherit = "mairie.social.invitation"

    def _start_key(self):
        """:return: the options of WebAuthn, as the browser expects them (dict)

        Whoever asks keeps their ``challenge`` in the session, for ``_finish_key``.
        Odoo's own method names the key "Odoo": people see the name of their town.
        """
        self.ensure_one()
        host = url_parse(self.get_base_url()).host
        user = self.user_id
        return json.loads(
            options_to_json(
                generate_registration_options(
                    rp_id=host,
                    rp_name=user.company_id.name,
                    user_id=str(user.id).encode(),
                    user_name=user.login,
                    user_display_name=user.name,
                    authenticator_selection=AuthenticatorSelectionCriteria(
                        resident_key=ResidentKeyRequirement.REQUIRED,
                        user_verification=UserVerificationRequirement.REQUIRED,
                    ),
                )
            )
        )

    def _finish_key(self, registration):
        """Keep a new key for the user of this letter, and use the letter up.

        :param registration: answer of the browser (dict)
        :raise UserError: the key is not the one that was asked for
        """
        self.ensure_one()
        Key = self.env["auth.passkey.key"].sudo()
        try:
            verified = Key._verify_registration_options(registration)
        except (InvalidRegistrationResponse, KeyError, TypeError) as error:
            raise UserError(
                self.env._("This telephone did not make a key. Choose the sentence.")
            ) from error
        self._consume()
        user = self.user_id.sudo()
        identifier = bytes_to_base64url(verified["credential_id"])
        vals = {
            "name": self.env._("My telephone"),
            "credential_identifier": identifier,
        }
        user.with_user(user).sudo().write(
            {"auth_passkey_key_ids": [Command.create(vals)]}
        )
        key = Key.search([("credential_identifier", "=", identifier)])
        public_key = base64.urlsafe_b64encode(verified["credential_public_key"])
        self.env.cr.execute(
            SQL(
                "UPDATE auth_passkey_key SET public_key = %s WHERE id = %s",
                public_key.decode(),
                key.id,
            )
        )
