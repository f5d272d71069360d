{
    "name": "Mairie: Example of a Town's Own Addon",
    "summary": "How an integrator adapts the suite: a door, a rule, an operator, a sentence",
    "version": "19.0.1.0.0",
    "category": "Services/Mairie",
    "license": "LGPL-3",
    "author": "Mairie for Odoo",
    "website": "https://github.com/mairie-odoo/mairie-odoo",
    "depends": ["mairie_social", "mairie_elus", "mairie_rdv"],
    "data": [
        "views/actions.xml",
        "views/public_templates.xml",
        "views/res_config_settings_views.xml",
    ],
}
