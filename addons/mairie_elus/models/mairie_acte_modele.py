from markupsafe import Markup
from odoo import api, fields, models

from ..lib.french import date_in_words, with_article

#: What a template may name: word between braces -> what it becomes.
WORDS = (
    *("objet", "assemblee", "date", "numero", "resultat", "rapporteur", "maire"),
    *("en_exercice", "presents", "pouvoirs", "votants", "note"),
)


class MairieActeModele(models.Model):
    """A ready-made text: visas, reasons, decision, each written once for all."""

    _name = "mairie.acte.modele"
    _description = "Template of an Act"
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", "Commune")
    matiere_id = fields.Many2one(
        "mairie.matiere",
        "For the matter",
        help="Taken by itself for an act of this matter. Empty: chosen by hand.",
    )
    visas = fields.Text(help="One visa a line: « Vu le code général… ».")
    considerants = fields.Text("Reasons", help="One reason a line.")
    decision = fields.Text(
        required=True,
        help="One article a line. Words between braces become the facts of the act: "
        "{objet}, {assemblee}, {resultat}, {rapporteur}, {date}, {votants}…",
    )
    shows_note = fields.Boolean("Takes up the summary note", default=True)

    @api.model
    def _find_for(self, matiere, company):
        """Return the template of a matter, or nothing."""
        if not matiere:
            return self.browse()
        return self.search(
            [
                ("matiere_id", "=", matiere.id),
                ("company_id", "in", (False, company.id)),
            ],
            limit=1,
        )

    def _render_text(self, act):
        """Return the text of an act: HTML."""
        self.ensure_one()
        words = self._get_words(act.point_id, act.name, act.number)
        return self._render(words, act.point_id.note)

    def _render(self, words, note=None):
        parts = [self._paragraphs(self.visas, words)]
        if note and self.shows_note:
            parts.append(Markup(note))
        parts.append(self._paragraphs(self.considerants, words))
        decided = [line for line in self._lines(self.decision, words)]
        opening = Markup("<p>%s, après en avoir délibéré, décide :</p>")
        parts.append(opening % words["assemblee"])
        if len(decided) == 1:
            parts.append(Markup("<p>%s</p>") % decided[0])
        else:
            parts += [
                Markup("<p><strong>Article %s.</strong> %s</p>") % (rank, line)
                for rank, line in enumerate(decided, 1)
            ]
        return Markup("").join(parts)

    def _paragraphs(self, text, words):
        lines = [Markup("<p>%s</p>") % line for line in self._lines(text, words)]
        return Markup("").join(lines)

    def _lines(self, text, words):
        for line in (text or "").splitlines():
            if line.strip():
                yield self._fill(line.strip(), words)

    def _fill(self, line, words):
        """Put facts in the place of their names; what is not a name stays as it is."""
        for name in WORDS:
            line = line.replace(f"{{{name}}}", str(words.get(name) or ""))
        return line

    @api.model
    def _get_words(self, point, name, number=""):
        """Return the facts of an act: name -> words.

        :param point: mairie.point, voted on
        """
        seance, count = point.seance_id, point._get_count()
        return {
            "objet": name,
            "assemblee": with_article(seance.instance_id.name),
            "date": date_in_words(seance.date),
            "numero": number,
            "resultat": point.result or "",
            "rapporteur": point.rapporteur_id.name or "",
            "maire": seance._get_signatory(),
            "en_exercice": seance._get_in_office_count(),
            "presents": count.present_count,
            "pouvoirs": count.pouvoir_count,
            "votants": count.present_count + count.pouvoir_count,
        }
