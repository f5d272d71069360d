import json

from odoo import api, fields, models

from ..lib.seal import GENESIS, canonical, grouped, seal


class MairieElusJournal(models.Model):
    """What was voted, signed, sent and put online: one chain for each commune."""

    _name = "mairie.elus.journal"
    _description = "Sealed Journal of the Assemblies"
    _inherit = ["mairie.sealed.mixin"]
    _order = "company_id, number desc"
    _rec_name = "subject"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, ondelete="restrict", index=True
    )
    number = fields.Integer("Line", required=True)
    kind = fields.Selection(
        [
            ("header", "Beginning"),
            ("vote", "Vote"),
            ("names", "Names of a vote"),
            ("installed", "Function taken up"),
            ("uninstalled", "Function taken back"),
            ("numbered", "Numbered"),
            ("signed", "Signed"),
            ("published", "Went online"),
            ("posted", "Posted"),
            ("replaced", "Copy replaced"),
            ("withdrawn", "Taken offline"),
            ("sent", "Sent to the préfecture"),
            ("received", "Received at the préfecture"),
            ("refused", "Refused"),
            ("approved", "Minutes approved"),
            ("eliminated", "Eliminated"),
        ],
        required=True,
    )
    subject = fields.Char(required=True)
    occurred_at = fields.Datetime("Date and hour", required=True)
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")
    facts = fields.Text("Sealed facts", required=True)
    seal = fields.Char(required=True)

    _number_unique = models.Constraint(
        "UNIQUE (company_id, number)", "This line is written already."
    )

    @api.model
    def _append(self, company, kind, subject, details):
        """Add a line to the chain of a commune.

        :param subject: what it is about, in words that outlive this database
        :param details: JSON values: no identifier of this database
        """
        journal, company = self.sudo(), company.sudo()
        if not company.mairie_journal_number:
            journal._append_one(company, "header", company.name, self._head(company))
        return journal._append_one(company, kind, subject, details)

    def _append_one(self, company, kind, subject, details):
        """Write one line; the head of the chain is a row that is written.

        Two lines at once: PostgreSQL refuses the second, and Odoo starts it again.
        """
        number = company.mairie_journal_number + 1
        now = fields.Datetime.now()
        facts = canonical(
            {
                "number": number,
                "kind": kind,
                "subject": subject,
                "at": fields.Datetime.to_string(now),
                "by": self.env.user.name,
                "details": details,
            }
        )
        sealed = seal(facts, company.mairie_journal_seal or GENESIS)
        company.write({"mairie_journal_number": number, "mairie_journal_seal": sealed})
        company.flush_recordset()
        return self.create(
            {
                "company_id": company.id,
                "number": number,
                "kind": kind,
                "subject": subject,
                "occurred_at": now,
                "user_id": self.env.uid,
                "facts": facts,
                "seal": sealed,
            }
        )

    @api.model
    def _head(self, company):
        return {"town": company.name, "siret": company.mairie_siret or ""}

    @api.model
    def _get_chain(self, company):
        return self.sudo().search([("company_id", "=", company.id)], order="number")

    @api.model
    def _get_faults(self, company):
        """Check the chain of a commune: seals, numbers, columns, end.

        :return: list of (number of the line, what is wrong), empty when all holds
        """
        faults, previous = [], GENESIS
        chain = self._get_chain(company)
        for rank, line in enumerate(chain, 1):
            if line.number != rank:
                faults.append((rank, "number"))
            if seal(line.facts, previous) != line.seal:
                faults.append((rank, "seal"))
            elif not line._says_the_same():
                faults.append((rank, "columns"))
            previous = line.seal
        head = company.sudo()
        if (head.mairie_journal_number, head.mairie_journal_seal or GENESIS) != (
            len(chain),
            previous,
        ):
            faults.append((len(chain) + 1, "end"))
        return faults

    def _says_the_same(self):
        """Tell whether the columns repeat the sealed facts."""
        facts = json.loads(self.facts)
        return (facts["number"], facts["kind"], facts["subject"], facts["at"]) == (
            self.number,
            self.kind,
            self.subject,
            fields.Datetime.to_string(self.occurred_at),
        )

    @api.model
    def _get_anchor(self, company):
        """Return what documents print of the chain: (number of lines, grouped seal)."""
        head = company.sudo()
        if not head.mairie_journal_number:
            return 0, ""
        return head.mairie_journal_number, grouped(head.mairie_journal_seal)

    @api.model
    def action_verify(self):
        """Compute every seal again, and say what is found."""
        self.check_access("read")
        company = self.env.company
        faults = self._get_faults(company)
        if faults:
            text = self.env._(
                "Altered: line %(line)s, then nothing after it is proved.",
                line=faults[0][0],
            )
        else:
            text = self.env._(
                "Intact: %s lines, each sealed on the one before.",
                company.sudo().mairie_journal_number,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": text,
                "type": "danger" if faults else "success",
                "sticky": bool(faults),
            },
        }

    @api.model
    def action_export(self):
        """Download the proof: the chain, and the program that verifies it."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": "/elus/preuve.zip",
            "target": "download",
        }
