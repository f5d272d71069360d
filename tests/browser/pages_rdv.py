"""Screens of mairie_rdv: the citizen's journey and the agent's day."""

import itertools

from .page import Page

_citizens = itertools.count(1)


def choose_time(page, base_url):
    page.click(".r-slots .r-slot >> nth=0")


def book(page, base_url):
    choose_time(page, base_url)
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


LODGE = "/rdv/titres-depot/quand?personnes=2"
COLLECT = "/rdv/titres-retrait/quand"
LIST = "/odoo/action-mairie_rdv.mairie_rdv_action"

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
    Page("rdv_liste", LIST, login="rdv", picture=("desktop", "phone"),
         ready=".o_mairie_chip", scope=".o_mairie_chip", weight=None),
]  # fmt: skip
