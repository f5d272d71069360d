from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import acts
from ..lib.french import date_in_words


class MairieRegistre(models.Model):
    """A volume of the register of an assembly: sheets to print, sign, initial and bind.

    The paper is the original; this prints it (CGCT, R2121-9). Decisions by delegation
    enter it by their date (R2122-7-1).
    """

    _name = "mairie.registre"
    _description = "Register of the Délibérations"
    _order = "date_from desc, id desc"

    instance_id = fields.Many2one(
        "mairie.instance",
        "Assembly",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["mairie.instance"]._find_council(),
    )
    company_id = fields.Many2one(related="instance_id.company_id", store=True)
    number = fields.Integer("Volume", required=True, default=1, aggregator=None)
    date_from = fields.Date(
        "From", required=True, default=lambda self: self._get_year_start()
    )
    date_to = fields.Date(
        "To",
        required=True,
        default=lambda self: self._get_default_date_to(),
        help="Bound each year; every five years under 1,000 inhabitants.",
    )
    first_page = fields.Integer(
        "First sheet",
        required=True,
        default=1,
        aggregator=None,
        help="Numbers go on from the volume before, if the mayor numbered it so.",
    )
    deliberation_count = fields.Integer("Délibérations", compute="_compute_counts")
    decision_count = fields.Integer("Decisions", compute="_compute_counts")
    to_sign_count = fields.Integer("Still to sign", compute="_compute_counts")

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A volume ends after its beginning."
    )

    @api.model
    def _get_year_start(self):
        return fields.Date.context_today(self).replace(month=1, day=1)

    @api.model
    def _get_default_date_to(self):
        """Return the end of a volume: that of the year, or of the fifth one."""
        first = self._get_year_start()
        population = self.env.company._get_mairie_population(first)
        years = acts.register_years(population) if population else 1
        return first.replace(year=first.year + years - 1, month=12, day=31)

    @api.depends("instance_id", "number", "date_from", "date_to")
    def _compute_display_name(self):
        for registre in self:
            years = registre.date_from and registre.date_to and registre._get_years()
            parts = filter(None, [registre.instance_id.name, years])
            registre.display_name = " ".join(parts)

    @api.depends("instance_id", "date_from", "date_to")
    def _compute_counts(self):
        for registre in self:
            acts = registre._get_acts()
            registre.deliberation_count = len(acts)
            registre.decision_count = len(registre._get_decisions())
            registre.to_sign_count = len(
                acts.filtered(lambda act: act.state == "draft")
            )

    @api.constrains("first_page")
    def _check_first_page(self):
        for registre in self:
            if registre.first_page < 1:
                raise ValidationError(self.env._("Sheets are numbered from 1."))

    def _get_acts(self):
        """Return the délibérations of the volume, in their order."""
        self.ensure_one()
        found = self.env["mairie.deliberation"].search(
            [
                ("instance_id", "=", self.instance_id.id),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ]
        )
        return found.sorted(lambda act: (act.date, act.year, act.rank))

    def _get_decisions(self):
        """Return the decisions by delegation of the council, for its register."""
        self.ensure_one()
        decisions = self.env["mairie.arrete"]
        if self.instance_id.kind != "council":
            return decisions
        return decisions.search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "decision"),
                ("state", "!=", "draft"),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ],
            order="date, rank",
        )

    def _get_chapters(self):
        """Return what the volume holds, by date.

        :return: list of dicts: ``day``, ``title``, then ``seance`` and ``acts``, or
            ``decision``
        """
        self.ensure_one()
        chapters = [
            {
                "day": seance.date,
                "title": f"Séance du {date_in_words(seance.date)}",
                "seance": seance,
                "acts": acts,
                "decision": False,
            }
            for seance, acts in self._get_acts().grouped("seance_id").items()
        ]
        chapters += [
            {
                "day": decision.date,
                "title": f"Décision du {date_in_words(decision.date)}",
                "seance": False,
                "acts": [],
                "decision": decision,
            }
            for decision in self._get_decisions()
        ]
        return sorted(chapters, key=lambda chapter: chapter["day"])

    def _get_rows(self):
        """Return the rows of the tables: date, number, object, matter, address."""
        acts = [*self._get_acts(), *self._get_decisions()]
        rows = [self._prepare_row(act) for act in acts]
        return sorted(rows, key=lambda row: (row["day"], row["number"]))

    def _prepare_row(self, act):
        matiere = self.env["mairie.matiere"]._find(act.matiere_code)
        return {
            "day": act.date,
            "number": act.number,
            "name": act.name,
            "theme": matiere.theme or "Sans matière",
            "rank": (matiere.theme_rank or 99),
            "anchor": f"acte-{act.number}",
        }

    def _get_themes(self):
        """Return the table by matter: list of (theme, rows), in the national order."""
        themes = {}
        for row in self._get_rows():
            themes.setdefault((row["rank"], row["theme"]), []).append(row)
        return [(theme, themes[rank, theme]) for rank, theme in sorted(themes)]

    def _get_years(self):
        first, last = self.date_from.year, self.date_to.year
        return f"{first}" if first == last else f"{first} à {last}"

    def action_print(self):
        report = self.env.ref("mairie_elus.action_report_registre")
        return report.report_action(self)
