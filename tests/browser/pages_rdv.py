"""Screens of mairie_rdv: the citizen's journey and the agent's day."""

import itertools

from .page import Page

_citizens = itertools.count(1)


def choose_time(page, base_url):
    page.click(".r-slots .r-slot >> nth=0")


def book(page, base_url):
    """An appointment of a later day: within four hours it moves by telephone only."""
    page.click(".r-days a >> nth=2")
    page.click(".r-days .r-slot >> nth=0")
    page.fill("#first_name", "Dominique")
    page.fill("#last_name", "Martin")
    page.fill("#email", f"dominique.martin{next(_citizens)}@exemple.fr")
    page.click("form[action^='/rdv/p/'] > .m-button--primary")


def ask_change(page, base_url):
    book(page, base_url)
    page.click("a[href$='/changer']")


def ask_cancel(page, base_url):
    book(page, base_url)
    page.click("a[href$='/annuler']")


def cancel(page, base_url):
    ask_cancel(page, base_url)
    page.click("form[action$='/annuler'] button")


def wait_for_place(page, base_url):
    page.fill("#first_name", "Dominique")
    page.fill("#last_name", "Martin")
    page.fill("#email", f"attente{next(_citizens)}@exemple.fr")
    page.click("form[action$='/attente'] > .m-button--primary")


LODGE = "/rdv/titres-depot/quand?personnes=2"
COLLECT = "/rdv/titres-retrait/quand"
LIST = "/odoo/action-mairie_rdv.mairie_rdv_action"

ROW = ".o_data_row td.o_data_cell, .o_kanban_record"
MESSAGES = "/odoo/action-mairie_rdv.mairie_rdv_message_action_open"


def open_message(page, base_url):
    page.click(f"{ROW} >> nth=0")
    page.wait_for_selector(".o_mairie_rdv_marks")


def open_first(page, base_url):
    page.click(f"{ROW} >> nth=0")


def without_appointment(page, base_url):
    page.wait_for_selector(".o_mairie_day_new")
    page.click(".o_mairie_day_new")


def close_desk(page, base_url):
    """Columns are laid out when they come into sight: scroll there first."""
    button = page.locator(".o_mairie_day_close").first
    button.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    button.click()


PAGES = [
    Page("rdv_demarches", "/rdv", picture=("desktop", "phone")),
    Page("rdv_personnes", "/rdv/titres-depot", ready="form"),
    Page("rdv_jours", LODGE, ready=".r-days", picture=("phone",)),
    Page("rdv_coordonnees", LODGE, ready="#last_name", setup=choose_time,
         picture=("phone",)),
    Page("rdv_confirme", COLLECT, ready=".r-ticket", setup=book,
         picture=("desktop", "phone")),
    Page("rdv_changer", COLLECT, ready=".r-days", setup=ask_change),
    Page("rdv_annuler", COLLECT, ready="form[action$='/annuler']", setup=ask_cancel),
    Page("rdv_annule", COLLECT, ready=".m-alert", setup=cancel),
    Page("rdv_retrouver", "/rdv/retrouver", ready="#email"),
    Page("rdv_delais", "/rdv/delais", ready="table", picture=("phone",)),
    Page("rdv_attente", "/rdv/vaccination/attente", ready="#email",
         picture=("phone",)),
    Page("rdv_en_attente", "/rdv/vaccination/attente", ready=".m-alert--success",
         setup=wait_for_place),
    Page("rdv_liste_attente", "/odoo/action-mairie_rdv.mairie_rdv_attente_action",
         login="responsable", ready=".o_mairie_chip", scope=".o_mairie_chip",
         weight=None, picture=("desktop",)),
    Page("rdv_a_appeler", "/odoo/action-mairie_rdv.mairie_rdv_call_action",
         login="rdv", ready=".o_form_view .alert-warning", setup=open_first,
         scope=".o_form_view .alert-warning", weight=None),
    Page("rdv_messages", MESSAGES, login="responsable", ready=".o_mairie_rdv_marks",
         setup=open_message, scope=".o_mairie_rdv_marks", weight=None,
         picture=("desktop",)),
    Page("rdv_ouvertures", "/odoo/action-mairie_rdv.mairie_rdv_plage_action",
         login="responsable", ready=".o_calendar_view .fc-event",
         scope=".o_control_panel_breadcrumbs", weight=None, picture=("desktop",)),
    Page("rdv_fermer", "/odoo/action-mairie_rdv.mairie_rdv_close_action",
         login="responsable", ready=".modal .o_form_view .alert-info",
         scope=".modal .alert-info", weight=None, picture=("desktop",)),
    Page("rdv_liste", LIST, login="rdv", picture=("desktop", "phone"),
         ready=".o_mairie_chip", scope=".o_mairie_chip", weight=None),
    Page("rdv_jour", "/odoo/rdv-jour", login="rdv", picture=("desktop", "phone"),
         ready=".o_mairie_day_board", scope=".o_mairie_desk_day", weight=None),
    Page("rdv_jour_sans_rdv", "/odoo/rdv-jour", login="rdv", picture=("desktop",),
         ready=".o_mairie_day_booking", setup=without_appointment,
         scope=".o_mairie_day_booking", weight=None),
    Page("rdv_fermer_guichet", "/odoo/rdv-jour", login="rdv", picture=("desktop",),
         ready=".modal .o_form_view .alert-info", setup=close_desk,
         scope=".modal .alert-info", weight=None),
    Page("rdv_borne", "/rdv/borne/borne-de-demonstration", picture=("desktop",)),
    Page("rdv_salle", "/rdv/salle/salle-de-demonstration", picture=("desktop",)),
    Page("rdv_ants", "/odoo/rdv-ants", login="responsable", picture=("desktop",),
         ready=".oe_title h1", scope=".oe_title", weight=None),
]  # fmt: skip
