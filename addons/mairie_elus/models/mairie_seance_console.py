import zlib

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..lib import timing


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
        now = self._get_roll_now(members)
        return {
            "seance": self._prepare_console_seance(now, members),
            "points": self._prepare_console_agenda(),
            "current": point._prepare_console_item(room) if point else False,
            "people": self._prepare_console_people(members, room, now),
            "last": self._prepare_console_last(),
        }

    def console_open_point(self, point_id):
        """Put an item to discussion."""
        self._check_console()
        self._check_not_suspended()
        point = self._find_point(point_id)
        if point != self.current_point_id:
            self._check_no_running_vote()
            point.sudo()._open_debate()
            self.sudo().current_point_id = point
            self._note(timing.ITEM, point)
        return self.console_read()

    def console_move(self, partner_ids, enters):
        """Note arrivals or departures."""
        self._check_console()
        members = self._get_members().filtered(lambda row: row.id in partner_ids)
        self._check_not_voting(members)
        self._note_moves(members, bool(enters))
        return self.console_read()

    def console_undo_move(self):
        """Take the last arrival or departure back."""
        self._check_console()
        last = self.presence_ids.sorted("id")[-1:]
        last._check_no_vote_since()
        self._check_not_voting(last.partner_id)
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

    def console_debate(self, point_id, text, base=None):
        """Keep the notes of a debate.

        :param base: what the screen had read before typing; when somebody else has
            changed the notes since, nothing is written and the answer says
            ``{"conflict": their text, "by": name}``
        """
        self._check_console()
        point = self._find_point(point_id).sudo()
        kept = point.debate or ""
        if base is not None and kept not in (base, text):
            return {"conflict": kept, "by": point.write_uid.name}
        point.debate = text
        return self.console_read()

    def console_vote(self, point_id, vals):
        """Close a vote: the law judges it, it is sealed.

        :param vals: ``mode``, ``pour``, ``contre``, ``abstention``, ``blanc``, ``nul``,
            ``president_vote`` on a tie, ``names`` (member id as text -> side),
            ``subject`` of an amendment, ``reason`` of a correction
        """
        self._check_console()
        self._check_not_suspended()
        self._check_no_running_vote()
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

    def _prepare_console_seance(self, room, members):
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "counted": room.attendance.counted,
            "needed": room.attendance.needed,
            "reached": room.reached,
            "second_call": self.call == "second_call",
            "presiding": self._get_presiding(room).id,
            "secretaries": self.secretary_ids.ids,
            "clerks": [
                {"id": agent.id, "name": agent.name} for agent in self._get_clerks()
            ],
            "present": len(room.present),
            "members": len(members),
            "suspended": bool(self.suspended_at),
            "second_call_from": self._get_second_call_text(room),
            "notes_clock": self.state == "closed"
            and f"{self.company_id._mairie_localize(self.notes_clock or self.date_start):%H:%M}",
            "version": self._get_version(),
        }

    @api.readonly
    def console_version(self):
        """Return what changes whenever the table does: another screen reads it again."""
        self.ensure_one()
        self.check_access("read")
        self._check_secretary()
        return self._get_version()

    def _get_version(self):
        """Return a short text that changes with every fact of the meeting."""
        self.ensure_one()
        point, running = self.current_point_id, self._get_running_vote()
        facts = (
            self.state,
            self.suspended_at,
            self.notes_clock,
            (self.presiding_id.id, self.secretary_ids.ids),
            self.journal_ids.ids[-1:],
            (len(self.presence_ids), self.presence_ids.ids[-1:]),
            self.pouvoir_ids.mapped(lambda row: (row.id, row.revoked_on)),
            (point.id, point.debate, point.deport_ids.ids),
            self.point_ids.vote_ids.ids,
            (running.id, len(running.voix_ids)),
            self.vote_ouvert_ids.sudo().mapped(lambda row: bool(row.closed_at)),
            self.point_ids.nomination_ids._get_version(),
            self.point_ids.amendement_ids.ids,
            self.point_ids.mapped("rank"),
        )
        return f"{zlib.crc32(repr(facts).encode()):08x}"

    def _prepare_console_agenda(self):
        """Return the rows of the agenda, with the minutes that each item took."""
        spent = self._get_time_by_item()
        return [
            dict(
                row._prepare_console_row(),
                minutes=self._prepare_minutes(spent.get(row.id)),
            )
            for row in self._get_agenda()
        ]

    def _check_not_voting(self, members):
        """Who confirmed a vote that is not recorded yet stays in the room until it is."""
        point = self.current_point_id
        subjects = self.sudo().vote_ouvert_ids.filtered(
            lambda row: row.point_id == point
        )
        recorded = point.vote_ids.mapped(lambda vote: vote.subject or "")
        waiting = subjects.filtered(lambda row: (row.subject or "") not in recorded)
        voting = waiting.voix_ids.cast_by_id & members
        if voting:
            raise UserError(
                self.env._(
                    "%s has voted: record the vote before noting who comes and goes.",
                    ", ".join(voting.mapped("name")),
                )
            )

    def _prepare_console_people(self, members, room, now):
        """Return the members: who is there now, who votes on the item."""
        given = self.pouvoir_ids._filter_valid()
        gave = {row.giver_id.id: row.holder_id for row in given}
        carries = {row.holder_id.id: row.giver_id for row in given}
        moved = set(self.presence_ids.partner_id.ids)
        aside = {
            row.partner_id.id: row.ground for row in self.current_point_id.deport_ids
        }
        present = {*now.present, *now.spare}
        return [
            {
                "id": member.id,
                "name": member.name,
                "present": member.id in present,
                "left": member.id in moved and member.id not in present,
                "gave": gave.get(member.id, member.browse()).name or False,
                "carries": carries.get(member.id, member.browse()).name or False,
                "votes": member.id in room.voters or member.id in room.represented,
                "represented": member.id in room.represented,
                "aside": aside.get(member.id, False),
                "spare": member.id in now.spare,
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
