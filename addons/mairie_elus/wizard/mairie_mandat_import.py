import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..lib import people_file


class MairieMandatImport(models.TransientModel):
    """Council members from a spreadsheet: seen first, imported then, nothing lost."""

    _name = "mairie.mandat.import"
    _description = "Import of Members"

    mandature_id = fields.Many2one(
        "mairie.mandature",
        "Term",
        ondelete="cascade",
        default=lambda self: self.env["mairie.mandature"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        ),
    )
    term_from = fields.Date(
        "First day of the term",
        help="The day of the election: the term is opened with its first member.",
    )
    file = fields.Binary("CSV file", attachment=False)
    filename = fields.Char()
    line_ids = fields.One2many(
        "mairie.mandat.import.line",
        "import_id",
        "Lines",
        compute="_compute_line_ids",
        store=True,
    )
    file_error = fields.Char(compute="_compute_line_ids", store=True)
    ready_count = fields.Integer(compute="_compute_counts")
    error_count = fields.Integer(compute="_compute_counts")
    summary = fields.Char(compute="_compute_counts")

    @api.depends("file", "mandature_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.file_error = False
            rows = []
            try:
                rows = wizard._read_rows()[1]
            except people_file.FileError as error:
                wizard.file_error = str(error)
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(wizard._prepare_line_vals(row)) for row in rows),
            ]

    @api.depends("line_ids.state")
    @api.depends_context("lang")
    def _compute_counts(self):
        for wizard in self:
            states = wizard.line_ids.mapped("state")
            wizard.error_count = states.count("error")
            wizard.ready_count = len(states) - wizard.error_count
            wizard.summary = bool(states) and self.env._(
                "%(new)s to create, %(known)s already there, %(error)s to correct.",
                new=states.count("new"),
                known=states.count("known"),
                error=wizard.error_count,
            )

    def _read_rows(self):
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        return people_file.read(content) if content else ([], [])

    def _prepare_line_vals(self, row):
        known = self._find_mandat(row)
        errors = list(row.errors)
        state = "error" if errors else "known" if known else "new"
        return {
            "number": row.number,
            "name": row.name or self.env._("(no name)"),
            "function": row.values["function"],
            "groupe": row.values["groupe"],
            "state": state,
            "message": " ".join(errors),
        }

    def _find_mandat(self, row):
        """Return the mandate of the term that a row is about: same name, same birth."""
        name = people_file.simplify(row.name)
        born = row.values["birthdate"]
        for mandat in self.mandature_id.mandat_ids:
            same = people_file.simplify(mandat.partner_id.name or "") == name
            if same and (not born or not mandat.birthdate or mandat.birthdate == born):
                return mandat
        return self.env["mairie.mandat"]

    def _check_file(self):
        if self.file_error:
            raise UserError(self.file_error)

    def action_import(self):
        """Create what is right; the rest stays on screen and in the file to mend."""
        self.ensure_one()
        self._check_file()
        rows = [row for row in self._read_rows()[1] if not row.errors]
        if not rows:
            raise UserError(self.env._("No line can be imported yet."))
        self._ensure_mandature()
        for row in rows:
            mandat = self._find_mandat(row)
            if mandat:
                self._complete(mandat, row)
            else:
                self._create_mandat(row)
        if self.error_count:
            return self._reopen()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_elus.mairie_mandat_action"
        )

    def _ensure_mandature(self):
        """Open the term, in a town that has none yet."""
        if self.mandature_id:
            return
        if not self.term_from:
            raise UserError(self.env._("Choose a term, or give the first day of one."))
        self.mandature_id = self.env["mairie.mandature"].create(
            self._prepare_mandature_vals()
        )
        self._ensure_council()

    def _ensure_council(self):
        """The assembly that these members sit in: a new town finds it made."""
        instances = self.env["mairie.instance"]
        if not instances._find_council():
            names = dict(instances._fields["kind"]._description_selection(self.env))
            instances.create({"name": names["council"], "kind": "council"})

    def _prepare_mandature_vals(self):
        # Its last year is not ours to guess: a law may prolong a term.
        return {
            "name": self.env._("Term begun in %s", self.term_from.year),
            "date_from": self.term_from,
        }

    def _reopen(self):
        """Read the file again: what has just been imported now shows as there."""
        self.line_ids.unlink()
        self._compute_line_ids()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import members"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_download_errors(self):
        """Download the lines to correct, with what is wrong in a last column."""
        self.ensure_one()
        self._check_file()
        header, rows = self._read_rows()
        content = people_file.write_back(header, [row for row in rows if row.errors])
        attachment = self.env["ir.attachment"].create(
            {
                "name": "elus-a-corriger.csv",
                "datas": base64.b64encode(content),
                "mimetype": "text/csv",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=1",
            "target": "download",
        }

    def _create_mandat(self, row):
        values = row.values
        partner = self.env["res.partner"].create(
            {
                "name": row.name,
                "email": values["email"] or False,
                "phone": values["phone"] or False,
            }
        )
        vals = self._prepare_mandat_vals(row)
        return self.env["mairie.mandat"].create({**vals, "partner_id": partner.id})

    def _complete(self, mandat, row):
        """Fill what is empty of a known mandate: nothing known is overwritten."""
        vals = self._prepare_mandat_vals(row)
        mandat.write(
            {name: value for name, value in vals.items() if value and not mandat[name]}
        )

    def _prepare_mandat_vals(self, row):
        """Return the mandate that a row describes. Hook: more columns of a town."""
        values = row.values
        term = self.mandature_id
        start = values["date_from"] or term.date_from
        return {
            "mandature_id": term.id,
            "civility": values["civility"],
            "function": values["function"],
            "function_rank": values["function_rank"],
            "delegation": values["delegation"] or False,
            "groupe_id": self._get_groupe(values["groupe"]).id,
            "date_from": start,
            "election_date": values["election_date"] or start,
            "votes": values["votes"],
            "birthdate": values["birthdate"],
            "channel": values["channel"],
            "paper_address": values["paper_address"] or False,
        }

    def _get_groupe(self, name):
        """Return the group of that name, made when the town has none."""
        Groupe = self.env["mairie.groupe"]
        if not name:
            return Groupe
        company = self.mandature_id.company_id
        known = Groupe.search([("company_id", "=", company.id)])
        wanted = people_file.simplify(name)
        for groupe in known:
            names = (groupe.name, groupe.short_name or "")
            if wanted in map(people_file.simplify, names):
                return groupe
        return Groupe.create(
            {
                "name": name,
                "company_id": company.id,
                "mandature_id": self.mandature_id.id,
            }
        )
