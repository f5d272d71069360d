"""A form sent after its session ended: shown again, ready to be sent once more."""

from urllib.parse import urlsplit

from odoo.http import request
from werkzeug.exceptions import BadRequest

from .public import PublicController

# Never written back into a page.
SECRETS = {"csrf_token", "password", "confirm_password", "phrase", "again", "pin"}


def get_stale_form():
    """What a visitor typed in a form of ours whose session is over, or None.

    Odoo refuses it with an error 400, and the visitor would type all again. A form sent
    by another site (trust in its fields would be misplaced) is not one of ours.

    :return: ``action`` (path), ``fields`` [(name, value)], ``is_whole``: nothing was
        left out, neither file nor secret
    """
    http = request.httprequest
    if http.method != "POST" or not _is_ours() or not _comes_from_here(http):
        return None
    if request.validate_csrf(http.form.get("csrf_token")):
        return None
    fields = [pair for pair in http.form.items(multi=True) if pair[0] not in SECRETS]
    is_whole = not http.files and not (SECRETS - {"csrf_token"}) & set(http.form)
    return {
        "action": http.full_path.rstrip("?"),
        "fields": fields,
        "is_whole": is_whole,
    }


def answer_stale_form(exception):
    """Return the page that sends the form again, or None: not that kind of error."""
    form = get_stale_form() if isinstance(exception, BadRequest) else None
    if not form:
        return None
    values = {"form": form}
    page = PublicController()._render_public("mairie_base.public_stale", values, 400)
    page.flatten()
    return page


def _is_ours():
    rule, _args = request.env["ir.http"]._match(request.httprequest.path)
    return ".mairie_" in rule.endpoint.func.__module__


def _comes_from_here(http):
    """Browsers name the site of the form's page with each POST."""
    origin = http.headers.get("Origin") or http.headers.get("Referer") or ""
    return urlsplit(origin).netloc == http.host
