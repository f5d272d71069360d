"""Calling the central base of France Titres: silence and half an answer are the same."""

import time

import requests
from odoo import fields, models

ADDRESSES = {
    "production": "https://api-coordination.rendezvouspasseport.ants.gouv.fr/api",
    "test": "https://int.api-coordination.rendezvouspasseport.ants.gouv.fr/api",
}
TIMEOUT = 4


class MairieRdvAntsCompte(models.Model):
    _inherit = "mairie.rdv.ants.compte"

    def _ask_status(self, numbers):
        """Return what the central base says of numbers, None when it does not answer.

        An answer that forgets a number is half an answer: it counts as none.
        """
        params = [("application_ids", number) for number in numbers]
        answer = self._call("GET", "/status", params) or {}
        is_whole = all(isinstance(answer.get(number), dict) for number in numbers)
        return answer if is_whole else None

    def _call(self, method, path, params):
        """Call the central base; all parameters go in the address.

        :return: the JSON object of the answer, or None: silence, error, half an answer
        """
        self.ensure_one()
        account = self.sudo()
        url = (ADDRESSES.get(account.site) or account.address or "").rstrip("/") + path
        begin = time.monotonic()
        status, answer, problem = 0, None, ""
        try:
            response = self._send_request(method, url, params, account.api_token)
            status = response.status_code
            if status == 200:
                answer = _read_object(response)
            else:
                problem = _quiet(response.text, params)
        except (requests.RequestException, ValueError) as error:
            problem = type(error).__name__
        milliseconds = int((time.monotonic() - begin) * 1000)
        self._note_call(f"{method} {path}", status, milliseconds, problem, answer)
        if answer is None and "exists" in problem:
            return {"exists": True}
        return answer

    def _send_request(self, method, url, params, token):
        """Hook of tests: the one place where bytes leave."""
        return requests.request(
            method,
            url,
            params=params,
            headers={"x-rdv-opt-auth-token": token},
            timeout=TIMEOUT,
            allow_redirects=False,
        )

    def _note_call(self, name, status, milliseconds, problem, answer):
        """Keep a trace of a call, without any number or address in it."""
        self.env["mairie.rdv.ants.appel"].sudo().create(
            {
                "company_id": self.company_id.id,
                "direction": "out",
                "name": name,
                "status": status,
                "milliseconds": milliseconds,
                "problem": problem,
            }
        )
        if answer is not None:
            self.sudo().last_success = fields.Datetime.now()


def _read_object(response):
    """Return the JSON object of an answer.

    :raise ValueError: it is cut, or it is something else
    """
    answer = response.json()
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return answer


def _quiet(text, params):
    """Return the words of an error without what was asked: it holds numbers."""
    text = text or ""
    for _name, value in params:
        text = text.replace(value, "***")
    return text[:200]
