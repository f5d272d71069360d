"""The waiting list, seen from the pages: tokens and plain values."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

from ..exceptions import FormRefused, SlotTaken, TooManyBookings
from .mairie_rdv_attente import CONTACT
from .mairie_rdv_hold import DAY
from .mairie_rdv_public import TOKEN

ENTRIES_PER_IP = 10


class MairieRdvAttente(models.Model):
    _inherit = "mairie.rdv.attente"

    @api.model
    def _find_public(self, token):
        """Return the entry of a token, sudoed; empty when there is none."""
        if not TOKEN.fullmatch(token or ""):
            return self.sudo().browse()
        attente = self.sudo().search([("access_token", "=", token)], limit=1)
        known = attente and consteq(attente.access_token, token)
        return attente if known else attente.browse()

    @api.model
    def _join_public(self, demarche_id, lieu_id, persons, form, ip):
        """Put somebody on the list. The same contact twice waits once.

        :raise FormRefused: answers to correct
        :raise TooManyBookings: too many entries from this connection today
        """
        rdvs = self.env["mairie.rdv"].sudo()
        ip_hash = rdvs._hash_ip(ip)
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        today = [("ip_hash", "=", ip_hash), ("create_date", ">", since)]
        limit = rdvs._get_limit("waiting_per_ip", ENTRIES_PER_IP)
        if self.sudo().search_count(today) >= limit:
            raise TooManyBookings(
                self.env._("Many requests came from your connection today. Call us."),
                retry_after=DAY,
            )
        lieu = self.env["mairie.rdv.lieu"].sudo().browse(lieu_id)
        answers = rdvs.new({"lieu_id": lieu.id})._read_identity(form)
        mine = [("demarche_id", "=", demarche_id), ("state", "in", ACTIVE)]
        contact = "email" if answers["email"] else "phone"
        if self.sudo().search_count([*mine, (contact, "=", answers[contact])], 1):
            return
        on_show = self._get_first_on_show(demarche_id, lieu_id, persons)
        self.sudo().create(
            {
                "demarche_id": demarche_id,
                "lieu_id": lieu.id,
                "persons": persons,
                "ip_hash": ip_hash,
                "earlier_than": on_show and on_show["start"],
                **answers,
            }
        )
        rdvs._wake_waiting_list()

    @api.model
    def _get_first_on_show(self, demarche_id, lieu_id, persons):
        """Return the first time that anybody may book now, or None.

        Whoever waits all the same has seen it: only something earlier is news to him.
        """
        demarche = self.env["mairie.rdv.demarche"].sudo().browse(demarche_id)
        lieu = self.env["mairie.rdv.lieu"].sudo().browse(lieu_id)
        return next(iter(demarche._search_days(lieu, persons)["earliest"]), None)

    @api.model
    def _get_public(self, token):
        """Return what the page of an entry shows, or None."""
        attente = self._find_public(token)
        if not attente:
            return None
        hold = attente.offer_rdv_id
        is_open = attente._is_offer_open()
        return {
            "token": token,
            "state": "offered" if is_open else attente.state,
            "offer": hold._prepare_public_vals() if is_open else None,
            "is_passed": attente._has_just_passed(),
            "mine": attente.rdv_id and attente.rdv_id._get_when(),
            "demarche": attente.demarche_id._prepare_public_vals(),
            "lieu": attente.lieu_id._prepare_public_vals(),
        }

    def _is_offer_open(self):
        hold = self.offer_rdv_id
        now = fields.Datetime.now()
        return bool(
            self.state == "offered" and hold.state == "hold" and hold.hold_until > now
        )

    def _has_just_passed(self):
        """Tell whether the place that a message offered has gone to the next."""
        since = fields.Datetime.now() - timedelta(days=1)
        is_recent = self.last_offer_at and self.last_offer_at > since
        is_in_line = self.state in ("waiting", "offered", "over")
        return bool(is_recent and is_in_line and not self._is_offer_open())

    @api.model
    def _take_public(self, token):
        """Take the place that is held.

        :return: address that shows what comes next, or None when the token is unknown
        :raise SlotTaken: the place is no longer kept
        """
        attente = self._find_public(token)
        if not attente:
            return None
        hold, rdv = attente.offer_rdv_id, attente.rdv_id
        if attente.state == "served":
            return f"/rdv/m/{(rdv or hold).access_token}"
        if not attente._is_offer_open():
            raise SlotTaken(self.env._("This place is no longer kept for you."))
        if not rdv:
            return f"/rdv/p/{hold.access_token}"
        if rdv.state != "confirmed":
            raise SlotTaken(self.env._("Your appointment has changed meanwhile."))
        start = hold.start
        hold.state = "expired"
        rdv._keep_time(start, {"move_count": rdv.move_count + 1})
        rdv._notify("moved")
        attente.state = "served"
        return f"/rdv/m/{rdv.access_token}?etat=change"

    @api.model
    def _refuse_public(self, token):
        """Keep one's date and one's rank; the next in line is asked."""
        attente = self._find_public(token)
        if not attente:
            return None
        if attente.state == "offered":
            attente._give_offer_back()
            attente.state = "waiting"
        return True

    @api.model
    def _leave_public(self, token):
        attente = self._find_public(token)
        if attente and attente.state in ACTIVE:
            attente._leave()
        return bool(attente) or None


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    attente_id = fields.Many2one(
        "mairie.rdv.attente",
        "From the Waiting List",
        readonly=True,
        ondelete="set null",
    )
    attente_ids = fields.One2many("mairie.rdv.attente", "rdv_id", "Wants it Earlier")

    @api.model
    def _wake_waiting_list(self):
        """Have freed places offered soon, once this transaction is through."""
        cron = self.env.ref("mairie_rdv.ir_cron_waiting", raise_if_not_found=False)
        waits = self.env["mairie.rdv.attente"].sudo()
        if cron and waits.search_count([("state", "=", "waiting")], limit=1):
            cron._trigger()

    @api.model
    def _want_earlier_public(self, token, wanted):
        """Wait for an earlier place, or no longer. :return: True, None if unknown"""
        rdv = self._find_public(token)
        if not rdv:
            return None
        active = rdv.attente_ids.filtered(lambda attente: attente.state in ACTIVE)
        if not wanted:
            active._leave()
        elif not active:
            rdv._check_changeable()
            if not rdv.demarche_id.has_waiting_list:
                raise UserError(self.env._("This procedure has no waiting list."))
            vals = {
                "demarche_id": rdv.demarche_id.id,
                "lieu_id": rdv.lieu_id.id,
                "persons": rdv.persons,
                "rdv_id": rdv.id,
                "lang": rdv.lang,
            }
            attentes = self.env["mairie.rdv.attente"].sudo()
            attentes.create({**vals, **{name: rdv[name] for name in CONTACT}})
            self._wake_waiting_list()
        return True

    def _read_identity(self, form):
        """Read a name and a contact only; see ``_read_form``."""
        errors, answers = {}, {}
        self._read_names(form, answers, errors)
        self._read_contact(form, answers, errors)
        self._read_trap(form, errors)
        if errors:
            raise FormRefused(self.env._("%s answers to correct", len(errors)), errors)
        return answers

    def _get_message_links(self, kind):
        links = super()._get_message_links(kind)
        if kind == "waiting_offer" and self.attente_id:
            token = self.attente_id.sudo().access_token
            links["lien"] = f"{self.get_base_url()}/rdv/a/{token}"
        return links


ACTIVE = ("waiting", "offered")
