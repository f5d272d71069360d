"""The frame of the light public pages: what every controller of ours renders with."""

import functools
import logging
import zlib
from pathlib import Path

from odoo.http import Controller, request
from odoo.tools.misc import file_path

_logger = logging.getLogger(__name__)

CACHE_SECONDS = 60

# Options of a route that is read and changes nothing: data and files, the same for all;
# a page besides speaks the visitor's language.
READ_ONLY_FILE = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "readonly": True,
    "save_session": False,
    "sitemap": False,
}
READ_ONLY_PAGE = {**READ_ONLY_FILE, "website": True}

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class PublicController(Controller):
    """Base of the controllers that serve light public pages.

    A controller derives from it as from ``Controller`` itself::

        class RdvController(PublicController):
            @route("/rdv", type="http", auth="public", website=True, sitemap=False)
            def days(self, **params):
                return self._render_public("mairie_rdv.public_days", {...})

    It has no route of its own, and each derived class stands alone: two modules may
    give their methods the same names.
    """

    def __init_subclass__(cls, **kwargs):  # pylint: disable=missing-return
        super().__init_subclass__(**kwargs)
        # Odoo joins all heirs of a registered controller into one class. The heirs of
        # this one have nothing to do with each other: each is registered by itself.
        if PublicController in cls.__bases__ and Controller not in cls.__bases__:
            Controller.children_classes[_addon_of(cls)].append(cls)

    def _render_public(
        self, template, values=None, status=200, cacheable=False, company=None
    ):
        """Render a page of ours as a response with strict headers.

        :param template: xmlid of a template that calls ``mairie_base.public_layout``
        :param values: plain values; never a sudoed record
        :param cacheable: the same for every visitor: no CSRF token inside, and a route
            with ``save_session=False``; gets an ETag and answers 304
        :param company: the commune whose page it is, by default the visitor's
        """
        company = company or self._get_public_company()
        values = dict(
            values or {},
            mairie=company.sudo()._prepare_mairie_public_vals(),
            asset_url=asset_url,
        )
        response = request.render(template, values, status=status)
        response.headers.update(SECURITY_HEADERS)
        self._drop_language_cookie()
        if not cacheable:
            response.headers["Cache-Control"] = "no-store"
            return response
        response.flatten()
        response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
        response.headers["Vary"] = "Accept-Language"
        response.add_etag()
        return response.make_conditional(request.httprequest.environ)

    def _public_not_found(self):
        """Answer 404, with the same bytes for what is unknown and what is forbidden."""
        return self._render_public("mairie_base.public_not_found", status=404)

    def _get_public_company(self):
        """Return the commune whose pages are visited.

        Hook: several communes on one server, told apart by their address.
        """
        return request.env.company

    def _drop_language_cookie(self):
        """The language is in the address or comes from the browser: no cookie for it."""
        headers = request.future_response.headers
        cookies = headers.getlist("Set-Cookie")
        headers.remove("Set-Cookie")
        for cookie in cookies:
            if not cookie.startswith("frontend_lang="):
                headers.add("Set-Cookie", cookie)


def _addon_of(cls):
    parts = cls.__module__.split(".")
    return parts[2] if parts[:2] == ["odoo", "addons"] else ""


Controller.children_classes[_addon_of(PublicController)].remove(PublicController)


def asset_url(path):
    """Return the address of a static file of ours with its fingerprint.

    Static files may be kept a week by browsers: a new content gets a new address.

    :param path: "/addon/static/…"
    """
    found = Path(file_path(path.lstrip("/")))
    return f"{path}?v={_fingerprint(found, found.stat().st_mtime_ns)}"


@functools.lru_cache(maxsize=256)
def _fingerprint(path, _mtime):
    return f"{zlib.crc32(path.read_bytes()):08x}"
