from odoo import fields, models


class MairieRdvDemarcheDuration(models.Model):
    """How long it takes to receive several people for one démarche."""

    _name = "mairie.rdv.demarche.duration"
    _description = "Duration by Number of Persons"
    _order = "demarche_id, persons"

    demarche_id = fields.Many2one(
        "mairie.rdv.demarche",
        "Procedure",
        required=True,
        ondelete="cascade",
        index=True,
    )
    persons = fields.Integer(required=True)
    minutes = fields.Integer(required=True)

    _persons_uniq = models.Constraint(
        "UNIQUE(demarche_id, persons)", "This number of persons has its line already."
    )
    _values_positive = models.Constraint(
        "CHECK(persons BETWEEN 1 AND 50 AND minutes BETWEEN 1 AND 720)",
        "Write 1 to 50 persons and 1 to 720 minutes.",
    )
