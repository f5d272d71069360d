{
    "name": "Mairie: Questionnaires in the Hub",
    "summary": "A post leads to a long questionnaire, and says who has answered it",
    "version": "19.0.1.0.0",
    "category": "Services/Mairie",
    "license": "LGPL-3",
    "author": "Mairie for Odoo",
    "website": "https://github.com/mairie-odoo/mairie-odoo",
    "depends": ["mairie_social", "survey"],
    "assets": {"web.assets_backend": ["mairie_social_survey/static/src/**/*"]},
    "auto_install": True,
}
