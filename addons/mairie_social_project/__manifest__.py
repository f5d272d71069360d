{
    "name": "Mairie: Tasks of a Group",
    "summary": "Each group of the hub has its board of tasks, for its members alone",
    "version": "19.0.1.0.0",
    "category": "Services/Mairie",
    "license": "LGPL-3",
    "author": "Mairie for Odoo",
    "website": "https://github.com/mairie-odoo/mairie-odoo",
    "depends": ["mairie_social", "project"],
    "data": [
        "security/ir.model.access.csv",
        "security/project_project_security.xml",
        "security/project_task_security.xml",
        "views/mairie_social_group_views.xml",
        "views/project_task_views.xml",
    ],
    "demo": ["demo/project_task_demo.xml"],
    "auto_install": True,
}
