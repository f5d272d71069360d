from markupsafe import Markup
from odoo import fields, models
from odoo.tools import is_html_empty

from ..lib.french import with_article
from ..lib.public_search import mask

#: What is elected -> articles of the CGCT; matter of the national list of acts.
ELECTION_LAW = {
    "maire": "ses articles L2122-4 et L2122-7",
    "adjoints": "ses articles L2122-2, L2122-4 et L2122-7-2",
    "commission": "ses articles L2121-21 et L2121-22",
    "delegue": "ses articles L2121-21 et L2121-33",
}
ELECTION_MATTER = {
    "maire": "5.1",
    "adjoints": "5.1",
    "commission": "5.2",
    "delegue": "5.3",
}


class MairiePoint(models.Model):
    """The act that an item ends in."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    deliberation_ids = fields.One2many("mairie.deliberation", "point_id")

    def _get_act_text(self):
        """Return the first text of the act, which the secretary completes.

        Hook: the visas of a town, its own formula.
        """
        self.ensure_one()
        modele = self._get_act_modele()
        if modele and (self.vote_id.is_adopted or not self.vote_id):
            words = modele._get_words(self, self.name)
            return modele._render(words, self.note)
        note = Markup("") if is_html_empty(self.note) else self.note
        if not self.vote_id:
            return self._get_election_text(note)
        decides = "approuve" if self.vote_id.is_adopted else "n'approuve pas"
        body = with_article(self.seance_id.instance_id.name)
        return note + Markup(
            "<p>%s, après en avoir délibéré, %s ce qui précède.</p>"
        ) % (
            body,
            decides,
        )

    def _get_election_text(self, note):
        """Return the first text of an act that elects: the rounds follow it by themselves."""
        laws = {ELECTION_LAW[row.kind] for row in self.nomination_ids}
        articles = ", ".join(sorted(laws))
        body = with_article(self.seance_id.instance_id.name)
        visa = Markup(
            "<p>Vu le code général des collectivités territoriales, notamment %s ;</p>"
        )
        ending = Markup("<p>%s procède aux opérations de vote qui suivent.</p>")
        by_hand = Markup("")
        if any(self.nomination_ids.mapped("by_hand")):
            by_hand = Markup(
                "<p>L'assemblée décide à l'unanimité de ne pas procéder au scrutin "
                "secret (L2121-21).</p>"
            )
        return visa % articles + note + by_hand + ending % body

    def _get_act_matiere_code(self):
        """Return the matter of the act: that of the item, else that of its election."""
        self.ensure_one()
        kind = self.nomination_ids[:1].kind
        return self.matiere_code or ELECTION_MATTER.get(kind)

    def _get_act_modele(self):
        """Return the template for the matter of the item, if there is one."""
        matiere = self.env["mairie.matiere"]._find(self._get_act_matiere_code())
        return self.env["mairie.acte.modele"]._find_for(matiere, self.company_id)

    def _get_people(self):
        """Return the members as the act of this item names them, in the legal order.

        :return: dict of lists of names, at the moment of the vote: ``present``,
            ``represented`` (with whom), ``absent``, ``aside`` (present, but neither in
            the debate nor in the vote)
        """
        self.ensure_one()
        seance = self.seance_id
        members, substitutes = seance._get_members(), seance._get_substitutes()
        roll = seance._get_roll(self, members)
        names = dict(zip(members.ids, members.mapped("name"), strict=True))
        there = {*roll.present, *roll.represented, *substitutes}
        return {
            "present": [names[member] for member in roll.present],
            "represented": [
                seance._get_represented_words(names[member], names[holder])
                for member, holder in sorted(
                    roll.represented.items(),
                    key=lambda pair: members.ids.index(pair[0]),
                )
            ],
            "absent": [names[member] for member in members.ids if member not in there],
            "aside": [names[member] for member in roll.aside],
        }

    def _get_shown_name(self, public=False):
        """Return the subject, without the name of a private person for the public."""
        act = self.deliberation_ids[:1]
        return act._get_shown_name(public) if act else self.name

    def _get_shown_debate(self, public=False):
        """Return the lines of the debate; what identifies people is hidden in public."""
        debate = self.debate or ""
        return (mask(debate) if public else debate).splitlines()
