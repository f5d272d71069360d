from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

#: What ``_compute_is_public`` says, for a query: t the round, e its election.
PUBLIC_TERMS = """
    t.armed_by_id IS NOT NULL
    AND (t.agreed_by_id IS NOT NULL OR e.two_person_release IS NOT TRUE)
    AND t.embargo_until <= %(now)s
    AND t.state <> 'preparation'
    AND t.is_rehearsal IS NOT TRUE
"""


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """Opening to the public: the hour of the law, and people who agree."""

    _inherit = "mairie.scrutin.tour"

    armed_by_id = fields.Many2one(
        "res.users", "Opening Armed By", readonly=True, copy=False
    )
    armed_date = fields.Datetime("Armed On", readonly=True, copy=False)
    agreed_by_id = fields.Many2one(
        "res.users", "Second Agreement By", readonly=True, copy=False
    )
    agreed_date = fields.Datetime("Agreed On", readonly=True, copy=False)
    is_public = fields.Boolean(
        "Public", compute="_compute_is_public", search="_search_is_public"
    )
    release_status = fields.Selection(
        [
            ("closed", "Closed"),
            ("armed", "Armed, second agreement awaited"),
            ("ready", "Ready for the hour"),
            ("open", "Open"),
        ],
        compute="_compute_is_public",
    )
    can_agree = fields.Boolean(compute="_compute_can_agree")

    _two_people = models.Constraint(
        "CHECK(agreed_by_id IS NULL OR agreed_by_id <> armed_by_id)",
        "Two people open the results: the second is another one.",
    )

    @api.depends(
        "embargo_until",
        "armed_by_id",
        "agreed_by_id",
        "state",
        "scrutin_id.two_person_release",
    )
    def _compute_is_public(self):
        now = fields.Datetime.now()
        for tour in self:
            agreed = tour.agreed_by_id or not tour.scrutin_id.two_person_release
            ready = bool(tour.armed_by_id and agreed)
            after = bool(tour.embargo_until and tour.embargo_until <= now)
            real = tour.state != "preparation" and not tour.is_rehearsal
            tour.is_public = ready and after and real
            if tour.is_public:
                tour.release_status = "open"
            elif ready:
                tour.release_status = "ready"
            else:
                tour.release_status = "armed" if tour.armed_by_id else "closed"

    def _search_is_public(self, operator, value):
        if operator != "in":
            return NotImplemented
        public = Domain("id", "in", self._select_public())
        wanted = set(value)
        if wanted == {True}:
            return public
        return ~public if wanted == {False} else Domain(bool(wanted))

    @api.model
    def _select_public(self):
        """The ids of the rounds that are open now, as a query."""
        self.flush_model(["scrutin_id", *self._get_public_terms()])
        self.env["mairie.scrutin"].flush_model(["two_person_release"])
        return SQL(
            "(SELECT t.id FROM mairie_scrutin_tour t "
            "JOIN mairie_scrutin e ON e.id = t.scrutin_id WHERE %s)",
            SQL(PUBLIC_TERMS, now=fields.Datetime.now()),
        )

    @api.model
    def _get_public_terms(self):
        """Fields of a round that PUBLIC_TERMS reads."""
        return ["armed_by_id", "agreed_by_id", "embargo_until", "state", "is_rehearsal"]

    @api.depends("armed_by_id", "agreed_by_id", "scrutin_id.two_person_release")
    @api.depends_context("uid")
    def _compute_can_agree(self):
        for tour in self:
            tour.can_agree = (
                tour.scrutin_id.two_person_release
                and tour.armed_by_id
                and not tour.agreed_by_id
                and tour.armed_by_id != self.env.user
            )

    def write(self, vals):
        before = self._get_release_terms()
        result = super().write(vals)
        self._follow_release_terms(before)
        return result

    def _get_release_terms(self):
        """Round -> what the two people agreed to: the hour, and how many they are."""
        return {
            tour: (tour.embargo_until, tour.scrutin_id.two_person_release)
            for tour in self
        }

    def _follow_release_terms(self, before):
        """A change of the terms is in the journal, and takes the opening back."""
        after = self._get_release_terms()
        for tour in self.filtered(lambda tour: after[tour] != before[tour]):
            hour, two_people = after[tour]
            local = hour and tour.company_id._mairie_localize(hour)
            detail = (
                self.env._("Two people") if two_people else self.env._("One person")
            )
            tour._log("terms", f"{local:%d/%m/%Y %H:%M}, {detail}" if local else detail)
            if not self.env.su:
                tour.sudo()._withdraw_opening()
            if not tour.is_public:
                self.env["mairie.scrutin.publication"]._remove_static(tour)

    def action_arm(self):
        """First person: results may open at the hour of the law."""
        self._check_supervisor()
        for tour in self.filtered(lambda tour: not tour.armed_by_id):
            tour.sudo().write(
                {"armed_by_id": self.env.uid, "armed_date": fields.Datetime.now()}
            )
            tour._log("armed")

    def action_agree(self):
        """Second person, another one than the first."""
        self._check_supervisor()
        for tour in self:
            if not tour.armed_by_id:
                raise UserError(self.env._("The opening is not armed yet."))
            if tour.armed_by_id == self.env.user:
                raise UserError(
                    self.env._(
                        "Two people are needed. You armed the opening: somebody else "
                        "has to agree."
                    )
                )
            tour.sudo().write(
                {"agreed_by_id": self.env.uid, "agreed_date": fields.Datetime.now()}
            )
            tour._log("agreed")

    def action_disarm(self):
        """Take the opening back: the public page closes at once."""
        self._check_supervisor()
        self.sudo()._withdraw_opening()

    def _withdraw_opening(self):
        for tour in self.filtered("armed_by_id"):
            tour.write(
                {
                    "armed_by_id": False,
                    "armed_date": False,
                    "agreed_by_id": False,
                    "agreed_date": False,
                }
            )
            tour._log("disarmed")
            self.env["mairie.scrutin.publication"]._remove_static(tour)
