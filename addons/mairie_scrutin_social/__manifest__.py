{
    "name": "Mairie: Turnout on the Home Page",
    "summary": "On polling day everybody at the town hall sees the turnout on the hub",
    "version": "19.0.1.0.0",
    "category": "Services/Mairie",
    "license": "LGPL-3",
    "author": "Mairie for Odoo",
    "website": "https://github.com/mairie-odoo/mairie-odoo",
    "depends": ["mairie_scrutin", "mairie_social"],
    "assets": {"web.assets_backend": ["mairie_scrutin_social/static/src/**/*"]},
    "auto_install": True,
}
