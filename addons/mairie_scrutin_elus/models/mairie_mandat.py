import unicodedata

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

SECRETARY = "mairie_elus.group_secretary"


def reduced_name(name):
    """A name without accents, hyphens, capitals nor order of its words."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in plain.lower()).split()
    return tuple(sorted(words))


def civil_name(person):
    """Name of a candidate as a contact bears it: the ballot has capitals."""
    return " ".join(filter(None, [person.prenom, person.nom.title()]))


class MairieMandat(models.Model):
    """From a mandate to the list on which it was won."""

    _inherit = "mairie.mandat"

    def action_find_successor(self):
        """Open the screen that names who replaces this member (L270)."""
        self.ensure_one()
        if not self.env.user.has_group(SECRETARY):
            raise AccessError(
                self.env._("Only the secretary of the assemblies names a successor.")
            )
        wizard = self.env["mairie.scrutin.elu.replace"].create(
            self._prepare_successor_wizard_vals()
        )
        return wizard._get_action()

    def _prepare_successor_wizard_vals(self):
        day = fields.Date.context_today(self)
        return {
            "elu_id": self._get_elu().id,
            "mandat_id": self.id,
            "date": max(self.date_from, min(self.date_to or day, day)),
        }

    def _get_elu(self):
        """The proclaimed person of this mandate, sudoed; found by the name."""
        self.ensure_one()
        elus = (
            self.env["mairie.scrutin.elu"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("organe", "=", "cm"),
                    ("tour_id.state", "=", "proclame"),
                    ("left_date", "=", False),
                    ("candidat_id", "!=", False),
                ],
                order="id desc",
            )
        )
        name = reduced_name(self.partner_id.name)
        for elu in elus:
            if reduced_name(civil_name(elu.candidat_id)) == name:
                return elu
        raise UserError(
            self.env._(
                "%s was not found among the people elected in a proclaimed election: "
                "the list that this member comes from is not known here.",
                self.partner_id.name,
            )
        )
