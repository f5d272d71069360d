"""From HTML to a tagged PDF, in this process, without reaching for anything outside.

The HTML may hold what users typed: only ``data:`` addresses are read, neither the
network nor a local file.
"""

import io
from collections.abc import Sequence

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

PDF_VARIANT = "pdf/ua-1"
ALLOWED_PROTOCOLS = frozenset({"data"})


def render_pdf(pages: Sequence[str], variant: str | None = PDF_VARIANT) -> bytes:
    """Lay out one or more HTML documents as one PDF.

    Each document counts its own pages ("page 2 / 7"); language and title are
    those of the first, bookmarks and tags are kept for all.

    :param pages: complete HTML documents, at least one
    :param variant: a PDF variant of WeasyPrint, such as "pdf/a-3a"; None for a
        plain, untagged PDF
    """
    fonts = FontConfiguration()
    documents = [_lay_out(html, fonts, variant) for html in pages]
    first = documents[0]
    whole = first.copy([page for document in documents for page in document.pages])
    target = io.BytesIO()
    whole.write_pdf(target, pdf_variant=variant)
    return target.getvalue()


def _lay_out(html, fonts, variant):
    fetcher = URLFetcher(allowed_protocols=ALLOWED_PROTOCOLS)
    return HTML(string=html, url_fetcher=fetcher).render(
        font_config=fonts, pdf_variant=variant
    )
