"""Name, e-mail and telephone: read from forms, kept in one spelling whoever types them.

« 06 12 34 56 78 » said on the telephone and +33612345678 of the citizen's page are one
person: searches at the desk, limits and erasure all compare what is kept.
"""

import re

import phonenumbers
from odoo import api, models
from odoo.tools import email_normalize

NAME_LENGTH = 60
#: where French numbers are valid: the mainland plan refuses those from overseas
PHONE_REGIONS = ("FR", "GP", "GF", "MQ", "RE", "YT", "PM", "NC", "PF")
REGION_OF_ZONE = {
    "guadeloupe": "GP", "martinique": "MQ", "guyane": "GF", "reunion": "RE",
    "mayotte": "YT", "saint_pierre_et_miquelon": "PM", "nouvelle_caledonie": "NC",
    "polynesie": "PF", "wallis_et_futuna": "WF",
}  # fmt: skip
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
BETWEEN_DIGITS = re.compile(r"[\s.\-/()]")


class MairieRdvContact(models.AbstractModel):
    """Whatever holds the e-mail and the telephone of a citizen."""

    _name = "mairie.rdv.contact"
    _description = "Contact of a Citizen"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._spell_contact(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._spell_contact(vals))

    def _spell_contact(self, vals):
        """Return the values with their contact in the one spelling that is kept.

        What cannot be read stays as it was typed: an agent is never blocked.
        """
        email, phone = vals.get("email"), vals.get("phone")
        if email:
            vals = {**vals, "email": email_normalize(email) or email.strip()}
        if phone:
            zone = self._get_contact_lieu(vals).holiday_zone
            vals = {**vals, "phone": read_phone(phone, zone) or bare_phone(phone)}
        return vals

    def _get_contact_lieu(self, vals):
        """Return the place whose numbering plan comes first; none when unknown."""
        lieux = self.env["mairie.rdv.lieu"].sudo()
        if vals.get("lieu_id"):
            return lieux.browse(vals["lieu_id"])
        return self.sudo().lieu_id[:1] if "lieu_id" in self._fields else lieux


def read_phone(text, zone=None):
    """Return a number in international form, False when no region knows it.

    The zone of the place comes first: "12 34 56" is a number in Nouméa only.

    :param zone: public holiday zone of a place, see ``REGION_OF_ZONE``
    """
    for region in filter(None, (REGION_OF_ZONE.get(zone), *PHONE_REGIONS)):
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(
                number, phonenumbers.PhoneNumberFormat.E164
            )
    return False


def bare_phone(text):
    """Return a number that no region knows without what people put between digits."""
    bare = BETWEEN_DIGITS.sub("", text)
    return bare if bare.removeprefix("+").isdigit() else text.strip()


def is_mobile(number):
    """Tell whether a number in international form may receive SMS."""
    kind = phonenumbers.number_type(phonenumbers.parse(number))
    return kind in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def tidy(text, length=NAME_LENGTH):
    """Return one line of text without spaces around, cut at ``length``.

    Control characters become spaces: PostgreSQL refuses some, nobody reads any.
    """
    return " ".join(CONTROLS.sub(" ", str(text or "")).split())[:length]
