from urllib.parse import quote

from odoo.http import content_disposition, request
from werkzeug.exceptions import NotFound

LINK = "/elus/convocation/<int:convocation_id>/<string:token>"
SESSION = "/elus/seances/<int:convocation_id>"
SHOW = {"type": "http", "auth": "public", "website": True, "sitemap": False}
#: Notices whose member has typed his code in this session.
KNOWN = "mairie_elus_known"
#: Asked for again and again: no session is written, a replica may answer.
POLL = {**SHOW, "readonly": True, "save_session": False}


def routes(suffix=""):
    """Both addresses of a page: by personal link and by session."""
    return [LINK + suffix, SESSION + suffix]


class ElusPages:
    """What the controllers of the member's pages share: to find, to refuse, to send."""

    def _find(self, convocation_id, token):
        """Return the notice, sudoed: the token or the session is the right to it."""
        Convocation = request.env["mairie.convocation"]
        if token:
            return Convocation._find_by_token(convocation_id, token)
        return Convocation._find_for_user(convocation_id, request.env.user)

    def _may_read_notes(self, convocation, token):
        """A link may be in other hands than its member's: a code opens his notes."""
        return not token or convocation.id in (request.session.get(KNOWN) or [])

    def _get_via(self, token):
        return "link" if token else "session"

    def _show(self, template, convocation_id, token):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        return self._render_public(template, convocation._prepare_page_vals(token))

    def _refuse(self, token):
        """Answer alike for a wrong link, an old one and a withdrawn meeting."""
        if not token and request.env.user._is_public():
            path = quote(request.httprequest.path)
            return request.redirect(f"/web/login?redirect={path}", code=303)
        if not token:
            return self._public_not_found()
        phone = self._get_public_company().sudo().phone or ""
        return self._render_public(
            "mairie_elus.public_dead_link", {"help_phone": phone}, status=404
        )

    def _send(self, document):
        """Send a document that its model has given: name, bytes."""
        if not document:
            raise NotFound()
        name, content = document
        kind = (
            "application/pdf" if name.endswith(".pdf") else "application/octet-stream"
        )
        inline = kind == "application/pdf"
        return request.make_response(
            content,
            [
                ("Content-Type", kind),
                (
                    "Content-Disposition",
                    content_disposition(name, "inline" if inline else "attachment"),
                ),
                ("Content-Length", len(content)),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "default-src 'none'"),
                ("Cache-Control", "private, no-store"),
            ],
        )
