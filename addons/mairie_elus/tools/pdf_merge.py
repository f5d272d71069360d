"""Reading and joining PDF files: plain bytes in, plain bytes out, no ORM."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field

import pikepdf

#: Address put by the table of contents on a line, replaced here by an inner link.
LINK_PREFIX = "https://dossier.invalid/"


@dataclass(frozen=True)
class Health:
    """What became of a file: its pages, or why it cannot be read."""

    pages: int = 0
    problem: str | bool = False


@dataclass
class Section:
    """One line of the outline: a file, and the lines under it."""

    title: str
    content: bytes
    key: str = ""
    children: list["Section"] = field(default_factory=list)


def inspect(content: bytes) -> Health:
    """Tell whether a file can enter a dossier.

    A PDF that only its owner's password restricts opens without one: it is accepted.
    """
    if not content:
        return Health(problem="empty")
    if b"%PDF-" not in content[:1024]:
        return Health(problem="not_pdf")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        return Health(problem="encrypted")
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return Health(problem="broken")
    return Health(pages) if pages else Health(problem="broken")


def page_count(content: bytes) -> int:
    """Return the number of pages of a PDF of ours."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def attach(content: bytes, name: str, data: bytes) -> bytes:
    """Return a PDF with a file inside it, which any reader shows and saves."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.attachments[name] = data
        result = io.BytesIO()
        pdf.save(result)
    return result.getvalue()


def merge(cover: bytes, sections: Iterable[Section], title: str, lang: str) -> bytes:
    """Join a cover and sections into one PDF: outline, page labels, inner links.

    The cover's pages are labelled i, ii, iii…; the first page after it is page 1, the
    number that the table of contents gives.

    :param cover: PDF of the cover and the table of contents; the merged file keeps
        its structure, links that begin by ``LINK_PREFIX`` + key lead to that section
    """
    with pikepdf.open(io.BytesIO(cover)) as target:
        cover_pages = len(target.pages)
        starts = {}
        items = [_append(target, section, starts) for section in sections]
        with target.open_outline() as outline:
            del outline.root[:]
            outline.root.append(pikepdf.OutlineItem(title, 0))
            outline.root.extend(items)
        _label_pages(target, cover_pages)
        _link_contents(target, cover_pages, starts)
        _describe(target, title, lang)
        result = io.BytesIO()
        target.save(
            result,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            encryption=False,
        )
    return result.getvalue()


def _append(target, section, starts):
    """Add the pages of a section and of its children; return its outline item."""
    start = len(target.pages)
    with pikepdf.open(io.BytesIO(section.content)) as source:
        target.pages.extend(source.pages)
    starts[section.key] = start
    item = pikepdf.OutlineItem(section.title, start)
    item.is_closed = True
    item.children.extend(_append(target, child, starts) for child in section.children)
    return item


def _label_pages(target, cover_pages):
    roman = pikepdf.Dictionary(S=pikepdf.Name.r)
    arabic = pikepdf.Dictionary(S=pikepdf.Name.D, St=1)
    target.Root.PageLabels = pikepdf.Dictionary(
        Nums=pikepdf.Array([0, roman, cover_pages, arabic])
    )


def _link_contents(target, cover_pages, starts):
    """Turn the marked addresses of the table of contents into inner links."""
    for page in list(target.pages)[:cover_pages]:
        for annotation in page.get("/Annots", []):
            uri = str(annotation.get("/A", {}).get("/URI", ""))
            key = uri.removeprefix(LINK_PREFIX)
            if key != uri and key in starts:
                del annotation["/A"]
                destination = target.pages[starts[key]].obj
                annotation.Dest = pikepdf.Array([destination, pikepdf.Name.Fit])


def _describe(target, title, lang):
    target.Root.Lang = pikepdf.String(lang)
    target.Root.PageMode = pikepdf.Name.UseOutlines
    target.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with target.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = title
        # Annexes come untagged: the whole no longer claims to be PDF/UA.
        for claim in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"):
            if claim in meta:
                del meta[claim]
    target.docinfo["/Title"] = title
