"""A visitor of the results, without JavaScript then with it; a screen of a room."""

import pytest

from .page import Page
from .test_pages import axe_violations

AUBIN = "/resultats/municipales-2026-tour-1"
TOULOUSE = "/resultats/toulouse-2026-tour-1"
SCREEN = """
screen = env["mairie.scrutin.ecran"].search([("name", "=", "Salle du conseil")], limit=1)
screen.token = "z" * 32
"""


@pytest.fixture
def visit(chromium):
    contexts = []

    def open_page(**options):
        context = chromium.new_context(locale="fr-FR", **options)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def test_without_javascript_everything_is_read(town, visit):
    page = visit(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto(f"{town.url}/resultats")
    with page.expect_navigation():
        page.click(f"a[href='{AUBIN}']")
    assert "Résultats proclamés" in page.inner_text("#resultats")
    assert page.locator(".r-seats circle").count() == 33 + 12
    assert (
        page.locator(".r-bar").count()
        == page.locator("#tableau + div tbody tr").count()
    )
    page.fill("#bureau", "ferry")
    with page.expect_navigation():
        page.press("#bureau", "Enter")
    with page.expect_navigation():
        page.click("a[href*='bureau=0005']")
    assert page.url.endswith("?bureau=0005#mon-bureau")
    assert "0005 École Jules-Ferry" in page.inner_text("h3 >> nth=-1")


def test_figures_change_under_the_eyes_without_moving(town, visit):
    page = visit(viewport={"width": 390, "height": 800})
    page.goto(town.url + TOULOUSE)
    page.wait_for_selector(".r-bar")
    old = page.evaluate("zone.querySelector('.r-said').textContent")
    page.evaluate("zone.querySelector('.r-said').textContent = '1 bureau'")
    page.click("#sieges-pourquoi summary")
    page.locator("#sieges").scroll_into_view_if_needed()
    place = "document.getElementById('sieges').getBoundingClientRect().top"
    before = page.evaluate(place)
    page.evaluate("refresh()")
    page.wait_for_function("document.getElementById('annonce').textContent !== ''")
    assert page.inner_text(".r-said") == old
    assert abs(page.evaluate(place) - before) < 2, "what is read stays in its place"
    assert page.evaluate("document.getElementById('sieges-pourquoi').open")


def test_a_silent_server_is_told_and_the_figures_stay(town, visit):
    page = visit()
    page.goto(town.url + TOULOUSE)
    page.wait_for_selector(".r-bar")
    page.evaluate("heard -= 20000; showAge()")
    text = page.inner_text("#perdu").replace("\u00a0", " ")
    assert text.startswith("Connexion perdue depuis")
    assert page.locator(".r-bar").count()


@pytest.mark.parametrize("path", [AUBIN, f"{TOULOUSE}?bureau=5"])
@pytest.mark.parametrize("width", [320, 1280])
def test_in_the_dark(town, visit, path, width):
    page = visit(color_scheme="dark", viewport={"width": width, "height": 800})
    page.goto(town.url + path)
    page.wait_for_selector(".r-bar")
    assert not axe_violations(page, Page("nuit", path))


@pytest.fixture(scope="module")
def screen(town):
    town.execute(SCREEN)
    return f"{town.url}/ecran/{'z' * 32}"


def test_every_view_of_a_screen_fits_and_reads(screen, visit):
    page = visit(viewport={"width": 1920, "height": 1080})
    page.goto(screen)
    page.wait_for_selector(".e-bars")
    kinds = page.evaluate("slides().map(row => row.className)")
    assert len(kinds) >= 6
    for _view in kinds:
        assert not axe_violations(page, Page("ecran", "/ecran"))
        assert page.evaluate("document.documentElement.scrollHeight") <= 1080
        sizes = page.evaluate(
            "[...document.querySelectorAll('.e-slide:not([hidden]) *')]"
            ".filter(n => n.innerText && n.offsetParent && !n.closest('svg'))"
            ".map(n => parseFloat(getComputedStyle(n).fontSize))"
        )
        assert min(sizes, default=99) >= 27
        page.evaluate("turn()")


def test_a_screen_keeps_its_last_view_when_the_server_is_silent(screen, visit):
    page = visit(viewport={"width": 1920, "height": 1080})
    page.goto(screen)
    page.wait_for_selector(".e-bars")
    page.context.set_offline(True)
    page.evaluate("heard -= 20000; refresh().catch(() => {}).finally(showAge)")
    page.wait_for_selector("#perdu:not([hidden])")
    assert page.locator(".e-bars li").count() == 3
