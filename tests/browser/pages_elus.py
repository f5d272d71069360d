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


def meeting_in_session(page, base_url):
    """Open the meeting that is in session, at the table of its secretary."""
    page.click(".o_kanban_group:nth-child(4) .o_kanban_record")
    page.click("button[name=action_conduct]")


PAGES = [
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
]
