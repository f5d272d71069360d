from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

STATUSES = [
    ("never", "Never came"),
    ("letter", "Letter printed"),
    ("active", "Active"),
]


class MairieSocialAccess(models.Model):
    """« Accès et lettres »: who can come in, and who never did. One line for each account.

    It tells whether somebody ever came, not when nor how often: it is no record of
    presence.
    """

    _name = "mairie.social.access"
    _description = "Access of an Agent"
    _auto = False
    _order = "department_id, name"
    _rec_name = "name"
    _depends = {
        "res.users": ["active", "login", "share", "company_id", "partner_id"],
        "res.partner": ["name", "email"],
        "hr.employee": ["user_id", "active", "barcode", "current_version_id"],
        "hr.version": ["department_id", "work_location_id"],
        "mairie.social.invitation": ["user_id", "revoked_at", "used_at"],
    }

    user_id = fields.Many2one("res.users", readonly=True)
    name = fields.Char(readonly=True)
    number = fields.Char("Staff Number", readonly=True)
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    department_id = fields.Many2one("hr.department", "Service", readonly=True)
    work_location_id = fields.Many2one("hr.work.location", "Site", readonly=True)
    without_email = fields.Boolean("Without E-mail", readonly=True)
    printed_on = fields.Datetime("Letter Of", readonly=True)
    status = fields.Selection(STATUSES, readonly=True)
    email_state = fields.Selection(
        [("with", "By e-mail too"), ("without", "Without e-mail")],
        "E-mail",
        readonly=True,
    )
    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_mine",
        export_string_translation=False,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT users.id,
                   users.id AS user_id,
                   partner.name,
                   COALESCE(employee.barcode, users.login) AS number,
                   users.company_id,
                   version.department_id,
                   version.work_location_id,
                   COALESCE(partner.email, '') = '' AS without_email,
                   CASE WHEN COALESCE(partner.email, '') = ''
                        THEN 'without' ELSE 'with' END AS email_state,
                   letter.printed_on,
                   CASE WHEN EXISTS (SELECT 1 FROM res_users_log log
                                      WHERE log.create_uid = users.id) THEN 'active'
                        WHEN letter.printed_on IS NOT NULL THEN 'letter'
                        ELSE 'never' END AS status
              FROM res_users users
              JOIN res_partner partner ON partner.id = users.partner_id
         LEFT JOIN hr_employee employee
                ON employee.user_id = users.id AND employee.active
               AND employee.company_id = users.company_id
         LEFT JOIN hr_version version ON version.id = employee.current_version_id
         LEFT JOIN (SELECT user_id, MAX(create_date) AS printed_on
                      FROM mairie_social_invitation
                     WHERE revoked_at IS NULL AND used_at IS NULL
                  GROUP BY user_id) letter ON letter.user_id = users.id
             WHERE users.active AND NOT users.share AND users.id <> %(admin)s
            """,
            admin=self._get_technical_user_id(),
        )

    @api.model
    def _get_technical_user_id(self):
        """:return: id of the account that came with the server, nobody's own"""
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        return admin.id if admin else 0

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.search([("is_mine", "=", True)])
        for access in self:
            access.is_mine = access in mine

    def _search_is_mine(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_own_domain()

    @api.model
    def _get_own_domain(self):
        """Hook: whom an ambassador lets in; by default the own service and its parts."""
        if self.env.user.has_group("mairie_base.group_manager"):
            return Domain.TRUE
        services = self.env["mairie.social.post"]._get_own_services()
        return Domain("department_id", "child_of", services.ids)

    def action_print_letters(self):
        """Ask the browser for the PDF: the secrets exist only inside it."""
        self._check_may_let_in()
        if not self:
            raise UserError(self.env._("Choose who needs a letter first."))
        return {
            "type": "ir.actions.client",
            "tag": "mairie_social.print_letters",
            "params": {"ids": self.ids, "count": len(self)},
        }

    def action_revoke(self):
        """The letters printed before open nothing any more."""
        self._check_may_let_in()
        self.env["mairie.social.invitation"]._revoke_for(self.user_id.sudo())
        return True

    def action_lost_phone(self):
        """A telephone is lost: its key dies, every session ends, a letter is printed."""
        self._check_may_let_in()
        users = self.user_id.sudo()
        users._mairie_sign_out_everywhere()
        return self.action_print_letters()

    def _check_may_let_in(self):
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not (
            user.has_group("mairie_social.group_ambassador")
            or user.has_group("mairie_base.group_manager")
        ):
            raise AccessError(self.env._("Only an ambassador lets people in."))
        too_much = self.user_id.sudo().filtered(
            lambda other: (
                other.has_group("base.group_system")
                and not user.has_group("base.group_system")
            )
        )
        if too_much and not self.env.su:
            raise AccessError(
                self.env._("Administrators do not get in by a letter of yours.")
            )

    def _make_letters(self):
        """Renew the letters and lay them out, one PDF for each service.

        :return: list of (service name, PDF)
        """
        self._check_may_let_in()
        Invitation = self.env["mairie.social.invitation"]
        made = Invitation._renew(self.user_id.sudo())
        helper = self.env.user.partner_id.sudo()
        sheets = {
            letter["user"].id: Invitation._prepare_letter(letter, helper)
            for letter in made
        }
        report = self.env["ir.actions.report"].sudo()
        files = []
        for service, lines in self.grouped("department_id").items():
            pages = [sheets[line.user_id.id] for line in lines]
            # all sheets are in one document: it is drawn once
            pdf = report._render_qweb_pdf(
                "mairie_social.report_letters", lines[:1].ids, {"sheets": pages}
            )[0]
            files.append((service.sudo().name or self.env._("No service"), pdf))
        return files
