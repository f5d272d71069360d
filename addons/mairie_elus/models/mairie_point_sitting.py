from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class MairiePoint(models.Model):
    """An item that the meeting adds or puts off, or that urgency opens."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    is_added = fields.Boolean("Added in the meeting", readonly=True, copy=False)
    added_reason = fields.Char("Why it was added", readonly=True, copy=False)
    is_deferred = fields.Boolean("Put off", readonly=True, copy=False)
    amendement_ids = fields.One2many(
        "mairie.amendement", "point_id", "Amendments", copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("is_added") for vals in vals_list):
            raise AccessError(
                self.env._("An item is added by the table of the meeting only.")
            )
        return super().create(vals_list)

    def _check_agenda_open(self):
        """What the meeting adds was never on the notice: it says so, and why."""
        kept = self.filtered(lambda point: not (point.is_added and self.env.su))
        return super(MairiePoint, kept)._check_agenda_open()

    def _get_free_fields(self):
        free = super()._get_free_fields() | {"is_deferred", "amendement_ids"}
        # The assembly itself closes its doors, by its vote: never a screen.
        return free | {"is_huis_clos"} if self.env.su else free

    def _check_may_be_taken(self):
        """Refuse to discuss what the council has not accepted, with the rule."""
        self.ensure_one()
        urgency = self.seance_id.point_ids.filtered(
            lambda point: point.kind == "urgency" and point != self
        )
        refused = urgency.filtered(
            lambda point: point.vote_id and not point.vote_id.is_adopted
        )
        if refused:
            raise UserError(
                self.env._(
                    "The council did not accept the urgency: every item waits for "
                    "another meeting (L2121-11 and L2121-12)."
                )
            )
        if urgency.filtered(lambda point: not point.vote_id):
            raise UserError(
                self.env._(
                    "Convened in urgency: the council votes on the urgency first "
                    "(L2121-11 and L2121-12)."
                )
            )
        if self.is_deferred:
            raise UserError(self.env._("This item was put off to another meeting."))

    def _prepare_console_device(self, room):
        """Return the last vote opened on the devices for what is not recorded yet."""
        recorded = set(self.vote_ids.mapped(lambda vote: vote.subject or ""))
        opened = self.seance_id.sudo().vote_ouvert_ids.filtered(
            lambda row: row.point_id == self and (row.subject or "") not in recorded
        )
        return opened.sorted("id")[-1:]._prepare_console(room) if opened else False
