from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.names import plain_name
from ..models.mairie_rdv_demarche import CATEGORIES
from ..models.ready_made import READY_MADE
from ..models.wording import in_town_language

USUAL = ("titres_depot", "titres_retrait")


class MairieRdvModel(models.TransientModel):
    """Choosing ready-made procedures, and for each the desks that take it."""

    _name = "mairie.rdv.model"
    _description = "Add Ready-Made Procedures"

    line_ids = fields.One2many(
        "mairie.rdv.model.line", "model_id", default=lambda self: self._default_lines()
    )

    @api.model
    def _default_lines(self):
        demarches = self.env["mairie.rdv.demarche"].with_context(active_test=False)
        there = demarches.search([("company_id", "=", self.env.company.id)])
        keys = set(there.mapped("model_key"))
        taken = {plain_name(name) for name in there.mapped("name")}
        translate = self.env._
        names = {key: translate(vals["name"]) for key, vals in READY_MADE.items()}
        guichets = self.env["mairie.rdv.guichet"].search(
            [("company_id", "=", self.env.company.id)]
        )
        return [
            fields.Command.create(
                {
                    "key": key,
                    "name": names[key],
                    "category": vals["category"],
                    "duration": vals["duration"],
                    "needs_device": vals.get("needs_device", False),
                    "guichet_ids": [
                        fields.Command.set(self._propose_desks(guichets, vals).ids)
                    ],
                    "is_chosen": key in USUAL and not there,
                }
            )
            for key, vals in READY_MADE.items()
            if key not in keys and plain_name(names[key]) not in taken
        ]

    @api.model
    def _propose_desks(self, guichets, vals):
        """Return the desks that a procedure seems made for. Hook.

        Those with the device that it needs; else those that receive for its kind
        already; else none: the town hall says.
        """
        if vals.get("needs_device"):
            return guichets.filtered("has_device")
        alike = guichets.filtered(
            lambda guichet: vals["category"] in guichet.demarche_ids.mapped("category")
        )
        return alike or (guichets if len(guichets) == 1 else guichets.browse())

    def action_add(self):
        """Add what is ticked as drafts; those to collect are tied to those to lodge.

        Nothing is published: each says which step comes next.
        """
        self.check_access("write")
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Tick the procedures that you receive for."))
        chosen = in_town_language(chosen, self.env.company)
        demarches = chosen.env["mairie.rdv.demarche"]
        added = {
            line.key: demarches.create(line._prepare_demarche_vals()) for line in chosen
        }
        demarches._translate_ready_made(dict(self.env["res.lang"].get_installed()))
        for key, demarche in added.items():
            demarche.retrait_demarche_id = added.get(READY_MADE[key].get("retrait"))
        return self._get_added_action(demarches.union(*added.values()))

    def _get_added_action(self, demarches):
        """Return the list of what was added; of a single one, its form."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_rdv.mairie_rdv_demarche_action"
        )
        if len(demarches) == 1:
            one = {"res_id": demarches.id, "views": [(False, "form")]}
            return {**action, **one, "target": "main"}
        name = self.env._("Added: %s procedures to prepare", len(demarches))
        domain = [("id", "in", demarches.ids)]
        return {**action, "name": name, "domain": domain, "target": "main"}


class MairieRdvModelLine(models.TransientModel):
    _name = "mairie.rdv.model.line"
    _description = "Ready-Made Procedure"

    model_id = fields.Many2one("mairie.rdv.model", required=True, ondelete="cascade")
    key = fields.Char(required=True, export_string_translation=False)
    name = fields.Char("Procedure", readonly=True)
    category = fields.Selection(CATEGORIES, readonly=True)
    duration = fields.Integer("Minutes", readonly=True)
    needs_device = fields.Boolean(readonly=True, export_string_translation=False)
    guichet_ids = fields.Many2many(
        "mairie.rdv.guichet",
        string="Desks that Take It",
        help="Those that need a collection device go to the desks that have one.",
    )
    is_chosen = fields.Boolean("Add")

    def _prepare_demarche_vals(self):
        """Return the values of a procedure. Hook: other pieces, other durations."""
        self.ensure_one()
        vals, translate = dict(READY_MADE[self.key]), self.env._
        pieces, questions = vals.pop("pieces", ()), vals.pop("questions", ())
        vals.pop("retrait", None)
        for name in {"name", "description"} & {*vals}:
            vals[name] = translate(vals[name])
        items = Markup("").join(
            Markup("<li>%s</li>") % translate(piece) for piece in pieces
        )
        return {
            **vals,
            "model_key": self.key,
            "visibility": "draft",
            "company_id": self.env.company.id,
            "pieces": items and Markup("<ul>%s</ul>") % items,
            "guichet_ids": [fields.Command.set(self.guichet_ids.ids)],
            "question_ids": [
                fields.Command.create(
                    {"name": translate(name), "kind": kind, "is_required": required}
                )
                for name, kind, required in questions
            ],
        }
