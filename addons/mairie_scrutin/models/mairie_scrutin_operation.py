from odoo import fields, models
from odoo.tools import SQL

CLAIM = """
INSERT INTO mairie_scrutin_operation
    (uuid, device_id, company_id, kind, seq, sent_at, create_date, write_date)
VALUES (%s, %s, %s, %s, %s, %s, now() at time zone 'utc', now() at time zone 'utc')
ON CONFLICT (uuid) DO NOTHING RETURNING id
"""


class MairieScrutinOperation(models.Model):
    """One sending of a phone and the answer it got: the same again, the same answer."""

    _name = "mairie.scrutin.operation"
    _description = "Sending of a Phone"
    _order = "id desc"
    _rec_name = "kind"

    uuid = fields.Char(required=True, export_string_translation=False)
    device_id = fields.Many2one(
        "mairie.scrutin.device", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="device_id.company_id", store=True)
    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour", "Station", ondelete="restrict"
    )
    kind = fields.Char(required=True)
    seq = fields.Integer("Number")
    sent_at = fields.Datetime("Clock of the Phone")
    answer = fields.Json(export_string_translation=False)

    _uuid_uniq = models.Constraint("UNIQUE(uuid)", "This sending was already received.")

    def _find(self, uuid):
        """The row of this sending if it was already received."""
        return self.search_fetch([("uuid", "=", uuid)], ["device_id", "answer"])

    def _claim(self, uuid, device, kind, seq, sent_at):
        """Return a new row for this sending.

        Two requests with one uuid: PostgreSQL makes the second wait, then fail as a
        conflict that Odoo retries; the retry finds the answer of the first.
        """
        company = device.company_id.id
        self.env.cr.execute(SQL(CLAIM, uuid, device.id, company, kind, seq, sent_at))
        return self.browse(self.env.cr.fetchone()[0])
