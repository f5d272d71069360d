from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.pouvoir import UNTIL_VOTE, Pouvoir
from ..lib.roll import roll_at

#: While the meeting goes on, and afterwards from paper notes.
RECORDING_STATES = ("open", "closed")


class MairieSeance(models.Model):
    """Who sits, who is there at each item, who votes for whom."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    presence_ids = fields.One2many(
        "mairie.presence", "seance_id", "Arrivals and departures", copy=False
    )
    pouvoir_ids = fields.One2many("mairie.pouvoir", "seance_id", copy=False)
    current_point_id = fields.Many2one(
        "mairie.point", "Item under discussion", readonly=True, copy=False
    )

    def _check_recording(self):
        """Refuse to note what happens in a meeting that is not held."""
        for seance in self:
            if seance.state not in RECORDING_STATES:
                raise UserError(
                    self.env._("Open the meeting first: nothing is noted before it.")
                )

    def _check_pouvoirs_open(self):
        """Refuse to note pouvoirs before the members are convened."""
        for seance in self:
            if seance.state not in ("convened", *RECORDING_STATES):
                raise UserError(
                    self.env._(
                        "Convene the members first: a pouvoir names its meeting."
                    )
                )

    def _has_come(self, partner):
        """Tell whether somebody came into the room at this meeting."""
        self.ensure_one()
        return partner in self.sudo().presence_ids.filtered("enters").partner_id

    def _get_pouvoir_limit_text(self):
        """Return until when this body takes pouvoirs, "" when at any time."""
        self.ensure_one()
        body = self.instance_id.sudo()
        if body.pouvoir_until == UNTIL_VOTE:
            return ""
        if body.pouvoir_hours:
            last = self.date_start - timedelta(hours=body.pouvoir_hours)
            local = self.company_id._mairie_localize(last)
            return self.env._(
                "Internal rules: pouvoirs are taken until %(day)s at %(hour)s.",
                day=self._format_day(local.date()),
                hour=f"{local:%H:%M}",
            )
        return self.env._(
            "Internal rules: pouvoirs are taken before the meeting opens."
        )

    def _get_given(self, partner):
        """Return the pouvoir that a member gives for the meeting, if any."""
        self.ensure_one()
        valid = self.sudo().pouvoir_ids._filter_valid()
        return valid.filtered(lambda row: row.giver_id == partner)[:1]

    def _get_carried(self, partner):
        """Return the pouvoir that a member carries at the meeting, if any."""
        self.ensure_one()
        valid = self.sudo().pouvoir_ids._filter_valid()
        return valid.filtered(lambda row: row.holder_id == partner)[:1]

    def _get_members(self):
        """Return who sits in the body that day, in the legal order: res.partner."""
        self.ensure_one()
        contacts = self.instance_id.sudo()._get_contacts_on(self.date)
        ids = [contact.partner_id.id for contact in contacts]
        return self.env["res.partner"].browse(dict.fromkeys(ids))

    def _get_in_office_count(self):
        """Return how many seats are held: a substitute holds none."""
        self.ensure_one()
        return len(self._get_members()) - len(self._get_substitutes())

    def _get_substitutes(self):
        """Return substitute -> whom he replaces, None for anybody: ids of res.partner."""
        self.ensure_one()
        return self.instance_id.sudo()._get_substitutes_on(self.date)

    def _get_earlier_meetings(self, limit):
        """Return the meetings held just before this one, the latest first."""
        self.ensure_one()
        return self.search(
            [
                ("instance_id", "=", self.instance_id.id),
                ("date_start", "<", self.date_start),
                ("state", "in", RECORDING_STATES),
            ],
            order="date_start desc",
            limit=limit,
        )

    def _get_item_numbers(self):
        """Return item -> its place in the order in which items are taken, from 1."""
        self.ensure_one()
        far = fields.Datetime.to_datetime("9999-12-31")
        points = self.point_ids.sorted(
            lambda point: (point.opened_at or far, point.rank, point.id)
        )
        return {point: number for number, point in enumerate(points, 1)}

    def _get_roll_now(self, members=None):
        """Return the room as it is: after the vote on an item, that of the next one."""
        self.ensure_one()
        point = self.current_point_id
        return self._get_roll(point, members, after=bool(point.vote_id))

    def _get_roll_of(self, members, point):
        """Return the room at an item as far as these members go.

        Whether each of them is there and votes, for whom: never the quorum. A hundred
        of them vote in ten seconds, none reads the whole council. With substitutes the
        others decide who sits.
        """
        if self._get_substitutes():
            return self._get_roll(point)
        own = [("seance_id", "=", self.id), ("partner_id", "in", members.ids)]
        moves = self.env["mairie.presence"].search(own, order="id")
        return self._get_roll(point, members, moves=moves)

    def _get_roll(self, point, members=None, after=False, moves=None):
        """Return the room at an item.

        :param point: mairie.point, or empty at the opening
        :param after: once it was voted on, with those who have come and gone since
        :param moves: mairie.presence in their order, by default all of the meeting
        :return: lib.roll.Roll, whose keys are ids of res.partner
        """
        self.ensure_one()
        members = (members or self._get_members()).ids
        numbers = self._get_item_numbers()
        substitutes = self._get_substitutes()
        if moves is None:
            moves = self.presence_ids.sorted("id")
        pouvoirs = self.pouvoir_ids._filter_valid()
        return roll_at(
            numbers.get(point, 0) + after,
            members,
            [move._prepare_move(numbers) for move in moves],
            in_office=len(members) - len(substitutes),
            pouvoirs=[Pouvoir(p.giver_id.id, p.holder_id.id) for p in pouvoirs],
            deports=[]
            if after
            else [(d.partner_id.id, d.ground) for d in point.deport_ids],
            substitutes=substitutes,
            second_call=self.call == "second_call",
            local_law=self.company_id.mairie_local_law,
        )

    def _note_moves(self, partners, enters):
        """Note that these members come in, or leave, now."""
        self.ensure_one()
        room = self._get_roll_now()
        inside = {*room.present, *room.spare}
        moving = partners.filtered(lambda member: (member.id in inside) != enters)
        self.env["mairie.presence"].create(
            [self._prepare_presence_vals(member, enters) for member in moving]
        )
        return moving

    def _prepare_presence_vals(self, partner, enters):
        return {
            "seance_id": self.id,
            "partner_id": partner.id,
            "enters": enters,
            "point_id": self.current_point_id.id,
            "at": self._get_gesture_time(),
        }
