{
    "name": "Mairie: Commissions at Work",
    "summary": "Each commission has its group in the hub, in step with who sits in it",
    "version": "19.0.1.0.0",
    "category": "Services/Mairie",
    "license": "LGPL-3",
    "author": "Mairie for Odoo",
    "website": "https://github.com/mairie-odoo/mairie-odoo",
    "depends": ["mairie_elus", "mairie_social"],
    "data": [
        "views/mairie_instance_views.xml",
        "views/mairie_social_group_views.xml",
    ],
    "assets": {"web.assets_backend": ["mairie_elus_social/static/src/**/*"]},
    "auto_install": True,
}
