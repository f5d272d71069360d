import hashlib
import io
import re
import secrets

import qrcode
from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.misc import format_date
from qrcode.image.svg import SvgPathImage

TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


class MairieScrutinEcran(models.Model):
    """A screen in a room, on the square, in the hall: what it shows, and for how long.

    Its address is a secret of its own: whoever has it sees what the public page shows,
    under the same embargo, and nothing else.
    """

    _name = "mairie.scrutin.ecran"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Results Screen"
    _order = "name, id"
    _protected_fields = ("token",)

    name = fields.Char(required=True, default=lambda self: self.env._("Hall screen"))
    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="tour_id.company_id", store=True, index=True)
    theme = fields.Selection(
        [("sombre", "Dark, for a room"), ("clair", "Light, for daylight")],
        required=True,
        default="sombre",
    )
    widget_ids = fields.One2many(
        "mairie.scrutin.ecran.widget",
        "ecran_id",
        "Views in Turn",
        copy=True,
        default=lambda self: self._default_widgets(),
    )
    token = fields.Char(
        readonly=True,
        copy=False,
        groups="mairie_scrutin.group_superviseur",
        default=lambda self: self._new_token(),
    )
    url = fields.Char("Address", compute="_compute_url", compute_sudo=True)
    preview = fields.Char(compute="_compute_url", compute_sudo=True)
    round_length = fields.Integer(
        "Rotation (s)", compute="_compute_round_length", help="In seconds."
    )
    active = fields.Boolean(default=True)

    _token_uniq = models.Constraint(
        "UNIQUE(token)", "Another screen already has that address."
    )

    def _default_widgets(self):
        kinds = ("resultats", "participation", "sieges", "progression")
        return [
            Command.create({"sequence": rank, "kind": kind})
            for rank, kind in enumerate(kinds)
        ]

    @api.model
    def _new_token(self):
        return secrets.token_urlsafe(24)

    def _get_protected_initial(self):
        """None for all: each screen gets an address of its own, in ``create``."""
        return {}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [dict(vals, token=self._new_token()) for vals in vals_list]
        return super().create(vals_list)

    @api.depends("token", "tour_id")
    def _compute_url(self):
        base = self.browse().get_base_url()  # refuses more than one record
        for screen in self:
            screen.preview = screen.token and f"/ecran/{screen.token}?apercu=1"
            screen.url = screen.token and f"{base}/ecran/{screen.token}"

    @api.depends("widget_ids.seconds", "widget_ids.kind")
    def _compute_round_length(self):
        for screen in self:
            screen.round_length = sum(screen.widget_ids.mapped("seconds"))

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        for screen, vals in zip(self, copies, strict=True):
            vals["name"] = self.env._("%s (copy)", screen.name)
        return copies

    # ---- buttons ----

    def action_open(self):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    def action_revoke(self):
        """Give a new address: the former one shows nothing any more."""
        self.check_access("write")
        self.tour_id._check_supervisor()
        for screen in self:
            screen.sudo().token = self._new_token()
            screen.tour_id._log("screen", screen.name)

    # ---- what the screen reads ----

    @api.model
    def _get_by_token(self, token):
        """The screen of that address, superuser; empty when there is none."""
        screens = self.sudo()
        if not TOKEN.fullmatch(token or ""):
            return screens.browse()
        return screens.search([("token", "=", token)], limit=1)

    def _get_version(self):
        """Digest of all that the screen shows; cheap: nothing is drawn."""
        page = self.env["mairie.scrutin.publication"]._get_snapshot(self.tour_id)
        told = [page["etag"], str(self.write_date), self.env.lang]
        told += [(w.id, str(w.write_date)) for w in self.widget_ids]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]

    def _prepare_screen(self):
        """Plain values of the page of this screen."""
        self.ensure_one()
        tour = self.tour_id
        page = self.env["mairie.scrutin.publication"]._get_page(tour)
        page.pop("html")
        base = self.get_base_url()
        figures = page["figures"]
        return {
            "page": page,
            "figures": figures,
            "curve": page["curve"],
            "theme": self.theme,
            "name": self.name,
            "town": self.company_id.name,
            "slides": [w._prepare_slide(figures) for w in self._get_shown(figures)],
            "qr": _draw_qr(f"{base}{page['url']}"),
            "address": f"{base}{page['url']}".partition("://")[2],
            "share": tour._format_share,
            "number": tour._format_int,
            "today": format_date(self.env, tour.date, date_format="d MMMM y"),
        }

    def _get_shown(self, figures):
        """Views that have something to show now; at least one."""
        shown = self.widget_ids.filtered(lambda w: w._has_content(figures))
        return shown or self.widget_ids[:1]


def _draw_qr(text):
    """An SVG of one path, without prologue: it goes into the page."""
    out = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=2).save(out)
    drawing = out.getvalue().decode()
    return Markup(drawing[drawing.index("<svg") :])
