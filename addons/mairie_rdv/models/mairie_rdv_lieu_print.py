"""The list of the day on paper: for a network that fails, or for whoever likes it."""

import base64

from odoo import fields, models
from odoo.addons.mairie_base.report.paged_document import render_pdf

from ..lib.slots import to_local, to_minutes
from .wording import date_label

MARKS = {"confirmed": "☐", "no_show": "absent", "done": "☑"}


class MairieRdvLieu(models.Model):
    _inherit = "mairie.rdv.lieu"

    def _render_day_list(self, day):
        """Return the list of a day as a PDF, base64, with what the user may see."""
        self.ensure_one()
        html = self.env["ir.qweb"]._render(
            "mairie_rdv.document_day",
            {**self._prepare_day_list(day), "company": self.company_id},
        )
        return base64.b64encode(render_pdf([str(html)]))

    def _prepare_day_list(self, day):
        """Return the list of a day, desk by desk: plain values."""
        self.ensure_one()
        rdvs = self.env["mairie.rdv"]._search_day(self, day)
        desks = []
        for guichet in rdvs.guichet_id.sorted():
            own = rdvs.filtered(lambda rdv, desk=guichet: rdv.guichet_id == desk)
            lines = [
                {**rdv._prepare_printed_line(), "mark": MARKS.get(rdv.state, "☑")}
                for rdv in own
                if rdv.state != "hold"
            ]
            if lines:
                desks.append({"name": guichet.name, "rdvs": lines})
        now = to_local(to_minutes(fields.Datetime.now()), self._get_zone_info())
        return {
            "lieu_name": self.name,
            "day_label": date_label(self.env, day, year=True),
            "printed_at": f"{now:%H:%M}",
            "count": sum(len(desk["rdvs"]) for desk in desks),
            "desks": desks,
        }


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def _prepare_printed_line(self):
        """Return the line on paper; a reserved procedure leaves its code only.

        The safety copy is made by the machine and read by others than its agents.
        """
        line = self._prepare_desk_line()
        readers = self.demarche_id.sudo().user_ids
        if readers and self.env.user not in readers:
            line |= {"name": "", "last_name": "", "demarche": self.env._("reserved")}
        return line
