"""Around the journey: finding one's appointment, waiting, choosing another date."""

from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import UserError
from odoo.http import request, route

from ..exceptions import FormRefused, SlotTaken, TooManyBookings
from .pages import INVITATION, OPTIONS, RdvPages


class RdvMoreController(RdvPages, PublicController):
    # -- « J'ai déjà un rendez-vous » ----------------------------------------------

    @route("/rdv/retrouver", methods=["GET"], **OPTIONS)
    def ask_link(self, **params):
        return self._render_find({})

    @route("/rdv/retrouver", methods=["POST"], **OPTIONS)
    def find(self, email="", code="", phone="", **form):
        rdvs, ip = request.env["mairie.rdv"], request.httprequest.remote_addr
        company_id = self._get_public_company().id
        typed = {"email": email, "phone": phone, "code": code}
        try:
            rdvs._count_try(ip)
        except TooManyBookings as refusal:
            return self._render_refusal(refusal, back="/rdv/retrouver")
        if not code.strip():
            rdvs._send_links_again(email, company_id)
            return self._render_find({}, is_sent=True)
        token = rdvs._find_by_code(code, email, phone, company_id)
        if not token:
            return self._render_find(typed, is_unknown=True, status=422)
        return request.redirect(f"/rdv/m/{token}", 303)

    def _render_find(self, form, is_sent=False, is_unknown=False, status=200):
        values = {"form": form, "is_sent": is_sent, "is_unknown": is_unknown}
        return self._render_public("mairie_rdv.public_find", values, status)

    # -- by link -----------------------------------------------------------------

    @route("/rdv/i/<string:token>", methods=["GET"], **OPTIONS)
    def invited(self, token, **params):
        company_id = self._get_public_company().id
        invitations = request.env["mairie.rdv.invitation"]
        slug = invitations._get_public_slug(token, company_id)
        if not slug:
            return self._public_not_found()
        request.session[INVITATION] = token
        return request.redirect(f"/rdv/{slug}", 303)

    # -- delays --------------------------------------------------------------------

    @route("/rdv/delais", methods=["GET"], **OPTIONS, readonly=True, save_session=False)
    def delays(self, **params):
        demarches = request.env["mairie.rdv.demarche"]
        delays = demarches._get_public_delays(self._get_public_company().id)
        return self._render_public(
            "mairie_rdv.public_delays", {"delays": delays}, cacheable=True
        )

    # -- waiting list ----------------------------------------------------------------

    @route("/rdv/<string:slug>/attente", methods=["GET"], **OPTIONS)
    def waiting_form(self, slug, **params):
        return self._render_waiting_form(slug, params, {})

    @route("/rdv/<string:slug>/attente", methods=["POST"], **OPTIONS)
    def join(self, slug, **form):
        page = self._get_page(slug)
        if not page or not page["lieux"] or not page["has_waiting_list"]:
            return self._public_not_found()
        choice = self._read_choice(page, form)
        if choice["errors"]:
            return self._render_waiting_form(slug, form, {}, status=400)
        attentes = request.env["mairie.rdv.attente"]
        args = page["id"], choice["lieu"], choice["persons"], form
        try:
            attentes._join_public(*args, request.httprequest.remote_addr)
        except FormRefused as refusal:
            return self._render_waiting_form(slug, form, refusal.errors, status=422)
        except TooManyBookings as refusal:
            return self._render_refusal(refusal, back=f"/rdv/{slug}/quand")
        values = {"page": page, "form": form}
        return self._render_public("mairie_rdv.public_waiting_joined", values)

    def _render_waiting_form(self, slug, params, errors, status=200):
        page = self._get_page(slug)
        if not page or not page["lieux"] or not page["has_waiting_list"]:
            return self._public_not_found()
        choice = self._read_choice(page, params)
        lieu = next(place for place in page["lieux"] if place["id"] == choice["lieu"])
        attentes = request.env["mairie.rdv.attente"]
        args = page["id"], choice["lieu"], choice["persons"]
        values = {
            "page": page,
            "choice": choice,
            "lieu": lieu,
            "form": params,
            "on_show": attentes._get_first_on_show(*args),
        }
        if choice["errors"] and status == 200:
            status = 400
        return self._render_public(
            "mairie_rdv.public_waiting_form", {**values, "errors": errors}, status
        )

    @route("/rdv/a/<string:token>", methods=["GET"], **OPTIONS)
    def offer(self, token, **params):
        attente = request.env["mairie.rdv.attente"]._get_public(token)
        if not attente:
            return self._public_not_found()
        return self._render_public("mairie_rdv.public_waiting", {"attente": attente})

    @route("/rdv/a/<string:token>/prendre", methods=["POST"], **OPTIONS)
    def take(self, token, **form):
        attentes = request.env["mairie.rdv.attente"]
        try:
            address = attentes._take_public(token)
        except SlotTaken:
            self._look_afresh()
            values = {"attente": attentes._get_public(token), "is_gone": True}
            return self._render_public("mairie_rdv.public_waiting", values, 409)
        if not address:
            return self._public_not_found()
        return request.redirect(address, 303)

    @route("/rdv/a/<string:token>/refuser", methods=["POST"], **OPTIONS)
    def refuse(self, token, **form):
        if not request.env["mairie.rdv.attente"]._refuse_public(token):
            return self._public_not_found()
        return request.redirect(f"/rdv/a/{token}", 303)

    @route("/rdv/a/<string:token>/quitter", methods=["POST"], **OPTIONS)
    def leave(self, token, **form):
        if not request.env["mairie.rdv.attente"]._leave_public(token):
            return self._public_not_found()
        return request.redirect(f"/rdv/a/{token}", 303)

    @route("/rdv/m/<string:token>/plus-tot", methods=["POST"], **OPTIONS)
    def want_earlier(self, token, veut="", **form):
        try:
            done = request.env["mairie.rdv"]._want_earlier_public(token, veut == "1")
        except UserError as refusal:
            return self._render_refusal(refusal, 422, back=f"/rdv/m/{token}")
        if not done:
            return self._public_not_found()
        return request.redirect(f"/rdv/m/{token}", 303)

    @route("/rdv/m/<string:token>/sms", methods=["POST"], **OPTIONS)
    def stop_sms(self, token, **form):
        if not request.env["mairie.rdv"]._stop_sms_public(token):
            return self._public_not_found()
        return request.redirect(f"/rdv/m/{token}", 303)

    # -- after a closing ---------------------------------------------------------------

    @route("/rdv/m/<string:token>/choisir", methods=["GET"], **OPTIONS)
    def dates(self, token, **params):
        return self._render_dates(token)

    @route("/rdv/m/<string:token>/choisir", methods=["POST"], **OPTIONS)
    def choose(self, token, **form):
        try:
            done = request.env["mairie.rdv"]._choose_public(token, form.get("start"))
        except SlotTaken:
            self._look_afresh()
            return self._render_dates(token, is_gone=True, status=409)
        except UserError as refusal:
            return self._render_refusal(refusal, 422, back=f"/rdv/m/{token}")
        if not done:
            return self._public_not_found()
        return request.redirect(f"/rdv/m/{token}?etat=change", 303)

    def _render_dates(self, token, is_gone=False, status=200):
        choice = request.env["mairie.rdv"]._get_dates_public(token)
        if not choice:
            return self._public_not_found()
        if choice["rdv"]["state"] != "cancelled_mairie":
            return request.redirect(f"/rdv/m/{token}", 303)
        values = {**choice, "is_gone": is_gone}
        return self._render_public("mairie_rdv.public_choose", values, status)
