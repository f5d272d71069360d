from odoo import api, fields, models


class MairieScrutinEcranWidget(models.Model):
    """One view of a screen, shown for some seconds, then the next."""

    _name = "mairie.scrutin.ecran.widget"
    _description = "View of a Results Screen"
    _order = "ecran_id, sequence, id"
    _rec_name = "kind"

    ecran_id = fields.Many2one(
        "mairie.scrutin.ecran", "Screen", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("resultats", "Results"),
            ("participation", "Turnout"),
            ("sieges", "Seats"),
            ("carte", "Map of the stations"),
            ("progression", "Progress of the count"),
            ("derniers", "Latest stations"),
            ("message", "Message"),
            ("qr", "QR code of the page"),
        ],
        "View",
        required=True,
        default="resultats",
    )
    seconds = fields.Integer(default=15, required=True)
    message = fields.Text(translate=False, help="For the view “Message”.")

    _seconds_range = models.Constraint(
        "CHECK(seconds BETWEEN 5 AND 600)", "A view stays from 5 to 600 seconds."
    )

    @api.depends("kind")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for widget in self:
            widget.display_name = labels.get(widget.kind, "")

    def _has_content(self, figures):
        """Whether this view has anything to show at this moment."""
        self.ensure_one()
        if self.kind == "message":
            return bool((self.message or "").strip())
        if self.kind in ("qr", "participation"):
            return True
        if figures is None:
            return self.kind == "resultats"
        if self.kind == "sieges":
            return any(row["drawing"]["seats"] for row in figures["seats"])
        return bool(figures["map"]) if self.kind == "carte" else True

    def _prepare_slide(self, figures):
        """Plain values of this view."""
        latest = sorted(
            figures["bureaux"] if figures else [],
            key=lambda row: (row["counted"] or "", row["code"]),
            reverse=True,
        )
        return {
            "id": self.id,
            "kind": self.kind,
            "seconds": self.seconds,
            "message": self.message or "",
            "latest": latest[:6] if self.kind == "derniers" else [],
        }
