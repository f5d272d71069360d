import logging
import os
import re
import tempfile
from pathlib import Path

from odoo import api, models

_logger = logging.getLogger(__name__)

#: Folder that the proxy serves by itself; unset, Odoo answers every visit.
FOLDER = "MAIRIE_SCRUTIN_STATIC"
LANG = re.compile(r"[A-Za-z]{2,3}(_[A-Za-z@]{2,10})?")


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinPublication(models.Model):
    """The same fragment as a file, for a proxy that serves it without Odoo.

    It is written after the release only, once the snapshot is committed, and taken away
    as soon as the opening is withdrawn.
    """

    _inherit = "mairie.scrutin.publication"

    def _get_static_folder(self):
        """The folder of the environment, or None."""
        folder = os.environ.get(FOLDER)
        return Path(folder) / self.env.cr.dbname if folder else None

    def _get_static_path(self, tour, lang):
        folder = self._get_static_folder()
        if not folder or not LANG.fullmatch(lang):
            return None
        return folder / "resultats" / tour.public_code / "direct" / f"{lang}.html"

    def _write_static(self, tour, lang, html):
        path = self._get_static_path(tour, lang)
        if path and tour.is_public:
            check = self._make_check(tour)
            self.env.cr.postcommit.add(lambda: check() and _replace(path, html))

    def _make_check(self, tour):
        """Whether the round is still open once the snapshot is committed."""
        registry, uid, tour_id = self.env.registry, self.env.uid, tour.id

        def is_open():
            with registry.cursor() as cr:
                env = api.Environment(cr, uid, {})
                return env["mairie.scrutin.tour"].sudo().browse(tour_id).is_public

        return is_open

    def _remove_static(self, tours):
        """Take away the files of rounds that are closed again, at once."""
        for tour in tours:
            path = self._get_static_path(tour, "xx")
            for file in path.parent.glob("*.html") if path else []:
                file.unlink(missing_ok=True)

    @api.model
    def _cron_refresh(self):
        """Write the files anew where the proxy answers in our place: nobody asks us."""
        if not self._get_static_folder():
            return
        rows = self.sudo().search([("phase", "=", "apres"), ("etag", "!=", False)])
        closed = rows.tour_id.filtered(lambda tour: not tour.is_public)
        self._remove_static(closed)
        for row in rows:
            if row.tour_id.is_public:
                publication = self.with_context(lang=row.lang)
                publication._get_snapshot(row.tour_id.with_context(lang=row.lang))

    def _notify_changed(self):
        """A station was validated or reopened: have the files written anew soon."""
        if self._get_static_folder():
            cron = self.env.ref("mairie_scrutin.ir_cron_refresh", False)
            if cron:
                cron.sudo()._trigger()


def _replace(path, html):
    """Write a whole file or none: readers never meet half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(html)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        _logger.error("The results could not be written for the proxy: %s", error)
