{
    "name": "Mairie: My Desk on the Home Page",
    "summary": "Reception sees its day from the first page of the hub",
    "version": "19.0.1.0.0",
    "category": "Services/Mairie",
    "license": "LGPL-3",
    "author": "Mairie for Odoo",
    "website": "https://github.com/mairie-odoo/mairie-odoo",
    "depends": ["mairie_rdv", "mairie_social"],
    "assets": {"web.assets_backend": ["mairie_rdv_social/static/src/**/*"]},
    "auto_install": True,
}
