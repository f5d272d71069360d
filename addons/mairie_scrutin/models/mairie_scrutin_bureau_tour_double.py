from odoo import api, fields, models
from odoo.exceptions import UserError

from .mairie_scrutin_saisie import COMPARED


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """Two people type the same report; what differs is read again, with a reason."""

    _inherit = "mairie.scrutin.bureau.tour"

    can_enter_second = fields.Boolean(compute="_compute_can_enter_second")

    @api.depends("state", "saisie_id")
    @api.depends_context("uid")
    def _compute_can_enter_second(self):
        me = f"user:{self.env.uid}"
        for station in self:
            waits = station.state == "a_double_saisir"
            author = station.sudo().saisie_id.author
            station.can_enter_second = waits and author != me

    def _check_second_author(self):
        for station in self.sudo():
            if station.saisie_id.author == f"user:{self.env.uid}":
                raise UserError(
                    self.env._(
                        "You made the first entry: the second one belongs to "
                        "somebody else."
                    )
                )

    def _record_second(self, vals):
        """Compare a second entry with the first: the same, or the differences.

        :param vals: as for ``_record_results``
        :return: the new entry
        """
        self.ensure_one()
        self.tour_id._check_open()
        self._check_not_validated()
        if self.state != "a_double_saisir":
            raise UserError(self.env._("This station waits for no second entry."))
        if not vals.get("device_id"):
            self._check_second_author()
        vals = {**vals, "rang": 2, "first_id": self.sudo().saisie_id.id}
        vals.pop("reasons", None)
        second = self._create_entries([vals])
        same = not self.sudo()._get_differences(second.sudo())
        self.sudo().write(
            {"second_id": second.id, "state": "a_verifier" if same else "ecarts"}
        )
        return second

    def _get_differences(self, second=None):
        """[(name or list id, first figure, second figure)] where the entries differ."""
        self.ensure_one()
        second = second or self.second_id
        first, other = self.saisie_id._get_figures(), second._get_figures()
        keys = [*first, *(key for key in other if key not in first)]
        return [
            (key, first.get(key), other.get(key))
            for key in keys
            if first.get(key) != other.get(key)
        ]

    def _is_same_entry(self, vals):
        """Whether these figures are those of the retained entry."""
        self.ensure_one()
        kept = self.sudo().saisie_id._get_figures()
        return kept == {name: vals[name] for name in COMPARED} | vals["votes"]

    def _settle_difference(self, chosen, reason, vals=None):
        """Keep one of two entries, or new figures read from the report.

        :param chosen: "first", "second" or "other"; with "other", ``vals`` as for
            ``_record_results``
        """
        self.ensure_one()
        self.tour_id._check_supervisor()
        self.tour_id._check_open()
        self._check_reason_given(reason)
        if self.state != "ecarts":
            raise UserError(self.env._("The entries of this station do not differ."))
        if chosen == "other":
            self._record_results([{**vals, "settled": True, "comment": reason}])
        elif chosen == "second":
            self.sudo().controle_ids.write({"active": False})
            self.sudo().saisie_id = self.second_id
            self._run_controls(self.tour_id)
        else:
            blocked = any(row.level == "error" for row in self.controle_ids)
            self.sudo().state = self._get_checked_state(blocked)
        self.tour_id._log("difference", reason, stations=self)

    def action_settle(self):
        """Open the screen of the differences."""
        self.ensure_one()
        self.tour_id._check_supervisor()
        return self._prepare_action("settle")

    def action_correct_first(self):
        """Type one's own first entry again, before anybody made the second."""
        self.ensure_one()
        self._check_not_validated()
        return self._prepare_action("enter", default_correction=True)
