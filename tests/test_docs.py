"""What the documentation points to is there: pages, pictures, tests, headings."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob("addons/*/readme/*.md"),
]
CODE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#+\s+(.+?)\s*#*$", re.MULTILINE)


def links(page):
    """Return what a page links to, without what it quotes as code."""
    return LINK.findall(CODE.sub("", page.read_text()))


def anchors(page):
    """Return the anchors of the headings of a page, as code hosts make them."""
    titles = HEADING.findall(page.read_text())
    kept = [re.sub(r"[^\w\- ]", "", title.lower()).strip() for title in titles]
    return {title.replace(" ", "-") for title in kept}


def is_there(page, link):
    path, _sharp, anchor = unquote(link).partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target)


def test_quoted_code_is_no_link(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Un titre\n`[x](nowhere)` ```\n[y](nowhere)\n``` [z](#un-titre)")
    assert links(page) == ["#un-titre"]
    assert is_there(page, "#un-titre")
    assert not is_there(page, "#autre")
    assert not is_there(page, "nowhere.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_and_pictures_exist(page):
    relative = [link for link in links(page) if "://" not in link]
    relative = [link for link in relative if not link.startswith("mailto:")]
    assert [link for link in relative if not is_there(page, link)] == []
