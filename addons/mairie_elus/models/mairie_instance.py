from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import notice, pouvoir

#: Kinds of bodies, each with the rules of notice that it follows.
BODY_OF_KIND = {
    "council": notice.COUNCIL,
    "epci": notice.EPCI,
    "ccas": notice.CCAS,
    "cao": notice.CAO,
    "commission": notice.COMMISSION,
    "other": notice.COMMISSION,
}


class MairieInstance(models.Model):
    _name = "mairie.instance"
    _description = "Assembly or Committee"
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("council", "Municipal council"),
            ("commission", "Committee of the council"),
            ("cao", "Tender committee (CAO)"),
            ("ccas", "Board of the CCAS"),
            ("epci", "Intercommunal council"),
            ("other", "Other body"),
        ],
        required=True,
        default="commission",
        help="The kind gives the legal delay of notice, the quorum and the note.",
    )
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    president_id = fields.Many2one("res.partner")
    vice_president_id = fields.Many2one("res.partner", "Vice-president")
    purpose = fields.Text(help="What this body deals with, in two sentences.")
    location_id = fields.Many2one("hr.work.location", "Usual place")
    room = fields.Char("Usual room")
    duration = fields.Float("Usual duration (hours)", default=2.0)
    video_allowed = fields.Boolean(
        "May meet by video",
        help="Never the municipal council. A committee, once its rules say how.",
    )
    video_source = fields.Char(
        "Video: text", help="Where it is written: internal rules, article…"
    )
    pouvoir_until = fields.Selection(
        [
            (pouvoir.UNTIL_VOTE, "At any time, until the vote"),
            (pouvoir.UNTIL_OPENING, "Before the meeting opens"),
        ],
        "Pouvoirs are taken",
        required=True,
        default=pouvoir.UNTIL_VOTE,
        help="The law sets no time; the body's own rules may (CGCT, L2121-20).",
    )
    pouvoir_hours = fields.Integer(
        "Hours before at least", help="0: until the meeting opens."
    )
    pouvoir_leaving = fields.Boolean(
        "Save from who leaves",
        default=True,
        help="Whoever leaves in the course of the meeting may still give a pouvoir.",
    )
    membre_ids = fields.One2many("mairie.instance.membre", "instance_id", "Members")
    delai_ids = fields.One2many("mairie.instance.delai", "instance_id", "Own delays")
    seance_ids = fields.One2many("mairie.seance", "instance_id", "Meetings")
    member_count = fields.Integer("Number of members", compute="_compute_member_count")

    _pouvoir_hours_positive = models.Constraint(
        "CHECK (pouvoir_hours >= 0)", "Hours cannot be negative."
    )

    @api.depends("kind", "membre_ids.date_from", "membre_ids.date_to")
    def _compute_member_count(self):
        today = fields.Date.context_today(self)
        for instance in self:
            instance.member_count = len(instance._get_contacts_on(today))

    @api.constrains("kind", "video_allowed", "video_source")
    def _check_video(self):
        for instance in self.filtered("video_allowed"):
            if instance.kind == "council":
                raise ValidationError(
                    self.env._("No text lets a municipal council meet by video.")
                )
            if not (instance.video_source or "").strip():
                raise ValidationError(
                    self.env._("Write which rules let this body meet by video.")
                )

    def _get_contacts_on(self, day):
        """Return who sits in this body on a day: one contact per person.

        The council is its mandates; any other body is its own list of members, each
        convened the way his or her mandate says when there is one.

        :return: list of mairie.mandat or mairie.instance.membre records
        """
        self.ensure_one()
        mandats = self.env["mairie.mandat"]._get_in_office(self.company_id, day)
        if self.kind == "council":
            return list(mandats)
        mandat_of = {mandat.partner_id: mandat for mandat in mandats}
        members = self.membre_ids._filter_in_office(day)
        return [mandat_of.get(membre.partner_id, membre) for membre in members]

    def _get_substitutes_on(self, day):
        """Return substitute -> whom he replaces, None for anybody: ids of res.partner.

        Source: CGCT, L1411-5 (tender committee: anybody), L5211-6 (one seat, his own).
        """
        self.ensure_one()
        if self.kind == "council":
            return {}
        return {
            membre.partner_id.id: membre.replaces_id.partner_id.id or None
            for membre in self.membre_ids._filter_in_office(day)
            if membre.role == "suppleant"
        }

    def _get_own_delays(self):
        """Return the delays of the body's own rules, as the lib wants them."""
        self.ensure_one()
        return [
            {
                "since": delai.date_from,
                "days": delai.days,
                "is_clear": delai.is_clear,
                "note_required": delai.note_required,
            }
            for delai in self.delai_ids
        ]

    @api.model
    def _find_council(self):
        """Return the council of the commune: most sittings are its own."""
        own = [("company_id", "=", self.env.company.id), ("kind", "=", "council")]
        return self.search(own, limit=1)

    def action_open_seances(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_elus.mairie_seance_action"
        )
        action["domain"] = [("instance_id", "=", self.id)]
        action["context"] = {"default_instance_id": self.id}
        return action

    def action_open_documents(self):
        """Open the documents of the meetings of this body, the latest first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_elus.mairie_annexe_action"
        )
        action["domain"] = [("seance_id.instance_id", "=", self.id)]
        return action
