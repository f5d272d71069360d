"""Screens of mairie_scrutin: the results for everyone, the evening of the supervisor."""

from .page import Page


def verify(tab, _url):
    tab.locator(".modal button[name='action_verify']").click()


def rehearse(tab, _url):
    tab.locator(".o_list_button_add, .o-kanban-button-new").first.click()


PAGES = [
    Page(name="scrutin_index", path="/resultats", weight=60),
    Page(
        name="scrutin_resultats",
        path="/resultats/municipales-2026-tour-1",
        ready="#resultats .r-bar",
        weight=60,
        picture=("phone", "desktop"),
    ),
    Page(
        name="scrutin_toulouse",
        path="/resultats/toulouse-2026-tour-1?bureau=5",
        ready="#mon-bureau",
        weight=60,
    ),
    Page(
        name="scrutin_bureaux",
        path="/resultats/toulouse-2026-tour-1/bureaux",
        ready="#bureaux",
        weight=60,
    ),
    Page(
        name="scrutin_donnees_ouvertes",
        path="/resultats/donnees-ouvertes",
        ready="#champs",
        weight=60,
    ),
    Page(
        name="scrutin_ecrans",
        path="/odoo/ecrans-resultats",
        login="superviseur",
        ready=".o_data_row, .o_kanban_record:not(.o_kanban_ghost)",
        scope=".o_view_controller .o_renderer, .o_kanban_renderer, .o_list_renderer",
        weight=None,
    ),
    Page(
        name="scrutin_avant_l_heure",
        path="/resultats/departementales-partielles-tour-1",
        ready="#resultats",
        weight=60,
    ),
    Page(
        name="scrutin_soiree",
        path="/odoo/soiree",
        login="superviseur",
        ready=".o_mairie_night_call",
        scope=".o_mairie_night",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_tours",
        path="/odoo/tours",
        login="superviseur",
        ready=".o_kanban_record .progress-bar",
        scope=".o_kanban_renderer",
        weight=None,
    ),
    Page(
        name="scrutin_sieges",
        path="/odoo/sieges",
        login="superviseur",
        ready=".o_data_row",
        scope=".o_list_renderer",
        weight=None,
    ),
    Page(
        name="scrutin_elus",
        path="/odoo/elus-proclames",
        login="superviseur",
        ready=".o_data_row",
        scope=".o_list_renderer",
        weight=None,
    ),
    Page(
        name="scrutin_comparaisons",
        path="/odoo/comparaisons",
        login="superviseur",
        ready=".o_graph_renderer canvas",
        scope=".o_graph_renderer",
        weight=None,
    ),
    Page(
        name="scrutin_preparation",
        path="/odoo/preparation-scrutin",
        login="organisation",
        ready=".o_kanban_record .o_mairie_figure",
        scope=".o_kanban_renderer",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_bureaux_membres",
        path="/odoo/bureaux-membres",
        login="organisation",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_content",
        weight=None,
    ),
    Page(
        name="scrutin_membres",
        path="/odoo/membres",
        login="organisation",
        ready=".o_group_header, .o_kanban_record",
        scope=".o_content",
        weight=None,
    ),
    Page(
        name="scrutin_exports",
        path="/odoo/exports-scrutin",
        login="superviseur",
        ready=".modal button[name='action_xlsx']",
        scope=".modal .o_form_view",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_verification",
        path="/odoo/verifier-journal",
        login="superviseur",
        setup=verify,
        ready=".modal .alert-success",
        scope=".modal .o_form_view",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_repetition",
        path="/odoo/repetition",
        login="superviseur",
        setup=rehearse,
        ready="button[name='action_start']",
        scope=".o_form_view .o_form_sheet",
        weight=None,
        picture=("desktop",),
    ),
]
