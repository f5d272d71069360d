from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

# Lowest percentage of criteria met: décret 2019-768, and the RGAA's own method.
ACCESSIBILITY_RATES = {"none": 0, "partial": 50, "full": 100}


class ResCompany(models.Model):
    """The statement of accessibility: law 2005-102, article 47."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.company"

    mairie_accessibility_url = fields.Char(
        "Accessibility Statement", help="Empty: the page that comes with these pages."
    )
    mairie_accessibility_state = fields.Selection(
        [("none", "Not Compliant"), ("partial", "Partially"), ("full", "Fully")],
        "Accessibility",
        default="none",
        required=True,
        help="Without an audit by the 106 criteria of the RGAA: not compliant.",
    )
    mairie_accessibility_rate = fields.Integer("Criteria Met (%)")
    mairie_accessibility_date = fields.Date("Date of the Audit")
    mairie_accessibility_auditor = fields.Char("Audit Made By")
    mairie_accessibility_email = fields.Char("E-mail for Accessibility")

    @api.constrains("mairie_accessibility_state", "mairie_accessibility_rate")
    def _check_mairie_accessibility(self):
        """Half of the criteria, then all: what the RGAA calls partial and full."""
        for company in self:
            lowest = ACCESSIBILITY_RATES[company.mairie_accessibility_state]
            if not lowest <= company.mairie_accessibility_rate <= 100:
                raise ValidationError(
                    self.env._(
                        "This state of accessibility needs an audit with %(lowest)s to "
                        "100 %% of the criteria met.",
                        lowest=lowest,
                    )
                )

    def _prepare_mairie_public_vals(self):
        company = self.sudo()
        return {
            **super()._prepare_mairie_public_vals(),
            "accessibility_url": company.mairie_accessibility_url
            or "/mairie/accessibilite",
            "accessibility_state": company.mairie_accessibility_state,
        }

    def _prepare_mairie_accessibility_vals(self):
        """Return what the accessibility statement says: plain values, no record."""
        self.ensure_one()
        company = self.sudo()
        audit = company.mairie_accessibility_date
        return {
            "rate": company.mairie_accessibility_rate,
            "audit_date": audit
            and format_date(self.env, audit, date_format="d MMMM y"),
            "auditor": company.mairie_accessibility_auditor or company.name,
            "email": company.mairie_accessibility_email or company.email or "",
        }
