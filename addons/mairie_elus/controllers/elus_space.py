import functools
from pathlib import Path

from odoo.addons.mairie_base.controllers.public import (
    SECURITY_HEADERS,
    PublicController,
)
from odoo.exceptions import ValidationError
from odoo.http import content_disposition, request, route
from odoo.tools.misc import file_path

from .pages import KNOWN, SHOW, ElusPages, routes


def to_int(text):
    """Return a number of a form, None when it is not one."""
    return int(text) if text and text.isascii() and text.isdigit() else None


class ElusSpaceController(ElusPages, PublicController):
    """The member's own space: pouvoir, private notes, search, calendar, his votes."""

    @route("/elus/mes-votes", methods=["GET"], **(SHOW | {"auth": "user"}))
    def my_votes(self, **params):
        rows = request.env["mairie.seance"]._get_own_history(
            request.env.user.partner_id
        )
        return self._render_public("mairie_elus.public_my_votes", {"rows": rows})

    @route("/elus/agenda", methods=["POST"], **(SHOW | {"auth": "user"}))
    def new_feed(self, **form):
        request.env["mairie.elu.agenda"]._renew(request.env.user.partner_id)
        return request.redirect("/elus/seances#agenda", code=303)

    @route(
        "/elus/agenda/<string:token>/seances.ics",
        methods=["GET"],
        **(SHOW | {"readonly": True, "save_session": False}),
    )
    def feed(self, token, **params):
        agenda = request.env["mairie.elu.agenda"]._find_by_token(token)
        if not agenda:
            return self._public_not_found()
        return request.make_response(
            agenda._prepare_feed(),
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", content_disposition("seances.ics")),
                ("Cache-Control", "private, max-age=3600"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @route("/elus/sw.js", methods=["GET"], **(SHOW | {"save_session": False}))
    def service_worker(self, **params):
        """At the root of the member's pages: a service worker rules what is below it."""
        response = request.make_response(
            _service_worker(),
            [
                ("Content-Type", "text/javascript; charset=utf-8"),
                ("Cache-Control", "no-cache"),
            ],
        )
        response.headers.update(SECURITY_HEADERS)
        return response

    # ---- pouvoir ----

    @route(routes("/pouvoir"), methods=["GET"], **SHOW)
    def pouvoir_form(self, convocation_id, token=None, **params):
        return self._show_pouvoir(convocation_id, token)

    @route(routes("/pouvoir"), methods=["POST"], **SHOW)
    def pouvoir_ask(self, convocation_id, token=None, holder="", reason="", **form):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        try:
            convocation._ask_pouvoir(to_int(holder) or 0, reason or None)
        except ValidationError as error:
            return self._show_pouvoir(convocation_id, token, error, holder)
        return self._go(convocation, token, "/pouvoir/code")

    @route(routes("/pouvoir/code"), methods=["GET"], **SHOW)
    def pouvoir_code(self, convocation_id, token=None, **params):
        return self._show_code(convocation_id, token, "pouvoir")

    @route(routes("/pouvoir/code"), methods=["POST"], **SHOW)
    def pouvoir_sign(self, convocation_id, token=None, code="", **form):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        try:
            problem = convocation._sign_pouvoir(code, self._get_via(token))
        except ValidationError as error:
            problem = error.args[0]
        if problem:
            return self._show_code(convocation_id, token, "pouvoir", problem)
        return self._go(convocation, token, "/reponse")

    @route(routes("/pouvoir/retirer"), methods=["POST"], **SHOW)
    def pouvoir_withdraw(self, convocation_id, token=None, **form):
        return self._act(convocation_id, token, "_withdraw_pouvoir")

    @route(routes("/pouvoir/recu"), methods=["POST"], **SHOW)
    def pouvoir_received(self, convocation_id, token=None, **form):
        return self._act(convocation_id, token, "_answer_carried", True)

    @route(routes("/pouvoir/refuser"), methods=["POST"], **SHOW)
    def pouvoir_declined(self, convocation_id, token=None, **form):
        return self._act(convocation_id, token, "_answer_carried", False)

    # ---- private notes ----

    @route(routes("/notes"), methods=["GET"], **SHOW)
    def notes(self, convocation_id, token=None, **params):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        if not self._may_read_notes(convocation, token):
            return self._show_code(convocation_id, token, "notes")
        values = convocation._prepare_page_vals(token)
        values["notes"] = convocation._prepare_page_notes()
        return self._render_public("mairie_elus.public_notes", values)

    @route(routes("/notes/demander"), methods=["POST"], **SHOW)
    def notes_ask(self, convocation_id, token=None, **form):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        try:
            convocation._ask_notes()
        except ValidationError as error:
            return self._show_code(convocation_id, token, "notes", error.args[0])
        return self._go(convocation, token, "/notes/code")

    @route(routes("/notes/code"), methods=["GET"], **SHOW)
    def notes_code(self, convocation_id, token=None, **params):
        return self._show_code(convocation_id, token, "notes")

    @route(routes("/notes/code"), methods=["POST"], **SHOW)
    def notes_open(self, convocation_id, token=None, code="", **form):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        problem = convocation._open_notes(code)
        if problem:
            return self._show_code(convocation_id, token, "notes", problem)
        known = request.session.get(KNOWN) or []
        request.session[KNOWN] = [*known, convocation.id]
        return self._go(convocation, token, "/notes")

    @route(routes("/point/<int:rank>/note"), methods=["POST"], **SHOW)
    def note(self, convocation_id, rank, token=None, text="", **form):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        if not self._may_read_notes(convocation, token):
            return self._go(convocation, token, "/notes")
        try:
            convocation._save_note(
                rank,
                text,
                note_id=to_int(form.get("note")),
                annexe_id=to_int(form.get("piece")),
                page=to_int(form.get("page")),
            )
        except ValidationError:
            return self._public_not_found()
        return self._go(convocation, token, f"/point/{rank}#notes")

    # ---- search ----

    @route(routes("/chercher"), methods=["GET"], **SHOW)
    def search(self, convocation_id, token=None, q="", **params):
        convocation = self._find(convocation_id, token)
        if not convocation or not convocation._is_opened():
            return self._refuse(token)
        values = convocation._prepare_page_vals(token)
        values.update(convocation._search_dossier(q[:200], bool(token)), query=q[:200])
        return self._render_public("mairie_elus.public_search", values)

    # ---- helpers ----

    def _go(self, convocation, token, suffix):
        return request.redirect(convocation._get_path(token) + suffix, code=303)

    def _act(self, convocation_id, token, method, *args):
        """One gesture that the page offers as a button."""
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        try:
            getattr(convocation, method)(*args, self._get_via(token))
        except ValidationError as error:
            values = convocation._prepare_page_vals(token)
            values["error"] = error.args[0]
            return self._render_public("mairie_elus.public_replied", values, status=400)
        return self._go(convocation, token, "/reponse")

    def _show_pouvoir(self, convocation_id, token, error=None, holder=""):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        values = convocation._prepare_page_vals(token)
        values.update(
            holders=convocation._get_holders() if values["can_give"] else [],
            chosen=to_int(holder),
            error=error and error.args[0],
        )
        return self._render_public(
            "mairie_elus.public_pouvoir", values, status=400 if error else 200
        )

    def _show_code(self, convocation_id, token, purpose, error=None):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        values = convocation._prepare_page_vals(token)
        values.update(convocation._prepare_code_vals(purpose), error=error)
        return self._render_public(
            "mairie_elus.public_code", values, status=400 if error else 200
        )


@functools.cache
def _service_worker():
    folder = "mairie_elus/static/src/public"
    return Path(file_path(f"{folder}/sw.js")).read_text()
