from datetime import timedelta

from odoo import api, fields, models

PRIVATE = (
    "birth_date",
    "birth_place",
    "street",
    "zip",
    "city",
    "email",
    "phone",
    "note",
    "access_token",
)
BATCH = 1000


# One file for each concern of a member: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinMembre(models.Model):
    """After the appeals, what is private goes; the name stays, as on the minutes."""

    _inherit = "mairie.scrutin.membre"

    is_purged = fields.Boolean("Private Data Erased", readonly=True, copy=False)

    @api.model
    def _cron_purge(self):
        """Erase private data of the rounds whose appeal period is over."""
        rounds = self.env["mairie.scrutin.tour"].search(
            [("scrutin_id.member_purge_hold", "=", False)]
        )
        over = rounds.filtered(lambda tour: tour._is_purge_due())
        domain = [("tour_id", "in", over.ids), ("is_purged", "=", False)]
        self.search(domain, limit=BATCH)._purge()
        if self.search_count(domain, limit=1):
            self.env.ref("mairie_scrutin.cron_purge_membres").sudo()._trigger()

    def _purge(self):
        self.sudo().write(dict.fromkeys(PRIVATE, False) | {"is_purged": True})
        for tour, rows in self.grouped("tour_id").items():
            tour._log("purge", str(len(rows)))


class MairieScrutinTour(models.Model):
    _inherit = "mairie.scrutin.tour"

    def _is_purge_due(self):
        """Whether the appeal period of this round is over and nobody holds the data."""
        self.ensure_one()
        scrutin = self.scrutin_id
        if scrutin.member_purge_hold or not self.date:
            return False
        limit = self.date + timedelta(days=scrutin.member_purge_days)
        return fields.Date.context_today(self) > limit


class MairieScrutin(models.Model):
    _inherit = "mairie.scrutin"

    member_purge_days = fields.Integer(
        "Members Kept (Days)",
        default=60,
        help="Birth, address, e-mail and telephone of the members are erased so many "
        "days after the round: claims, then appeals, are over by then.",
    )
    member_purge_hold = fields.Boolean(
        "Election Contested", help="Nothing is erased while the judge has not decided."
    )

    _purge_range = models.Constraint(
        "CHECK(member_purge_days >= 5)",
        "Members are kept five days at least: the time to claim (R119).",
    )
