"""Every screen of ours: accessible, light, French, silent, and at home."""

import importlib
import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from devtools import nodeenv

FOLDER = Path(__file__).parent
WIDTHS = {"desktop": (1280, 800), "phone": (320, 640)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# A page of the web client holds Odoo's own frame: our part is judged by the law's
# rules, a light page by the recommended practice as well.
CLIENT_RULES = RULES[:-1]


def all_pages():
    only = os.environ.get("MAIRIE_ONLY", "").removeprefix("mairie_")
    for path in sorted(FOLDER.glob(f"pages_{only}*.py")):
        yield from importlib.import_module(f"tests.browser.{path.stem}").PAGES


PAGES = list(all_pages())


class Visit:
    """A page opened in a tab of its own, with what it asked for and said."""

    def __init__(self, context, url, page, width):
        self.page = page
        self.tab = context.new_page()
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        self.tab.set_viewport_size(size)
        self.requests, self.errors, self.bytes = [], [], 0
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("response", self._weigh)
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("console", self._listen)
        self.tab.goto(url + page.path)
        if page.setup:
            page.setup(self.tab, url)
        self.tab.wait_for_selector(page.ready, state="visible", timeout=30_000)

    def _listen(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def _weigh(self, response):
        try:
            self.bytes += response.request.sizes()["responseBodySize"]
        except Exception:
            return

    def foreign_hosts(self, url):
        own = urlsplit(url).netloc
        seen = {urlsplit(request).netloc for request in self.requests}
        return seen - {own, ""}


@pytest.fixture(params=list(WIDTHS))
def width(request):
    return request.param


@pytest.fixture(scope="module")
def client(chromium, sessions):
    """A browser per login that keeps the web client's bundles from page to page."""
    known = {}

    def context(login):
        if login not in known:
            known[login] = chromium.new_context(locale="fr-FR")
            known[login].add_cookies(sessions(login))
        return known[login]

    return context


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def visit(request, width, town, chromium, sessions, client):
    """A first visit for a light page, whose weight counts; another one elsewhere."""
    page = request.param
    if page.scope:
        visit = Visit(client(page.login), town.url, page, width)
        yield visit
        visit.tab.close()
        return
    with chromium.new_context(locale="fr-FR") as context:
        context.add_cookies(sessions(page.login))
        yield Visit(context, town.url, page, width)


def axe_violations(tab, page):
    tab.evaluate(nodeenv.axe_source())
    scope = page.scope or ":root"
    rules = CLIENT_RULES if page.scope else RULES
    options = {"runOnly": {"type": "tag", "values": rules}}
    script = f"axe.run({json.dumps(scope)}, {json.dumps(options)})"
    found = tab.evaluate(f"{script}.then(result => result.violations)")
    return [
        f"{rule['id']}: {rule['help']}\n    {node['html'][:200]}\n    "
        + node["failureSummary"].replace("\n", "\n    ")
        for rule in found
        for node in rule["nodes"]
    ]


def test_page_is_sound(visit, town):
    """One visit answers all questions: opening the page is what costs."""
    faults = [f"accessibility: {row}" for row in axe_violations(visit.tab, visit.page)]
    faults += [f"console: {row}" for row in visit.errors]
    faults += [f"foreign host: {row}" for row in visit.foreign_hosts(town.url)]
    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    if visit.tab.evaluate(overflow) > 0:
        faults.append("the page scrolls sideways")
    language = visit.tab.evaluate("document.documentElement.lang")
    if not visit.page.scope and not language.startswith("fr"):
        faults.append("the page does not say that it is in French")
    if visit.page.weight and visit.bytes > visit.page.weight * 1000:
        faults.append(f"{visit.bytes / 1000:.0f} kB, more than {visit.page.weight}")
    assert not faults, "\n".join(faults)
