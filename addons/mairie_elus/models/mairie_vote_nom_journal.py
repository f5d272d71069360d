from odoo import api, models


class MairieVoteNom(models.Model):
    """The names of a vote enter the sealed journal after it."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.vote.nom"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        journal = self.env["mairie.elus.journal"]
        for vote, names in rows.grouped("vote_id").items():
            journal._append(
                vote.company_id,
                "names",
                vote._get_journal_subject(),
                {"names": {row.partner_id.name: row.choice for row in names}},
            )
        return rows
