import base64
import io
import json
import zipfile

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext


class MairieSocialPersonData(models.TransientModel):
    """What the hub holds of one person: given to them, or taken out (RGPD, art. 15, 17).

    Works from a staff number: half of the agents have no e-mail, by which Odoo's own
    tool looks people up.
    """

    _name = "mairie.social.person.data"
    _description = "Data of One Person"

    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        domain=[("share", "=", False)],
        context={"active_test": False},
    )
    is_closed = fields.Boolean("Account Closed", compute="_compute_is_closed")
    content = fields.Binary("File", readonly=True, attachment=False)
    filename = fields.Char(readonly=True)

    @api.depends("user_id")
    def _compute_is_closed(self):
        for wizard in self:
            wizard.is_closed = bool(wizard.user_id) and not wizard.user_id.active

    def action_export(self):
        """Make one file with all that this person wrote, gave and is."""
        self.ensure_one()
        self._check_may_treat()
        self._log("export")
        self.filename = f"donnees-{self.user_id.sudo().login}.zip"
        self.content = base64.b64encode(self._make_archive())
        return self._reopen()

    def action_erase(self):
        """Make the person unknown: what others need stays, without the name.

        Done twice, it changes nothing more.
        """
        self.ensure_one()
        self._check_may_treat()
        user = self.user_id.sudo()
        if user.active:
            raise UserError(self.env._("Close the account first, then erase."))
        self._log("erase")
        self._erase_traces(user)
        self._erase_names(user)
        return self._reopen()

    @api.model
    def _collect(self, user):
        """Hook: data of one person, model by model; a new model adds its own.

        :return: dict name -> list of dict of plain values
        """
        partner = user.partner_id
        env = self.env
        return {
            "identite": [
                {
                    "nom": user.name,
                    "matricule": user.login,
                    "e-mail": user.email or "",
                    "telephone": partner.phone or "",
                }
            ],
            "publications": self._read(
                env["mairie.social.post"],
                [("author_id", "=", user.id)],
                "name",
                "body",
                "state",
                "published_at",
            ),
            "commentaires": self._read(
                env["mail.message"],
                [
                    ("author_id", "=", partner.id),
                    ("model", "=", "mairie.social.post"),
                ],
                "date",
                "body",
            ),
            "messages": self._read(
                env["mail.message"],
                [("author_id", "=", partner.id), ("model", "=", "discuss.channel")],
                "date",
                "body",
            ),
            "reactions": self._read(
                env["mairie.social.reaction"],
                [("user_id", "=", user.id)],
                "post_id",
                "code",
                "create_date",
            ),
            "groupes": self._read(
                env["mairie.social.group.member"],
                [("user_id", "=", user.id)],
                "group_id",
                "role",
                "create_date",
            ),
            "signalements": self._read(
                env["mairie.social.field.report"],
                [("user_id", "=", user.id)],
                "name",
                "words",
                "state",
                "create_date",
            ),
            "lettres": self._read(
                env["mairie.social.invitation"],
                [("user_id", "=", user.id)],
                "create_date",
                "expires_at",
                "used_at",
            ),
            "appareils": self._read(
                env["mail.push.device"],
                [("partner_id", "=", partner.id)],
                "create_date",
            ),
            "connexions": self._read(
                env["res.users.log"], [("create_uid", "=", user.id)], "create_date"
            ),
        }

    @api.model
    def _read(self, model, domain, *names):
        records = model.sudo().with_context(active_test=False).search(domain)
        return [self._format(record, names) for record in records]

    @api.model
    def _format(self, record, names):
        line = {"id": record.id}
        for name in names:
            value, field = record[name], record._fields[name]
            if field.type == "html":
                value = html2plaintext(value or "")
            elif field.type == "many2one":
                value = value.display_name
            line[name] = str(value) if value else ""
        return line

    def _make_archive(self):
        """:return: bytes of a ZIP: one JSON file, and the files that the person joined"""
        user = self.user_id.sudo()
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as folder:
            text = json.dumps(self._collect(user), ensure_ascii=False, indent=1)
            folder.writestr("donnees.json", text)
            posts = self.env["mairie.social.post"].sudo()
            for post in posts.search([("author_id", "=", user.id)]):
                for file in post.attachment_ids:
                    folder.writestr(f"fichiers/{file.id}-{file.name}", file.raw or b"")
                for picture in post.picture_ids:
                    name = f"photos/{picture.id}.jpg"
                    folder.writestr(name, base64.b64decode(picture.image or b""))
        return target.getvalue()

    @api.model
    def _erase_traces(self, user):
        """Hook: rows that nobody else needs are deleted."""
        env, partner = self.env, user.partner_id
        by_user = [("user_id", "=", user.id)]
        for model in (
            "mairie.social.reaction",
            "mairie.social.seen",
            "mairie.social.group.member",
            "mairie.social.invitation",
            "mairie.social.push.job",
        ):
            env[model].sudo().search(by_user).unlink()
        env["mail.push.device"].sudo().search(
            [("partner_id", "=", partner.id)]
        ).unlink()
        env["res.users.log"].sudo().search([("create_uid", "=", user.id)]).unlink()
        user.auth_passkey_key_ids.unlink()
        self._erase_mentions(partner)

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

    def _log(self, action):
        self.env["mairie.social.data.log"].sudo().create(
            {
                "action": action,
                "number": f"{self.user_id.id}",
                "by_id": self.env.uid,
            }
        )

    def _check_may_treat(self):
        if not self.env.user.has_group("mairie_social.group_dpo"):
            raise AccessError(
                self.env._("Only the data protection officer may do this.")
            )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "name": self.env._("Data of one person"),
            "views": [[False, "form"]],
            "target": "current",
        }
