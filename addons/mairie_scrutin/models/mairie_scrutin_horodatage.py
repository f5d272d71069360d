from odoo import api, fields, models


class MairieScrutinHorodatage(models.Model):
    """A time stamp of the journal, asked from an authority (RFC 3161).

    The proclamation never waits for it. What is stamped is the journal as it is when the
    authority is asked; only the digest of its fingerprint leaves, no figure.
    """

    _name = "mairie.scrutin.horodatage"
    _description = "Time Stamp of the Journal"
    _inherit = ["mairie.time.stamp.mixin"]
    _rec_name = "tour_id"

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="tour_id.company_id", store=True, required=False, ondelete="set null"
    )
    count = fields.Integer("Lines")
    text = fields.Char(required=False)

    def _get_tsa(self):
        scrutin = self.tour_id.scrutin_id
        return scrutin.tsa_url, scrutin.tsa_certificate

    def _get_text(self):
        mark = self.tour_id._get_fingerprint()
        return f"{mark['count']}\n{mark['grouped']}\n"

    def _prepare_done_vals(self, text, stamp, answer):
        vals = super()._prepare_done_vals(text, stamp, answer)
        return {**vals, "count": int(text.partition("\n")[0])}

    def _send(self):
        result = super()._send()
        if self.state == "done":
            self.tour_id._log("time_stamp", f"{self.moment:%Y-%m-%d %H:%M:%S} UTC")
        return result

    def _get_failure(self, error):
        if getattr(error, "code", None) == "authority":
            return self.env._(
                "Signed by somebody else than the authority of the election."
            )
        return super()._get_failure(error)

    def _get_stamp_name(self):
        return f"horodatage-{self.count}"


# One file for the time stamps, whichever model asks for them.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutin(models.Model):
    _inherit = "mairie.scrutin"

    tsa_url = fields.Char(
        "Time Stamp Authority",
        groups="mairie_scrutin.group_admin",
        help="Address of an authority of RFC 3161. At the proclamation it signs the "
        "fingerprint of the journal with the hour. Empty: no time stamp.",
    )
    tsa_certificate = fields.Text(
        "Certificates of the Authority",
        groups="mairie_scrutin.group_admin",
        help="PEM text. Empty: the signature is checked, not who signs.",
    )

    @api.constrains("tsa_url", "tsa_certificate")
    def _check_time_stamp_authority(self):
        stamps = self.env["mairie.scrutin.horodatage"]
        for scrutin in self.sudo():
            stamps._check_tsa(scrutin.tsa_url, scrutin.tsa_certificate)


class MairieScrutinTour(models.Model):
    _inherit = "mairie.scrutin.tour"

    horodatage_ids = fields.One2many(
        "mairie.scrutin.horodatage",
        "tour_id",
        "Time Stamps",
        groups="mairie_scrutin.group_superviseur",
    )

    def action_proclaim(self):
        result = super().action_proclaim()
        self.sudo()._ask_time_stamp()
        return result

    def _ask_time_stamp(self):
        """Queue a time stamp; the cron asks for it once all of this is committed."""
        for tour in self.filtered("scrutin_id.tsa_url"):
            if tour.is_rehearsal:
                continue
            self.env["mairie.scrutin.horodatage"].create({"tour_id": tour.id})
            self.env.ref("mairie_scrutin.cron_time_stamp")._trigger()
