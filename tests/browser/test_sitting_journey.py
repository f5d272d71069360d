"""A member on a phone: receipt, absence, pouvoir by code, dossier without network, a vote
in the room; beside it the table of the secretary."""

import re

import pytest

from .test_pages import axe_violations

PHONE = {"viewport": {"width": 390, "height": 800}, "locale": "fr-FR"}


@pytest.fixture
def phone(town, chromium):
    context = chromium.new_context(**PHONE, timezone_id="Europe/Paris")
    yield context.new_page()
    context.close()


def query(town, sql, *params):
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def personal_link(town, login, seance):
    row = query(
        town,
        "SELECT c.id, c.token FROM mairie_convocation c"
        " JOIN res_users u ON u.partner_id = c.partner_id"
        " JOIN ir_model_data d ON d.res_id = c.seance_id AND d.model = 'mairie.seance'"
        " WHERE u.login = %s AND d.name = %s",
        login,
        seance,
    )
    return f"{town.url}/elus/convocation/{row[0]}/{row[1]}"


def last_code(town):
    body = query(
        town,
        "SELECT body_html FROM mail_mail WHERE body_html LIKE '%%10 minutes%%'"
        " ORDER BY id DESC LIMIT 1",
    )[0]
    return re.search(r">(\d{3} \d{3})<", body)[1]


def heading(page):
    return page.inner_text("h1").replace("\xa0", " ")


def test_absence_and_pouvoir_from_a_phone(town, phone):
    link = personal_link(town, "legoff", "seance_convoquee")
    phone.goto(link)
    phone.click("form .m-button--primary")
    phone.click("#ma-reponse ~ p a")
    phone.click("button[value=absent]")
    assert "enregistré" in heading(phone)
    phone.click("a[href$='/pouvoir']")
    phone.click(".elus-choices label >> nth=2")
    phone.click("form .m-button--primary")
    phone.fill("#code", last_code(town))
    phone.click("form .m-button--primary")
    assert phone.inner_text("#donne")
    assert not axe_violations(phone, FRAME)
    phone.click("form[action$='/retirer'] button")
    assert phone.query_selector("#donne") is None


def test_the_dossier_opens_without_network(town, phone):
    link = personal_link(town, "renaud", "seance_convoquee")
    phone.goto(link)
    phone.click("[data-keep]")
    phone.wait_for_selector("[data-state=done]:visible", timeout=60_000)
    phone.reload()
    phone.wait_for_selector("[data-state=done]:visible")
    phone.context.set_offline(True)
    phone.goto(link)
    assert phone.inner_text("[data-state=done]") == "Disponible hors ligne"
    phone.goto(f"{link}/point/1")
    assert heading(phone).startswith("1.")
    kept = phone.evaluate(
        f"fetch('{link}/dossier.pdf').then((answer) => answer.blob()).then((b) => b.size)"
    )
    assert kept > 10_000
    phone.context.set_offline(False)
    phone.goto(link)
    phone.click("[data-drop]")
    assert phone.evaluate("caches.keys()") == []


class FRAME:
    """The whole page is ours."""

    scope = None


def test_a_vote_in_the_room(town, phone, chromium, sessions):
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR"
    )
    context.add_cookies(sessions("secretaire"))
    table = context.new_page()
    table.goto(f"{town.url}/odoo/seances")
    table.click(".o_kanban_group:nth-child(4) .o_kanban_record")
    table.click("button[name=action_conduct]")
    table.click(".o_mairie_console_agenda li:nth-child(2) button")
    with context.expect_page() as opened:
        table.click(".o_mairie_screen")
    screen = opened.value
    screen.wait_for_selector("h1")
    assert not axe_violations(screen, FRAME)
    phone.goto(f"{personal_link(town, 'legoff', 'seance_ouverte')}/seance")
    assert "Aucun vote ouvert" in phone.inner_text("#vivant")

    table.click("label[for=o_mairie_mode_public]")
    table.click(".o_mairie_ballot_open")
    phone.wait_for_selector(".elus-sides", timeout=15_000)
    screen.wait_for_selector(".s-running", timeout=15_000)
    assert not axe_violations(phone, FRAME)
    phone.click(".elus-sides a >> nth=1")
    assert "Vous votez contre." in phone.inner_text("#vivant")
    phone.click(".elus-vote a")
    phone.click(".elus-sides a >> nth=0")
    assert "Vous votez pour." in phone.inner_text("#vivant")
    phone.click(".elus-vote button")
    assert "Enregistré" in phone.inner_text(".elus-vote")

    table.wait_for_selector(".o_mairie_ballot_devices p:has-text('1 ')", timeout=15_000)
    table.keyboard.press("Alt+g")
    table.click(".o_mairie_ballot button:has-text('abstiennent')")
    record = ".o_mairie_ballot > button.btn-primary:enabled"
    table.click(record)
    table.wait_for_selector(".o_mairie_ballot .fa-check-circle")
    screen.wait_for_selector(".s-result", timeout=15_000)
    assert "Le Goff" in screen.inner_text(".elus-names")
    phone.wait_for_selector(".elus-names", timeout=15_000)
    context.close()
