from odoo import models
from odoo.exceptions import UserError

from ..tools.words import in_words
from .mairie_scrutin_tour_night import COUNTED

#: What the seats are those of, as papers write it.
TITLES = {
    "cm": "Conseil municipal",
    "cc": "Conseil communautaire",
    "secteur": "Conseil d'arrondissement",
    "region": "Assemblée régionale",
}
#: Kind of election -> who proclaims, in the words of the law; "" where it is not here.
PROCLAIMING = {
    "municipales": "Le président du bureau centralisateur proclame en public les "
    "résultats qui suivent ; ils sont affichés aussitôt par les soins du maire (code "
    "électoral, art. R. 69).",
    "departementales": "Le bureau centralisateur du canton proclame en public les "
    "résultats qui suivent (code électoral, art. R. 112).",
    "legislatives": "Résultats constatés dans la commune. La commission de recensement "
    "procède aux rectifications et proclame le résultat de la circonscription (code "
    "électoral, art. R. 107 et R. 109).",
    "regionales": "Résultats constatés dans la commune. La commission de recensement "
    "proclame le résultat de la région le lundi qui suit, à 18 heures au plus tard "
    "(code électoral, art. L. 359 et R. 189-1).",
}
ELSEWHERE = (
    "Résultats constatés dans la commune : la proclamation du résultat national ne lui "
    "appartient pas."
)
PROCLAIMING |= {
    "arrondissement": PROCLAIMING["municipales"],
    "metropole_lyon": PROCLAIMING["municipales"],
}
#: Noun of the election -> how a first round ends when nobody is elected.
AGAIN = {
    "list": "Aucune liste n'a obtenu la majorité absolue des suffrages exprimés : il est "
    "procédé à un second tour.",
    "pair": "Aucun binôme n'a réuni la majorité absolue des suffrages exprimés et le "
    "quart des électeurs inscrits : il est procédé à un second tour (art. L. 193).",
    "candidate": "Aucun candidat n'a réuni la majorité absolue des suffrages exprimés et "
    "le quart des électeurs inscrits : il est procédé à un second tour (art. L. 126).",
}


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """Who is proclaimed elected, by list, by pair or alone, in French."""

    _inherit = "mairie.scrutin.tour"

    def _get_proclaiming(self):
        """The sentence that says who proclaims. Hook: another authority."""
        self.ensure_one()
        return PROCLAIMING.get(self.scrutin_id.kind, ELSEWHERE)

    def _get_quarter(self, totals):
        """A quarter of the registered voters where the law asks for it, else ""."""
        asked = self.numero == 1 and self.scrutin_id.noun in ("pair", "candidate")
        if not asked or self.scrutin_id.kind == "presidentielle":
            return ""
        return self._say(-(-totals["inscrits"] // 4))

    def _prepare_councils(self):
        """Seats of each council and the people elected, in the order of the lists."""
        self.ensure_one()
        return [self._prepare_council(row) for row in self.attribution_ids]

    def _prepare_council(self, row):
        lines = row.line_ids.filtered("seats")
        return {
            "title": TITLES.get(row.organe, ""),
            "organe": row.organe,
            "state": row.state,
            "again": AGAIN.get(self.scrutin_id.noun, AGAIN["list"]),
            "total": row.seat_total,
            "lists": [
                {
                    "name": line.candidature_id.name,
                    "seats": line.seats,
                    "words": in_words(line.seats),
                    "voix": self._say(line.voix),
                    **self._prepare_elected(row, line),
                }
                for line in lines
            ],
        }

    def _prepare_elected(self, attribution, line):
        """Names of the people elected with one candidacy, and how they are announced.

        Hook: another order than that of the law.

        :return: {"elected": [{"name", "section", "substitute"}], "announce": sentence}
        """
        elus = attribution.elu_ids.filtered(
            lambda elu: (
                elu.candidature_id == line.candidature_id
                and elu.rule not in ("next", "substitute")
            )
        )
        people = elus.candidat_id
        named = [
            {
                "name": elu.candidat_id.display_name,
                "section": elu.section or "",
                "substitute": self._say_substitute(elu.candidat_id),
            }
            for elu in elus
            if elu.candidat_id
        ]
        if not named and attribution.organe == "mandat":
            named = [
                {"name": line.candidature_id.name, "section": "", "substitute": ""}
            ]
        return {
            "elected": named,
            "announce": self._say_elected(attribution, people, len(named)),
        }

    def _say_substitute(self, person):
        """« remplaçante : Anne Roy », as papers write it (L155, L210-1); "" for none."""
        substitute = person.substitute_ids
        if not substitute:
            return ""
        noun = "remplaçante" if substitute.sexe == "F" else "remplaçant"
        return f"{noun} : {substitute.display_name}"

    def _say_elected(self, attribution, people, count):
        sexes = set(people.mapped("sexe"))
        woman = sexes == {"F"}
        if attribution.organe != "mandat":
            return "Sont proclamés élus, dans l'ordre de la liste :"
        if self.scrutin_id.noun == "pair":
            return "Sont proclamés élus :"
        if count > 1:
            return f"Sont proclamé{'e' if woman else ''}s élu{'e' if woman else ''}s :"
        return f"Est proclamé{'e' if woman else ''} élu{'e' if woman else ''} :"

    def _prepare_estimate(self):
        """The town as the first hundreds tell it, for the cell of the evening only."""
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group(
            "mairie_scrutin.group_operateur"
        ):
            raise UserError(self.env._("Only the town hall's cell can do this."))
        rows = self._get_night_rows(COUNTED)
        found = self._prepare_night_hundreds(rows, self._get_past())
        if not found:
            raise UserError(
                self.env._(
                    "No first hundred was received: there is nothing to estimate."
                )
            )
        return dict(self._prepare_round_head(), estimate=found)

    def action_print_estimate(self):
        self.check_access("read")
        self._prepare_estimate()
        return self._print("estimate")
