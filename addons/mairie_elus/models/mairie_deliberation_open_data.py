from odoo import models

from ..lib import scdl


class MairieDeliberation(models.Model):
    """Délibérations as open data (SCDL 2.1.3)."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.deliberation"

    def _render_open_data(self, publications):
        """Return the file of these acts.

        :param publications: id of an act -> its public copy (object without names)
        """
        company = self.company_id[:1] or self.env.company
        town = (company.name, company.mairie_siret or "")
        names = {
            row.code: row._get_open_data_name()
            for row in self.env["mairie.matiere"].sudo().search([])
        }
        base = company.get_base_url()
        members = {row: row._get_in_office_count() for row in self.seance_id}
        return scdl.render(
            scdl.row(
                *town,
                act._prepare_open_data(
                    publications[act.id], names, base, members[act.seance_id]
                ),
                company.mairie_pref_code or "",
            )
            for act in self
            if act.matiere_code
        )

    def _prepare_open_data(self, publication, names, base, members):
        """Return the act as the format tells it: lib.scdl.Act."""
        code = ".".join(self.matiere_code.split(".")[:2])
        return scdl.Act(
            number=self.number,
            day=self.date,
            matter=code,
            matter_name=names.get(code) or scdl.matter_name("Autres", code),
            name=publication.name,
            url=base + publication._get_path(),
            received=self.received_on or None,
            votes=self._prepare_open_data_votes(members),
        )

    def _prepare_open_data_votes(self, members):
        """Return the figures of the vote: lib.scdl.Votes, None for an election."""
        vote = self.vote_id
        if not vote:
            return None
        return scdl.Votes(
            members=members,
            pour=vote.pour,
            contre=vote.contre,
            abstention=vote.abstention,
            blanc=vote.blanc,
            nul=vote.nul,
        )
