"""Screens of mairie_elus: the member's pages, the secretary's meetings."""

from .page import Page


def own_notice(suffix=""):
    """Go from the member's meetings to the first one, then to one of its pages."""

    def setup(page, base_url):
        page.click("main .m-list a")
        page.wait_for_selector("h1")
        if suffix:
            page.goto(page.url.split("?")[0] + suffix)

    return setup


def convened_meeting(page, base_url):
    """Open the convened meeting on the answers of its members."""
    page.click(".o_kanban_group:nth-child(3) .o_kanban_record")
    page.click("a[name=answers]")


def convening(page, base_url):
    """Open the meeting that is ready, then the screen that convenes its members."""
    page.click(".o_kanban_group:nth-child(2) .o_kanban_record")
    page.click("button[name=action_convene]")


def take_item(page, rank):
    """Take an item of the agenda, which a phone folds."""
    fold = page.locator(".o_mairie_console_agenda summary")
    page.wait_for_selector(".o_mairie_console_agenda")
    if fold.is_visible():
        fold.click()
    page.click(f".o_mairie_console_agenda li:nth-child({rank}) button")


def meeting_in_session(page, base_url):
    """Open the meeting that is in session, at the item that is to be voted on."""
    page.click(".o_kanban_group:nth-child(4) .o_kanban_record")
    page.click("button[name=action_conduct]")
    take_item(page, 2)


def live_meeting(page, base_url):
    """Follow the meeting that is on."""
    page.click("section.m-card a.m-button--primary")


def room_screen(page, base_url):
    """Open the screen of the room from the table of the secretary."""
    meeting_in_session(page, base_url)
    with page.context.expect_page() as opened:
        page.click(".o_mairie_screen")
    address = opened.value.url
    opened.value.close()
    page.goto(address)


def election_in_session(page, base_url):
    """Take the item of the meeting that elects somebody."""
    meeting_in_session(page, base_url)
    take_item(page, 3)


def first_act(page, base_url):
    """Open the first act of the list."""
    page.click("main .actes-list a")
    page.wait_for_selector(".actes-body")


def opinion_asked(page, base_url):
    """Open the opinion that is asked of the reader, from its card."""
    page.click(".o_kanban_record button[name=action_give_avis]")


def first_row(page, base_url):
    """Open the first record of a list."""
    page.click(".o_data_row .o_data_cell")


def tender_committee(page, base_url):
    """Open the committee that has substitutes."""
    page.get_by_text("Commission d'appel d'offres").first.click()


def first_form(name, action):
    """Return the page of the first record of a list, with its rows."""
    return Page(
        name=name,
        path=f"/odoo/action-mairie_elus.{action}",
        login="secretaire",
        ready=".o_form_view .o_data_row",
        setup=first_row,
        scope=".o_form_sheet .o_field_x2many",
        weight=None,
    )


def committee_documents(page, base_url):
    """Open a committee, its group in the hub, the documents of this group."""
    page.get_by_text("Commission culture").first.click()
    page.wait_for_selector(".o_form_view")
    folded = page.locator(".o_control_panel button:has(.fa-bolt)")
    if folded.is_visible():
        folded.click()
    page.click("button[name=action_open_social_group]")
    page.click(".o_notebook a[name=pieces]")


def draft_open(page, base_url):
    """Open the draft that waits for the visa of the reader."""
    page.click(".o_kanban_group:nth-child(3) .o_kanban_record")


