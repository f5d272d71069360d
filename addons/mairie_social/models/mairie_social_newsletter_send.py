from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools import hash_sign

UNSUBSCRIBE_SCOPE = "mairie_social.newsletter"
PLACE = "mairie-lettre-moins"


class MairieSocialNewsletter(models.Model):
    """A letter leaves once: as a post, by e-mail, and as a sheet for the boards."""

    _inherit = "mairie.social.newsletter"

    def action_send(self):
        """Publish, queue the e-mails and join the sheet. Twice does nothing more.

        :raise UserError: already sent, empty, or carries what not all may read
        """
        self.ensure_one()
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state"])
        self._check_sendable()
        self.post_id = self.env["mairie.social.post"].create(self._prepare_post_vals())
        self._join_sheet()
        self.post_id.action_publish()
        self._queue_mails()
        self.write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "sender_id": self.env.uid,
            }
        )
        return True

    def action_send_test(self):
        """Send the e-mail to oneself alone."""
        self.ensure_one()
        self.check_access("write")
        user = self.env.user
        if not user.email:
            raise UserError(self.env._("Your account has no e-mail: nothing is sent."))
        self.env["mail.mail"].sudo().create(self._prepare_mails(user))
        self._wake_mail_queue()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("A test leaves for %s.", user.email),
            },
        }

    def action_open_post(self):
        self.ensure_one()
        return self.post_id._get_records_action()

    def action_open_receipts(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("E-mails of this letter"),
            "res_model": "mairie.social.newsletter.receipt",
            "views": [[False, "list"], [False, "kanban"]],
            "domain": [("newsletter_id", "=", self.id)],
        }

    def _check_sendable(self):
        if self.state == "sent":
            raise UserError(self.env._("This letter was already sent."))
        if not self.line_ids:
            raise UserError(self.env._("Choose at least one post."))
        if not self._get_receiver_ids():
            raise UserError(self.env._("Choose who will read."))
        misfits = self._get_misfits()
        if misfits:
            raise UserError(
                self.env._(
                    "Not every receiver may read: %s. Take these posts out, or write to"
                    " fewer people.",
                    ", ".join(misfits.sudo().post_id.mapped("name")),
                )
            )

    def _prepare_post_vals(self):
        """Hook: the post that carries the letter in the feed."""
        return {
            "name": self.name,
            "body": self._render("mairie_social.newsletter_body"),
            "kind": "letter",
            "company_id": self.company_id.id,
            "audience_ids": [Command.set(self.audience_ids.ids)],
        }

    def _join_sheet(self):
        """Join the sheet to the post: whoever reads it may print it."""
        pdf = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("mairie_social.report_newsletter", self.ids)[0]
        )
        self.post_id.attachment_ids = self.env["ir.attachment"].create(
            {
                "name": f"{self.name}.pdf".replace("/", "-"),
                "raw": pdf,
                "mimetype": "application/pdf",
                "res_model": self.post_id._name,
                "res_id": self.post_id.id,
            }
        )

    def _get_sheet_qr(self):
        """:return: ``data:`` address of the code: this letter, else the home page"""
        self.ensure_one()
        if self.post_id:
            return self.post_id._get_sheet_qr()
        home = f"{self.get_base_url()}/odoo/accueil"
        return self.env["mairie.social.invitation"]._draw_qr(home)

    def _get_mailed_users(self):
        """:return: receivers with an address who did not ask to be left alone, sudoed"""
        self.ensure_one()
        users = self.env["res.users"].sudo().browse(self._get_receiver_ids())
        return users.filtered(
            lambda user: user.active and user.email and user.mairie_newsletter_mail
        )

    def _queue_mails(self):
        """One e-mail and one receipt each; Odoo's own queue sends them."""
        users = self._get_mailed_users()
        mails = self.env["mail.mail"].sudo().create(self._prepare_mails(users))
        self.env["mairie.social.newsletter.receipt"].sudo().create(
            [
                {"newsletter_id": self.id, "user_id": user.id, "mail_id": mail.id}
                for user, mail in zip(users, mails, strict=True)
            ]
        )
        self._wake_mail_queue()

    def _prepare_mails(self, users):
        """Hook: values of the e-mails, one for each of ``users``.

        The text is drawn once; only the address to receive fewer e-mails differs.
        """
        town = self.company_id.sudo()
        subject = self.env._("%(town)s: %(letter)s", town=town.name, letter=self.name)
        body = self._render("mairie_social.newsletter_mail", less_url=PLACE)
        sender = town.email_formatted or self.env.user.email_formatted
        return [
            {
                "subject": subject,
                "body_html": body.replace(PLACE, url),
                "email_from": sender,
                "reply_to": self.env.user.email_formatted or sender,
                "recipient_ids": [Command.set(user.partner_id.ids)],
                "headers": repr({"List-Unsubscribe": f"<{url}>"}),
            }
            for user, url in ((user, self._get_less_url(user)) for user in users)
        ]

    def _get_less_url(self, user):
        """:return: signed address where ``user`` says that the feed is enough"""
        token = hash_sign(self.env(su=True), UNSUBSCRIBE_SCOPE, [user.id])
        return f"{self.get_base_url()}/lettre-interne/moins/{token}"

    def _wake_mail_queue(self):
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
