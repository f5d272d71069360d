"""Every screen of ours: accessible, light, French, silent, and at home."""

import importlib
import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from devtools import nodeenv

from . import rgaa
from .page import Page

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


def all_visits():
    """Page and widths of each visit, those of one login and width in a row.

    The web client chooses its components by the width that it opens in, and takes long
    to load; a light page follows its window, and is opened once.
    """
    pages = list(all_pages())
    yield from ((page, list(WIDTHS)) for page in pages if not page.scope)
    inside = [(page, [width]) for width in WIDTHS for page in pages if page.scope]
    yield from sorted(inside, key=lambda visit: (visit[0].login, visit[1]))


VISITS = list(all_visits())


class Visit:
    """A page opened in a tab, with what it asked for and said.

    :param tab: a tab to go on in, where the web client is at work already
    """

    def __init__(self, context, url, page, widths, tab=None):
        self.page, self.widths = page, widths
        self.requests, self.errors, self.bytes = [], [], 0
        self.tab = tab or context.new_page()
        self.resize(widths[0])
        self.listeners = {
            "request": lambda request: self.requests.append(request.url),
            "response": self._weigh,
            "pageerror": lambda error: self.errors.append(str(error)),
            "console": self._listen,
        }
        for event, listener in self.listeners.items():
            self.tab.on(event, listener)
        if tab:
            follow(tab, page.path)
        else:
            self.source = self.tab.goto(url + page.path).text()
        if page.setup:
            page.setup(self.tab, url)
        self.tab.wait_for_selector(page.ready, state="visible", timeout=30_000)

    def resize(self, width):
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        self.tab.set_viewport_size(size)

    def leave(self):
        """Let the tab go on to another page."""
        for event, listener in self.listeners.items():
            self.tab.remove_listener(event, listener)

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


FOLLOW = """path => {
    document.querySelector(".o_action_manager > *").dataset.before = "";
    const link = Object.assign(document.createElement("a"), { href: path });
    document.body.append(link);
    link.click();
    link.remove();
}"""


def follow(tab, path):
    """Go to another screen of the web client as a link does, without loading it anew."""
    tab.evaluate(FOLLOW, path)
    tab.wait_for_selector("[data-before]", state="detached", timeout=30_000)


class Client:
    """The web client of one login at one width, open from page to page."""

    def __init__(self, chromium, sessions):
        self.chromium, self.sessions = chromium, sessions
        self.contexts, self.key, self.tab = {}, None, None

    def visit(self, url, page, widths):
        key = page.login, *widths
        # An action that opens in a dialog leaves the page below it: no link leads there.
        if key != self.key or page.scope.startswith(".modal"):
            self.close()
        tab, self.tab, self.key = self.tab, None, key
        return Visit(self._context(page.login), url, page, widths, tab)

    def keep(self, visit):
        """Go on in the tab of a visit, unless it has left the client or a dialog is open."""
        visit.leave()
        is_inside = visit.tab.locator(".o_action_manager").count()
        if is_inside and not visit.tab.locator(".modal").count():
            self.tab = visit.tab
        else:
            visit.tab.close()

    def close(self):
        if self.tab:
            self.tab.close()
            self.tab = None

    def _context(self, login):
        if login not in self.contexts:
            self.contexts[login] = self.chromium.new_context(locale="fr-FR")
            self.contexts[login].add_cookies(self.sessions(login))
        return self.contexts[login]


@pytest.fixture(scope="module")
def client(chromium, sessions):
    client = Client(chromium, sessions)
    yield client
    client.close()


@pytest.fixture(params=VISITS, ids=lambda visit: "-".join([visit[0].name, *visit[1]]))
def visit(request, town, chromium, sessions, client):
    """A first visit for a light page, whose weight counts; another one elsewhere."""
    page, widths = request.param
    if page.scope:
        visit = client.visit(town.url, page, widths)
        yield visit
        client.keep(visit)
        return
    with chromium.new_context(locale="fr-FR") as context:
        context.add_cookies(sessions(page.login))
        yield Visit(context, town.url, page, widths)


# A colour that is on its way to another one is nobody's to judge.
AT_REST = """() => Promise.allSettled(
    document.getAnimations().filter((one) => one instanceof CSSTransition)
        .map((transition) => transition.finished))"""


def axe_violations(tab, page):
    tab.evaluate(nodeenv.axe_source())
    tab.evaluate(AT_REST)
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
    faults = []
    for width in visit.widths:
        visit.resize(width)
        faults += [f"{width}: {fault}" for fault in _faults_of_sight(visit)]
    faults += [f"console: {row}" for row in visit.errors]
    faults += [f"foreign host: {row}" for row in visit.foreign_hosts(town.url)]
    if not visit.page.scope:
        faults += _faults_of_source(visit)
    if visit.page.weight and visit.bytes > visit.page.weight * 1000:
        faults.append(f"{visit.bytes / 1000:.0f} kB, more than {visit.page.weight}")
    assert not faults, "\n".join(faults)


def _faults_of_sight(visit):
    """What depends on the width of the window."""
    yield from (
        f"accessibility: {row}" for row in axe_violations(visit.tab, visit.page)
    )
    if visit.tab.evaluate(rgaa.OVERFLOW) > 0:
        yield "the page scrolls sideways"
    if not visit.page.scope:
        yield from rgaa.light_page_faults(visit.tab)


def _faults_of_source(visit):
    yield from rgaa.grammar_faults(visit.source)
    language = visit.tab.evaluate("document.documentElement.lang")
    if not language.startswith("fr"):
        yield "the page does not say that it is in French"


SPOILED = (
    '<script>document.title = "?"</script>'
    '<img src="http://ailleurs.exemple/pixel.png" alt="" /></main>'
)


def test_a_page_that_breaks_its_word_would_be_seen(town, chromium):
    """The control: a script in the page, then a picture from elsewhere."""
    page = Page("controle", "/mairie/donnees")

    def spoiled(*headers):
        """Open the page with something added, and these headers taken away."""

        def spoil(route):
            answer = route.fetch()
            kept = {k: v for k, v in answer.headers.items() if k not in headers}
            body = answer.text().replace("</main>", SPOILED)
            route.fulfill(response=answer, headers=kept, body=body)

        with chromium.new_context(locale="fr-FR") as context:
            context.route(f"**{page.path}", spoil)
            return Visit(context, town.url, page, ["desktop"])

    strict = spoiled()
    assert any("Content Security Policy" in error for error in strict.errors)
    loose = spoiled("content-security-policy")
    assert loose.foreign_hosts(town.url) == {"ailleurs.exemple"}
