from odoo.addons.web.controllers.webmanifest import WebManifest
from odoo.http import request
from odoo.tools import file_open

ICON = "/mairie_social/static/description/icon.svg"


class MairieWebManifest(WebManifest):
    """Installed on a telephone, the hub bears the name and the colour of the town."""

    def _get_webmanifest(self):
        manifest = super()._get_webmanifest()
        company = request.env.company.sudo()
        color = company._get_mairie_color()
        manifest.update(
            name=company.name,
            short_name=company.name[:12],
            start_url="/odoo/accueil",
            background_color=color,
            theme_color=color,
            lang="fr",
        )
        manifest["icons"].insert(
            0, {"src": ICON, "sizes": "any", "type": "image/svg+xml"}
        )
        return manifest

    def _get_service_worker_content(self):
        body = super()._get_service_worker_content()
        with file_open("mairie_social/static/src/worker/service_worker.js") as script:
            return body + script.read()

    def _icon_path(self):
        return "mairie_social/static/description/icon.png"
