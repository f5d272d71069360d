"""From a picture, a text, a table or an office document to PDF: bytes in, bytes out.

Pictures, texts and tables are laid out in this process. Office documents need
LibreOffice on the machine (see ``office.py``), from the scheduler only.
"""

import base64
import html
import io

from odoo.addons.mairie_base.report.paged_document import render_pdf
from PIL import Image, TiffImagePlugin, UnidentifiedImageError, WebPImagePlugin

from ..lib.people_file import FileError, decode, read_cells
from . import office

# Odoo lets Pillow know few formats: the import of a plugin adds its own.
SCAN, _WEBP = TiffImagePlugin.TiffImageFile.format, WebPImagePlugin

PICTURES = {"jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff"}
TEXTS = {"txt", "md", "log"}
TABLES = {"csv", "tsv"}
OFFICE = {"doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "odp"}

#: A longer table is no document to read in a meeting.
MAX_ROWS = 3_000
#: A picture larger than that (A4 at 300 dpi, twice) is reduced.
MAX_PIXELS = 4_960

_PAGE = """<html lang="fr"><head><meta charset="utf-8"/><title>{title}</title><style>
@page {{ size: A4 {shape}; margin: 12mm; }}
body {{ font: 9pt/1.4 "DejaVu Sans", sans-serif; margin: 0; }}
img {{ display: block; max-width: 100%; max-height: {height}; margin: 0 auto; break-after: page; }}
img:last-child {{ break-after: auto; }}
pre {{ white-space: pre-wrap; font: inherit; }}
table {{ border-collapse: collapse; width: 100%; font-size: 8pt; }}
th, td {{ border: 0.5pt solid #6c757d; padding: 1mm 1.5mm; text-align: left; vertical-align: top; }}
thead {{ display: table-header-group; }}
</style></head><body>{body}</body></html>"""


class ConversionError(Exception):
    """The file stays out of the dossier; ``problem`` says why: a word of the models."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


def is_office(filename: str) -> bool:
    """Tell whether a file is one that only an office suite can lay out."""
    return _extension(filename) in OFFICE


def convert(content: bytes, filename: str, title: str = "") -> bytes:
    """Lay out a picture, a text or a table as PDF.

    :raise ConversionError: not such a file, a damaged one, or a table too long
    """
    kind = _extension(filename)
    if kind in PICTURES:
        return _picture(content, title)
    if kind in TABLES:
        return _table(decode(content), title)
    if kind in TEXTS:
        return _render(f"<pre>{html.escape(decode(content))}</pre>", title)
    raise ConversionError("not_pdf")


def convert_office(content: bytes, filename: str) -> bytes:
    """Let LibreOffice make the PDF.

    :raise ConversionError: no office suite, a locked or damaged file, too much time
    """
    if not office.find_office():
        raise ConversionError("not_pdf")
    if office.is_locked(content):
        raise ConversionError("encrypted")
    try:
        return office.lay_out(content, _extension(filename))
    except office.TooSlowError as error:
        raise ConversionError("too_slow") from error
    except office.OfficeError as error:
        raise ConversionError("broken") from error


def _extension(filename):
    return filename.rpartition(".")[2].lower()


def _picture(content, title):
    try:
        with Image.open(io.BytesIO(content)) as picture:
            wide = picture.width > picture.height
            frames = [_frame(picture, rank) for rank in range(_frame_count(picture))]
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise ConversionError("broken") from None
    label = html.escape(title or "Image", quote=True)
    body = "".join(f'<img alt="{label}" src="{frame}"/>' for frame in frames)
    return _render(body, title, wide)


def _frame_count(picture):
    """A TIFF is a pile of scanned pages; an animation counts for its first picture."""
    return getattr(picture, "n_frames", 1) if picture.format == SCAN else 1


def _frame(picture, rank):
    """Return one page as a data: address, upright and of a size that can be sent."""
    if rank:
        picture.seek(rank)
    turn = {3: 180, 6: 270, 8: 90}.get(picture.getexif().get(274))
    frame = picture.convert("RGB")
    if turn:
        frame = frame.rotate(turn, expand=True)
    frame.thumbnail((MAX_PIXELS, MAX_PIXELS))
    target = io.BytesIO()
    frame.save(target, "JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(target.getvalue()).decode()


def _table(text, title):
    try:
        rows = [row for row in read_cells(text) if any(row)]
    except FileError:
        raise ConversionError("broken") from None
    if len(rows) > MAX_ROWS:
        raise ConversionError("too_long")
    head, *lines = rows or [[]]
    body = "<table><thead>{}</thead><tbody>{}</tbody></table>".format(
        _row(head, "th"), "".join(_row(line, "td") for line in lines)
    )
    return _render(body, title, wide=len(head) > 6)


def _row(cells, tag):
    inner = "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)
    return f"<tr>{inner}</tr>"


def _render(body, title, wide=False):
    page = _PAGE.format(
        title=html.escape(title or "Pièce"),
        shape="landscape" if wide else "portrait",
        height="180mm" if wide else "265mm",
        body=body,
    )
    return render_pdf([page])
