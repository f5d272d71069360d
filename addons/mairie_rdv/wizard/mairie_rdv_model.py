from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html_escape

from ..models.mairie_rdv_demarche import CATEGORIES
from .ready_made import READY_MADE

USUAL = ("titres_depot", "titres_retrait")


class MairieRdvModel(models.TransientModel):
    """Choosing ready-made procedures, and the desks that take them."""

    _name = "mairie.rdv.model"
    _description = "Add Ready-Made Procedures"

    guichet_ids = fields.Many2many(
        "mairie.rdv.guichet",
        string="Desks that Take Them",
        default=lambda self: self.env["mairie.rdv.guichet"].search([]),
        help="Those that need a collection device go to the desks that have one.",
    )
    line_ids = fields.One2many(
        "mairie.rdv.model.line", "model_id", default=lambda self: self._default_lines()
    )

    @api.model
    def _default_lines(self):
        known = set(
            self.env["mairie.rdv.demarche"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.env.company.id)])
            .mapped("name")
        )
        return [
            fields.Command.create(
                {
                    "key": key,
                    "name": vals["name"],
                    "category": vals["category"],
                    "duration": vals["duration"],
                    "is_chosen": key in USUAL and not known,
                }
            )
            for key, vals in READY_MADE.items()
            if vals["name"] not in known
        ]

    def action_add(self):
        """Add what is ticked; those to collect are tied to those to lodge."""
        self.check_access("write")
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Tick the procedures that you receive for."))
        demarches = self.env["mairie.rdv.demarche"]
        added = {
            line.key: demarches.create(self._prepare_demarche_vals(line.key))
            for line in chosen
        }
        for key, demarche in added.items():
            demarche.retrait_demarche_id = added.get(READY_MADE[key].get("retrait"))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_rdv.mairie_rdv_demarche_action"
        )
        return {**action, "target": "main"}

    def _prepare_demarche_vals(self, key):
        """Return the values of a procedure. Hook: other pieces, other durations."""
        vals = dict(READY_MADE[key])
        pieces, questions = vals.pop("pieces", ()), vals.pop("questions", ())
        vals.pop("retrait", None)
        items = Markup("").join(
            Markup("<li>%s</li>") % html_escape(piece) for piece in pieces
        )
        guichets = self.guichet_ids
        if vals.get("needs_device"):
            guichets = guichets.filtered("has_device")
        return {
            **vals,
            "company_id": self.env.company.id,
            "pieces": items and Markup("<ul>%s</ul>") % items,
            "guichet_ids": [fields.Command.set(guichets.ids)],
            "question_ids": [
                fields.Command.create(
                    {"name": name, "kind": kind, "is_required": required}
                )
                for name, kind, required in questions
            ],
        }


class MairieRdvModelLine(models.TransientModel):
    _name = "mairie.rdv.model.line"
    _description = "Ready-Made Procedure"

    model_id = fields.Many2one("mairie.rdv.model", required=True, ondelete="cascade")
    key = fields.Char(required=True, export_string_translation=False)
    name = fields.Char("Procedure", readonly=True)
    category = fields.Selection(CATEGORIES, readonly=True)
    duration = fields.Integer("Minutes", readonly=True)
    is_chosen = fields.Boolean("Add")
