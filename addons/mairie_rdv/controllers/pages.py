"""What the controllers of the citizen's pages share: reading choices, rendering."""

import re
import secrets
from datetime import date

from odoo.http import request

from ..exceptions import TooManyBookings

OPTIONS = {"type": "http", "auth": "public", "website": True, "sitemap": False}
KEY, INVITATION = "mairie_rdv_key", "mairie_rdv_invitation"
KEY_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")
MAX_ID = 2**31 - 1


class RdvPages:
    """Mixed into the controllers of this addon."""

    def _get_page(self, slug):
        """Return the public values of a procedure with its places, or None."""
        company = self._get_public_company()
        invitation = request.session.get(INVITATION, "")
        demarches = request.env["mairie.rdv.demarche"]
        return demarches._get_public(slug, company.id, invitation)

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
        persons = read_int(params.get("personnes", "1"))
        if not persons or not 1 <= persons <= page["persons_max"]:
            errors.append("persons")
            persons = 1
        places = [lieu["id"] for lieu in page["lieux"]]
        lieu = read_int(params.get("lieu", str(places[0])))
        if lieu not in places:
            errors.append("lieu")
            lieu = places[0]
        errors += read_day_errors(params)
        day = read_date(params.get("debut"))
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
            "search": demarches._get_public_days(
                *args, choice["first"], self._get_request_key()
            ),
            "nearest": gone
            and demarches._get_public_nearest(*args, params.get("start")),
            "open_day": params.get("jour") or "",
            "action": f"/rdv/{page['slug']}/quand",
            "elsewhere": demarches._get_public_elsewhere(*args),
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
        gone, errors = status == 409, read_day_errors(params)
        if errors and status == 200:
            status = 400
        values = {
            "page": rdv["demarche"],
            "choice": {"persons": rdv["persons"], "errors": errors},
            "lieu": rdv["lieu"],
            "minutes": rdv["minutes"],
            "key": "",
            "search": rdvs._get_days_public(token, read_date(params.get("debut"))),
            "nearest": gone and rdvs._get_nearest_public(token, params.get("start")),
            "open_day": params.get("jour") or "",
            "action": f"/rdv/m/{token}/changer",
            "elsewhere": [],
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
        values = {"errors": {}, "details": {}, "nearest": [], "refusal": None}
        values |= extra
        values |= {"rdv": rdv, "form": form or {}, "is_gone": status == 409}
        response = self._render_public("mairie_rdv.public_contact", values, status)
        if values["refusal"]:
            response.headers["Retry-After"] = str(values["refusal"].retry_after)
        return response

    def _render_refusal(self, refusal, status=429, back="/rdv"):
        values = {"sentence": str(refusal), "back": back}
        response = self._render_public("mairie_rdv.public_refusal", values, status)
        if isinstance(refusal, TooManyBookings):
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response


def read_int(text):
    """Return a whole number that a database key can hold, or None."""
    if not str(text).isascii() or not str(text).isdigit() or len(str(text)) > 10:
        return None
    number = int(text)
    return number if number <= MAX_ID else None


def read_day_errors(params):
    """Return what is wrong with the days asked for: they exist, or are not asked."""
    asked = [params.get(name) for name in ("debut", "jour")]
    return ["day"] if any(day and not read_date(day) for day in asked) else []


def read_date(text):
    """Return a date written 2026-12-17, or None."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
