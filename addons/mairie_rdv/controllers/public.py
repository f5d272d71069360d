"""The citizen's journey: no account, no JavaScript, nothing changes on a GET."""

from io import BytesIO

import qrcode
from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import UserError
from odoo.http import request, route
from qrcode.image.svg import SvgPathImage

from ..exceptions import FormRefused, SlotTaken, TooManyBookings
from .pages import INVITATION, KEY, OPTIONS, RdvPages


class RdvController(RdvPages, PublicController):
    # -- 1 and 2: what for, how many, where --------------------------------------

    @route("/rdv", methods=["GET"], **OPTIONS)
    def demarches(self, q="", **params):
        demarches = request.env["mairie.rdv.demarche"]._get_public_list(
            self._get_public_company().id, q.strip()[:100]
        )
        return self._render_public("mairie_rdv.public_demarches", demarches)

    @route("/rdv/<string:slug>", methods=["GET"], **OPTIONS)
    def persons(self, slug, **params):
        page = self._get_page(slug)
        if not page:
            return self._public_not_found()
        if page["is_settled"]:
            lieu = page["lieux"][0]["id"]
            return request.redirect(f"/rdv/{slug}/quand?personnes=1&lieu={lieu}", 303)
        return self._render_public("mairie_rdv.public_persons", {"page": page})

    # -- 3: when -----------------------------------------------------------------

    @route("/rdv/<string:slug>/quand", methods=["GET"], **OPTIONS)
    def days(self, slug, **params):
        page = self._get_page(slug)
        if not page or not page["lieux"]:
            return self._public_not_found()
        return self._render_days(page, params)

    @route("/rdv/<string:slug>/quand", methods=["POST"], **OPTIONS)
    def hold(self, slug, **form):
        page = self._get_page(slug)
        if not page or not page["lieux"]:
            return self._public_not_found()
        choice = self._read_choice(page, form)
        if choice["errors"] or form.get("website"):
            return self._render_days(page, form, status=400)
        key = self._get_request_key(form.get("key"))
        rdvs = request.env["mairie.rdv"]
        args = (page["id"], choice["lieu"], form.get("start"), choice["persons"])
        try:
            ip = request.httprequest.remote_addr
            invitation = request.session.get(INVITATION, "")
            token = rdvs._hold_public(*args, key, ip, invitation)
        except SlotTaken:
            self._look_afresh()
            # The same click arrived twice at once: the other one has just won.
            token = rdvs._get_token_of_request(*args, key)
            if not token:
                return self._render_days(page, form, status=409)
        except TooManyBookings as refusal:
            query = f"personnes={choice['persons']}&lieu={choice['lieu']}"
            return self._render_refusal(refusal, back=f"/rdv/{slug}/quand?{query}")
        return request.redirect(f"/rdv/p/{token}", 303)

    # -- 4: who ------------------------------------------------------------------

    @route("/rdv/p/<string:token>", methods=["GET"], **OPTIONS)
    def contact(self, token, **params):
        rdv = request.env["mairie.rdv"]._get_public(token)
        if not rdv:
            return self._public_not_found()
        if rdv["state"] not in ("hold", "expired"):
            return request.redirect(f"/rdv/m/{token}", 303)
        return self._render_contact(rdv, rdv["prefill"])

    @route("/rdv/p/<string:token>", methods=["POST"], **OPTIONS)
    def confirm(self, token, **form):
        rdvs = request.env["mairie.rdv"]
        try:
            done = rdvs._confirm_public(token, form)
        except FormRefused as refusal:
            return self._render_contact(
                rdvs._get_public(token),
                form,
                errors=refusal.errors,
                details=refusal.details,
                status=422,
            )
        except SlotTaken:
            self._look_afresh()
            wanted = form.get("start")
            return self._render_contact(
                rdvs._get_public(token),
                form,
                nearest=rdvs._get_nearest_public(token, wanted),
                status=409,
            )
        except TooManyBookings as refusal:
            return self._render_contact(
                rdvs._get_public(token), form, refusal=refusal, status=429
            )
        if not done:
            return self._public_not_found()
        request.session.pop(KEY, None)
        request.session.pop(INVITATION, None)
        return request.redirect(f"/rdv/m/{token}", 303)

    @route("/rdv/p/<string:token>/prolonger", methods=["POST"], **OPTIONS)
    def extend(self, token, **form):
        rdv = request.env["mairie.rdv"]._extend_public(token)
        if not rdv:
            return self._public_not_found()
        return self._render_contact(rdv, form)

    # -- 5: proof, change, cancel ------------------------------------------------

    @route("/rdv/m/<string:token>", methods=["GET"], **OPTIONS)
    def manage(self, token, etat="", **params):
        rdv = request.env["mairie.rdv"]._get_public(token)
        if not rdv:
            return self._public_not_found()
        if rdv["state"] in ("hold", "expired"):
            return request.redirect(f"/rdv/p/{token}", 303)
        return self._render_public(
            "mairie_rdv.public_manage", {"rdv": rdv, "is_moved": etat == "change"}
        )

    @route("/rdv/m/<string:token>/changer", methods=["GET"], **OPTIONS)
    def change(self, token, **params):
        return self._render_change(token, params)

    @route("/rdv/m/<string:token>/changer", methods=["POST"], **OPTIONS)
    def move(self, token, **form):
        try:
            done = request.env["mairie.rdv"]._move_public(token, form.get("start"))
        except SlotTaken:
            self._look_afresh()
            return self._render_change(token, form, status=409)
        except UserError as refusal:
            return self._render_refusal(refusal, status=422)
        if not done:
            return self._public_not_found()
        return request.redirect(f"/rdv/m/{token}?etat=change", 303)

    @route("/rdv/m/<string:token>/annuler", methods=["GET"], **OPTIONS)
    def ask_cancel(self, token, **params):
        rdv = request.env["mairie.rdv"]._get_public(token)
        if not rdv:
            return self._public_not_found()
        if not rdv["can_change"]:
            return request.redirect(f"/rdv/m/{token}", 303)
        return self._render_public("mairie_rdv.public_cancel", {"rdv": rdv})

    @route("/rdv/m/<string:token>/annuler", methods=["POST"], **OPTIONS)
    def cancel(self, token, **form):
        try:
            done = request.env["mairie.rdv"]._cancel_public(token)
        except UserError as refusal:
            return self._render_refusal(refusal, status=422)
        if not done:
            return self._public_not_found()
        return request.redirect(f"/rdv/m/{token}", 303)

    @route("/rdv/m/<string:token>/rendez-vous.ics", methods=["GET"], **OPTIONS)
    def calendar_file(self, token, **params):
        text = request.env["mairie.rdv"]._get_calendar_file(token)
        if not text:
            return self._public_not_found()
        return request.make_response(
            text,
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'attachment; filename="rendez-vous.ics"'),
                ("Cache-Control", "no-store"),
            ],
        )

    @route("/rdv/m/<string:token>/code.svg", methods=["GET"], **OPTIONS)
    def code_image(self, token, **params):
        rdv = request.env["mairie.rdv"]._get_public(token)
        if not rdv or rdv["state"] in ("hold", "expired"):
            return self._public_not_found()
        image = BytesIO()
        code = rdv["code"].replace(" ", "")
        qrcode.make(code, image_factory=SvgPathImage, border=2).save(image)
        headers = [("Content-Type", "image/svg+xml"), ("Cache-Control", "no-store")]
        return request.make_response(image.getvalue(), headers)
