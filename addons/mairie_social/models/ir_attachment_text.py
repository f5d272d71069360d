import io
import logging
import re
import zipfile

from odoo import models
from odoo.tools.pdf import PdfReader

_logger = logging.getLogger(__name__)

PDF = "application/pdf"
OFFICE_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "word/document.xml"
    ),
    "application/vnd.oasis.opendocument.text": "content.xml",
}
MOST_PAGES = 100
MOST_BYTES = 10_000_000


class IrAttachment(models.Model):
    """The text of PDF files and of text documents, so that they can be found."""

    _inherit = "ir.attachment"

    def _index(self, bin_data, file_type, checksum=None):
        reader = self._get_text_reader(file_type)
        if not reader or len(bin_data) > MOST_BYTES:
            return super()._index(bin_data, file_type, checksum=checksum)
        try:
            return reader(bin_data)
        except Exception:
            # A file that cannot be read is kept all the same: it is found by its name.
            _logger.info("no text read in a file of type %s", file_type)
            return super()._index(bin_data, file_type, checksum=checksum)

    def _get_text_reader(self, file_type):
        """:return: a function from bytes to text, or None"""
        if file_type == PDF:
            return self._read_pdf_text
        part = OFFICE_PARTS.get(file_type)
        return part and (lambda data: self._read_office_text(data, part))

    def _read_pdf_text(self, data):
        pages = PdfReader(io.BytesIO(data), strict=False).pages[:MOST_PAGES]
        return "\n".join(page.extract_text() or "" for page in pages).replace("\0", "")

    def _read_office_text(self, data, part):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(part).file_size > MOST_BYTES:
                return ""
            text = archive.read(part).decode("utf-8", "replace")
        return re.sub(r"<[^>]+>", " ", text)
