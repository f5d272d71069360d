"""Screens of mairie_social: the home page, the composer, a post read whole."""

from .page import Page

HOME = ".o_mairie_home"


def open_comments(page, base_url):
    page.wait_for_selector(".o_mairie_feed article")
    page.locator(".o_mairie_feed .o_mairie_comments_button").first.click()


def open_post(page, base_url):
    page.wait_for_selector(".o_mairie_feed article")
    page.locator(".o_mairie_feed .o_mairie_post_title a").nth(1).click()


def open_composer(page, base_url):
    page.wait_for_selector(".o_mairie_compose")
    page.click(".o_mairie_compose")
    page.wait_for_selector(".o_mairie_editable")
    page.select_option("#mairie_audience_add", index=2)


def write_post(page, base_url):
    open_composer(page, base_url)
    page.fill("#mairie_title", "Collecte décalée le 25")
    page.click(".o_mairie_editable")
    page.keyboard.type("Les bacs sortent jeudi soir.")


PAGES = [
    Page(
        name="social_accueil",
        path="/odoo/accueil",
        login="agent",
        ready=f"{HOME} article",
        scope=HOME,
        weight=None,
        picture=("desktop", "phone"),
    ),
    Page(
        name="social_accueil_elu",
        path="/odoo/accueil",
        login="legoff",
        ready=f"{HOME} article",
        scope=HOME,
        weight=None,
    ),
    Page(
        name="social_commentaires",
        path="/odoo/accueil",
        login="00123",
        ready=".o_mairie_comment_input",
        setup=open_comments,
        scope=HOME,
        weight=None,
    ),
    Page(
        name="social_publication",
        path="/odoo/accueil",
        login="agent",
        ready=".o_mairie_post_whole h1",
        setup=open_post,
        scope=".o_mairie_reader",
        weight=None,
        picture=("phone",),
    ),
    Page(
        name="social_publier",
        path="/odoo/accueil",
        login="communication",
        ready=".o_mairie_readers i",
        setup=write_post,
        scope=".o_mairie_composer",
        weight=None,
        picture=("desktop", "phone"),
    ),
]
