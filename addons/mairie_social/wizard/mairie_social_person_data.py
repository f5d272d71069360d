import base64
import io
import json
import zipfile

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


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

    def _log(self, action):
        self.env["mairie.social.data.log"].sudo().create(
            {
                "action": action,
                "number": f"{self.user_id.id}",
                "by_id": self.env.uid,
            }
        )

    def _check_may_treat(self):
        user = self.env.user
        elsewhere = self.user_id.sudo().company_id - self.env.companies
        if elsewhere or not user.has_group("mairie_social.group_dpo"):
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
