from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import ballot


class MairieSeance(models.Model):
    """A meeting that members may attend by video, where its body may be."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    video_allowed = fields.Boolean(related="instance_id.video_allowed")
    is_video = fields.Boolean(
        "Also by video", help="The notice says so, with the address to join."
    )
    video_url = fields.Char("Address of the video meeting")

    @api.constrains("is_video", "instance_id")
    def _check_video(self):
        for seance in self:
            if seance.is_video and not seance.video_allowed:
                raise ValidationError(
                    self.env._(
                        "%s does not meet by video: its own rules must allow it first.",
                        seance.instance_id.name,
                    )
                )

    def _get_agenda_blockers(self):
        yield from super()._get_agenda_blockers()
        if self.is_video and not (self.video_url or "").startswith("https://"):
            yield self.env._("The address of the video meeting is missing."), self

    def _prepare_agenda_facts(self):
        facts = super()._prepare_agenda_facts()
        return {**facts, "video": self.video_url} if self.is_video else facts

    def _check_ballot_by_video(self, mode):
        """Refuse a secret ballot where some vote from afar (CGCT, L5211-11-1)."""
        if self.is_video and mode == ballot.SECRET:
            raise ValidationError(
                self.env._(
                    "A secret ballot is not held by video: put the item off to a "
                    "meeting in one place."
                )
            )
