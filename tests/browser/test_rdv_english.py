"""A visitor whose browser speaks English books in English, from the list to the proof."""

import re

import pytest

from .page import Page
from .test_pages import axe_violations
from .test_rdv_journey import follow, title

#: words of ours that would show a page half translated; the town's own words are French
FRENCH = re.compile(
    r"\b(Étape|Quand|Retour|Suivant|Confirmer|Prénom|Code postal|place gardée|garder"
    r"|personnes?|Rendez-vous confirmé|À apporter|Annuler|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|janvier|février|mars|avril|mai|juin|juillet|août|septembre"
    r"|octobre|novembre|décembre)\b"
)
DAY = re.compile(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")


#: what a shell changes must be told to the server that runs
TELL = "\nenv.registry.signal_changes()"
ENGLISH = 'env["res.lang"]._activate_lang("en_US")'
FRENCH_ONLY = 'env["res.lang"].search([("code", "=", "en_US")]).active = False'


@pytest.fixture
def visitor(town, chromium):
    town.execute(ENGLISH + TELL)
    context = chromium.new_context(
        locale="en-US", viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()
    town.execute(FRENCH_ONLY + TELL)


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
    follow(page, "a[href$='/rdv/titres-retrait']")
    assert not FRENCH.findall(read(page))
    follow(page, "main form button")
    assert title(page) == "When do you want to come?"
    days = read(page)
    assert DAY.search(days), "dates are written as English writes them"
    assert not FRENCH.findall(days)
    follow(page, ".r-slots .r-slot >> nth=0")
    assert not FRENCH.findall(read(page).replace("Retrait", ""))
    follow(page, "form[action*='/rdv/p/'] > .m-button--primary")
    assert title(page).startswith("Error")
    assert not FRENCH.findall(read(page))
    page.fill("#first_name", "Grace")
    page.fill("#last_name", "Hopper")
    page.fill("#email", "grace.hopper@exemple.example")
    follow(page, "form[action*='/rdv/p/'] > .m-button--primary")
    assert title(page) == "Appointment confirmed"
    assert DAY.search(page.inner_text(".r-ticket"))
    read(page)
