"""What citizens read of procedures, in each language that the town speaks."""

from odoo import api, models

from .ready_made import get_ready_made_words
from .wording import in_town_language


class MairieRdvDemarche(models.Model):
    _inherit = "mairie.rdv.demarche"

    @api.model
    def _translate_ready_made(self, codes):
        """Give ready-made procedures their words in other languages of the town.

        Only where the words are still those that came with them: what the town hall
        wrote or translated itself is its own.

        :param codes: languages, as "en_US"
        """
        every = self.with_context(active_test=False)
        for demarche in every.search([("model_key", "!=", False)]):
            town = in_town_language(demarche, demarche.company_id)
            for code in {*codes} - {town.env.lang or "en_US"}:
                town._translate_known_words(code)

    def _translate_known_words(self, code):
        """Write in a language what is known of it; ``self`` speaks the town's."""
        self.ensure_one()
        known = get_ready_made_words(self.env, code)
        for record in (self, *self.question_ids):
            for name in {"name", "description", "hint"} & {*record._fields}:
                _translate_text(record, name, code, known)
        _translate_pieces(self, code, known)


def _translate_text(record, name, code, known):
    text, other = record[name], record.with_context(lang=code)[name]
    if text in known and other == text:
        # Both at once: where only one is stored it stands for the other as well.
        words = {record.env.lang or "en_US": text, code: known[text]}
        record.update_field_translations(name, words)


def _translate_pieces(demarche, code, known):
    own = demarche.env.lang or "en_US"
    read = demarche._fields["pieces"].get_trans_terms
    terms = read(demarche.pieces or "")
    others = read(demarche.with_context(lang=code).pieces or "")
    words = {
        term: known[term]
        for term, other in zip(terms, others, strict=False)
        if term in known and other == term
    }
    if words:
        same = {term: term for term in terms}
        demarche.update_field_translations(
            "pieces", {own: same, code: words}, source_lang=own
        )
