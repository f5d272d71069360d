"""Screens of mairie_scrutin: the results for everyone, the evening of the supervisor."""

from .page import Page

PAGES = [
    Page(name="scrutin_index", path="/resultats", weight=60),
    Page(
        name="scrutin_resultats",
        path="/resultats/municipales-2026-tour-1",
        ready="#resultats .m-bar",
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
        name="scrutin_avant_l_heure",
        path="/resultats/departementales-partielles-tour-1",
        ready="#resultats",
        weight=60,
    ),
    Page(
        name="scrutin_soiree",
        path="/odoo/soiree",
        login="superviseur",
        ready=".o_kanban_record .progress-bar",
        scope=".o_kanban_renderer",
        weight=None,
        picture=("desktop",),
    ),
]
