"""Who waits for an earlier place: freed places are offered in order, one at a time."""

import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..exceptions import SlotTaken
from ..lib.slots import to_datetime, to_local, to_minutes

OFFERS_AT_MOST = 3
WAIT_DAYS = 60


class MairieRdvAttente(models.Model):
    """Somebody who waits; an offer is a place that is really held for him."""

    _name = "mairie.rdv.attente"
    _inherit = "mairie.rdv.contact"
    _description = "Waiting List"
    _order = "id"
    _rec_name = "contact_name"

    demarche_id = fields.Many2one(
        "mairie.rdv.demarche",
        "Procedure",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="demarche_id.company_id", store=True, index=True
    )
    lieu_id = fields.Many2one(
        "mairie.rdv.lieu", "Place", required=True, index=True, ondelete="cascade"
    )
    persons = fields.Integer(default=1, required=True)
    first_name = fields.Char()
    last_name = fields.Char()
    contact_name = fields.Char("Name", compute="_compute_contact_name")
    email = fields.Char(groups="mairie_rdv.group_agent")
    phone = fields.Char(groups="mairie_rdv.group_agent")
    sms_ok = fields.Boolean("SMS Wanted", groups="mairie_rdv.group_agent")
    lang = fields.Char(readonly=True, default=lambda self: self.env.lang)
    rdv_id = fields.Many2one(
        "mairie.rdv",
        "Has Already",
        index=True,
        ondelete="cascade",
        help="Only an earlier place than this appointment is offered.",
    )
    earlier_than = fields.Datetime(
        "Earlier than",
        readonly=True,
        help="The first free time on show when this person joined: it did not suit.",
    )
    state = fields.Selection(
        [("waiting", "Waits"), ("offered", "A place is held"), ("served", "Has a place"),
         ("left", "Left the list"), ("over", "Never answered")],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )  # fmt: skip
    access_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(16),
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    ip_hash = fields.Char(
        readonly=True, groups=fields.NO_ACCESS, export_string_translation=False
    )
    offer_rdv_id = fields.Many2one("mairie.rdv", "Place Held", ondelete="set null")
    offer_count = fields.Integer("Offers Made", readonly=True)
    last_offer_at = fields.Datetime(readonly=True)
    refused = fields.Json(export_string_translation=False, groups=fields.NO_ACCESS)

    _access_token_uniq = models.Constraint(
        "UNIQUE(access_token)", "This link is in use already."
    )
    _one_per_rdv = models.UniqueIndex(
        "(rdv_id) WHERE state IN ('waiting', 'offered') AND rdv_id IS NOT NULL"
    )

    @api.depends("first_name", "last_name")
    def _compute_contact_name(self):
        for attente in self:
            parts = [attente.first_name, (attente.last_name or "").upper()]
            attente.contact_name = " ".join(filter(None, parts))

    def action_leave(self):
        self.check_access("write")
        self._leave()

    def _leave(self):
        """Leave the list; the place that was held goes to the next."""
        self.sudo()._give_offer_back()
        self.sudo().state = "left"

    # -- offering ----------------------------------------------------------------

    @api.model
    def _cron_offer(self):
        """Offer the places that are free to those who wait, the oldest first."""
        self._close_offers()
        waiting = self.search([("state", "=", "waiting")])
        waiting._drop_stale()
        groups = waiting.filtered(lambda attente: attente.state == "waiting").grouped(
            lambda attente: (attente.demarche_id, attente.lieu_id, attente.persons)
        )
        for (demarche, lieu, persons), attentes in groups.items():
            if not lieu._is_quiet_now(demarche.company_id):
                attentes._offer_in_order(demarche, lieu, persons)

    def _offer_in_order(self, demarche, lieu, persons):
        """Give each who waits, in turn, the first free time that suits him."""
        first, last = demarche._get_day_bounds(lieu)
        offers = demarche._get_offer(lieu, first, last, persons)
        left = {offer.start: offer.free for offer in offers}
        for attente in self:
            start = attente._pick(left)
            if start is None:
                continue
            left[start] -= 1
            try:
                attente._offer(to_datetime(start))
            except SlotTaken:
                continue

    def _pick(self, left):
        """Return the first start that suits, in minutes, or None."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.last_offer_at and self.last_offer_at > now - timedelta(hours=20):
            return None
        margin = timedelta(minutes=2 * self.company_id.mairie_rdv_waiting_minutes)
        refused = set(self.refused or [])
        for start, free in left.items():
            moment = to_datetime(start)
            if free > 0 and moment > now + margin and start not in refused:
                return start if self._is_earlier(moment) else None
        return None

    def _is_earlier(self, moment):
        """Tell whether a time is a gain: what was on show already suited nobody."""
        self.ensure_one()
        if not self.rdv_id:
            return not self.earlier_than or moment < self.earlier_than
        zone = self.lieu_id._get_zone_info()
        offered, own = (
            to_local(to_minutes(each), zone).date()
            for each in (moment, self.rdv_id.start)
        )
        return offered < own

    def _offer(self, start):
        """Hold a time for who waits, and tell him."""
        self.ensure_one()
        rdvs = self.env["mairie.rdv"].sudo()
        minutes = timedelta(minutes=self.company_id.mairie_rdv_waiting_minutes)
        vals = {
            **rdvs._prepare_hold_create_vals(
                self.demarche_id, self.lieu_id, start, self.persons
            ),
            "hold_until": fields.Datetime.now() + minutes,
            "attente_id": self.id,
            "lang": self.lang,
            **{name: self[name] for name in CONTACT},
        }
        hold = rdvs._keep_on_free_place(
            self.demarche_id,
            self.lieu_id,
            start,
            self.persons,
            lambda place: rdvs.create({**vals, **place}),
        )
        self.write(
            {
                "state": "offered",
                "offer_rdv_id": hold.id,
                "offer_count": self.offer_count + 1,
                "last_offer_at": fields.Datetime.now(),
            }
        )
        hold._notify("waiting_offer")

    @api.model
    def _close_offers(self):
        """End the offers whose time is over: the next in line is asked."""
        now = fields.Datetime.now()
        for attente in self.search([("state", "=", "offered")]):
            hold = attente.offer_rdv_id
            if hold.state in ("hold", "expired") and hold.hold_until > now:
                continue
            if hold.state in ("confirmed", "arrived", "in_progress", "done"):
                attente.state = "served"
                continue
            attente._give_offer_back()
            attente.state = (
                "waiting" if attente.offer_count < OFFERS_AT_MOST else "over"
            )

    def _give_offer_back(self):
        for attente in self:
            hold = attente.offer_rdv_id
            if hold:
                start = round(hold.start.timestamp()) // 60
                attente.refused = [*(attente.refused or []), start]
            if hold.state == "hold":
                hold.state = "expired"
            attente.offer_rdv_id = False
        self.env["mairie.rdv"]._wake_waiting_list()

    def _drop_stale(self):
        """Leave out who was served otherwise, and who has waited long enough."""
        now = fields.Datetime.now()
        for attente in self:
            rdv = attente.rdv_id
            if rdv and (rdv.state != "confirmed" or rdv.start <= now):
                attente.state = "left"
            elif not rdv and attente._has_waited_enough(now):
                attente.state = "over"

    def _has_waited_enough(self, now):
        self.ensure_one()
        is_past = self.earlier_than and self.earlier_than <= now
        return bool(is_past) or self.create_date < now - timedelta(days=WAIT_DAYS)

    @api.autovacuum
    def _gc_past(self):
        """Forget who no longer waits, a month later."""
        limit = fields.Datetime.now() - timedelta(days=30)
        over = ("served", "left", "over")
        self.search([("state", "in", over), ("write_date", "<", limit)]).unlink()


CONTACT = ("first_name", "last_name", "email", "phone", "sms_ok")
