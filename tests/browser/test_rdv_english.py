"""A visitor whose browser speaks English books in English, from the list to the proof."""

import re

import pytest

from .page import Page
from .test_pages import axe_violations
from .test_rdv_journey import fill_in, follow, title

#: words of ours that would show a page half translated; the town's own words are French
FRENCH = re.compile(
    r"\b(Étape|Quand|Retour|Suivant|Confirmer|Prénom|Code postal|place gardée|garder"
    r"|personnes?|Rendez-vous confirmé|À apporter|Annuler|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|janvier|février|mars|avril|mai|juin|juillet|août|septembre"
    r"|octobre|novembre|décembre)\b"
)
CONFIRM = "form[action*='/rdv/p/'] > .m-button--primary"
DAY = re.compile(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")


#: what a shell changes must be told to the server that runs
TELL = "\nenv.registry.signal_changes()"
ENGLISH = 'env["res.lang"]._activate_lang("en_US")'
FRENCH_ONLY = 'env["res.lang"].search([("code", "=", "en_US")]).active = False'


@pytest.fixture(scope="module")
def english(town):
    """The town, with English among its languages as long as these tests last."""
    town.execute(ENGLISH + TELL)
    yield town
    town.execute(FRENCH_ONLY + TELL)


@pytest.fixture
def visitor(english, chromium):
    context = chromium.new_context(
        locale="en-US", viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def read(page):
    """Judge a page and return its words, without those that the town wrote itself."""
    assert page.evaluate("document.documentElement.lang").startswith("en")
    assert not axe_violations(page, Page("english", page.url))
    words = page.inner_text("main").replace("\u00a0", " ")
    for own in page.locator("[lang=fr], [lang=fr-FR]").all():
        words = words.replace(own.inner_text(), "")
    return words


def test_whole_journey_in_english(town, visitor):
    page = visitor
    page.goto(f"{town.url}/rdv")
    assert title(page) == "Which procedure?"
    assert not FRENCH.findall(read(page))
    assert "Identity card, passport: collecting the document" in read(page)
    follow(page, "a[href$='/rdv/titres-retrait']")
    assert not FRENCH.findall(read(page))
    follow(page, "main form button")
    assert title(page) == "When do you want to come?"
    days = read(page)
    assert DAY.search(days), "dates are written as English writes them"
    assert not FRENCH.findall(days)
    # Not today: a time within four hours can no longer be moved.
    follow(page, ".r-days a >> nth=1")
    follow(page, ".r-slots .r-slot >> nth=0")
    assert not FRENCH.findall(read(page))
    follow(page, CONFIRM)
    assert title(page).startswith("Error")
    assert not FRENCH.findall(read(page))
    fill_in(page, "Hopper", "grace.hopper@exemple.example")
    follow(page, CONFIRM)
    assert title(page) == "Appointment confirmed"
    assert DAY.search(page.inner_text(".r-ticket"))
    assert "the former document" in read(page)
    follow(page, "a[href$='/changer']")
    assert not FRENCH.findall(read(page))
    follow(page, ".r-days a >> nth=2")
    follow(page, ".r-days .r-slot >> nth=0")
    assert "New date taken" in page.inner_text(".m-alert")
    follow(page, "a[href$='/annuler']")
    assert not FRENCH.findall(read(page))
    follow(page, "main form button")
    assert title(page) == "Appointment cancelled"


def test_papers_for_two_and_the_waiting_list_in_english(town, visitor):
    page = visitor
    page.goto(f"{town.url}/rdv/titres-depot/quand?personnes=2")
    follow(page, ".r-slots .r-slot >> nth=0")
    assert "person 2" in read(page)
    fill_in(page, "Lovelace", "ada.lovelace@exemple.example")
    page.fill("#application_1", "AB12")
    follow(page, CONFIRM)
    assert "6 missing" in read(page)
    page.goto(f"{town.url}/rdv/vaccination/attente")
    assert title(page) == "Be told when a place is free"
    fill_in(page, "Lovelace", "ada.lovelace@exemple.example")
    follow(page, "form[action$='/attente'] > .m-button--primary")
    assert title(page) == "You are on the list"
    for path in ("/rdv/retrouver", "/rdv/delais", "/rdv/borne/borne-de-demonstration"):
        page.goto(town.url + path)
        read(page)
