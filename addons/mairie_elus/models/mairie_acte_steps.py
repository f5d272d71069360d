from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty

from ..lib import acts
from ..lib.public_search import mask


class MairieActeSteps(models.AbstractModel):
    """The steps of an act: signed, put online, handed over to the préfecture."""

    _inherit = "mairie.acte.mixin"

    def action_sign(self):
        """Who signs has signed: the text does not change any more."""
        self._check_secretary()
        for act in self:
            act._check_draft()
            if is_html_empty(act.content):
                raise UserError(
                    self.env._("Act %s has no text yet: write it first.", act.number)
                )
        self.sudo().write({"state": "signed", "signed_on": self._get_today()})
        for act in self:
            act._note("signed", act._prepare_signed_facts())

    def action_publish(self):
        """Put the act online, where it stays two months at least."""
        self._check_secretary()
        for act in self:
            act._check_publishable()
        for act in self.filtered(lambda act: act.state == "signed"):
            publication = self.env["mairie.publication"]._publish(
                act, act._prepare_publication_vals()
            )
            act.sudo().write(
                {
                    "state": "published",
                    "published_on": self._get_today(),
                    "publication_id": publication.id,
                }
            )
            publication._follow_acts()

    def action_republish(self):
        """Replace the copy online, when personal data were left in it."""
        self._check_secretary()
        for act in self.filtered("publication_id"):
            act._check_publishable()
            publication = act.publication_id._replace(act._prepare_publication_vals())
            act.sudo().publication_id = publication

    def action_redact(self):
        """Prepare the public copy: hide what a machine recognizes, then read it again."""
        self._check_secretary()
        for act in self:
            act.write(
                {
                    "has_personal_data": True,
                    "redacted_content": mask(act.content or ""),
                    "public_name": act.public_name or act.name,
                }
            )

    def action_transmit(self):
        """Hand the act over to the préfecture: it leaves within the minute."""
        self._check_secretary()
        for act in self:
            act._check_transmissible()
        for act in self:
            transmission = self.env["mairie.transmission"]._queue(act)
            act.sudo().transmission_id = transmission

    def action_view_publication(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.publication_id._get_path(),
            "target": "new",
        }

    def _check_secretary(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "mairie_elus.group_secretary"
        ):
            raise AccessError(
                self.env._("Only the secretary of the assemblies does this.")
            )

    def _check_publishable(self):
        self.ensure_one()
        if self.state == "draft":
            raise UserError(
                self.env._("Act %s is not signed yet: sign it first.", self.number)
            )
        if self.has_personal_data and is_html_empty(self.redacted_content):
            raise UserError(
                self.env._(
                    "Act %s names a private person: prepare its public copy first.",
                    self.number,
                )
            )

    def _check_transmissible(self):
        self.ensure_one()
        if self.state == "draft":
            raise UserError(
                self.env._("Act %s is not signed yet: sign it first.", self.number)
            )
        if not self.is_transmitted or not self.is_adopted:
            raise UserError(
                self.env._("Act %s does not go to the préfecture.", self.number)
            )
        if self.received_on:
            raise UserError(
                self.env._("The préfecture has received act %s.", self.number)
            )
        if self.transmission_id.state in acts.ON_ITS_WAY:
            raise UserError(self.env._("Act %s is on its way already.", self.number))
