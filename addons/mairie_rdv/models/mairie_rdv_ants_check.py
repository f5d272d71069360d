"""Is this pre-demande number any good? Each state of France Titres has its sentence."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..lib.ants import read_status
from ..lib.codes import PreDemandeError, clean_pre_demande


class MairieRdvAnts(models.AbstractModel):
    _inherit = "mairie.rdv.ants"

    @api.model
    def _check_application_id(self, numbers, base_url=None):
        """Ask France Titres about pre-demande numbers, before anything is written.

        It may take four seconds: never call it once a place is being taken.

        :param numbers: canonical numbers, see ``lib.codes.clean_pre_demande``
        :return: number -> dict: ``status`` (``STATUSES`` of the person received, or
            False when the town is not connected), ``sentence`` for the citizen,
            ``blocks`` (refuse to lodge online), ``asks`` (go on once confirmed),
            ``elsewhere``: list of {place, url}, ``is_checked``
        """
        numbers = list(dict.fromkeys(numbers))
        account = self.env["mairie.rdv.ants.compte"]._get_account(self.env.company)
        if not account._is_connected():
            return {number: self._prepare_check(False) for number in numbers}
        answer = account._ask_status(numbers)
        if answer is None:
            is_strict = account.if_silent == "refuse"
            check = self._prepare_check("later", blocks=is_strict)
            return dict.fromkeys(numbers, check)
        return {
            number: self._read_check(*read_status(answer, number), base_url)
            for number in numbers
        }

    def _read_check(self, status, entries, base_url=None):
        """Return the verdict on one number from what the central base says of it."""
        base_url = base_url or self.env["ir.config_parameter"].sudo().get_param(
            "web.base.url", ""
        )
        elsewhere = [
            {
                "place": str(entry.get("meeting_point") or ""),
                "url": _safe_url(entry.get("management_url")),
            }
            for entry in entries
            if not str(entry.get("management_url") or "").startswith(base_url)
        ]
        if status == "validated" and elsewhere:
            status = "elsewhere"
        return self._prepare_check(
            status,
            blocks=status in ("consumed", "declared", "expired", "unknown"),
            elsewhere=elsewhere,
        )

    def _prepare_check(self, status, blocks=False, elsewhere=()):
        return {
            "status": status,
            "sentence": self._get_check_sentence(status, elsewhere),
            "blocks": blocks,
            "asks": status == "elsewhere",
            "elsewhere": list(elsewhere),
            "is_checked": status not in (False, "later"),
        }

    def _get_check_sentence(self, status, elsewhere=()):
        """Return what a citizen reads about the state of his number."""
        place = elsewhere[0]["place"] if elsewhere else ""
        return {
            "validated": self.env._("Number recognised."),
            "elsewhere": self.env._(
                "This number already has an appointment at %s.", place
            ),
            "consumed": self.env._(
                "This file is lodged already. Do you come to collect the title?"
            ),
            "declared": self.env._(
                "This pre-demande is not validated yet: finish it on the site of "
                "France Titres."
            ),
            "expired": self.env._(
                "This pre-demande has expired: make it again, it is quick."
            ),
            "unknown": self.env._("Number not recognised. Check the 0 and the O."),
            "later": self.env._("We will check this number later."),
        }.get(status, "")

    @api.model
    def check_application(self, number):
        """Return the verdict on a number to an agent, who may always go on.

        :return: dict with ``status``, ``sentence`` and ``label``
        """
        if not self.env.user.has_group("mairie_rdv.group_agent"):
            raise AccessError(
                self.env._("This page does not exist, or it is not open to you.")
            )
        try:
            clean = clean_pre_demande(number or "")
        except PreDemandeError:
            sentence = self.env._("A pre-demande number has 10 letters and digits.")
            return {"status": "unknown", "sentence": sentence}
        check = self.sudo()._check_application_id([clean])[clean]
        return {"status": check["status"], "sentence": check["sentence"]}

    @api.model
    def _cron_recheck(self):
        """Ask again, each night, about the numbers of appointments to come."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            self.with_company(company)._recheck_numbers()

    def _recheck_numbers(self, limit=500):
        personnes = self.env["mairie.rdv.personne"].search(
            [("company_id", "=", self.env.company.id),
             ("application_id", "!=", False),
             ("rdv_id.state", "=", "confirmed"),
             ("rdv_id.start", ">", fields.Datetime.now())],
            limit=limit,
        )  # fmt: skip
        for index in range(0, len(personnes), 20):
            batch = personnes[index : index + 20]
            checks = self._check_application_id(batch.mapped("application_id"))
            for personne in batch:
                check = checks[personne.application_id]
                if check["status"]:
                    personne._note_ants_status(check["status"])


class MairieRdvPersonne(models.Model):
    _inherit = "mairie.rdv.personne"

    def _note_ants_status(self, status):
        """Write what France Titres says of a number, and when it said it."""
        vals = {"ants_status": status}
        if status != "later":
            vals["ants_checked_at"] = fields.Datetime.now()
        self.write(vals)


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def _get_application_summary(self):
        """Say on the card what France Titres said of the numbers."""
        summary = super()._get_application_summary()
        statuses = (
            self.sudo().personne_ids.filtered("application_id").mapped("ants_status")
        )
        if not any(statuses):
            return summary
        bad = [
            status
            for status in statuses
            if status in ("consumed", "declared", "expired", "unknown")
        ]
        if bad:
            return {
                "label": self.env._("%s number to correct", len(bad)),
                "role": "todo",
            }
        if "later" in statuses or False in statuses:
            return {"label": self.env._("Number to be checked"), "role": "todo"}
        label = self.env._("%s valid pre-demande", len(statuses))
        if len(statuses) > 1:
            label = self.env._("%s valid pre-demandes", len(statuses))
        return {"label": label, "role": "done"}


def _safe_url(url):
    """Return an address to show as a link: http or https only, else nothing."""
    url = str(url or "")
    return url if url.startswith(("https://", "http://")) else ""
