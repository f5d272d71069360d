from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import acts
from .mairie_seance_roll import RECORDING_STATES

#: Items whose vote, or whose election, makes an act.
ACT_KINDS = ("deliberation", "accounts", "urgency", "election")


class MairieSeance(models.Model):
    """After the meeting: numbered acts, their list within a week, the minutes."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    deliberation_ids = fields.One2many(
        "mairie.deliberation", "seance_id", "Délibérations"
    )
    deliberation_count = fields.Integer(compute="_compute_deliberation_count")
    has_votes = fields.Boolean(compute="_compute_has_votes")
    list_due = fields.Date(
        "List of the délibérations due",
        compute="_compute_list_due",
        help="Posted at the town hall and put online within a week (CGCT, L2121-25).",
    )
    pv_state = fields.Selection(
        [("draft", "To write"), ("approved", "Approved"), ("published", "Published")],
        "Minutes",
        default="draft",
        readonly=True,
        copy=False,
    )
    pv_approved_in_id = fields.Many2one(
        "mairie.seance",
        "Approved at",
        readonly=True,
        copy=False,
        help="The minutes are approved at the start of the next meeting (L2121-15).",
    )
    pv_due = fields.Date("Minutes due online", compute="_compute_pv_due")
    communes_told_on = fields.Date(
        "Communes told on",
        copy=False,
        help="List and minutes sent to the councillors of the communes who do not sit "
        "here, within a month (CGCT, L5211-40-2).",
    )
    pv_published_on = fields.Date("Minutes online since", readonly=True, copy=False)
    pv_missing = fields.Char("What the minutes lack", compute="_compute_pv_missing")
    pv_can_be_approved = fields.Boolean(compute="_compute_pv_can_be_approved")

    @api.depends("deliberation_ids")
    def _compute_deliberation_count(self):
        for seance in self:
            seance.deliberation_count = len(seance.deliberation_ids)

    @api.depends("point_ids.vote_ids", "point_ids.nomination_ids.tour_ids")
    def _compute_has_votes(self):
        for seance in self:
            seance.has_votes = any(point._is_counted() for point in seance.point_ids)

    @api.depends("date", "state")
    def _compute_list_due(self):
        for seance in self:
            held = seance.state == "closed" and seance.date
            seance.list_due = held and acts.list_due(seance.date)

    @api.depends("pv_approved_in_id.date")
    def _compute_pv_due(self):
        for seance in self:
            approved = seance.pv_approved_in_id.date
            seance.pv_due = approved and acts.pv_due(approved)

    @api.depends(
        "state",
        "presiding_id",
        "secretary_ids",
        "presence_ids",
        "point_ids.debate",
        "point_ids.is_deferred",
        "point_ids.vote_ids",
        "point_ids.nomination_ids.tour_ids",
        "point_ids.opened_at",
    )
    @api.depends_context("lang")
    def _compute_pv_missing(self):
        for seance in self:
            missing = seance.state == "closed" and acts.missing_mentions(
                seance._get_pv_mentions()
            )
            labels, gaps = seance._get_pv_labels(), seance._get_pv_gaps()
            names = [
                labels[mention] + gaps.get(mention, "") for mention in missing or ()
            ]
            seance.pv_missing = ", ".join(names)

    @api.depends("pv_missing", "pv_state", "state")
    def _compute_pv_can_be_approved(self):
        """The whole minutes, and a next meeting that has begun."""
        for seance in self:
            written = seance.state == "closed" and not seance.pv_missing
            to_do = written and seance.pv_state == "draft"
            seance.pv_can_be_approved = bool(to_do and seance._get_next_meeting())

    def action_close(self):
        """End the meeting and number its acts."""
        result = super().action_close()
        self._number_acts()
        return result

    def action_number_acts(self):
        """Number what was voted on from paper notes, once the meeting is over."""
        self.check_access("write")
        self._check_secretary()
        for seance in self:
            if seance.state != "closed":
                raise UserError(self.env._("Close the meeting first."))
        self._number_acts()

    def _number_acts(self):
        """Give an act and a number to each decision that has none, in their order."""
        for seance in self:
            numbers = seance._get_item_numbers()
            todo = seance.point_ids.filtered(
                lambda point: (
                    point.kind in ACT_KINDS
                    and point._is_decided()
                    and not point.deliberation_ids
                )
            ).sorted(numbers.get)
            model = self.env["mairie.deliberation"]
            model._number(
                seance.company_id, [model._prepare_vals(point) for point in todo]
            )

    def action_approve_pv(self):
        """The next meeting has approved the minutes: mayor and secretary sign them."""
        self._check_secretary()
        self.check_access("write")
        for seance in self:
            if seance.pv_missing:
                raise UserError(
                    self.env._("The minutes still lack: %s.", seance.pv_missing)
                )
            following = seance._get_next_meeting()
            if not following:
                raise UserError(
                    self.env._(
                        "The minutes are approved at the start of the next meeting, "
                        "which has not been opened yet."
                    )
                )
            seance.sudo().write(
                {"pv_state": "approved", "pv_approved_in_id": following.id}
            )

    def action_publish_pv(self):
        self._check_secretary()
        self.check_access("write")
        for seance in self:
            if seance.pv_state != "approved":
                raise UserError(self.env._("The minutes are not approved yet."))
        today = self.env.company._mairie_local_date(fields.Datetime.now())
        self.sudo().write({"pv_state": "published", "pv_published_on": today})

    def action_view_deliberations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_elus.mairie_deliberation_action"
        )
        return dict(action, domain=[("seance_id", "=", self.id)], context={})

    def _get_next_meeting(self):
        """Return the meeting of this assembly that was held just after."""
        self.ensure_one()
        return self.search(
            [
                ("instance_id", "=", self.instance_id.id),
                ("date_start", ">", self.date_start),
                ("state", "in", RECORDING_STATES),
            ],
            order="date_start",
            limit=1,
        )
