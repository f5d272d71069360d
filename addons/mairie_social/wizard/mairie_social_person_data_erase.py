from odoo import api, models
from odoo.fields import Domain


class MairieSocialPersonData(models.TransientModel):
    """What is taken out of the hub when a person leaves it (RGPD, art. 17)."""

    _inherit = "mairie.social.person.data"

    @api.model
    def _erase_traces(self, user):
        """Hook: rows that nobody else needs are deleted, the others lose the name.

        What proves something stays as it is (RGPD, art. 17, 3, b and e): readings that
        were signed, and the logs. Votes stay too, on an account without a name: without
        them the result of a poll would change.
        """
        env, partner = self.env, user.partner_id
        by_user = [("user_id", "=", user.id)]
        for model in (
            "mairie.social.reaction",
            "mairie.social.seen",
            "mairie.social.group.member",
            "mairie.social.invitation",
            "mairie.social.push.job",
            "mairie.social.duty",
            "mairie.social.newsletter.receipt",
        ):
            env[model].sudo().search(by_user).unlink()
        env["mail.push.device"].sudo().search(
            [("partner_id", "=", partner.id)]
        ).unlink()
        env["mairie.social.report"].sudo().search(
            [*by_user, ("state", "!=", "open")]
        ).unlink()
        env["res.users.log"].sudo().search([("create_uid", "=", user.id)]).unlink()
        user.auth_passkey_key_ids.unlink()
        self._erase_mentions(partner)
        self._erase_unsigned_readings(user)
        self._erase_from_ideas(user)
        self._erase_from_thanks(user)
        env["mairie.social.registration"]._forget(user)
        env["mairie.social.page"]._rename_in_history(user, self._get_former_name())

    @api.model
    def _erase_mentions(self, partner):
        """In comments of others « @Name » becomes « @Ancien agent »."""
        former = self._get_former_name()
        messages = self.env["mail.message"].sudo()
        domain = Domain("model", "in", ("mairie.social.post", "discuss.channel"))
        domain &= Domain("body", "ilike", f"@{partner.name}")
        for message in messages.search(domain):
            message.body = message.body.replace(f"@{partner.name}", f"@{former}")

    @api.model
    def _erase_unsigned_readings(self, user):
        """A reading that was never signed proves nothing of its reader."""
        lines = self.env["mairie.social.ack.line"].sudo()
        domain = [("user_id", "=", user.id), ("ack_at", "=", False)]
        lines.search(domain).person_name = self._get_former_name()

    @api.model
    def _erase_from_ideas(self, user):
        """Their ideas live on, unsigned."""
        ideas = self.env["mairie.social.suggestion"].sudo()
        ideas.search([("author_id", "=", user.id)]).write(
            {"author_id": False, "is_anonymous": True}
        )
        former = self._get_former_name()
        ideas.search([("answered_by", "=", user.name)]).answered_by = former

    @api.model
    def _erase_from_thanks(self, user):
        """Thanks to them alone go; from thanks to several their name goes."""
        # Accounts that are closed are receivers too.
        thanks = self.env["mairie.social.kudos"].sudo().with_context(active_test=False)
        received = thanks.search([("receiver_ids", "in", user.ids)])
        alone = received.filtered(lambda one: one.receiver_ids == user)
        alone.post_id.unlink()
        alone.exists().unlink()
        former = self._get_former_name()
        for one in received.exists():
            one.receiver_ids -= user
            post = one.post_id
            post.name = (post.name or "").replace(user.name, former)

    @api.model
    def _erase_names(self, user):
        """The account stays as a number: what hangs on it keeps its meaning."""
        former = self._get_former_name()
        partner = user.partner_id
        partner.write(
            {
                "name": former,
                "email": False,
                "phone": False,
                "street": False,
                "street2": False,
                "function": False,
                "image_1920": False,
                "comment": False,
            }
        )
        user.write({"login": f"ancien-{user.id}", "signature": False})

    @api.model
    def _get_former_name(self):
        return self.env._("Former agent")
