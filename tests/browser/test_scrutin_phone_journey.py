"""The evening of a secretary whose school has no network."""

import json
import re

from playwright.sync_api import expect

from .pages_scrutin import STATION, let_in, open_link, open_task, type_result

ENTRIES = 200
KEEP = """async ([base, count, tour]) => {
    const { Store } = await import(`${base}/store.js`);
    const { Sender } = await import(`${base}/sender.js`);
    const sender = new Sender(new Store(document.getElementById("bureau").dataset.store));
    for (let rank = 1; rank <= count; rank++) {
        await sender.add({
            kind: "turnout",
            task: `more-${rank}`,
            tour,
            data: { hour: 12 + rank / 60, votants: 231 + Math.floor(rank / 2) },
        });
    }
}"""
OUTBOX = """async () => {
    const open = indexedDB.open(`mairie-bureau-${document.getElementById("bureau").dataset.store}`);
    const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
    const all = db.transaction("outbox").objectStore("outbox").getAll();
    return JSON.stringify(await new Promise((done) => (all.onsuccess = () => done(all.result))));
}"""
STATE = """async () => {
    const open = indexedDB.open(`mairie-bureau-${document.getElementById("bureau").dataset.store}`);
    const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
    const get = db.transaction("kept").objectStore("kept").get("device");
    const token = await new Promise((done) => (get.onsuccess = () => done(get.result)));
    const headers = { "X-Mairie-Device": token };
    return (await fetch("/bureau/api/state", { headers })).json();
}"""


def state_of(tab):
    return tab.evaluate(STATE)["rounds"][0]


def requests_of(tab):
    """Addresses that the page posts sendings to, as they are asked for."""
    found = []
    tab.on("request", lambda one: "/api/op" in one.url and found.append(one.url))
    return found


def app_url(tab):
    source = tab.locator("script[type=module]").get_attribute("src")
    return source.rsplit("/", 1)[0]


def test_a_result_typed_without_network_arrives_once(town, chromium):
    """Offline, tab closed, opened again, network back: all in, nothing twice (R8)."""
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, locale="fr-FR"
    )
    tab = context.new_page()
    tab.goto(town.url + STATION)
    let_in(tab, town.url)
    tab.wait_for_function(
        "async () => (await (await caches.open('bureau-pages')).keys()).length > 1"
        " && !!(await navigator.serviceWorker.ready)"
    )
    before = state_of(tab)
    base = app_url(tab)

    context.set_offline(True)
    tab.evaluate(KEEP, [base, ENTRIES, before["id"]])
    open_task(tab, "closing")
    tab.fill("#votants", "556")
    tab.click(".m-button--primary")
    tab.wait_for_selector(".b-tasks")
    type_result(tab)
    tab.click(".m-button--primary")
    tab.fill("#reason-A02", "Un émargement oublié, écrit au PV")
    tab.check("#same")
    tab.click(".m-button--primary")
    tab.wait_for_selector("[data-task=result][data-status=queued]")
    assert tab.locator("#status").get_attribute("data-waiting") == str(ENTRIES + 2)
    tab.close()

    tab = context.new_page()
    tab.goto(town.url + STATION)
    tab.wait_for_selector("[data-task=result][data-status=queued]")
    assert f"{ENTRIES + 2}" in tab.locator("#status").inner_text()

    asked = requests_of(tab)
    context.set_offline(False)
    tab.wait_for_selector("#status[data-waiting='0']", timeout=60_000)
    assert len(asked) < 12, "two hundred sendings go together, not one by one"
    tab.wait_for_selector("[data-task=result][data-status=received]")
    after = state_of(tab)
    hours = {row["hour"] for row in before["turnout"]} | {before["closing"]}
    assert len(after["turnout"]) == len(hours) + ENTRIES
    assert after["result"]["votants"] == 556
    assert re.search(r"reçu à \d+\s+h\s+\d\d", tab.locator(".b-tasks").inner_text())
    context.close()


