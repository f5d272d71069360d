"""The pictures of the README: real screens of the demo town, made anew by a command.

Each addon names its pictures in tests/browser/pages_*.py by Page.picture.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from devtools import settings, system
from devtools.live import LiveTown
from tests.browser import conftest, test_pages

PICTURES = settings.ROOT / "docs" / "images"
SIZES = {"desktop": (1280, 800), "phone": (390, 780)}


def main(only):
    PICTURES.mkdir(parents=True, exist_ok=True)
    pages = [p for p in test_pages.all_pages() if p.picture]
    pages = [p for p in pages if not only or p.name in only]
    with LiveTown("live_pictures") as town, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system.chromium(), args=conftest.CHROMIUM_FLAGS
        )
        cookies = {None: []}
        for page in pages:
            if page.login not in cookies:
                cookies[page.login] = conftest.log_in(browser, town.url, page.login)
            for size in page.picture:
                path = PICTURES / f"{page.name}_{size}.png"
                take(browser, town.url, page, size, cookies[page.login], path)
                sys.stdout.write(f"{path.relative_to(settings.ROOT)}\n")
        browser.close()


def take(browser, url, page, size, cookies, path):
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="fr-FR",
        timezone_id="Europe/Paris",
    )
    context.add_cookies(cookies)
    tab = context.new_page()
    tab.goto(url + page.path)
    if page.setup:
        page.setup(tab, url)
    tab.wait_for_selector(page.ready, state="visible", timeout=30_000)
    tab.wait_for_timeout(800)
    tab.screenshot(path=path)
    context.close()
    shrink(path)


def shrink(path):
    """A palette of 256 colours keeps a screen as it is and a third of its weight."""
    from PIL import Image

    image = Image.open(path).convert("RGB")
    image.quantize(256, method=Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


if __name__ == "__main__":
    main({Path(name).stem for name in sys.argv[1:]})
