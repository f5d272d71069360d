from markupsafe import Markup, escape
from odoo import api, fields, models


class MairieSocialTemplate(models.Model):
    """A text that a town hall needs once: a message of the launch, a charter, a notice.

    It is French and a draft: whoever takes it makes a post of it, and puts it into the
    words of the town before anybody reads.
    """

    _name = "mairie.social.template"
    _description = "Text Ready to Adapt"
    _order = "sequence, id"

    name = fields.Char("Title", required=True, size=160)
    sequence = fields.Integer(default=10)
    moment = fields.Char("When", help="When it is published, and for whom.")
    kind = fields.Selection(
        [("news", "News"), ("service_note", "Service note")],
        required=True,
        default="news",
    )
    must_read = fields.Boolean("Mandatory Reading")
    body = fields.Html(
        "Text",
        sanitize_style=True,
        strip_style=True,
        strip_classes=True,
        help="{ville}, {ambassadeur}, {contact_dpo}, {heures} and {durees} are filled in.",
    )

    def action_make_post(self):
        """Open a draft with these words, for whoever may publish."""
        self.ensure_one()
        self.check_access("read")
        Post = self.env["mairie.social.post"]
        post_id = Post.save_draft(None, self._prepare_post_vals(), unfinished=False)
        return Post.browse(post_id)._get_records_action()

    def _prepare_post_vals(self):
        """Hook: what the draft takes over."""
        body = self.body or Markup()
        for key, value in self._get_words().items():
            body = body.replace(f"{{{key}}}", value)
        return {
            "name": self.name.replace("{ville}", self.env.company.name),
            "body": body,
            "kind": self.kind,
            "must_read": self.must_read,
        }

    @api.model
    def _get_words(self):
        """Hook: what stands between braces in a text.

        :return: name -> Markup
        """
        company = self.env.company.sudo()
        ambassador = company._get_mairie_ambassador()
        return {
            "ville": escape(company.name),
            "ambassadeur": escape(ambassador.name or "…"),
            "contact_dpo": escape(company.mairie_dpo_email or "…"),
            "heures": escape(company._get_mairie_quiet_sentence()),
            "durees": self._get_durations(),
        }

    @api.model
    def _get_durations(self):
        """:return: Markup, a list of how long each thing is kept"""
        rules = self.env["mairie.social.retention"].sudo().search([("months", ">", 0)])
        labels = dict(rules._fields["content"]._description_selection(self.env))
        lines = [
            Markup("<li>%s</li>")
            % self.env._(
                "%(what)s: %(months)s months",
                what=labels[rule.content],
                months=rule.months,
            )
            for rule in rules
        ]
        return Markup("<ul>%s</ul>") % Markup().join(lines)
