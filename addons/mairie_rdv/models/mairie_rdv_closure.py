"""A period closes: whoever can be received elsewhere at the same hour is, the others
are offered three dates that are really held for them."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger
from psycopg2.errors import ExclusionViolation

from ..exceptions import SlotTaken
from ..lib.slots import to_datetime, to_local, to_minutes
from .mairie_rdv_lieu_calendar import day_spans
from .wording import moment_label

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
        """Move who can be moved; offer dates to the others. :return: the two counts"""
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
        return len(moves), len(others)

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
        """Give the time up, hold other dates for the citizen, and tell him."""
        self.ensure_one()
        self._move_to("cancelled_mairie")
        self.closure_id = exception
        self._unqueue_message("reminder")
        for start in self._pick_dates():
            self._hold_date(start)
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
        days = self.company_id.mairie_rdv_proposal_days
        vals = {
            **self._prepare_hold_create_vals(
                self.demarche_id, self.lieu_id, start, self.persons
            ),
            "origin": "guichet",
            "proposal_of_id": self.id,
            "hold_until": fields.Datetime.now() + timedelta(days=days),
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

    # -- the citizen chooses -------------------------------------------------------

    @api.model
    def _get_dates_public(self, token):
        """Return the dates offered to the owner of a token, or None.

        :return: dict with ``rdv``, ``dates`` (slots) and ``until``
        """
        rdv = self._find_public(token)
        if not rdv or not rdv.closure_id:
            return None
        dates = rdv._get_open_dates()
        return {
            "rdv": rdv._prepare_public_vals(),
            "reason": rdv._get_public_reason(),
            "until": dates and dates[0]._get_limit_label("closed") or "",
            "dates": [
                rdv.demarche_id._prepare_slot(rdv.lieu_id, to_minutes(hold.start))
                for hold in dates
            ],
        }

    @api.model
    def _choose_public(self, token, value):
        """Take one of the dates offered; the appointment keeps its code and link.

        :return: True, or None when the token is unknown
        :raise SlotTaken: this date is no longer kept
        """
        rdv = self._find_public(token)
        if not rdv or not rdv.closure_id:
            return None
        start = rdv.lieu_id._read_start(value)
        if rdv.state == "confirmed" and rdv.start == start:
            return True
        if rdv.state != "cancelled_mairie":
            raise UserError(self.env._("Your appointment has changed meanwhile."))
        if not start or start not in rdv._get_open_dates().mapped("start"):
            raise SlotTaken(self.env._("This date is no longer kept for you."))
        rdv._give_dates_back()
        vals = {"state": "confirmed", "cancelled_at": False}
        rdv._keep_time(start, {**vals, "move_count": rdv.move_count + 1})
        rdv._notify("moved")
        return True

    # -- the message -----------------------------------------------------------------

    def _get_dates_text(self, kind):
        if kind != "closed":
            return super()._get_dates_text(kind)
        return "\n".join(f"- {date._get_when()}" for date in self._get_open_dates())

    def _get_limit_label(self, kind):
        if kind == "closed" and (dates := self._get_open_dates()):
            zone = self.lieu_id._get_zone_info()
            local = to_local(to_minutes(dates[0].hold_until), zone)
            return moment_label(self.env, local)
        if self.proposal_of_id and self.hold_until:
            zone = self.lieu_id._get_zone_info()
            local = to_local(to_minutes(self.hold_until), zone)
            return moment_label(self.env, local)
        return super()._get_limit_label(kind)

    def _get_public_reason(self):
        reason = self.closure_id.public_reason
        return reason or self.env._("Something unexpected obliges us to close.")


def _overlap(one, other):
    return one[:2] == other[:2] and one[2] < other[3] and other[2] < one[3]
