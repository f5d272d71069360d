import base64

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..lib.agents_csv import (
    NO_NAME,
    NO_NUMBER,
    TWICE,
    HeadError,
    NotTextError,
    plain,
    read_agents,
)

MAX_BYTES = 2 * 1024 * 1024


class MairieSocialImport(models.TransientModel):
    """Agents from a spreadsheet: read, look, correct, create. No e-mail is sent."""

    _name = "mairie.social.import"
    _description = "Import of Agents"

    content = fields.Binary("File", attachment=False)
    filename = fields.Char()
    line_ids = fields.One2many("mairie.social.import.line", "import_id", "Agents")
    ready_count = fields.Integer("Ready", compute="_compute_counts")
    known_count = fields.Integer("Already There", compute="_compute_counts")
    error_count = fields.Integer("To Correct", compute="_compute_counts")
    done_count = fields.Integer("Created", readonly=True)
    unknown_places = fields.Char(
        compute="_compute_unknown_places", export_string_translation=False
    )

    @api.depends("filename")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = wizard.filename or self.env._("Import of Agents")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        for wizard in self:
            states = wizard.line_ids.mapped("state")
            wizard.ready_count = states.count("new")
            wizard.known_count = states.count("known")
            wizard.error_count = states.count("error")

    @api.depends("line_ids.state", "line_ids.service", "line_ids.site")
    def _compute_unknown_places(self):
        for wizard in self:
            services, sites = wizard._get_unknown_places()
            wizard.unknown_places = ", ".join(services + sites)

    def action_read(self):
        """Read the file and show each line with what will become of it."""
        self.ensure_one()
        self._check_may_import()
        content = base64.b64decode(self.content or b"")
        if not content or len(content) > MAX_BYTES:
            raise UserError(self.env._("Choose a CSV file of 2 MB at most."))
        try:
            rows = read_agents(content)
        except NotTextError as error:
            raise UserError(
                self.env._(
                    "This file is no CSV. In your spreadsheet choose « Save as », then"
                    " « CSV », and load that file."
                )
            ) from error
        except HeadError as error:
            raise UserError(
                self.env._(
                    "The first line must name the columns: at least « Matricule » and"
                    " « Nom ». Read: %s",
                    ", ".join(error.args[0]) or "–",
                )
            ) from error
        if not rows:
            raise UserError(self.env._("This file names its columns, but no agent."))
        self.line_ids = [Command.clear()] + [
            Command.create(self._prepare_line_vals(row)) for row in rows
        ]
        return self._reopen()

    def action_create(self):
        """Create the accounts of the lines that are ready; the others stay to correct."""
        self.ensure_one()
        self._check_may_import()
        ready = self.line_ids.filtered(lambda line: line.state == "new")
        if not ready:
            raise UserError(self.env._("No line is ready."))
        ready._create_agents()
        self.done_count += len(ready)
        ready.unlink()
        return self._reopen()

    def action_create_places(self):
        """Found the services and sites that the file names and nobody knows yet."""
        self.ensure_one()
        self._check_may_import()
        services, sites = self._get_unknown_places()
        company = self.env.company
        self.env["hr.department"].sudo().create(
            [{"name": name, "company_id": company.id} for name in services]
        )
        self.env["hr.work.location"].sudo().create(
            [self._prepare_site_vals(name, company) for name in sites]
        )
        self.line_ids._compute_state()
        return self._reopen()

    def _prepare_site_vals(self, name, company):
        return {
            "name": name,
            "company_id": company.id,
            "address_id": company.sudo().partner_id.id,
            "location_type": "office",
        }

    def _get_unknown_places(self):
        """:return: names of services, names of sites, each once as first written"""
        known = self.line_ids._get_places("hr.department", "hr.work.location")
        unknown = [{}, {}]
        for line in self.line_ids:
            for kind, name in enumerate((line.service, line.site)):
                if name and plain(name) not in known[kind]:
                    unknown[kind].setdefault(plain(name), name.strip())
        return [list(names.values()) for names in unknown]

    def action_open_accesses(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_social.mairie_social_access_action"
        )

    def _prepare_line_vals(self, row):
        return {
            "line": row.line,
            "number": row.number,
            "name": row.name,
            "service": row.service,
            "site": row.site,
            "job": row.job,
            "phone": row.phone,
            "email": row.email,
            "is_twice": TWICE in row.errors,
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "name": self.env._("Import agents"),
            "views": [[False, "form"]],
            "target": "current",
        }

    def _check_may_import(self):
        if not self.env.user.has_group("mairie_base.group_manager"):
            raise AccessError(self.env._("Only a manager imports agents."))


