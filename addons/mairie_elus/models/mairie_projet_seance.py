from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

PREPARED_STATES = ("draft", "ready")


class MairieProjet(models.Model):
    """The meeting that a draft aims at, and whether it can still reach it."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.projet"

    seance_choice = fields.Selection(
        "_selection_seance_choice",
        "For the meeting",
        compute="_compute_seance_choice",
        inverse="_inverse_seance_choice",
        help="The meetings whose notice may still leave.",
    )
    due_date = fields.Date(
        "Step to finish by", compute="_compute_seance_facts", compute_sudo=True
    )
    is_late = fields.Boolean(compute="_compute_seance_facts", compute_sudo=True)
    seance_text = fields.Char(
        "Where it stands", compute="_compute_seance_facts", compute_sudo=True
    )

    @api.model
    def _selection_seance_choice(self):
        """Return the meetings that a draft may aim at: services read no other fact.

        :return: list of (id as text, assembly and day)
        """
        coming = (
            self.env["mairie.seance"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self.env.companies.ids),
                    ("state", "in", PREPARED_STATES),
                    ("date", ">=", fields.Date.context_today(self)),
                ],
                order="date_start",
            )
        )
        return [
            (str(seance.id), seance.name)
            for seance in coming
            if not seance._is_too_late()
        ]

    @api.depends("seance_id")
    def _compute_seance_choice(self):
        known = dict(self._selection_seance_choice())
        for projet in self:
            choice = str(projet.sudo().seance_id.id)
            projet.seance_choice = choice if choice in known else False

    def _inverse_seance_choice(self):
        for projet in self.filtered("seance_choice"):
            seance = self.env["mairie.seance"].sudo().browse(int(projet.seance_choice))
            projet.sudo().write(
                {"seance_id": seance.id, "instance_id": seance.instance_id.id}
            )

    @api.depends("seance_id.latest_send_date", "seance_id.state", "etape_id", "state")
    @api.depends_context("lang")
    def _compute_seance_facts(self):
        for projet in self:
            seance = projet.seance_id
            latest = seance.latest_send_date or seance.date
            days = timedelta(days=projet.etape_id.days_before)
            projet.due_date = latest and projet.state == "open" and latest - days
            projet.is_late = projet._is_too_late_for_seance()
            projet.seance_text = projet._get_seance_text()

    def _is_too_late_for_seance(self):
        """Tell whether the meeting wanted can take this draft no more."""
        self.ensure_one()
        seance = self.seance_id
        if self.state != "open" or not seance:
            return False
        return seance.state not in PREPARED_STATES or seance._is_too_late()

    def _get_next_seance(self):
        """Return the next meeting of the assembly whose notice may still leave."""
        self.ensure_one()
        coming = self.env["mairie.seance"].search(
            [
                ("instance_id", "=", self.instance_id.id),
                ("state", "in", PREPARED_STATES),
                ("id", "!=", self.seance_id.id),
            ],
            order="date_start",
        )
        return coming.filtered(
            lambda seance: (
                not seance._is_too_late() and seance.date >= seance._get_today()
            )
        )[:1]

    def _get_seance_text(self):
        """Return where the draft stands against its meeting, in one sentence."""
        seance = self.seance_id
        if not seance or self.state != "open":
            return False
        if self.is_late:
            return self._get_late_text()
        if not self.due_date:
            return False
        return self.env._(
            "For the meeting of %(day)s: this step ends by %(due)s.",
            day=seance._format_day(seance.date, "d MMMM"),
            due=seance._format_day(self.due_date, "d MMMM"),
        )

    def _get_late_text(self):
        seance, following = self.seance_id, self._get_next_seance()
        day = seance._format_day(seance.date, "d")
        if following:
            return self.env._(
                "Too late for the %(day)s: next meeting on %(next)s.",
                day=day,
                next=seance._format_day(following.date, "d MMMM"),
            )
        return self.env._("Too late for the %s: no other meeting is planned.", day)

    def action_next_seance(self):
        """Aim at the next meeting that can still take it."""
        self.check_access("write")
        for projet in self:
            following = projet.sudo()._get_next_seance()
            if not following:
                raise UserError(self.env._("No other meeting is planned."))
            projet.seance_id = following
