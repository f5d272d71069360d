"""The text of each page of a PDF, for a search. No ORM here."""

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_logger = logging.getLogger(__name__)


def pages_of_text(content: bytes) -> list[str]:
    """Return the text of each page; an empty one where a page holds none (a scan).

    A file that cannot be read gives an empty list.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        return [" ".join((page.extract_text() or "").split()) for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        _logger.info("No text read from a PDF: %s", error)
        return []
