{
    "name": "Mairie: From the Election to the Council",
    "summary": "The elected people of a proclaimed round become council members",
    "version": "19.0.1.0.0",
    "category": "Services/Mairie",
    "license": "LGPL-3",
    "author": "Mairie for Odoo",
    "website": "https://github.com/mairie-odoo/mairie-odoo",
    "depends": ["mairie_elus", "mairie_scrutin"],
    "data": [
        "security/ir.model.access.csv",
        "security/mairie_scrutin_elus_security.xml",
        "wizard/mairie_scrutin_install_views.xml",
        "views/mairie_scrutin_tour_views.xml",
        "views/mairie_scrutin_elus_menus.xml",
    ],
    "auto_install": True,
}