def test_people_of_the_station_are_noted_without_network(town, chromium):
    """Who leaves, who comes back, who will count: kept, then received once each."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="fr-FR"
    )
    tab = context.new_page()
    tab.goto(town.url + STATION)
    let_in(tab, town.url)
    before = state_of(tab)
    here = [row for row in before["people"] if row["present"]]
    counted = len(before["tellers"]["people"])

    context.set_offline(True)
    open_link(tab, "people")
    button = tab.locator(f"#member-{here[0]['id']}")
    button.dblclick()
    row = tab.locator("li", has=button)
    expect(row).to_have_attribute("data-present", "false")
    expect(row).to_contain_text("gardé sur ce téléphone")
    assert tab.locator("#status").get_attribute("data-waiting") == "1", "one tap of two"
    tab.locator("#spot").evaluate("node => { node.open = true; }")
    for name, text in (
        ("firstname", "Inès"),
        ("name", "Lebrun"),
        ("birth_date", "01021999"),
    ):
        tab.fill(f"#spot-{name}", text)
    tab.check("#spot-able")
    tab.click("#spot form button")
    tab.wait_for_selector(".b-people >> text=Inès Lebrun")
    assert tab.locator("#status").get_attribute("data-waiting") == "2"
    tab.go_back()
    open_link(tab, "tellers")
    for name, text in (
        ("firstname", "Ida"),
        ("name", "Noël"),
        ("birth_date", "01021980"),
    ):
        tab.fill(f"#{name}", text)
    tab.select_option("#table", "2")
    tab.click(".m-button--primary")
    tab.wait_for_selector(".b-people >> text=Ida Noël")
    assert tab.locator("#status").get_attribute("data-waiting") == "3"
    tab.go_back()
    assert f"{counted + 1} sur" in tab.locator("[data-link=tellers]").inner_text()

    context.set_offline(False)
    tab.wait_for_selector("#status[data-waiting='0']", timeout=30_000)
    after = state_of(tab)
    (left,) = [row for row in after["people"] if row["id"] == here[0]["id"]]
    assert left["present"] is False
    (seated,) = [row for row in after["people"] if row["name"] == "Inès Lebrun"]
    assert seated["present"]
    assert seated["spot"]
    (teller,) = [r for r in after["tellers"]["people"] if r["name"] == "Ida Noël"]
    assert teller["table"] == 2
    kept = tab.evaluate(OUTBOX)
    for year in ("1980", "1999"):
        assert year not in kept, "a birth date that was received leaves the phone"
    context.close()


def test_figures_are_typed_with_the_keyboard_alone(town, chromium):
    """Enter goes on and never sends; a figure that changes takes the agreement back."""
    context = chromium.new_context(locale="fr-FR")
    tab = context.new_page()
    tab.goto(town.url + STATION)
    let_in(tab, town.url)
    sent = requests_of(tab)
    open_task(tab, "result")
    for name, text in (("inscrits", "957"), ("emargements", "556"), ("votants", "556")):
        tab.locator(f"#{name}").fill(text)
        tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.tagName") == "BUTTON"
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#blancs")
    assert not sent
    put_out_and_let_in_again(town, tab)
    context.close()


def put_out_and_let_in_again(town, tab):
    """A phone that was revoked keeps what it was told, and sends it once let in."""
    tab.goto(town.url + STATION)
    tab.wait_for_selector(".b-tasks")
    tab.context.set_offline(True)
    open_task(tab, "opening")
    tab.click(".m-button--primary")
    tab.wait_for_selector("[data-task=opening][data-status=queued]")
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE mairie_scrutin_device SET revoked = true")
    tab.context.set_offline(False)
    tab.wait_for_selector("#pin")
    assert "Votre saisie y reste" in tab.locator("main").inner_text()
    (kept,) = json.loads(tab.evaluate(OUTBOX))
    assert (kept["kind"], kept["status"]) == ("opening", "queued")
    let_in(tab, town.url)
    tab.wait_for_selector("#status[data-waiting='0']")


def test_the_code_of_the_phone_is_the_one_that_the_town_hall_reads(town, chromium):
    """The same sums in two languages: the page's and lib/fallback_code.py's."""
    from mairie_scrutin.lib.fallback_code import (
        decode,
        encode,
        encode_day,
        encode_hundred,
    )

    context = chromium.new_context(locale="fr-FR")
    tab = context.new_page()
    tab.goto(town.url + STATION)
    base = app_url(tab)
    script = """async ([base, cases]) => {
        const { encode } = await import(`${base}/fallback.js`);
        return cases.map((one) => encode(...one));
    }"""
    cases = [
        [f"{rank:04d}", rank, [rank * 7, rank, rank, 1, 0, rank, None], [rank, 0, 3]]
        for rank in range(1, 60)
    ]
    for case, lines in zip(cases, tab.evaluate(script, [base, cases]), strict=True):
        assert lines == encode(*case), json.dumps(case)
        assert decode(lines)[0] == case[0]
    script = """async ([base, cases]) => {
        const { encodeDay } = await import(`${base}/fallback.js`);
        return cases.map((one) => encodeDay(...one));
    }"""
    days = [
        [f"{rank:03d}A", rank, kind, 8 + rank / 60, None if kind == "opening" else rank]
        for rank in range(1, 60)
        for kind in ("opening", "turnout", "closing")
    ]
    told = tab.evaluate(script, [base, days])
    assert told == [encode_day(*day) for day in days]
    script = script.replace("encodeDay", "encodeHundred")
    told = tab.evaluate(script, [base, [["136a", 12, "centaine1", [3, 2, 60, 35]]]])
    assert told == [encode_hundred("136A", 12, "centaine1", 3, 2, [60, 35])]
    words = """async ([base]) => {
        const { inWords } = await import(`${base}/words.js`);
        return [80, 81, 71, 200, 201, 541, 80000].map(inWords);
    }"""
    assert tab.evaluate(words, [base]) == [
        "quatre-vingts",
        "quatre-vingt-un",
        "soixante et onze",
        "deux cents",
        "deux cent un",
        "cinq cent quarante et un",
        "quatre-vingt mille",
    ]
    context.close()
