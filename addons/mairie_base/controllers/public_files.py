"""The few addresses that every public page refers to: colours, logo, statements."""

import base64

from odoo.http import request, route
from odoo.tools.mimetypes import guess_mimetype

from .public import READ_ONLY_FILE, READ_ONLY_PAGE, PublicController

WEEK = 7 * 24 * 3600


class PublicFiles(PublicController):
    @route("/mairie/theme/<int:company_id>.css", **READ_ONLY_FILE)
    def theme(self, company_id, **params):
        """The town's colours as CSS variables: inline styles are refused."""
        company = self._get_company(company_id)
        if not company:
            raise request.not_found()
        return self._make_file(company._get_mairie_theme_css(), "text/css")

    @route("/mairie/logo/<int:company_id>", **READ_ONLY_FILE)
    def logo(self, company_id, **params):
        company = self._get_company(company_id)
        logo = company and company._get_mairie_logo()
        if not logo:
            raise request.not_found()
        content = base64.b64decode(logo)
        return self._make_file(content, guess_mimetype(content))

    @route("/mairie/donnees", **READ_ONLY_PAGE)
    def privacy(self, **params):
        company = self._get_public_company()
        return self._render_public(
            "mairie_base.public_privacy",
            {"dpo_email": company.sudo().mairie_dpo_email},
            cacheable=True,
        )

    @route("/mairie/accessibilite", **READ_ONLY_PAGE)
    def accessibility(self, **params):
        company = self._get_public_company()
        return self._render_public(
            "mairie_base.public_accessibility",
            {"accessibility": company._prepare_mairie_accessibility_vals()},
            cacheable=True,
        )

    def _get_company(self, company_id):
        return request.env["res.company"].sudo().browse(company_id).exists()

    def _make_file(self, content, mimetype):
        response = request.make_response(
            content,
            headers=[
                ("Content-Type", mimetype),
                ("Cache-Control", f"public, max-age={WEEK}"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        response.add_etag()
        return response.make_conditional(request.httprequest.environ)
