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


def open_to_read(page, base_url):
    page.wait_for_selector(".o_mairie_to_read button")
    page.locator(".o_mairie_to_read button").first.click()


def open_first(page, base_url):
    first = page.locator(".o_data_row .o_data_cell, .o_kanban_record").first
    first.wait_for()
    first.click()


def write_poll(page, base_url):
    open_composer(page, base_url)
    page.click(".o_mairie_add_poll")


def search_words(page, base_url):
    page.wait_for_selector("#mairie_search_text")
    page.fill("#mairie_search_text", "consignes hiver")


def report_post(page, base_url):
    page.wait_for_selector(".o_mairie_feed article")
    page.locator(".o_mairie_feed .o_mairie_post_menu").first.click()
    page.locator(".o-dropdown--menu .o-dropdown-item").first.click()


def open_group(page, base_url):
    page.wait_for_selector(".o_mairie_group_kanban .o_kanban_record")
    page.locator(".o_kanban_record", has_text="La machine à café").locator(
        ".fs-5"
    ).click()


def open_letter(page, base_url):
    page.wait_for_selector(".o_data_row .o_data_cell, .o_kanban_record")
    page.locator(".o_data_row, .o_kanban_record", has_text="ce mois-ci").first.click()


def open_page(page, base_url):
    page.wait_for_selector(".o_mairie_group_kanban .o_kanban_record")
    page.locator(".o_kanban_record", has_text="fête de la Loire").locator(
        ".fs-5"
    ).click()
    page.wait_for_selector(".o_mairie_group_feed")
    page.locator("[name=action_open_pages]").click()
    page.locator(".o_data_row, .o_kanban_record", has_text="Qui fait quoi").click()


def open_documents(page, base_url):
    open_group(page, base_url)
    page.locator("[name=action_open_documents]").click()


def own_groups(page, base_url):
    page.wait_for_selector(".o_mairie_scopes")
    page.locator(".o_mairie_scopes button").nth(1).click()


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
    Page(
        name="social_lecture",
        path="/odoo/accueil",
        login="agent",
        ready=".o_mairie_ack_button",
        setup=open_to_read,
        scope=".o_mairie_reader",
        weight=None,
        picture=("phone",),
    ),
    Page(
        name="social_lectures_suivi",
        path="/odoo/lectures",
        login="rh",
        ready=".o_mairie_ack_figure",
        setup=open_first,
        scope=".o_mairie_ack_board",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="social_publier_sondage",
        path="/odoo/accueil",
        login="communication",
        ready="#mairie_poll_question",
        setup=write_poll,
        scope=".o_mairie_composer",
        weight=None,
    ),
    Page(
        name="social_recherche",
        path="/odoo/recherche",
        login="agent",
        ready=".o_mairie_hit",
        setup=search_words,
        scope=".o_mairie_search",
        weight=None,
        picture=("desktop", "phone"),
    ),
    Page(
        name="social_signaler",
        path="/odoo/accueil",
        login="agent",
        ready="#mairie_report_note",
        setup=report_post,
        scope=".o_mairie_report",
        weight=None,
    ),
    Page(
        name="social_groupes",
        path="/odoo/groupes",
        login="agent",
        ready=".o_mairie_group_kanban .o_kanban_record",
        scope=".o_mairie_group_kanban .o_kanban_record",
        weight=None,
        picture=("desktop", "phone"),
    ),
    Page(
        name="social_groupe",
        path="/odoo/groupes",
        login="agent",
        ready=".o_mairie_group_feed article",
        setup=open_group,
        scope=".o_mairie_group_feed",
        weight=None,
        picture=("desktop", "phone"),
    ),
    Page(
        name="social_documents",
        path="/odoo/groupes",
        login="agent",
        ready=".o_data_row:has-text('Tour'), .o_kanban_record:has-text('Tour')",
        setup=open_documents,
        scope=".o_data_row td.o_data_cell, .o_kanban_record",
        weight=None,
        picture=("desktop", "phone"),
    ),
    Page(
        name="social_annuaire",
        path="/odoo/annuaire",
        login="agent",
        ready=".o_mairie_directory .o_kanban_record",
        scope=".o_mairie_directory .o_kanban_record",
        weight=None,
        picture=("desktop", "phone"),
    ),
    Page(
        name="social_acces",
        path="/odoo/acces",
        login="gestion",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell:not(:has(input[type=checkbox])), .o_kanban_record",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="social_adoption",
        path="/odoo/adoption",
        login="gestion",
        ready=".o_mairie_adoption h1",
        scope=".o_mairie_adoption",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="social_souverainete",
        path="/odoo/souverainete",
        login="gestion",
        ready=".o_mairie_checks li",
        scope=".o_mairie_checks",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="social_mes_groupes",
        path="/odoo/accueil",
        login="agent",
        ready=".o_mairie_scopes button:nth-child(2).active",
        setup=own_groups,
        scope=HOME,
        weight=None,
    ),
    Page(
        name="social_lettre_interne",
        path="/odoo/lettre-interne",
        login="communication",
        ready=".o_mairie_newsletter .o_data_row",
        setup=open_letter,
        scope=".o_mairie_newsletter .o_data_row, .o_mairie_newsletter .alert",
        weight=None,
        picture=("desktop", "phone"),
    ),
    Page(
        name="social_page",
        path="/odoo/groupes",
        login="communication",
        ready=".o_mairie_page .odoo-editor-editable",
        setup=open_page,
        scope=".o_mairie_page .odoo-editor-editable",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="social_astreintes",
        path="/odoo/astreintes",
        login="agent",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell, .o_kanban_record",
        weight=None,
    ),
    Page(
        name="social_textes",
        path="/odoo/textes",
        login="communication",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell, .o_kanban_record",
        weight=None,
    ),
    Page(name="social_entrer", path="/entrer"),
    Page(name="social_entrer_aide", path="/entrer/aide"),
    Page(name="social_borne", path="/borne", picture=("phone",)),
    Page(name="social_terrain", path="/signaler", login="00123", picture=("phone",)),
]
