"""An agent reports something where there is no network; it leaves once, by itself."""

from playwright.sync_api import expect

WORDS = "Nid de poule devant le lavoir"
KEPT = """async () => {
    const cache = await caches.open("mairie-signaler");
    return Boolean(await cache.match("/signaler"));
}"""


def count_reports(town):
    connection = town.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM mairie_social_field_report WHERE words = %s", [WORDS]
        )
        found = cursor.fetchone()[0]
    connection.close()
    return found


def test_a_report_without_network_leaves_once(town, chromium, sessions):
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="fr-FR"
    )
    context.add_cookies(sessions("00123"))
    tab = context.new_page()
    tab.goto(f"{town.url}/signaler")
    tab.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")
    tab.reload()
    tab.wait_for_function(KEPT)

    context.set_offline(True)
    tab.fill("#place", "Devant le lavoir")
    tab.click(".m-field-report [type=submit]")
    expect(tab.locator("#said")).to_contain_text("Une photo ou quelques mots")
    expect(tab.locator("#place")).to_have_value("Devant le lavoir")
    tab.fill("#words", WORDS)
    tab.click(".m-field-report [type=submit]")
    expect(tab.locator("#said")).to_contain_text("Gardé sur ce téléphone")
    tab.reload()
    expect(tab.locator("#waiting strong")).to_have_text("1")
    assert count_reports(town) == 0

    context.set_offline(False)
    tab.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(tab.locator("#waiting")).to_be_hidden()
    tab.reload()
    expect(tab.locator(".m-list li", has_text="Chaussée, trottoir")).to_be_visible()
    assert count_reports(town) == 1
    context.close()
