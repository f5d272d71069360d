"""The citizen's journey: no account, no JavaScript, nothing changes on a GET."""

import re
import secrets
from datetime import date
from io import BytesIO

import qrcode
from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import UserError
from odoo.http import request, route
from qrcode.image.svg import SvgPathImage

from ..exceptions import FormRefused, SlotTaken, TooManyBookings

OPTIONS = {"type": "http", "auth": "public", "website": True, "sitemap": False}
KEY = "mairie_rdv_key"
KEY_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")
MAX_ID = 2**31 - 1


class RdvController(PublicController):
    # -- 1 and 2: what for, how many, where --------------------------------------

    @route("/rdv", methods=["GET"], **OPTIONS)
    def demarches(self, **params):
        demarches = request.env["mairie.rdv.demarche"]._get_public_list(
            self._get_public_company().id
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
            token = rdvs._hold_public(*args, key, request.httprequest.remote_addr)
        except SlotTaken:
            self._look_afresh()
            # The same click arrived twice at once: the other one has just won.
            token = rdvs._get_token_of_request(key, form.get("start"))
            if not token:
                return self._render_days(page, form, status=409)
        except TooManyBookings as refusal:
            return self._render_refusal(refusal)
        return request.redirect(f"/rdv/p/{token}", 303)

    # -- 4: who ------------------------------------------------------------------

    @route("/rdv/p/<string:token>", methods=["GET"], **OPTIONS)
    def contact(self, token, **params):
        rdv = request.env["mairie.rdv"]._get_public(token)
        if not rdv:
            return self._public_not_found()
        if rdv["state"] not in ("hold", "expired"):
            return request.redirect(f"/rdv/m/{token}", 303)
        return self._render_contact(rdv)

    @route("/rdv/p/<string:token>", methods=["POST"], **OPTIONS)
    def confirm(self, token, **form):
        rdvs = request.env["mairie.rdv"]
        try:
            done = rdvs._confirm_public(token, form)
        except FormRefused as refusal:
            return self._render_contact(
                rdvs._get_public(token), form, errors=refusal.errors, status=422
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

    # -- « J'ai déjà un rendez-vous » ----------------------------------------------

    @route("/rdv/retrouver", methods=["GET"], **OPTIONS)
    def ask_link(self, **params):
        return self._render_public("mairie_rdv.public_find", {"is_sent": False})

    @route("/rdv/retrouver", methods=["POST"], **OPTIONS)
    def send_link(self, email="", **form):
        company = self._get_public_company()
        request.env["mairie.rdv"]._send_links_again(email, company.id)
        return self._render_public("mairie_rdv.public_find", {"is_sent": True})

    # -- rendering ---------------------------------------------------------------

    def _get_page(self, slug):
        """Return the public values of a procedure with its places, or None."""
        company = self._get_public_company()
        return request.env["mairie.rdv.demarche"]._get_public(slug, company.id)

    def _get_request_key(self, sent=""):
        """Return the key of this journey: the same on each page until it is booked."""
        if KEY_SHAPE.fullmatch(sent or ""):
            request.session[KEY] = sent
        if not request.session.get(KEY):
            request.session[KEY] = secrets.token_urlsafe(16)
        return request.session[KEY]

    def _look_afresh(self):
        """Leave a transaction that lost: its snapshot is older than who won.

        Otherwise the times shown instead could be gone as well.
        """
        request.env.cr.rollback()

    def _read_choice(self, page, params):
        """Read the persons and the place asked; what is wrong gets its sentence."""
        errors = []
        persons = _read_int(params.get("personnes", "1"))
        if not persons or not 1 <= persons <= page["persons_max"]:
            errors.append("persons")
            persons = 1
        places = [lieu["id"] for lieu in page["lieux"]]
        lieu = _read_int(params.get("lieu", str(places[0])))
        if lieu not in places:
            errors.append("lieu")
            lieu = places[0]
        day = _read_date(params.get("debut"))
        if params.get("debut") and not day:
            errors.append("day")
        return {"persons": persons, "lieu": lieu, "first": day, "errors": errors}

    def _render_days(self, page, params, status=200):
        choice = self._read_choice(page, params)
        if choice["errors"] and status == 200:
            status = 400
        demarches = request.env["mairie.rdv.demarche"]
        args = page["id"], choice["lieu"], choice["persons"]
        gone = status == 409
        values = {
            "page": page,
            "choice": choice,
            "lieu": next(x for x in page["lieux"] if x["id"] == choice["lieu"]),
            "minutes": page["durations"][choice["persons"] - 1],
            "key": self._get_request_key(),
            "search": demarches._get_public_days(*args, choice["first"]),
            "nearest": gone
            and demarches._get_public_nearest(*args, params.get("start")),
            "open_day": params.get("jour") or "",
            "action": f"/rdv/{page['slug']}/quand",
            "is_gone": gone,
            "rdv": None,
        }
        return self._render_public("mairie_rdv.public_days", values, status)

    def _render_change(self, token, params, status=200):
        rdvs = request.env["mairie.rdv"]
        rdv = rdvs._get_public(token)
        if not rdv:
            return self._public_not_found()
        if not rdv["can_change"]:
            return request.redirect(f"/rdv/m/{token}", 303)
        gone = status == 409
        values = {
            "page": rdv["demarche"],
            "choice": {"persons": rdv["persons"], "errors": []},
            "lieu": rdv["lieu"],
            "minutes": rdv["minutes"],
            "key": "",
            "search": rdvs._get_days_public(token, _read_date(params.get("debut"))),
            "nearest": gone and rdvs._get_nearest_public(token, params.get("start")),
            "open_day": params.get("jour") or "",
            "action": f"/rdv/m/{token}/changer",
            "is_gone": gone,
            "rdv": rdv,
        }
        return self._render_public("mairie_rdv.public_days", values, status)

    def _render_contact(self, rdv, form=None, status=200, **extra):
        """Show the form with what was typed. ``extra``: errors, nearest, refusal."""
        if not rdv:
            return self._public_not_found()
        if rdv["state"] not in ("hold", "expired"):
            return request.redirect(f"/rdv/m/{rdv['token']}", 303)
        values = {"errors": {}, "nearest": [], "refusal": None, **extra}
        values |= {"rdv": rdv, "form": form or {}, "is_gone": status == 409}
        response = self._render_public("mairie_rdv.public_contact", values, status)
        if values["refusal"]:
            response.headers["Retry-After"] = str(values["refusal"].retry_after)
        return response

    def _render_refusal(self, refusal, status=429):
        values = {"sentence": str(refusal)}
        response = self._render_public("mairie_rdv.public_refusal", values, status)
        if isinstance(refusal, TooManyBookings):
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response


def _read_int(text):
    """Return a whole number that a database key can hold, or None."""
    if not str(text).isascii() or not str(text).isdigit() or len(str(text)) > 10:
        return None
    number = int(text)
    return number if number <= MAX_ID else None


def _read_date(text):
    """Return a date written 2026-12-17, or None."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
