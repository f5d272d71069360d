import io
import re
import zipfile

from odoo.http import Controller, content_disposition, request, route


class LettersController(Controller):
    @route("/mairie_social/lettres", type="http", auth="user", methods=["POST"])
    def letters(self, ids, **form):
        """New letters, one PDF for each service; several services come in one folder.

        The former letters of these people open nothing any more.
        """
        wanted = [int(part) for part in ids.split(",") if part.isdigit()]
        Access = request.env["mairie.social.access"]
        files = Access.search([("id", "in", wanted)])._make_letters()
        if len(files) == 1:
            name, content = files[0]
            return self._send(f"Lettres {_safe(name)}.pdf", content, "application/pdf")
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as folder:
            for name, content in files:
                folder.writestr(f"Lettres {_safe(name)}.pdf", content)
        return self._send(
            "Lettres par service.zip", target.getvalue(), "application/zip"
        )

    def _send(self, name, content, mimetype):
        return request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )


def _safe(name):
    return re.sub(r"[^\w' -]", " ", name).strip() or "sans service"
