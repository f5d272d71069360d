from odoo import models
from odoo.tools import html2plaintext

from ..lib import search


class MairieConvocation(models.Model):
    """A member searches in what he was sent."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.convocation"

    def _search_dossier(self, query, by_link):
        """Return where all the words are found, in the order of the agenda.

        :return: dict ``results`` (``rank``, ``item``, ``title``, ``page``, ``annexe_id``,
            ``before``, ``found``, ``after``), ``unread`` (documents without text)
        """
        self.ensure_one()
        words = search.words_of(query)
        results, unread = [], []
        if not self._is_opened():
            return {"results": results, "unread": unread}
        for point in self.seance_id.point_ids.sorted("rank"):
            if by_link and point.is_huis_clos:
                continue
            results += self._search_point(point, words)
            pages = self._get_texts(point)
            for annexe in point.annexe_ids:
                own = pages.filtered(lambda row, annexe=annexe: row.annexe_id == annexe)
                if not any(own.mapped("text")):
                    unread.append(annexe.name)
                results += self._search_pages(point, annexe, own, words)
        return {"results": results[:200], "unread": unread}

    def _get_texts(self, point):
        texts = self.env["mairie.annexe.texte"].sudo()
        return texts.search([("annexe_id", "in", point.annexe_ids.ids)])

    def _search_point(self, point, words):
        text = f"{point.name}. {html2plaintext(point.note or '')}"
        text = " ".join(text.split())
        return [
            self._prepare_found(point, found)
            for _key, found in search.find([(0, text)], words)
        ]

    def _search_pages(self, point, annexe, rows, words):
        pages = [(row.page, row.text or "") for row in rows]
        return [
            self._prepare_found(point, found, annexe, page)
            for page, found in search.find(pages, words)
        ]

    def _prepare_found(self, point, found, annexe=None, page=0):
        before, word, after = found
        return {
            "rank": point.rank,
            "item": point.name,
            "title": annexe.name if annexe else "",
            "annexe_id": annexe.id if annexe else False,
            "page": page,
            "before": before,
            "found": word,
            "after": after,
        }
