from odoo import api, fields, models
from odoo.exceptions import AccessError

#: Only those who were invited one by one open such a questionnaire.
INVITED = "token"


class MairieSocialPost(models.Model):
    """A post may lead to a questionnaire: it is answered on its own page.

    A poll asks one question in the feed; what asks for ten minutes is a survey.
    """

    _inherit = "mairie.social.post"

    survey_id = fields.Many2one(
        "survey.survey", "Questionnaire", index="btree_not_null", copy=False
    )

    @api.model
    def get_composer(self, post_id=None):
        surveys = [
            {"id": survey.id, "name": survey.title} for survey in self._find_surveys()
        ]
        return {**super().get_composer(post_id), "surveys": surveys}

    @api.model
    def _find_surveys(self):
        """:return: questionnaires that the current user may join to a post"""
        surveys = self.env["survey.survey"]
        if not surveys.has_access("read"):
            return surveys
        return surveys.search([("access_mode", "!=", INVITED)])

    @api.model
    def _prepare_composer_vals(self, vals):
        prepared = super()._prepare_composer_vals(vals)
        if "survey_id" in vals:
            prepared["survey_id"] = vals["survey_id"] or False
        return prepared

    @api.model_create_multi
    def create(self, vals_list):
        self._check_surveys({vals.get("survey_id") for vals in vals_list})
        return super().create(vals_list)

    def write(self, vals):
        self._check_surveys({vals.get("survey_id")} - set(self.sudo().survey_id.ids))
        return super().write(vals)

    @api.model
    def _check_surveys(self, ids):
        """Refuse a questionnaire that the current user does not manage."""
        wanted = ids - {None, False}
        if wanted and not self.env.su and wanted - set(self._find_surveys().ids):
            raise AccessError(self.env._("This questionnaire is not yours to publish."))

    def _format_draft(self):
        return {**super()._format_draft(), "survey_id": self.sudo().survey_id.id}

    def _gather_card_facts(self):
        facts = super()._gather_card_facts()
        surveys = self.sudo().survey_id
        answers = surveys.env["survey.user_input"]
        facts["answered"] = (
            surveys
            and answers.search_fetch(
                [
                    ("survey_id", "in", surveys.ids),
                    ("partner_id", "=", self.env.user.partner_id.id),
                    ("state", "=", "done"),
                ],
                ["survey_id"],
            ).survey_id
        )
        return facts

    def _format_card(self, facts, whole):
        """Say where the questionnaire is, and whether the reader has answered it."""
        card = super()._format_card(facts, whole)
        survey = self.sudo().survey_id
        card["survey"] = bool(survey) and {
            "name": survey.title,
            "url": survey.get_start_url(),
            "is_open": survey.active,
            "is_answered": survey in facts["answered"],
        }
        return card