PAGES = [
    Page(
        name="elus_projets",
        path="/odoo/projets",
        login="dgs",
        ready=".o_kanban_record",
        scope=".o_kanban_renderer",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_projet",
        path="/odoo/projets",
        login="dgs",
        ready=".o_form_view button[name=action_send]",
        setup=draft_open,
        scope=".o_form_sheet .oe_title",
        weight=None,
        picture=("desktop",),
    ),
    first_form("elus_mandature", "mairie_mandature_action"),
    first_form("elus_groupe", "mairie_groupe_action"),
    Page(
        name="elus_instance",
        path="/odoo/action-mairie_elus.mairie_instance_action",
        login="secretaire",
        ready=".o_form_view .o_data_row",
        setup=tender_committee,
        scope=".o_form_sheet .oe_title",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_raccordement",
        path="/odoo/raccordement-prefecture",
        login="secretaire",
        ready=".o_form_view [name=mode]",
        scope=".o_form_sheet .oe_title",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_commission",
        path="/odoo/action-mairie_elus.mairie_instance_action",
        login="secretaire",
        ready=".o_notebook .tab-pane.active p",
        setup=committee_documents,
        scope=".o_notebook .tab-pane.active",
        weight=None,
    ),
    Page(
        name="elus_avis",
        path="/odoo/projets",
        login="dgs",
        ready=".modal-footer .btn-primary",
        setup=opinion_asked,
        scope=".modal .o_form_view",
        weight=None,
    ),
    Page(
        name="elus_actes_publics",
        path="/actes",
        ready="main .actes-list",
        weight=80,
        picture=("desktop", "phone"),
    ),
    Page(
        name="elus_acte_public",
        path="/actes?nature=deliberation",
        ready=".actes-body",
        setup=first_act,
        weight=80,
        picture=("phone",),
    ),
    Page(
        name="elus_actes_introuvables",
        path="/actes?q=zzzz&nature=arrete",
        ready="main .m-empty",
        weight=80,
    ),
    Page(
        name="elus_echeances",
        path="/odoo/echeances",
        login="secretaire",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell, .o_kanban_record",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_arretes",
        path="/odoo/arretes",
        login="secretaire",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell, .o_kanban_record",
        weight=None,
    ),
    Page(
        name="elus_conduite",
        path="/odoo/seances",
        login="secretaire",
        ready=".o_mairie_ballot [role=status]",
        setup=meeting_in_session,
        scope=".o_mairie_console",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_deliberations",
        path="/odoo/deliberations",
        login="secretaire",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell, .o_kanban_record",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_mes_seances",
        path="/elus/seances",
        login="legoff",
        ready="main .m-list",
        weight=60,
    ),
    Page(
        name="elus_convocation",
        path="/elus/seances",
        login="legoff",
        ready="form .m-button--primary",
        setup=own_notice(),
        weight=60,
        picture=("phone",),
    ),
    Page(
        name="elus_dossier",
        path="/elus/seances",
        login="renaud",
        ready="#ma-reponse",
        setup=own_notice(),
        weight=60,
        picture=("phone",),
    ),
    Page(
        name="elus_point",
        path="/elus/seances",
        login="renaud",
        ready="#pieces",
        setup=own_notice("/point/6"),
        weight=60,
    ),
    Page(
        name="elus_reponse",
        path="/elus/seances",
        login="renaud",
        ready=".elus-answers",
        setup=own_notice("/repondre"),
        weight=60,
        picture=("phone",),
    ),
    Page(
        name="elus_enregistree",
        path="/elus/seances",
        login="renaud",
        ready=".elus-history",
        setup=own_notice("/reponse"),
        weight=60,
    ),
    Page(
        name="elus_seances",
        path="/odoo/seances",
        login="secretaire",
        ready=".o_kanban_record",
        scope=".o_kanban_renderer",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_reponses",
        path="/odoo/seances",
        login="secretaire",
        ready="[name=tiles]",
        setup=convened_meeting,
        scope="[name=tiles]",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_convoquer",
        path="/odoo/seances",
        login="secretaire",
        ready=".modal-footer .btn-primary",
        setup=convening,
        scope=".modal .o_form_view",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_election",
        path="/odoo/seances",
        login="secretaire",
        ready=".o_mairie_nomination",
        setup=election_in_session,
        scope=".o_mairie_console",
        weight=None,
    ),
    Page(
        name="elus_salle",
        path="/odoo/seances",
        login="secretaire",
        ready=".s-body h1",
        setup=room_screen,
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="elus_en_seance",
        path="/elus/seances",
        login="renaud",
        ready="#vivant h1",
        setup=live_meeting,
        weight=60,
        picture=("phone",),
    ),
    Page(
        name="elus_pouvoir",
        path="/elus/seances",
        login="renaud",
        ready=".elus-choices",
        setup=own_notice("/pouvoir"),
        weight=60,
        picture=("phone",),
    ),
    Page(
        name="elus_recherche",
        path="/elus/seances",
        login="renaud",
        ready=".elus-found",
        setup=own_notice("/chercher?q=eau"),
        weight=60,
    ),
    Page(
        name="elus_notes",
        path="/elus/seances",
        login="renaud",
        ready=".m-empty, .elus-text",
        setup=own_notice("/notes"),
        weight=60,
    ),
    Page(
        name="elus_mes_votes",
        path="/elus/mes-votes",
        login="renaud",
        ready="h1",
        weight=60,
    ),
]
