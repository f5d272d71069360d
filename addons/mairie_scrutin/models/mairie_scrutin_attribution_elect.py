from odoo import api, fields, models

from ..lib.elected import Candidate, community_members, council_members

# noun of the election -> people elected with one candidacy
PEOPLE_OF_ONE = {"pair": 2, "candidate": 1}


# One file for each concern of a share: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinAttribution(models.Model):
    """The people who take the seats of a share."""

    _inherit = "mairie.scrutin.attribution"

    elu_ids = fields.One2many(
        "mairie.scrutin.elu", "attribution_id", "Elected People", readonly=True
    )

    lacks_names = fields.Boolean(compute="_compute_lacks_names")

    @api.depends("elu_ids.candidat_id", "elu_ids.rule")
    def _compute_lacks_names(self):
        for row in self:
            row.lacks_names = any(
                not elu.candidat_id and elu.rule == "list" for elu in row.elu_ids
            )

    def action_export_elected(self):
        """Download the elected people, in order."""
        self.ensure_one()
        url = f"/mairie_scrutin/attribution/{self.id}/elus.csv"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _get_elected_rows(self):
        """Rows of the CSV file, headers first; French, as for the installation."""
        self.ensure_one()
        self.check_access("read")
        labels = dict(self._fields["organe"]._description_selection(self.env))
        head = ("organe", "rang", "nom", "prenom", "sexe", "liste", "rang_liste")
        rows = [(*head, "voix_liste", "remarque")]
        for elu in self.elu_ids:
            person = elu.candidat_id
            rows.append(
                (
                    labels[self.organe],
                    elu.rank,
                    person.nom or "",
                    person.prenom or "",
                    person.sexe or "",
                    elu.candidature_id.name,
                    elu.ordre,
                    elu.voix,
                    elu.note or "",
                )
            )
        return rows

    def _elect(self):
        """Name again who takes each seat, lists by votes, people in list order."""
        for row in self:
            row.elu_ids.unlink()
            vals_list = (
                row._prepare_elus() if row.state in ("shared", "elected") else []
            )
            self.env["mairie.scrutin.elu"].create(
                [
                    {"attribution_id": row.id, "rank": rank, **vals}
                    for rank, vals in enumerate(vals_list, 1)
                ]
            )

    def _prepare_elus(self):
        """Values of the elected people. A list without names gives its ranks."""
        self.ensure_one()
        found = []
        for line in self.line_ids.filtered("seats").sorted(
            lambda line: (-line.voix, line.candidature_id.ballot_order)
        ):
            prepare = self._prepare_community if self.organe == "cc" else None
            prepare = prepare or self._prepare_council
            found += [
                {"candidature_id": line.candidature_id.id, "voix": line.voix, **vals}
                for vals in prepare(line)
            ]
        return found

    def _prepare_council(self, line):
        if line.candidature_id.id in self._get_section_seats():
            return self._prepare_section_people(line)
        people = line.candidature_id.candidat_ids.sorted("ordre")
        seats = line.seats
        if self.organe == "reponse":
            return []
        if self.organe == "mandat":
            seats = PEOPLE_OF_ONE.get(self.tour_id.scrutin_id.noun, 1)
        if not people:
            return [{"ordre": rank} for rank in range(1, seats + 1)]
        keys = council_members(self._prepare_candidates(people), seats)
        ranks = {person.id: person.ordre for person in people}
        return [{"candidat_id": key, "ordre": ranks[key]} for key in keys]

    def _prepare_community(self, line):
        people = line.candidature_id.candidat_ids.sorted("ordre")
        council = self.tour_id.attribution_ids.filtered(lambda row: row.organe == "cm")
        own = council.line_ids.filtered(
            lambda row: row.candidature_id == line.candidature_id
        )
        if not people.filtered("cc_ordre"):
            return [{"ordre": rank} for rank in range(1, line.seats + 1)]
        ranks = {person.id: person.cc_ordre or person.ordre for person in people}
        return [
            {
                "candidat_id": seat.key,
                "rule": seat.rule,
                "replaces_id": seat.replaces,
                "ordre": ranks.get(seat.key, 0),
            }
            for seat in community_members(
                self._prepare_candidates(people), own.seats, line.seats
            )
        ]

    def _prepare_candidates(self, people):
        return [
            Candidate(person.id, person.sexe or "", person.cc_ordre)
            for person in people
        ]
