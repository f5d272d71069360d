from odoo import api, fields, models

from ..lib.election_kinds import asks_parity, may_lack_two
from ..lib.list_checks import Name, check_community_list, check_list

LIST_REGIMES = ("l262", "l262_plm25", "metropole_lyon", "polynesie", "nc_sans_prime")


# One file for each concern of a list: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinCandidature(models.Model):
    """What the law asks of a list, told as warnings: the préfecture decides."""

    _inherit = "mairie.scrutin.candidature"

    list_warning = fields.Text("Remarks", compute="_compute_list_warning")
    remark_count = fields.Integer("Number of Remarks", compute="_compute_list_warning")

    @api.depends(
        "candidat_ids.ordre",
        "candidat_ids.sexe",
        "candidat_ids.cc_ordre",
        "tour_id.scrutin_id.seat_count",
        "tour_id.scrutin_id.community_seat_count",
    )
    @api.depends_context("lang")
    def _compute_list_warning(self):
        for row in self:
            sentences = row._get_list_remarks()
            row.list_warning = "\n".join(sentences)
            row.remark_count = len(sentences)

    def _get_list_remarks(self):
        """Remarks on the list, one sentence each; [] where nothing can be said."""
        self.ensure_one()
        scrutin = self.tour_id.scrutin_id
        if not self.candidat_ids or scrutin.regime not in LIST_REGIMES:
            return []
        names = [
            Name(row.ordre, row.display_name, row.sexe or "", row.cc_ordre)
            for row in self.candidat_ids.sorted("ordre")
        ]
        terms = scrutin._get_law_terms()
        found = []
        if scrutin.seat_count:
            found += check_list(
                names,
                scrutin.seat_count,
                small=may_lack_two(*terms),
                parity=asks_parity(*terms),
            )
        seats = scrutin.community_seat_count
        if seats and not scrutin.is_small and scrutin.seat_count:
            found += check_community_list(names, scrutin.seat_count, seats)
        return [self._get_remark(finding) for finding in found]

    def _get_remark(self, finding):
        """Sentence of one finding of ``lib.list_checks``."""
        params = {
            key: ", ".join(value)
            if isinstance(value, list) and key == "names"
            else value
            for key, value in finding.params.items()
        }
        sentences = {
            "L01": lambda: self.env._(
                "%(count)s names, at least %(expected)s are needed (L260, L252).",
                **params,
            ),
            "L02": lambda: self.env._(
                "%(count)s names, at most %(expected)s are allowed (L260).", **params
            ),
            "L03": lambda: self.env._(
                "Women and men do not alternate: %(first)s, then %(then)s (L264).",
                **params,
            ),
            "L04": lambda: self.env._(
                "The sex is not known, alternation cannot be checked: %(names)s.",
                **params,
            ),
            "L05": lambda: self.env._("The ranks do not follow each other from 1 on."),
            "C01": lambda: self.env._(
                "Community list: %(count)s names, %(expected)s are needed (L273-9).",
                **params,
            ),
            "C02": lambda: self.env._(
                "Community list: %(then)s comes before %(first)s on the council's list, "
                "the order must be the same (L273-9).",
                **params,
            ),
            "C03": lambda: self.env._(
                "Community list: women and men do not alternate: %(first)s, then "
                "%(then)s (L273-9).",
                **params,
            ),
            "C04": lambda: self.env._(
                "Community list: its first %(count)s names must head the council's list "
                "in the same order (L273-9).",
                **params,
            ),
            "C05": lambda: self.env._(
                "Community list: beyond the first three fifths, rank %(limit)s: "
                "%(names)s (L273-9).",
                **params,
            ),
            "C06": lambda: self.env._(
                "Community list: with %(expected)s names for %(seats)s seats it repeats "
                "the order of the council's list (L273-9).",
                **params,
            ),
        }
        return sentences[finding.code]()
