from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ..lib.readers import AGENTS, BOTH, ELUS, NOBODY, reader_scope

PUBLIC_KINDS = ("all", "agents", "elus")


class MairieSocialAudience(models.Model):
    """Who reads: a named set of people, worked out and then kept in a table.

    Reading the feed joins that table; nothing is written for each reader when a
    post is published. The members are brought in step whenever an agent, a service
    or a site changes, and every night.
    """

    _name = "mairie.social.audience"
    _inherit = ["bus.listener.mixin"]
    _description = "Audience"
    _order = "kind_sequence, name, id"

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    kind = fields.Selection(
        selection=[
            ("all", "Agents and elected members"),
            ("agents", "All agents"),
            ("elus", "All elected members"),
            ("service", "A service and what belongs to it"),
            ("site", "A site"),
            ("role", "A role"),
            ("manual", "A chosen list"),
        ],
        required=True,
        default="manual",
    )
    kind_sequence = fields.Integer(compute="_compute_kind_sequence", store=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one(
        "hr.department", "Service", ondelete="cascade", index="btree_not_null"
    )
    work_location_id = fields.Many2one(
        "hr.work.location", "Site", ondelete="cascade", index="btree_not_null"
    )
    role_id = fields.Many2one("res.role", ondelete="cascade")
    included_user_ids = fields.Many2many(
        "res.users", "mairie_social_audience_included", string="Also included"
    )
    excluded_user_ids = fields.Many2many(
        "res.users", "mairie_social_audience_excluded", string="Left out"
    )
    member_ids = fields.Many2many(
        "res.users",
        "mairie_social_audience_member",
        "audience_id",
        "user_id",
        string="Readers",
        readonly=True,
        copy=False,
        groups="mairie_social.group_communication,mairie_base.group_manager",
    )
    agent_count = fields.Integer(readonly=True, copy=False)
    elu_count = fields.Integer("Elected Members", readonly=True, copy=False)
    member_count = fields.Integer(
        "Number of Readers", compute="_compute_member_count", store=True
    )
    reader_scope = fields.Selection(
        [
            (AGENTS, "Agents only"),
            (ELUS, "Elected members only"),
            (BOTH, "Agents and elected members"),
            (NOBODY, "Nobody"),
        ],
        compute="_compute_member_count",
        store=True,
    )
    may_publish = fields.Boolean(
        compute="_compute_may_publish",
        search="_search_may_publish",
        export_string_translation=False,
    )
    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_mine",
        export_string_translation=False,
    )

    _service_uniq = models.UniqueIndex(
        "(department_id) WHERE kind = 'service'",
        "This service already has its audience.",
    )
    _site_uniq = models.UniqueIndex(
        "(work_location_id) WHERE kind = 'site'",
        "This site already has its audience.",
    )
    _public_uniq = models.UniqueIndex(
        "(company_id, kind) WHERE kind IN ('all', 'agents', 'elus')",
        "The commune already has this audience.",
    )
    _kind_complete = models.Constraint(
        "CHECK((kind != 'service' OR department_id IS NOT NULL)"
        " AND (kind != 'site' OR work_location_id IS NOT NULL)"
        " AND (kind != 'role' OR role_id IS NOT NULL))",
        "Say which service, which site or which role.",
    )

    @api.depends("kind", "department_id.name", "work_location_id.name", "role_id.name")
    def _compute_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for audience in self:
            source = (
                audience.department_id or audience.work_location_id or audience.role_id
            )
            if audience.kind in PUBLIC_KINDS:
                audience.name = labels[audience.kind]
            else:
                audience.name = source.name or audience.name

    @api.depends("name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for audience in self:
            is_public = audience.kind in PUBLIC_KINDS
            audience.display_name = (
                labels[audience.kind] if is_public else audience.name
            )

    @api.depends("kind")
    def _compute_kind_sequence(self):
        order = [key for key, _label in self._fields["kind"].selection]
        for audience in self:
            audience.kind_sequence = order.index(audience.kind or "manual")

    @api.depends("agent_count", "elu_count")
    def _compute_member_count(self):
        for audience in self:
            agents, elus = audience.agent_count, audience.elu_count
            audience.member_count = agents + elus
            audience.reader_scope = reader_scope(agents, elus)

    @api.depends("kind", "department_id", "work_location_id")
    @api.depends_context("uid")
    def _compute_may_publish(self):
        allowed = self.filtered_domain(self._get_publishable_domain())
        for audience in self:
            audience.may_publish = audience in allowed

    def _search_may_publish(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_publishable_domain()

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = set(self._get_ids_of_user())
        for audience in self:
            audience.is_mine = audience.id in mine

    def _search_is_mine(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("id", "in", self._get_ids_of_user())]

    @api.constrains("kind", "name")
    def _check_name(self):
        if any(not audience.name for audience in self):
            raise ValidationError(self.env._("Give this audience a name."))

    @api.model_create_multi
    def create(self, vals_list):
        audiences = super().create(vals_list)
        audiences._sync_members()
        return audiences

    def write(self, vals):
        result = super().write(vals)
        if self._get_trigger_fields() & vals.keys():
            self._sync_members()
        return result

    def _get_trigger_fields(self):
        """:return: fields whose change means to work the members out again"""
        return {
            "kind",
            "company_id",
            "department_id",
            "work_location_id",
            "role_id",
            "included_user_ids",
            "excluded_user_ids",
        }

    @api.model
    def _get_ids_of_user(self):
        """:return: ids of the audiences of the current user, read once a request"""
        user = self.env.user.sudo().with_context(active_test=True)
        return user.mairie_audience_ids.ids

    @api.model
    def _get_publishable_domain(self):
        """Audiences that the current user may publish for.

        Hook: a town that lets its contributors write to more people extends this.
        """
        user = self.env.user
        if user.has_group("mairie_social.group_communication") or user.has_group(
            "mairie_social.group_hr"
        ):
            return fields.Domain("company_id", "in", self.env.companies.ids)
        if not user.has_group("mairie_social.group_contributor"):
            return fields.Domain.FALSE
        staff = self.env["hr.employee"].sudo().search([("user_id", "=", user.id)])
        return fields.Domain("company_id", "in", self.env.companies.ids) & (
            fields.Domain("kind", "=", "service")
            & fields.Domain("department_id", "child_of", staff.department_id.ids)
            | fields.Domain("kind", "=", "site")
            & fields.Domain("work_location_id", "in", staff.work_location_id.ids)
        )

    @api.model
    def _count_readers(self, audience_ids):
        """Count the distinct people of several audiences.

        :return: dict total, agents, elus, without_email (numbers of people)
        """
        elus = self._get_elus()
        self.flush_model(["member_ids"])
        self.env["res.partner"].flush_model(["email"])
        self.env.cr.execute(
            """
            SELECT COUNT(*),
                   COUNT(*) FILTER (WHERE reader.id = ANY(%s)),
                   COUNT(*) FILTER (WHERE COALESCE(partner.email, '') = '')
              FROM res_users reader
              JOIN res_partner partner ON partner.id = reader.partner_id
             WHERE reader.id IN (
                   SELECT user_id FROM mairie_social_audience_member
                    WHERE audience_id = ANY(%s))
            """,
            [elus.ids, list(audience_ids)],
        )
        total, elu_count, without_email = self.env.cr.fetchone()
        return {
            "total": total,
            "agents": total - elu_count,
            "elus": elu_count,
            "without_email": without_email,
        }

    @api.model
    def _get_reader_ids(self, audience_ids):
        """:return: set of ids of the users in one or several audiences"""
        self.flush_model(["member_ids"])
        self.env.cr.execute(
            """
            SELECT DISTINCT user_id FROM mairie_social_audience_member
             WHERE audience_id = ANY(%s)
            """,
            [list(audience_ids)],
        )
        return {user_id for (user_id,) in self.env.cr.fetchall()}

    def _set_members(self, user_ids, elu_ids):
        """Write the members worked out for one audience, and their two counts."""
        self.ensure_one()
        self.write(
            {
                "member_ids": [Command.set(sorted(user_ids))],
                "agent_count": len(user_ids - elu_ids),
                "elu_count": len(user_ids & elu_ids),
            }
        )
