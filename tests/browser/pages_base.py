"""Screens of mairie_base: what citizens read about their data, the commune's settings."""

from .page import Page

PAGES = [
    Page(name="base_donnees", path="/mairie/donnees", weight=60),
    Page(name="base_accessibilite", path="/mairie/accessibilite", weight=60),
    Page(
        name="base_reglages",
        path="/odoo/action-mairie_base.mairie_commune_action",
        login="gestion",
        ready=".o_mairie_contrast_pairs",
        scope=".o_mairie_contrast_pairs",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="base_registre",
        path="/odoo/registre-rgpd",
        login="dpo",
        ready=".o_group_header, .o_kanban_record",
        scope=".o_group_name, .o_kanban_record",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="base_premiere_heure",
        path="/odoo/premiere-heure",
        login="gestion",
        ready=".o_mairie_first_hour .o_mairie_setup_step",
        scope=".o_mairie_first_hour",
        weight=None,
        picture=("desktop",),
    ),
]
