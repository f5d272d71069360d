from odoo import api, models

from .mairie_social_audience import PUBLIC_KINDS

ACTIVE = [("active", "=", True)]


class MairieSocialAudience(models.Model):
    """The audiences that every town needs are made by themselves."""

    _inherit = "mairie.social.audience"

    @api.model
    def _ensure_standard(self):
        """Create what every town needs: all, agents, élus, each service and site."""
        Audience = self.sudo().with_context(active_test=False)
        for company in self.env["res.company"].sudo().search(ACTIVE):
            known = Audience.search([("company_id", "=", company.id)])
            missing = set(PUBLIC_KINDS) - set(known.mapped("kind"))
            Audience.create(
                [{"kind": kind, "company_id": company.id} for kind in sorted(missing)]
            )
        self._ensure_for(self.env["hr.department"].sudo().search(ACTIVE))
        self._ensure_for(self.env["hr.work.location"].sudo().search(ACTIVE))

    @api.model
    def _ensure_for(self, sources):
        """Give each service or site of ``sources`` its audience."""
        kind, field = (
            ("service", "department_id")
            if sources._name == "hr.department"
            else ("site", "work_location_id")
        )
        domain = [("kind", "=", kind), (field, "in", sources.ids)]
        Audience = self.sudo().with_context(active_test=False)
        known = Audience.search(domain)[field]
        return Audience.create(
            [
                self._prepare_source_vals(kind, field, source)
                for source in sources - known
            ]
        )

    def _prepare_source_vals(self, kind, field, source):
        company = source.company_id or self.env.company
        return {"kind": kind, field: source.id, "company_id": company.id}

    @api.model
    def _archive_with(self, sources, active):
        """A closed service or site keeps no readers: its audience is archived too."""
        is_service = sources._name == "hr.department"
        field = "department_id" if is_service else "work_location_id"
        Audience = self.sudo().with_context(active_test=False)
        Audience.search([(field, "in", sources.ids)]).write({"active": active})
