"""The kiosk and the screen of the waiting room: an address each, and no name ever."""

import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import consteq

from ..lib.codes import spell
from ..lib.slots import to_local, to_minutes
from .mairie_rdv_public import TOKEN
from .wording import time_label

CALLS_SHOWN = 6
CALL_MINUTES = 15
KINDS = {"borne": "kiosk_token", "salle": "screen_token"}


class MairieRdvLieu(models.Model):
    _inherit = "mairie.rdv.lieu"

    kiosk_token = fields.Char(
        groups=fields.NO_ACCESS, copy=False, export_string_translation=False
    )
    screen_token = fields.Char(
        groups=fields.NO_ACCESS, copy=False, export_string_translation=False
    )

    def action_open_kiosk(self):
        return self._open_room("borne")

    def action_open_screen(self):
        return self._open_room("salle")

    def action_renew_addresses(self):
        """Make new addresses: those of a stolen tablet stop at once."""
        self.check_access("write")
        self.sudo().write({"kiosk_token": False, "screen_token": False})
        return {
            "type": "ir.actions.client",
            "tag": "mairie_undo",
            "params": {
                "message": self.env._(
                    "The former addresses are closed. Open the kiosk and the screen "
                    "again."
                )
            },
        }

    def _open_room(self, kind):
        self.ensure_one()
        self.check_access("write")
        lieu = self.sudo()
        if not lieu[KINDS[kind]]:
            lieu[KINDS[kind]] = secrets.token_urlsafe(16)
        url = f"{self.get_base_url()}/rdv/{kind}/{lieu[KINDS[kind]]}"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    @api.model
    def _find_room(self, kind, token):
        """Return the place of a token, sudoed; empty when there is none."""
        field = KINDS[kind]
        if not TOKEN.fullmatch(token or ""):
            return self.sudo().browse()
        lieu = self.sudo().search([(field, "=", token)], limit=1)
        return lieu if lieu and consteq(lieu[field], token) else lieu.browse()

    # -- screen --------------------------------------------------------------------

    @api.model
    def _get_room(self, token):
        """Return who is called, as codes and desks, or None when the token is wrong.

        Nothing in it depends on the second: the same bytes as long as nobody is
        called.
        """
        lieu = self._find_room("salle", token)
        if not lieu:
            return None
        since = fields.Datetime.now() - timedelta(minutes=CALL_MINUTES)
        called = (
            self.env["mairie.rdv"]
            .sudo()
            .search(
                [("lieu_id", "=", lieu.id), ("state", "=", "in_progress"),
                 ("called_at", ">=", since)],
                order="called_at desc, id desc",
                limit=CALLS_SHOWN,
            )
        )  # fmt: skip
        return {
            "lieu": lieu.name,
            "calls": [
                {"code": spell(rdv.code), "desk": rdv.guichet_id.name} for rdv in called
            ],
        }

    # -- kiosk ---------------------------------------------------------------------

    @api.model
    def _get_kiosk(self, token):
        """Return what the kiosk shows before anybody comes, or None."""
        lieu = self._find_room("borne", token)
        return {"lieu": lieu.name} if lieu else None

    @api.model
    def _check_in(self, token, text):
        """Note that the holder of a ticket has come.

        :return: dict with ``kind`` (arrived, already, early, past, other, unknown) and
            what to say; None when the token of the kiosk is wrong
        """
        lieu = self._find_room("borne", token)
        if not lieu:
            return None
        rdv = self.env["mairie.rdv"].sudo()._find_ticket(text or "")
        if not rdv or rdv.lieu_id.company_id != lieu.company_id:
            return {"kind": "unknown"}
        if rdv.lieu_id != lieu:
            return {"kind": "other", "place": rdv.lieu_id.name}
        local, today = rdv._get_local_start(), lieu._get_today()
        if local.date() != today:
            kind = "early" if local.date() > today else "past"
            return {"kind": kind, "when": rdv._get_when()}
        if rdv.state not in ("confirmed", "no_show", "arrived"):
            return {"kind": "already"}
        if rdv.state != "arrived":
            rdv._move_to("arrived")
        return {
            "kind": "arrived",
            "desk": rdv.guichet_id.name,
            "time": time_label(self.env, local.time()),
            "ahead": rdv._count_ahead(),
        }


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def _count_ahead(self):
        """Return how many people wait for the same desk and will be called before."""
        self.ensure_one()
        return self.sudo().search_count(
            [
                ("guichet_id", "=", self.guichet_id.id),
                ("state", "=", "arrived"),
                ("id", "!=", self.id),
                ("start", "<=", self.start),
                ("start", ">", self.start - timedelta(hours=12)),
            ]
        )

    def _get_local_time(self, moment):
        """Return the wall time of a stored moment at the place, naive."""
        return to_local(to_minutes(moment), self.lieu_id._get_zone_info())
