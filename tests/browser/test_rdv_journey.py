"""A citizen without JavaScript, another with a keyboard only; then an agent's day."""

import pytest

from .page import Page
from .test_pages import axe_violations

ANSWERS = {
    "first_name": "Dominique",
    "last_name": "Martin",
    "application_1": "AB12CD34EF",
    "application_2": "ZY98XW76VU",
}


@pytest.fixture
def visitor(town, chromium):
    """A phone whose browser runs no script."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 800},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def agent(town, chromium, sessions):
    """The web client of an agent, opened by login."""
    contexts = []

    def open_as(login, path):
        context = chromium.new_context(
            viewport={"width": 1280, "height": 800},
            locale="fr-FR",
            timezone_id="Europe/Paris",
        )
        contexts.append(context)
        context.add_cookies(sessions(login))
        page = context.new_page()
        page.goto(town.url + path)
        return page

    yield open_as
    for context in contexts:
        context.close()


def title(page):
    return page.title().partition(" | ")[0].replace("\u00a0", " ")


def follow(page, selector):
    """Click, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.click(selector)


def press_enter(page, selector):
    with page.expect_navigation():
        page.press(selector, "Enter")


def test_passport_for_two_without_javascript(town, visitor):
    page = visitor
    page.goto(f"{town.url}/rdv")
    assert title(page) == "Quelle démarche ?"
    follow(page, "a[href='/rdv/titres-depot']")
    page.check("input[name=personnes][value='2']")
    follow(page, "main form button")
    assert title(page) == "Quand voulez-vous venir ?"
    # Not today: a time within four hours can no longer be moved.
    follow(page, ".r-days a >> nth=1")
    follow(page, ".r-slots .r-slot >> nth=0")
    assert title(page) == "Vos coordonnées"
    assert "Place gardée 10" in page.inner_text(".r-hold").replace("\u00a0", " ")
    for field, answer in ANSWERS.items():
        page.fill(f"#{field}", answer)
    page.fill("#email", "sans.script@")
    press_enter(page, "#last_name")
    assert title(page).startswith("Erreur :")
    assert page.input_value("#application_2") == "ZY98XW76VU"
    page.fill("#email", "sans.script@exemple.fr")
    press_enter(page, "#last_name")
    assert title(page) == "Rendez-vous confirmé"
    assert "s***@exemple.fr" in page.inner_text(".r-ticket")
    first_date = page.inner_text(".r-ticket .m-lead")
    follow(page, "a[href$='/changer']")
    follow(page, ".r-days a >> nth=2")
    follow(page, ".r-days .r-slot >> nth=0")
    assert "Nouvelle date prise" in page.inner_text(".m-alert")
    assert page.inner_text(".r-ticket .m-lead") != first_date
    follow(page, "a[href$='/annuler']")
    follow(page, "text=Revenir")
    follow(page, "a[href$='/annuler']")
    follow(page, "main form button")
    assert title(page) == "Rendez-vous annulé"


def refused(page):
    """Pages that answer 4xx: those that a citizen meets when something is wrong."""
    follow(page, ".r-slots .r-slot >> nth=0")
    page.fill("#first_name", "Dominique")
    page.fill("#email", "dominique@")
    follow(page, "form > .m-button--primary")


def refused_answers(page):
    """The form of a procedure that asks questions, with what is wrong."""
    follow(page, ".r-slots .r-slot >> nth=0")
    page.fill("#first_name", "Dominique")
    follow(page, "form > .m-button--primary")


def unknown_code(page):
    page.fill("#code", "K7M 2QX")
    page.fill("#email", "personne@exemple.fr")
    follow(page, "text=Retrouver mon rendez-vous")


