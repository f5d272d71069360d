"""From a draft to what citizens book: desks, openings, then publishing on purpose."""

from odoo import fields, models
from odoo.exceptions import UserError


class MairieRdvDemarche(models.Model):
    _inherit = "mairie.rdv.demarche"

    def _get_draft_summary(self):
        """Return the step that comes before citizens see the procedure."""
        self.ensure_one()
        if not self.guichet_ids:
            return self.env._("Nobody sees it yet. Next: choose its desks.")
        if not self._origin._has_openings():
            return self.env._("Nobody sees it yet. Next: open times at its desks.")
        return self.env._("Nobody sees it yet. It is ready: publish it.")

    def _get_opening_domain(self):
        """Return the openings that take the procedure."""
        self.ensure_one()
        return fields.Domain("guichet_ids", "in", self.guichet_ids.ids) & (
            fields.Domain("demarche_ids", "=", False)
            | fields.Domain("demarche_ids", "in", self.ids)
        )

    def _get_open_lieux(self):
        """Return the places that open for the procedure, today or later.

        Citizens choose among these: a place that never opens would lead nowhere.
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        to_come = fields.Domain("date_to", "=", False) | fields.Domain(
            "date_to", ">=", today
        )
        not_past = fields.Domain("kind", "!=", "date") | fields.Domain(
            "date_from", ">=", today
        )
        openings = self.env["mairie.rdv.ouverture"].sudo()
        extras = self.env["mairie.rdv.exception"].sudo()
        opened = openings.search(
            self._get_opening_domain() & to_come & not_past
        ).guichet_ids
        extra = extras.search([("kind", "=", "extra"), ("date_to", ">=", today)])
        guichets = self.guichet_ids.filtered("active")
        receiving = guichets.filtered(
            lambda guichet: (
                guichet in opened or any(each._is_about(guichet) for each in extra)
            )
        )
        return receiving.lieu_id.filtered("active").sorted()

    def _has_openings(self):
        """Tell whether a desk of the procedure opens at all."""
        return bool(self._get_open_lieux())

    def action_publish(self):
        """Let citizens book it online.

        :raise UserError: it has no desk, or none of them ever opens for it
        """
        self.check_access("write")
        for demarche in self:
            if not demarche.guichet_ids:
                raise UserError(
                    self.env._(
                        "Choose the desks that take « %s » before you publish it.",
                        demarche.name,
                    )
                )
            if not demarche._has_openings():
                raise UserError(
                    self.env._(
                        "No opening takes « %s »: citizens would find no time. Open "
                        "times, then publish it.",
                        demarche.name,
                    )
                )
            demarche.visibility = "public"
        return True

    def action_open_times(self):
        """Lead to the openings of its desks, and to the new one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_rdv.mairie_rdv_ouverture_action"
        )
        lieux, guichets = self._get_lieux(), self.guichet_ids.filtered("active")
        first = guichets.filtered(lambda guichet: guichet.lieu_id == lieux[:1])
        context = {
            "default_lieu_id": lieux[:1].id,
            "default_guichet_ids": first.ids,
            "default_demarche_ids": self.ids,
        }
        return {
            **action,
            "name": self.env._("Opening hours: %s", self.name),
            "domain": list(self._get_opening_domain()),
            "context": context,
        }

    def action_view_as_citizen(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"{self.get_base_url()}/rdv/{self.slug}",
            "target": "new",
        }
