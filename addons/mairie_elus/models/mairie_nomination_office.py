from odoo import fields, models
from odoo.exceptions import UserError

from ..lib import office
from .mairie_nomination import SECRET_KINDS

FUNCTION_OF_KIND = {"maire": "maire", "adjoints": "adjoint"}


class MairieNomination(models.Model):
    """Whoever is elected takes up the function: mandates and seats follow.

    ``installed`` keeps what was changed, so that it can be taken back.
    """

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.nomination"

    def _prepare_console_office(self):
        """Return what the table offers once somebody is elected."""
        return {
            "installable": bool(self.elected_id) and not self.installed,
            "installed": bool(self.installed),
            "needs_body": self.kind not in SECRET_KINDS and not self.instance_id,
            "body": self.instance_id.name or "",
        }

    def _preview_installation(self):
        """Return what the proclamation changes, one sentence each."""
        self.ensure_one()
        self._check_installable()
        day = self.seance_id._format_day(self.seance_id.date)
        if self.kind in SECRET_KINDS:
            mandats = self.env["mairie.mandat"]
            return [
                self.env._(
                    "%(name)s: %(function)s, from %(day)s.",
                    name=mandats.browse(change.key).partner_id.name,
                    function=mandats.browse(change.key)._get_quality(
                        change.function, change.rank
                    ),
                    day=day,
                )
                for change in self._get_office_changes()
            ]
        roles = dict(self._fields["role"]._description_selection(self.env))
        return [
            self.env._(
                "%(name)s: %(role)s of %(body)s, from %(day)s.",
                name=person.name,
                role=roles[self.role].lower(),
                body=self.instance_id.name,
                day=day,
            )
            for person in self._get_new_members()
        ]

    def _install(self):
        """Write the function, or the seat, of whoever is elected; seal it."""
        self.ensure_one()
        sentences = self._preview_installation()
        if self.kind in SECRET_KINDS:
            done = self._install_functions()
        else:
            done = {"seats": self._install_seats().ids}
        self.sudo().installed = done
        self._note_office("installed", sentences)

    def _uninstall(self):
        """Take back what ``_install`` wrote, unless it has served since."""
        self.ensure_one()
        done = self.installed or {}
        mandats = self.env["mairie.mandat"]
        for kept in reversed(done.get("mandats", [])):
            mandats.browse(kept["new"]).exists()._return_function(kept)
        seats = self.env["mairie.instance.membre"].browse(done.get("seats", []))
        seats.exists().sudo().unlink()
        if "mandature" in done:
            self._get_mandature().write(done["mandature"])
        self.sudo().installed = False
        self._note_office("uninstalled", [])

    def _install_functions(self):
        """Write the functions of the mayor or the deputies: what is needed to undo."""
        mandats, day = self.env["mairie.mandat"], self.seance_id.date
        changes = self._get_office_changes()
        mandature = self._get_mandature()
        before = {
            name: fields.Date.to_string(mandature[name])
            for name in ("executive_elected_on", "installed_on")
        }
        kept = [
            mandats.browse(change.key)._change_function(
                day, change.function, change.rank
            )
            for change in changes
        ]
        mandature.executive_elected_on = day
        return {"mandats": kept, "mandature": before}

    def _install_seats(self):
        return self.env["mairie.instance.membre"].create(
            [self._prepare_seat_vals(person) for person in self._get_new_members()]
        )

    def _prepare_seat_vals(self, person):
        """Return the seat of a person in the body: convened as the mandate says."""
        mandat = self.elected_id._get_mandats().filtered(
            lambda row: row.partner_id == person
        )
        return {
            "instance_id": self.instance_id.id,
            "partner_id": person.id,
            "civility": mandat.civility or "madame",
            "role": self.role,
            "date_from": self.seance_id.date,
        }

    def _get_new_members(self):
        """Return those elected who do not sit in the body yet: res.partner."""
        seats = self.instance_id.sudo().membre_ids
        seated = seats._filter_in_office(self.seance_id.date).partner_id
        return self.elected_id._get_people() - seated

    def _get_office_changes(self):
        """Return who becomes what in the council: list of lib.office.Change."""
        seated = self.env["mairie.mandat"]._get_in_office(
            self.company_id, self.seance_id.date
        )
        return office.changes(
            [mandat.sudo()._prepare_seat() for mandat in seated],
            self.elected_id._get_mandats().ids,
            FUNCTION_OF_KIND[self.kind],
            renews=self._renews_deputies(seated),
            rank=self._get_given_rank(),
        )

    def _renews_deputies(self, seated):
        """Tell whether all the deputies are elected anew: with a new mayor (L2122-10).

        Hook: the council has decided otherwise.
        """
        elections = self.seance_id.point_ids.nomination_ids
        mayors = elections.filtered(lambda row: row.kind == "maire" and row.elected_id)
        return bool(mayors) or "adjoint" not in seated.mapped("function")

    def _get_mandature(self):
        return self.elected_id._get_mandats().mandature_id[:1]

    def _check_installable(self):
        if not self.elected_id:
            raise UserError(self.env._("Nobody is elected yet."))
        self._check_not_installed()
        if self.kind in SECRET_KINDS and not self.elected_id._get_mandats():
            raise UserError(
                self.env._("%s has no mandate on that day.", self.elected_id.name)
            )
        if self.kind not in SECRET_KINDS and not self.instance_id:
            raise UserError(self.env._("Choose the body in which the seat is."))

    def _check_not_installed(self):
        if self.installed:
            raise UserError(
                self.env._(
                    "The new function is noted in the mandates: take it back first."
                )
            )

    def _note_office(self, kind, sentences):
        self.env["mairie.elus.journal"]._append(
            self.company_id,
            kind,
            f"{self.seance_id.name} / {self.name}",
            {"elected": self.elected_id.name or "", "changes": sentences},
        )
