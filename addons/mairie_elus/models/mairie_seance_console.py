from odoo import api, models
from odoo.exceptions import AccessError, UserError


class MairieSeance(models.Model):
    """The table of the secretary: what the live screen reads and does.

    Every call answers with the whole table, so that the screen never guesses.
    """

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    def action_conduct(self):
        """Open the live screen."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "mairie_elus.seance_console",
            "name": self.name,
            "params": {"seance_id": self.id},
        }

    @api.readonly
    def console_read(self):
        """Return the table: meeting, items, item under discussion, people."""
        self.ensure_one()
        self.check_access("read")
        self._check_secretary()
        point = self.current_point_id
        members = self._get_members()
        room = self._get_roll(point, members)
        return {
            "seance": self._prepare_console_seance(room),
            "points": [row._prepare_console_row() for row in self._get_agenda()],
            "current": point._prepare_console_item(room) if point else False,
            "people": self._prepare_console_people(members, room),
            "last": self._prepare_console_last(),
        }

    def console_open_point(self, point_id):
        """Put an item to discussion."""
        self._check_console()
        point = self._find_point(point_id)
        self.sudo().current_point_id = point
        point.sudo()._open_debate()
        return self.console_read()

    def console_move(self, partner_ids, enters):
        """Note arrivals or departures."""
        self._check_console()
        members = self._get_members().filtered(lambda row: row.id in partner_ids)
        self._note_moves(members, bool(enters))
        return self.console_read()

    def console_undo_move(self):
        """Take the last arrival or departure back."""
        self._check_console()
        last = self.presence_ids.sorted("id")[-1:]
        last._check_no_vote_since()
        last.sudo().unlink()
        return self.console_read()

    def console_deport(self, partner_id, ground):
        """A member stands aside from the item under discussion, or no longer does."""
        self._check_console()
        point = self.current_point_id
        known = point.deport_ids.filtered(lambda row: row.partner_id.id == partner_id)
        known.unlink()
        if ground:
            self.env["mairie.deport"].create(
                {"point_id": point.id, "partner_id": partner_id, "ground": ground}
            )
        if point.opened_at and not point.vote_ids:
            point.sudo()._count_quorum()
        return self.console_read()

    def console_pouvoir(self, giver_id, holder_id, reason=False):
        """A member gives his pouvoir, gives it to another, or takes it back."""
        self._check_console()
        self.pouvoir_ids.filtered(
            lambda row: row.giver_id.id == giver_id
        ).action_revoke()
        if holder_id:
            self.env["mairie.pouvoir"].create(
                {
                    "seance_id": self.id,
                    "giver_id": giver_id,
                    "holder_id": holder_id,
                    "reason": reason,
                }
            )
        return self.console_read()

    def console_preside(self, partner_id):
        """Somebody else presides, from now on."""
        self._check_console()
        if partner_id not in self._get_members().ids:
            raise UserError(self.env._("Whoever presides sits in the assembly."))
        self.presiding_id = partner_id
        return self.console_read()

    def console_debate(self, point_id, text):
        """Keep the notes of a debate."""
        self._check_console()
        self._find_point(point_id).sudo().debate = text
        return self.console_read()

    def console_vote(self, point_id, vals):
        """Close a vote: the law judges it, it is sealed.

        :param vals: ``mode``, ``pour``, ``contre``, ``abstention``, ``blanc``, ``nul``,
            ``president_vote`` on a tie, ``names`` (member id as text -> side),
            ``subject`` of an amendment, ``reason`` of a correction
        """
        self._check_console()
        self._find_point(point_id)._record_vote(vals)
        return self.console_read()

    @api.readonly
    def console_preview_vote(self, point_id, vals):
        """Return what a vote would decide, before it is closed."""
        self.ensure_one()
        self._check_secretary()
        return self._find_point(point_id)._preview_vote(vals)

    def _check_console(self):
        self.ensure_one()
        self.check_access("write")
        self._check_secretary()
        self._check_recording()

    def _check_secretary(self):
        if not self.env.user.has_group("mairie_elus.group_secretary"):
            raise AccessError(
                self.env._("Only the secretary of the assemblies conducts a meeting.")
            )

    def _find_point(self, point_id):
        point = self.point_ids.filtered(lambda row: row.id == point_id)
        if not point:
            raise UserError(self.env._("This item is not on the agenda any more."))
        return point

    def _get_agenda(self):
        return self.point_ids.sorted(lambda point: (point.rank, point.id))

    def _get_presiding(self):
        """Return who presides: who was noted, else the mayor or the body's president."""
        self.ensure_one()
        if (
            self.presiding_id
            or self.instance_id.president_id
            and self.kind != "council"
        ):
            return self.presiding_id or self.instance_id.president_id
        mandats = self.env["mairie.mandat"].sudo()
        seated = mandats._get_in_office(self.company_id, self.date)
        return seated.filtered(lambda row: row.function == "maire")[:1].partner_id

    def _prepare_console_seance(self, room):
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "counted": room.attendance.counted,
            "needed": room.attendance.needed,
            "reached": room.reached,
            "second_call": self.call == "second_call",
            "presiding": self._get_presiding().id,
            "present": len(room.present),
            "members": len(self._get_members()),
        }

    def _prepare_console_people(self, members, room):
        given = self.pouvoir_ids.filtered(lambda row: not row.revoked_on)
        gave = {row.giver_id.id: row.holder_id for row in given}
        carries = {row.holder_id.id: row.giver_id for row in given}
        moved = set(self.presence_ids.partner_id.ids)
        aside = {
            row.partner_id.id: row.ground for row in self.current_point_id.deport_ids
        }
        present = set(room.present)
        return [
            {
                "id": member.id,
                "name": member.name,
                "present": member.id in present,
                "left": member.id in moved and member.id not in present,
                "gave": gave.get(member.id, member.browse()).name or False,
                "carries": carries.get(member.id, member.browse()).name or False,
                "votes": (member.id in room.voters)
                + (member.id in room.represented.values()),
                "aside": aside.get(member.id, False),
            }
            for member in members
        ]

    def _prepare_console_last(self):
        """Return the last arrival or departure, which can still be taken back."""
        last = self.presence_ids.sorted("id")[-1:]
        if not last:
            return False
        local = self.company_id._mairie_localize(last.at)
        words = (
            self.env._("%(name)s came in, %(hour)s")
            if last.enters
            else self.env._("%(name)s left, %(hour)s")
        )
        return words % {"name": last.partner_id.name, "hour": f"{local:%H:%M}"}
