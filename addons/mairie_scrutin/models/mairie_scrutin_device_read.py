from datetime import UTC, datetime

from odoo import models

from .mairie_scrutin_device_operation import CAUSES, FIGURES, MAX_FIGURE, Refused


# One file for each concern of a phone: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinDevice(models.Model):
    """Reading what a phone sends: nothing in it is trusted."""

    _inherit = "mairie.scrutin.device"

    def _read_dict(self, values, name):
        value = values.get(name)
        if not isinstance(value, dict):
            raise Refused(self._malformed(name))
        return value

    def _read_int(self, values, name, top=MAX_FIGURE, field=None):
        value = values.get(name)
        if value is None or value == "":
            sentence = self.env._("This figure is missing: write 0 if there are none.")
            raise Refused(self._error("E03", sentence, field or name))
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or value > top:
            sentence = self.env._("This is not a whole number that makes sense here.")
            raise Refused(self._error("E03", sentence, field or name))
        if value < 0:
            sentence = self.env._("A figure is below zero. Read the report again.")
            raise Refused(self._error("E05", sentence, field or name))
        return value

    def _read_hour(self, data):
        value = data.get("hour")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 <= value < 24:
            sentence = self.env._("An hour is between 0:00 and 23:59.")
            raise Refused(self._error("X06", sentence, "hour"))
        return round(value * 60) / 60

    def _read_text(self, data, name, size=300):
        value = data.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Refused(self._malformed(name))
        return value.replace("\0", "").strip()[:size]

    def _read_votes(self, station, data):
        """The votes of every list of the round, of no other."""
        given = self._read_dict(data, "votes")
        lists = station.tour_id.candidature_ids
        if set(given) != {str(row.id) for row in lists}:
            sentence = self.env._(
                "The lists on this phone are not those of the town hall any more. "
                "Open the page again: what you typed stays."
            )
            raise Refused(self._error("X07", sentence, "votes"))
        return {
            row.id: self._read_int(given, str(row.id), field=f"votes.{row.id}")
            for row in lists
        }

    def _read_causes(self, data):
        given = data.get("nul_causes")
        if not given:
            return False
        if not isinstance(given, dict) or set(given) - set(CAUSES):
            raise Refused(self._malformed("nul_causes"))
        return {
            cause: self._read_int(given, cause, field="nul_causes") for cause in given
        }

    def _read_result(self, station, data):
        """Values of an entry, from the data of a result."""
        vals = {name: self._read_int(data, name) for name in FIGURES}
        has_annexes = data.get("annexes") is not None
        reasons = {} if data.get("reasons") is None else data["reasons"]
        if not isinstance(reasons, dict):
            raise Refused(self._malformed("reasons"))
        return {
            **vals,
            "enveloppes": vals["votants"],
            "has_annexes": has_annexes,
            "annexes": self._read_int(data, "annexes") if has_annexes else 0,
            "nul_causes": self._read_causes(data),
            "comment": self._read_text(data, "comment"),
            "reasons": {
                code: self._read_text(reasons, code)
                for code in reasons
                if isinstance(code, str)
            },
            "votes": self._read_votes(station, data),
        }

    def _error(self, code, sentence, field=""):
        return {"code": code, "sentence": sentence, "field": field}

    def _malformed(self, field):
        sentence = self.env._(
            "This part of the sending cannot be read: %s. Type it again, or call the "
            "town hall.",
            field,
        )
        return self._error("X05", sentence, field)

    def _read_moment(self, text):
        try:
            moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
            if moment.tzinfo:
                moment = moment.astimezone(UTC).replace(tzinfo=None)
            return moment.replace(microsecond=0)
        except (AttributeError, TypeError, ValueError, OverflowError):
            return None
