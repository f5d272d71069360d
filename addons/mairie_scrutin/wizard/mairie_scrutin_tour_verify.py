from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.journal_chain import Anchor, read_back


class MairieScrutinTourVerify(models.TransientModel):
    """Read the journal again from its first line, against the printed fingerprints."""

    _name = "mairie.scrutin.tour.verify"
    _description = "Verify the Journal"

    tour_id = fields.Many2one(
        "mairie.scrutin.tour",
        "Round",
        required=True,
        default=lambda self: self._get_default_tour(),
    )
    printed_count = fields.Integer(
        "Lines, as Printed", help="Written on the sheet or in the e-mail."
    )
    printed_hash = fields.Char(
        "Fingerprint, as Printed", help="64 signs; spaces do not matter."
    )
    verdict = fields.Char(readonly=True)
    is_intact = fields.Boolean(readonly=True)
    fingerprint = fields.Char(readonly=True)
    line_count = fields.Integer("Lines", readonly=True)
    fault_text = fields.Text("What Does Not Hold", readonly=True)
    checked = fields.Boolean(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards.tour_id._check_supervisor()
        return wizards

    @api.model
    def _get_default_tour(self):
        """The last round that has begun."""
        begun = [("state", "!=", "preparation")]
        return self.env["mairie.scrutin.tour"].search(begun, limit=1)

    def action_verify(self):
        """Say whether all is intact; the journal keeps that it was verified."""
        self.ensure_one()
        self.tour_id._check_supervisor()
        tour = self.tour_id.sudo()
        fingerprint, faults = tour._check_integrity(self._get_anchors())
        self.write(
            {
                "checked": True,
                "is_intact": not faults,
                "line_count": fingerprint["count"],
                "fingerprint": fingerprint["grouped"],
                "verdict": self._get_verdict(fingerprint, faults),
                "fault_text": "\n".join(
                    tour._get_faulty_sentence(fault) for fault in faults[:50]
                ),
            }
        )
        self.tour_id._log("verification", self.verdict)
        return self._reload()

    def _get_anchors(self):
        if not self.printed_hash and not self.printed_count:
            return []
        hash_ = read_back(self.printed_hash)
        if not hash_ or self.printed_count < 1:
            raise UserError(
                self.env._(
                    "A fingerprint is 64 signs, from 0 to 9 and from A to F, with the "
                    "number of lines printed beside it. Copy both from the sheet."
                )
            )
        return [Anchor(self.printed_count, hash_)]

    def _get_verdict(self, fingerprint, faults):
        count = self.env["mairie.scrutin.tour"]._format_int(fingerprint["count"])
        values = {"count": count, "short": fingerprint["short"]}
        if not faults:
            return self.env._(
                "Journal intact: %(count)s lines, fingerprint %(short)s.", **values
            )
        return self.env._(
            "Journal altered: %(faults)s faults in %(count)s lines, the first at line "
            "%(first)s.",
            faults=len(faults),
            first=faults[0].seq + 1,
            count=count,
        )

    def action_print(self):
        self.ensure_one()
        return self.tour_id.action_print_fingerprint()

    def action_bundle(self):
        self.ensure_one()
        return self.tour_id.action_bundle()

    def _reload(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_verify_action"
        )
        return dict(action, res_id=self.id)
