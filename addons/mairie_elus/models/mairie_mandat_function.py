from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class MairieMandat(models.Model):
    """A member takes another function: what was true before that day stays true."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.mandat"

    def _change_function(self, day, function, rank=0):
        """Hold another function from a day on.

        The mandate is split on that day, so that past acts keep the quality of who
        signed them; one that begins on that very day is changed in place.

        :return: dict that ``_return_function`` takes back
        """
        self.ensure_one()
        kept = {
            "old": self.id,
            "new": self.id,
            "function": self.function,
            "rank": self.function_rank,
            "date_to": fields.Date.to_string(self.date_to),
            "end_reason": self.end_reason,
            "delegations": [],
        }
        vals = {"function": function, "function_rank": rank}
        if self.date_from >= day:
            self.write(vals)
            return kept
        following = self._split(day, vals)
        moved = self.delegation_ids.filtered(
            lambda row: not row.date_to or row.date_to >= day
        )
        moved.mandat_id = following
        return {**kept, "new": following.id, "delegations": moved.ids}

    def _split(self, day, vals):
        """End this mandate the day before, and begin one that goes on from it."""
        going_on = {
            **self._prepare_going_on_vals(),
            "date_from": day,
            "date_to": self.date_to,
            "end_reason": self.end_reason,
            **vals,
        }
        ended = {"date_to": day - timedelta(days=1), "end_reason": "function"}
        self.write(ended)
        self.flush_recordset()  # PostgreSQL refuses two mandates of one person that day
        return self.create(going_on)

    def _prepare_going_on_vals(self):
        """Return what does not change with the function. Hook: fields of a town."""
        mandat = self.sudo()
        return {
            "mandature_id": mandat.mandature_id.id,
            "partner_id": mandat.partner_id.id,
            "civility": mandat.civility,
            "channel": mandat.channel,
            "notice_email": mandat.notice_email,
            "paper_address": mandat.paper_address,
            "paper_requested_on": mandat.paper_requested_on,
            "delegation": mandat.delegation,
            "groupe_id": mandat.groupe_id.id,
            "election_date": mandat.election_date or mandat.date_from,
            "votes": mandat.votes,
            "birthdate": mandat.birthdate,
            "seat_by": mandat.seat_by,
        }

    def _return_function(self, kept):
        """Take back a change of function.

        :param kept: what ``_change_function`` returned
        """
        self.ensure_one()
        if kept["new"] == kept["old"]:
            self.write({"function": kept["function"], "function_rank": kept["rank"]})
            return
        self._check_not_convened()
        old = self.browse(kept["old"])
        delegations = self.env["mairie.delegation"].browse(kept["delegations"])
        delegations.exists().mandat_id = old
        if self.delegation_ids:
            raise UserError(
                self.env._(
                    "%s has received a delegation since: end it first.",
                    self.partner_id.name,
                )
            )
        self.sudo().unlink()
        old.write({"date_to": kept["date_to"], "end_reason": kept["end_reason"]})

    def _check_not_convened(self):
        notices = self.env["mairie.convocation"].sudo()
        if notices.search_count([("mandat_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "%s was convened in this function since: change the mandate by hand.",
                    self.partner_id.name,
                )
            )