class MairieSocialImportLine(models.TransientModel):
    """One line of the file, and what will become of it; corrected in place."""

    _name = "mairie.social.import.line"
    _description = "Line of an Import of Agents"
    _order = "state desc, line"

    import_id = fields.Many2one(
        "mairie.social.import", required=True, ondelete="cascade"
    )
    line = fields.Integer(readonly=True)
    number = fields.Char("Staff Number")
    name = fields.Char()
    service = fields.Char()
    site = fields.Char()
    job = fields.Char()
    phone = fields.Char("Telephone")
    email = fields.Char("E-mail")
    is_twice = fields.Boolean(export_string_translation=False)
    state = fields.Selection(
        [("error", "To correct"), ("known", "Already there"), ("new", "Ready")],
        compute="_compute_state",
        store=True,
    )
    message = fields.Char("What Will Happen", compute="_compute_state", store=True)

    @api.depends("number", "name", "service", "site", "phone", "is_twice")
    def _compute_state(self):
        services, sites = self._get_places("hr.department", "hr.work.location")
        known = self._get_known_numbers()
        for line in self:
            number = (line.number or "").strip()
            problems = line._get_problems(services, sites)
            if problems:
                line.state, line.message = "error", " ".join(problems)
            elif number in known:
                line.state = "known"
                line.message = self.env._("Has an account already: nothing changes.")
            else:
                line.state = "new"
                line.message = line._describe(services, sites)

    def _get_problems(self, services, sites):
        """:return: list of sentences, empty when the line is ready"""
        problems = []
        codes = {NO_NUMBER: not (self.number or "").strip(), TWICE: self.is_twice}
        codes[NO_NAME] = not (self.name or "").strip()
        words = {
            NO_NUMBER: self.env._("The staff number is missing."),
            NO_NAME: self.env._("The name is missing."),
            TWICE: self.env._("This number stands twice in the file."),
        }
        problems += [words[code] for code, is_wrong in codes.items() if is_wrong]
        if self.service and plain(self.service) not in services:
            problems.append(self.env._("The service « %s » is unknown.", self.service))
        if self.site and plain(self.site) not in sites:
            problems.append(self.env._("The site « %s » is unknown.", self.site))
        return problems

    def _describe(self, services, sites):
        place = services.get(plain(self.service or ""))
        where = place.name if place else self.env._("no service")
        return self.env._("A new account, %s.", where)

    @api.model
    def _get_places(self, *models_):
        """:return: for each model, name without accents -> record, sudoed"""
        domain = Domain("company_id", "in", [self.env.company.id, False])
        return [
            {
                plain(record.name): record
                for record in self.env[model].sudo().search(domain)
            }
            for model in models_
        ]

    def _get_known_numbers(self):
        numbers = [number for number in self.mapped("number") if number]
        users = self.env["res.users"].sudo().with_context(active_test=False)
        staff = self.env["hr.employee"].sudo()
        logins = users.search([("login", "in", numbers)]).mapped("login")
        barcodes = staff.search(
            [
                *[("barcode", "in", numbers), "|", ("user_id", "!=", False)],
                ("company_id", "!=", self.env.company.id),  # not theirs to take
            ]
        ).mapped("barcode")
        return set(logins) | set(barcodes)

    def _create_agents(self):
        """Create users and employees, all in one go; nobody is written to."""
        Users = self.env["res.users"].sudo()
        quiet = Users.with_context(no_reset_password=True, mail_create_nolog=True)
        users = quiet.create([line._prepare_user_vals() for line in self])
        services, sites = self._get_places("hr.department", "hr.work.location")
        staff = self.env["hr.employee"].sudo()
        known = {
            record.barcode: record
            for record in staff.search(
                [
                    ("barcode", "in", self.mapped("number")),
                    ("company_id", "=", self.env.company.id),
                ]
            )
        }
        missing = []
        for line, user in zip(self, users, strict=True):
            vals = line._prepare_employee_vals(user, services, sites)
            if line.number in known:
                known[line.number].user_id = user
            else:
                missing.append(vals)
        staff.with_context(mail_create_nolog=True).create(missing)
        return users

    def _prepare_user_vals(self):
        agent = self.env.ref("mairie_base.group_agent")
        return {
            "name": self.name.strip(),
            "login": self.number.strip(),
            "email": (self.email or "").strip() or False,
            "phone": (self.phone or "").strip() or False,
            "lang": "fr_FR" if self._has_french() else self.env.lang,
            "tz": self.env.company.mairie_tz,
            "company_id": self.env.company.id,
            "company_ids": [Command.set(self.env.company.ids)],
            "group_ids": [Command.set(agent.ids)],
            "notification_type": "inbox",
        }

    def _has_french(self):
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return "fr_FR" in codes

    def _prepare_employee_vals(self, user, services, sites):
        place = services.get(plain(self.service or ""))
        site = sites.get(plain(self.site or ""))
        return {
            "name": user.name,
            "user_id": user.id,
            "company_id": self.env.company.id,
            "barcode": self.number.strip(),
            "job_title": self.job or False,
            "mobile_phone": self.phone or False,
            "department_id": place.id if place else False,
            "work_location_id": site.id if site else False,
            "tz": self.env.company.mairie_tz,
        }
