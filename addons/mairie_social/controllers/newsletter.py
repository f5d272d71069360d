from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.http import request, route
from werkzeug.exceptions import NotFound

PATH = "/lettre-interne/moins/<string:token>"


class NewsletterController(PublicController):
    """« Recevoir moins d'e-mails »: one page, one button, no account needed."""

    @route(PATH, type="http", auth="public", website=True, sitemap=False)
    def less(self, token, **params):
        """Say what the button does; a scanner that follows links changes nothing."""
        user = self._get_user(token)
        return self._render_public(
            "mairie_social.public_newsletter_less",
            {"done": not user.mairie_newsletter_mail, "token": token},
        )

    @route(
        f"{PATH}/oui",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def stop(self, token, **form):
        self._get_user(token).mairie_newsletter_mail = False
        return request.redirect(f"/lettre-interne/moins/{token}", code=303)

    def _get_user(self, token):
        user = request.env["res.users"]._get_newsletter_user(token)
        if not user:
            raise NotFound()
        return user
