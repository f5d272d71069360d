"""A server with the demo town and a Chromium for all browser tests."""

import os
import resource
import shutil

import pytest
from playwright.sync_api import sync_playwright

from devtools import settings, system
from devtools.live import LiveTown, clean_temporary

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def town():
    """One threaded server for all pages.

    What is said to read only gets a connection that refuses to write, as it would from
    a replica of the database.
    """
    name = f"live_browser_{os.getpid()}"
    with LiveTown(name, options=["--dev=replica"]) as town:
        yield town


@pytest.fixture(autouse=True)
def newcomer(town):
    """Each test comes from a connection that holds nothing yet.

    All of them share one address, and one address holds five places at most.
    """
    connection = town.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute("UPDATE mairie_rdv SET ip_hash = NULL WHERE ip_hash IS NOT NULL")
    connection.close()


@pytest.fixture(scope="session")
def chromium():
    # Chromium puts a socket there: its path may hold 107 characters at most.
    folder = clean_temporary(f"/tmp/mairie-{settings.CHECKOUT_ID}-{os.getpid()}")
    # Where Odoo runs in this process too, it has capped the memory of both: Chromium
    # would inherit the cap and stop at once.
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system.chromium(),
            args=CHROMIUM_FLAGS,
            env={**os.environ, "TMPDIR": folder, "HOME": folder},
        )
        yield browser
        browser.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sessions(town, chromium):
    """Log in once per demo login; return its cookies. None for a visitor."""
    known = {None: []}

    def cookies(login):
        if login not in known:
            known[login] = log_in(chromium, town.url, login)
        return known[login]

    return cookies


def log_in(browser, url, login):
    # Odoo keeps the time zone of somebody's first browser: that of the town.
    context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    page = context.new_page()
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", settings.DEMO_PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".o_web_client, .o_portal", timeout=60_000)
    cookies = context.cookies()
    context.close()
    return cookies
