from odoo import api, fields, models

from ..lib import convening, proportion

#: Bodies in which the groups of the council sit in proportion.
PROPORTIONAL_KINDS = ("commission", "cao")
#: Bodies that meet once a quarter at least; months of the periods that the law knows.
PERIODIC_KINDS, PERIODS = ("council", "ccas", "epci"), (3, 6)


class MairieInstance(models.Model):
    """What the law asks of a body: groups in proportion, a first meeting in time."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.instance"

    proportion_text = fields.Text(
        "Proportional representation",
        compute="_compute_proportion",
        help="Above 1,000 inhabitants the committees respect proportional "
        "representation: one seat at least for each group (CGCT, L2121-22).",
    )
    is_proportional = fields.Boolean(compute="_compute_proportion")
    appointed_on = fields.Date(
        "Members appointed on",
        help="The mayor convenes a committee within 8 days of its appointment, sooner "
        "if most of its members ask for it (CGCT, L2121-22).",
    )
    meeting_months = fields.Integer(
        "Meets every … months",
        compute="_compute_meeting_months",
        store=True,
        readonly=False,
        help="3 for the council, the social board and an intercommunal council; 6 for a "
        "single-purpose syndicat; 0: as needed.",
    )
    advice = fields.Text(compute="_compute_advice")

    @api.depends("kind", "president_id", "membre_ids.partner_id", "membre_ids.date_to")
    @api.depends_context("lang")
    def _compute_proportion(self):
        today = fields.Date.context_today(self)
        for instance in self:
            shares = instance._get_shares(today)
            faults = [self._get_share_fault(share) for share in shares]
            faults = [fault for fault in faults if fault]
            instance.is_proportional = not any(share.is_missing for share in shares)
            sentence = "\n".join(faults) or instance._get_proportion_holds(shares)
            instance.proportion_text = sentence if shares else False

    def _get_shares(self, day):
        """Return how the groups of the council sit here, [] where no rule asks it.

        The mayor presides by right: neither he nor she counts.
        :return: list of lib.proportion.Share, groups as mairie.groupe
        """
        self.ensure_one()
        population = self.company_id._get_mairie_population(day) or 0
        due = self.kind == "cao" or (
            self.kind in PROPORTIONAL_KINDS and proportion.is_due(population)
        )
        if not (due and self.membre_ids):
            return []
        mandats = self.env["mairie.mandat"]._get_in_office(self.company_id, day)
        group_of = {mandat.partner_id: mandat.groupe_id for mandat in mandats}
        members = {}
        for mandat in mandats.filtered("groupe_id"):
            members[mandat.groupe_id] = members.get(mandat.groupe_id, 0) + 1
        seated = dict.fromkeys(members, 0)
        for membre in self._get_counted_members(day):
            groupe = group_of.get(membre.partner_id)
            if groupe in seated:
                seated[groupe] += 1
        if not any(seated.values()):
            return []
        return proportion.shares(members, seated, one_each=self.kind != "cao")

    def _get_counted_members(self, day):
        return self.membre_ids._filter_in_office(day).filtered(
            lambda membre: (
                membre.role not in ("suppleant", "appointed")
                and membre.partner_id != self.president_id
            )
        )

    def _get_share_fault(self, share):
        values = {
            "group": share.group.name,
            "members": share.members,
            "seats": share.seats,
            "expected": share.expected,
        }
        if share.is_missing:
            return self.env._(
                "%(group)s, %(members)s members in the council, has no seat here: one "
                "at least is due.",
                **values,
            )
        if share.seats != share.expected and not share.one_each:
            return self.env._(
                "%(group)s has %(seats)s seats; the largest remainders give "
                "%(expected)s (CGCT, L1411-5).",
                **values,
            )
        if share.seats != share.expected:
            return self.env._(
                "%(group)s has %(seats)s seats; the largest remainders would give "
                "%(expected)s. The law imposes no method: the council decides.",
                **values,
            )
        return ""

    def _get_proportion_holds(self, shares):
        return self.env._(
            "Each of the %(count)s groups has its seats: %(seats)s.",
            count=len(shares),
            seats=", ".join(
                f"{share.group.short_name or share.group.name} {share.seats}"
                for share in shares
            ),
        )

    @api.depends("appointed_on", "vice_president_id", "membre_ids", "seance_ids.date")
    @api.depends_context("lang")
    def _compute_advice(self):
        for instance in self:
            instance.advice = "\n".join(instance._get_advice())

    def _get_advice(self):
        """Return what this body still lacks, one sentence each. Hook: more of a town."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        met = self.seance_ids.filtered(
            lambda s: s.state != "cancelled" and s.date and s.date <= today
        )
        yield from self._get_period_advice(today)
        if self.kind != "commission":
            return
        if self.appointed_on and not self.seance_ids:
            due = convening.committee_deadline(self.appointed_on)
            yield self.env._(
                "First meeting to convene by %s: 8 days after the appointment.",
                self.env["mairie.seance"]._format_day(due),
            )
        if met and not self.vice_president_id:
            yield self.env._("No vice-president: one is elected at the first meeting.")
        seated = self.membre_ids._filter_in_office(today).partner_id
        if self.vice_president_id and self.vice_president_id not in seated:
            yield self.env._("The vice-president is no longer a member of this body.")

    @api.depends("kind")
    def _compute_meeting_months(self):
        for instance in self:
            instance.meeting_months = 3 if instance.kind in PERIODIC_KINDS else 0

    def _get_period_advice(self, today):
        if self.meeting_months not in PERIODS:
            return
        first, last = convening.period_of(today, self.meeting_months)
        planned = self.seance_ids.filtered(
            lambda s: s.state != "cancelled" and s.date and first <= s.date <= last
        )
        if not planned:
            yield self.env._(
                "No meeting is planned, and the law asks for one by %s.",
                self.env["mairie.seance"]._format_day(last),
            )
