"""The three addresses that the hub of France Titres calls, and where it sends people.

One commune for each token; the visitor's own company plays no part.
"""

import json
import logging
import secrets
import time
from functools import partial
from pathlib import Path

import odoo
from odoo import SUPERUSER_ID, api
from odoo.addons.mairie_base.controllers import access_log
from odoo.addons.mairie_base.controllers.public import (
    READ_ONLY_FILE,
    PublicController,
)
from odoo.http import Controller, request, route
from odoo.tools.misc import file_path

from ..exceptions import SlotTaken, TooManyBookings
from ..lib.ants import (
    AntsRequestError,
    read_slot_search,
    split_application_ids,
)
from .pages import KEY_SHAPE, OPTIONS, read_int

_logger = logging.getLogger(__name__)

HEADER = "X-HUB-RDV-AUTH-TOKEN"
# What the hub asks holds pre-demande numbers: the log says that it asked, not what.
access_log.hide(r"(?i)(/rdv/api/ants/\w*)\?(?:.*(?= HTTP/)|.*(?=\" ))", r"\1?***")


class AntsController(Controller):
    @route("/rdv/api/ants/getManagedMeetingPoints", **READ_ONLY_FILE)
    def meeting_points(self, **params):
        return self._answer("getManagedMeetingPoints", lambda ants: ants._get_points())

    @route("/rdv/api/ants/availableTimeSlots", **READ_ONLY_FILE)
    def time_slots(self, **params):
        args = request.httprequest.args.to_dict(flat=False)
        return self._answer(
            "availableTimeSlots",
            lambda ants: ants._get_slots(read_slot_search(args)),
        )

    @route("/rdv/api/ants/searchApplicationIds", **READ_ONLY_FILE)
    def applications(self, **params):
        values = request.httprequest.args.getlist("application_ids")
        return self._answer(
            "searchApplicationIds",
            lambda ants: ants._search_applications(split_application_ids(values)),
        )

    @route("/rdv/api/ants/openapi.json", **READ_ONLY_FILE)
    def description(self, **params):
        text = Path(file_path("mairie_rdv/static/ants/openapi.json")).read_bytes()
        return request.make_response(text, [("Content-Type", "application/json")])

    def _answer(self, name, read):
        """Answer one call: 200, 400 with the parameter, or 401; and note it after.

        :param read: called with the model of the commune; returns plain values
        """
        begin = time.monotonic()
        token = request.httprequest.headers.get(HEADER, "")
        company = request.env["mairie.rdv.ants.jeton"]._find_company(token)
        if not company:
            return self._make_json({"detail": f"{HEADER} header invalid"}, 401)
        status, problem = 200, ""
        try:
            body = read(request.env["mairie.rdv.ants"].with_company(company.sudo()))
        except AntsRequestError as error:
            status, problem = 400, error.name
            body = {"detail": str(error), "parameter": error.name}
        response = self._make_json(body, status)
        milliseconds = int((time.monotonic() - begin) * 1000)
        vals = {
            "company_id": company.id,
            "direction": "in",
            "name": name,
            "status": status,
            "milliseconds": milliseconds,
            "problem": problem,
        }
        response.call_on_close(partial(note_call, request.db, vals))
        return response

    def _make_json(self, body, status):
        return request.make_response(
            json.dumps(body, ensure_ascii=False, separators=(",", ":")),
            [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
            status=status,
        )


def note_call(db, vals):
    """Write the trace of a call once it is answered: its own transaction, its own time.

    The route itself is read only: it may run on a replica.
    """
    try:
        with odoo.modules.registry.Registry(db).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["mairie.rdv.ants.appel"].create(vals)
    except Exception:
        _logger.exception("a call of France Titres was not noted")


class AntsLanding(PublicController):
    """Where a citizen arrives from the site of France Titres, with his time chosen."""

    @route("/rdv/ants/<string:slug>", methods=["GET"], **OPTIONS)
    def landing(self, slug, **params):
        page = self._get_page(slug)
        choice = page and self._read_choice(page, params)
        if not choice:
            return self._public_not_found()
        values = {
            "page": page,
            "choice": choice,
            "action": f"/rdv/ants/{page['slug']}",
        }
        return self._render_public("mairie_rdv.public_ants", values)

    @route("/rdv/ants/<string:slug>", methods=["POST"], **OPTIONS)
    def hold(self, slug, **form):
        page = self._get_page(slug)
        choice = page and self._read_choice(page, form)
        if not choice:
            return self._public_not_found()
        rdvs = request.env["mairie.rdv"]
        args = page["id"], choice["lieu"], choice["start"], choice["persons"]
        ip = request.httprequest.remote_addr
        try:
            token = rdvs._hold_public(*args, choice["key"], ip)
        except (SlotTaken, TooManyBookings):
            # The page of the days says it, with the nearest times: same form, same key.
            request.env.cr.rollback()
            return request.redirect(f"/rdv/{page['slug']}/quand", 307)
        rdvs._mark_from_ants(token)
        return request.redirect(f"/rdv/p/{token}", 303)

    def _get_page(self, slug):
        company = self._get_public_company()
        return request.env["mairie.rdv.demarche"]._get_public(slug, company.id)

    def _read_choice(self, page, params):
        """Read the place, the time and the persons of an address of ours."""
        lieu_id = read_int(params.get("lieu"))
        persons = read_int(params.get("personnes") or "1")
        lieu = next((x for x in page["lieux"] if x["id"] == lieu_id), None)
        moment = params.get("start") or params.get("debut") or ""
        if not lieu or not persons or persons > page["persons_max"]:
            return None
        label = request.env["mairie.rdv.lieu"]._get_moment_label(lieu_id, moment)
        if not label:
            return None
        key = params.get("key") or ""
        return {
            "lieu": lieu_id,
            "lieu_name": lieu["name"],
            "address": lieu["address"],
            "persons": persons,
            "start": moment,
            "label": label,
            "key": key if KEY_SHAPE.fullmatch(key) else secrets.token_urlsafe(16),
        }
