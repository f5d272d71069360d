"""A period closes: whoever can be received elsewhere at the same hour is, the others
are offered three dates that are really held for them."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import mute_logger
from psycopg2.errors import ExclusionViolation

from ..exceptions import SlotTaken
from ..lib.slots import to_datetime, to_local, to_minutes
from .mairie_rdv_lieu_calendar import day_spans

DATES_OFFERED = 3
SEARCH_DAYS = 45


class MairieRdvException(models.Model):
    _inherit = "mairie.rdv.exception"

    public_reason = fields.Char(
        "Told to Citizens", help="One sentence, at the top of their message."
    )
    moves = fields.Json(export_string_translation=False)
    closed_rdv_ids = fields.One2many("mairie.rdv", "closure_id", "Offered Other Dates")

    def _get_spans(self, lieu):
        """Return the ranges that are closed at a place, in minutes."""
        self.ensure_one()
        tz = lieu._get_zone_info()
        return day_spans(
            self.date_from, self.date_to, self.all_day, self.hour_from, self.hour_to, tz
        )

    def _get_hits(self):
        """Return the appointments to come that the closing touches, to the minute."""
        self.ensure_one()
        found = self.env["mairie.rdv"].sudo().search(self._get_hit_domain())
        return found.filtered(self._hits)

    def _hits(self, rdv):
        if self.user_id and rdv.guichet_id.user_id != self.user_id:
            return False
        start, stop = to_minutes(rdv.start), to_minutes(rdv.stop)
        spans = self._get_spans(rdv.lieu_id)
        return any(start < end and begin < stop for begin, end in spans)

    def _split_hits(self, hits):
        """Return where each appointment may go at its own hour.

        :return: rdv -> ``(guichet id, place)``, None where no desk is free
        """
        taken, split = [], {}
        for rdv in hits:
            split[rdv] = None
            free = rdv.demarche_id._get_free_places(
                rdv.lieu_id, rdv.start, rdv.persons, online=False, ignore=rdv
            )
            for guichet_id, place in free:
                span = (guichet_id, place, rdv.busy_start, rdv.busy_stop)
                if self._closes(guichet_id, rdv) or any(
                    _overlap(span, other) for other in taken
                ):
                    continue
                split[rdv] = (guichet_id, place)
                taken.append(span)
                break
        return split

    def _closes(self, guichet_id, rdv):
        if guichet_id == rdv.guichet_id.id:
            return True
        guichet = self.env["mairie.rdv.guichet"].sudo().browse(guichet_id)
        if self.guichet_id or self.user_id:
            is_agent = self.user_id and guichet.user_id == self.user_id
            return guichet == self.guichet_id or bool(is_agent)
        return not self.lieu_id or self.lieu_id == rdv.lieu_id

    def _apply_closing(self):
        """Move who can be moved; offer dates to the others.

        :return: how many are moved, told by a message, and to be called
        """
        self.ensure_one()
        hits = self._get_hits()
        hits.filtered(lambda rdv: rdv.state == "hold").state = "expired"
        coming = hits.filtered(lambda rdv: rdv.state == "confirmed")
        moves, others = [], self.env["mairie.rdv"].sudo()
        for rdv, target in self._split_hits(coming).items():
            origin = [rdv.id, rdv.guichet_id.id, rdv.place]
            if target and rdv._go_to_desk(*target):
                moves.append(origin)
            else:
                others |= rdv
        self.sudo().moves = moves
        for rdv in others:
            rdv._close_and_propose(self)
        to_call = others.filtered("is_to_call")
        return len(moves), len(others - to_call), len(to_call)

    def _get_call_action(self):
        """Return the list of whom this closing leaves to be called."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_rdv.mairie_rdv_call_action"
        )
        domain = [("is_to_call", "=", True), ("closure_id", "=", self.id)]
        return {**action, "domain": domain}

    def action_undo_close(self):
        """Open again: dates offered are given back, appointments are as before.

        Whoever closed may open again; of what others closed, managers only.
        """
        others = self.filtered(lambda closing: closing.create_uid != self.env.user)
        if others:
            others.check_access("unlink")
        for exception in self.sudo():
            for rdv_id, guichet_id, place in exception.moves or []:
                rdv = self.env["mairie.rdv"].sudo().browse(rdv_id).exists()
                if rdv.state == "confirmed":
                    rdv._go_to_desk(guichet_id, place)
            exception.closed_rdv_ids._reopen()
            exception.unlink()


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    closure_id = fields.Many2one(
        "mairie.rdv.exception", "Closed by", readonly=True, ondelete="set null"
    )
    proposal_of_id = fields.Many2one(
        "mairie.rdv",
        "Date Offered instead of",
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    proposal_ids = fields.One2many("mairie.rdv", "proposal_of_id", "Dates Offered")

    def _go_to_desk(self, guichet_id, place):
        """Change the desk at the same hour; tell whether it could be had."""
        self.ensure_one()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.write({"guichet_id": guichet_id, "place": place})
                self.env.flush_all()
        except ExclusionViolation:
            self.invalidate_recordset()
            return False
        return True

    def _close_and_propose(self, exception):
        """Give the time up, hold other dates for the citizen, and tell him.

        Without address nor SMS he is told nothing: he is then on the list to call.
        """
        self.ensure_one()
        self._move_to("cancelled_mairie")
        self.write({"closure_id": exception.id, "told_at": False})
        self._unqueue_message("reminder")
        for start in self._pick_dates():
            self._hold_date(start)
        if self._is_reached_by("closed"):
            self._notify("closed")

    def _pick_dates(self):
        """Return three times near the one that is lost, on three days if possible."""
        lieu, demarche = self.lieu_id, self.demarche_id
        now = fields.Datetime.now()
        today = to_local(to_minutes(now), lieu._get_zone_info()).date()
        last = max(self.start.date(), today) + timedelta(days=SEARCH_DAYS)
        offers = demarche._get_offer(lieu, today, last, self.persons)
        wanted, soon = to_minutes(self.start), to_minutes(now) + 24 * 60
        offers = sorted(
            (offer for offer in offers if offer.start > soon),
            key=lambda offer: abs(offer.start - wanted),
        )
        by_day = {}
        for offer in offers:
            by_day.setdefault(offer.local.date(), offer)
        best = list(by_day.values())[:DATES_OFFERED]
        best += [offer for offer in offers if offer not in best]
        return sorted(to_datetime(offer.start) for offer in best[:DATES_OFFERED])

    def _hold_date(self, start):
        vals = {
            **self._prepare_hold_create_vals(
                self.demarche_id, self.lieu_id, start, self.persons
            ),
            "origin": "guichet",
            "proposal_of_id": self.id,
            "hold_until": self._get_keeping_limit(start),
        }
        try:
            self._keep_on_free_place(
                self.demarche_id,
                self.lieu_id,
                start,
                self.persons,
                lambda place: self.sudo().create({**vals, **place}),
            )
        except SlotTaken:
            return

    def _get_keeping_limit(self, start):
        """Return until when a date is kept: never so late that nobody could come."""
        days = timedelta(days=self.company_id.mairie_rdv_proposal_days)
        notice = timedelta(hours=self.demarche_id.lead_min_hours)
        return min(fields.Datetime.now() + days, start - notice)

    def _reopen(self):
        """Take back the time that a closing took, where it is still free."""
        for rdv in self.filtered(lambda rdv: rdv.state == "cancelled_mairie"):
            rdv._give_dates_back()
            was_told = not rdv.envoi_ids.filtered(
                lambda envoi: envoi.kind == "closed" and envoi.state == "queued"
            )
            rdv._unqueue_message("closed")
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    rdv.write({"state": "confirmed", "cancelled_at": False})
                    self.env.flush_all()
            except ExclusionViolation:
                rdv.invalidate_recordset()
                continue
            if was_told and rdv._get_channels():
                rdv._announce_change()

    def _give_dates_back(self):
        dates = self.proposal_ids.filtered(lambda hold: hold.state == "hold")
        dates.state = "expired"

    def _get_open_dates(self):
        """Return the dates that are still held for the citizen."""
        self.ensure_one()
        now = fields.Datetime.now()
        return self.proposal_ids.filtered(
            lambda hold: hold.state == "hold" and hold.hold_until > now
        ).sorted("start")


def _overlap(one, other):
    return one[:2] == other[:2] and one[2] < other[3] and other[2] < one[3]