@pytest.mark.parametrize(
    ("path", "setup", "shown"),
    [
        ("/rdv/inconnue", None, "h1"),
        ("/rdv/titres-depot/quand?personnes=29", None, ".m-alert--danger"),
        ("/rdv/titres-depot/quand?personnes=2", refused, "#erreurs"),
        ("/rdv/permanence/quand", refused_answers, "#erreurs"),
        ("/rdv/retrouver", unknown_code, ".m-alert--danger"),
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_that_refuse_are_as_sound_as_the_others(
    town, chromium, path, setup, shown, width
):
    size = {"width": width, "height": 800}
    context = chromium.new_context(locale="fr-FR", viewport=size)
    page = context.new_page()
    page.goto(town.url + path)
    if setup:
        setup(page)
    page.wait_for_selector(shown)
    assert not axe_violations(page, Page("refus", path))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_booking_by_keyboard_only(town, chromium):
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(f"{town.url}/rdv/titres-retrait/quand")
    walk_to(page, "button.r-slot")
    page.keyboard.press("Enter")
    page.wait_for_selector("#last_name")
    for field, answer in [
        ("first_name", "Awa"),
        ("last_name", "Sow"),
        ("email", "awa.sow@exemple.fr"),
    ]:
        walk_to(page, f"#{field}")
        page.keyboard.type(answer)
    walk_to(page, "form > .m-button--primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".r-ticket")
    context.close()


def walk_to(page, selector):
    """Press Tab until the element has the focus; each step must be visible."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none"
            return
    raise AssertionError(f"the keyboard never reaches {selector}")


def test_day_of_an_agent(agent):
    page = agent("rdv", "/odoo/action-mairie_rdv.mairie_rdv_action")
    row = page.locator(".o_data_row", has_text="Attendu").first
    row.locator("button[name=action_arrive]").click()
    page.wait_for_selector(".o_notification >> text=Arrivée notée.")
    page.click(".o_notification button >> text=Annuler")
    page.wait_for_selector(".o_notification", state="detached")
    row = page.locator(".o_data_row", has_text="Attendu").first
    row.locator("td.o_data_cell").nth(1).click()
    page.wait_for_selector(".o_form_view")
    page.click("button[name=action_arrive]")
    page.click("button[name=action_call]")
    page.click("button[name=action_done]")
    page.wait_for_selector(".o_arrow_button_current >> text=Terminé")


def test_reception_sees_the_day_and_no_set_up(agent):
    page = agent("accueil", "/odoo/action-mairie_rdv.mairie_rdv_action")
    page.wait_for_selector(".o_data_row")
    menus = page.inner_text(".o_main_navbar")
    assert "Agenda" in menus
    assert "Configuration" not in menus
    page.locator(".o_data_row td.o_data_cell").nth(1).click()
    page.wait_for_selector(".o_form_view")
    assert not page.locator("div[name=phone]").count()
    assert not page.locator("button[name=action_cancel]").count()


def fill_in(page, name, email):
    page.fill("#first_name", "Dominique")
    page.fill("#last_name", name)
    page.fill("#email", email)


def book(town, page, slug, email):
    """Take the first time; return the token and how many taps it cost."""
    page.goto(f"{town.url}/rdv/{slug}/quand")
    follow(page, ".r-slots .r-slot >> nth=0")
    fill_in(page, "Martin", email)
    follow(page, "form[action^='/rdv/p/'] > .m-button--primary")
    assert title(page) == "Rendez-vous confirmé"
    return page.url.rpartition("/")[2]


def is_sound(town, chromium, path):
    """Open a page of a personal link on a small phone and judge it."""
    size = {"width": 320, "height": 700}
    context = chromium.new_context(locale="fr-FR", viewport=size)
    page = context.new_page()
    page.goto(town.url + path)
    assert not axe_violations(page, Page("lien", path))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_passport_in_eight_taps_and_six_pages(town, chromium):
    """From the list of procedures to the proof, as a hurried citizen does it."""
    context = chromium.new_context(
        locale="fr-FR", viewport={"width": 390, "height": 800}
    )
    page, taps, pages = context.new_page(), 0, 1
    page.goto(f"{town.url}/rdv")
    for selector in ("a[href='/rdv/titres-retrait']", "main form button",
                     ".r-slots .r-slot >> nth=0"):  # fmt: skip
        follow(page, selector)
        taps, pages = taps + 1, pages + 1
    for field, text in (("first_name", "Awa"), ("last_name", "Sow"),
                        ("email", "huit.taps@exemple.fr")):  # fmt: skip
        page.fill(f"#{field}", text)
        taps += 1
    follow(page, "form[action^='/rdv/p/'] > .m-button--primary")
    taps, pages = taps + 1, pages + 1
    assert title(page) == "Rendez-vous confirmé"
    assert taps <= 8
    assert pages <= 6
    context.close()


OFFER = """
# As for who joins when nothing at all is free: whatever comes is news to him.
env["mairie.rdv.attente"].search([]).write(
    {"last_offer_at": False, "earlier_than": False})
env["mairie.rdv.attente"]._cron_offer()
"""


def test_waiting_list_from_the_form_to_the_freed_place(town, visitor, chromium):
    page = visitor
    page.goto(f"{town.url}/rdv/vaccination/quand")
    follow(page, "a[href*='/attente']")
    assert title(page) == "Être prévenu si une place se libère"
    fill_in(page, "Attente", "attente@exemple.fr")
    follow(page, "form[action$='/attente'] > .m-button--primary")
    assert title(page) == "Vous êtes sur la liste"
    # At night nobody is offered anything: the test does not wait for the morning.
    town.execute(
        'env.company.write({"mairie_rdv_quiet_from": 1, "mairie_rdv_quiet_to": 1})\n'
        + OFFER
    )
    found = town.connect()
    with found, found.cursor() as cursor:
        cursor.execute(
            "SELECT state, access_token FROM mairie_rdv_attente WHERE email = %s",
            ["attente@exemple.fr"],
        )
        state, token = cursor.fetchone()
    found.close()
    assert state == "offered"
    is_sound(town, chromium, f"/rdv/a/{token}")
    page.goto(f"{town.url}/rdv/a/{token}")
    assert title(page) == "Une place s'est libérée"
    follow(page, "text=Je la prends")
    assert title(page) == "Vos coordonnées"
    assert page.input_value("#email") == "attente@exemple.fr"
    follow(page, "form[action^='/rdv/p/'] > .m-button--primary")
    assert title(page) == "Rendez-vous confirmé"
    page.goto(f"{town.url}/rdv/a/{token}")
    assert "Vous avez votre place" in page.inner_text("main")


def test_closing_lets_the_citizen_choose_another_date(town, visitor, chromium):
    page = visitor
    token = book(town, page, "urbanisme-conseil", "fermeture@exemple.fr")
    first = page.inner_text(".r-ticket .m-lead")
    code = page.inner_text(".m-code")
    town.execute(
        f"""
rdv = env["mairie.rdv"]._find_public("{token}")
day = rdv._get_local_start().date()
env["mairie.rdv.close"].create({{
    "name": "Panne", "public_reason": "Le bureau est inondé.",
    "lieu_id": rdv.lieu_id.id, "guichet_id": rdv.guichet_id.id,
    "date_from": day, "date_to": day,
}}).action_close()
"""
    )
    page.goto(f"{town.url}/rdv/m/{token}")
    assert title(page) == "Rendez-vous annulé"
    is_sound(town, chromium, f"/rdv/m/{token}/choisir")
    follow(page, "a[href$='/choisir']")
    assert "Le bureau est inondé." in page.inner_text("main")
    assert page.locator(".r-slot").count() == 3
    follow(page, ".r-slot >> nth=1")
    assert "Nouvelle date prise" in page.inner_text(".m-alert")
    assert page.inner_text(".r-ticket .m-lead") != first
    assert page.inner_text(".m-code") == code, (
        "the code that he wrote down is still good"
    )


def test_finding_by_code_then_asking_for_an_earlier_date(town, visitor):
    page = visitor
    book(town, page, "mariage-pacs", "retrouver@exemple.fr")
    code = page.inner_text(".m-code")
    page.goto(f"{town.url}/rdv/retrouver")
    page.fill("#code", code)
    page.fill("#email", "retrouver@exemple.fr")
    follow(page, "text=Retrouver mon rendez-vous")
    assert page.inner_text(".m-code") == code
    follow(page, "text=Me prévenir si une place se libère plus tôt")
    assert "Ne plus me prévenir" in page.inner_text("main")


def test_manager_paints_two_days_in_the_calendar(agent):
    page = agent("responsable", "/odoo/action-mairie_rdv.mairie_rdv_plage_action")
    page.wait_for_selector(".fc-daygrid-day")
    page.wait_for_selector(".fc-event")
    days = (".fc-day-sat", ".fc-day-sun")
    boxes = [page.locator(f".fc-daygrid-day{day}").first.bounding_box() for day in days]
    points = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] - 5) for box in boxes
    ]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=6)
    page.mouse.up()
    page.click("button:has-text('Ajouter')")
    popover = page.locator(".o_popover, .o_multi_create_popover").last
    popover.locator("[name=guichet_ids] input").fill("Guichet 3")
    page.click(".o-autocomplete--dropdown-item >> text=Guichet 3")
    popover.locator("button.btn-primary").click()
    page.wait_for_selector(".fc-event:has-text('12:00')")
    assert page.locator(".fc-event:has-text('12:00')").count() == 2
