import re

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from psycopg2.errors import UniqueViolation

from ..lib.tally import HUNDREDS, check_hundred

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MAX_FIGURE = 1_000_000
FIGURES = ("inscrits", "emargements", "votants", "blancs", "nuls", "exprimes")
CAUSES = (
    "insuffisant",
    "reconnu",
    "enveloppe",
    "couleur",
    "signe",
    "injure",
    "liste",
    "ordre",
    "modele",
    "circulaire",
    "manuscrit",
    "nom_interdit",
)


class Refused(Exception):
    """A sending that cannot be kept as it is: each error says where and why."""

    def __init__(self, *errors):
        super().__init__(errors)
        self.errors = list(errors)


class Conflict(Exception):
    """The town hall keeps another version than the one that the phone knew."""

    def __init__(self, current):
        super().__init__(current)
        self.current = current


# One file for each concern of a phone: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinDevice(models.Model):
    """What a phone sends: kept once, answered the same way each time."""

    _inherit = "mairie.scrutin.device"

    def _receive(self, sending):
        """Keep one sending of this phone.

        :param sending: dict of the API, not trusted
        :return: (HTTP status, plain answer)
        """
        self.ensure_one()
        head, status, answer = self._take(sending)
        self._note_clock(filter(None, [head]))
        return status, answer

    def _receive_many(self, sendings):
        """Keep sendings in their order, each on its own: a refused one stops no other.

        All of them are committed together, and their round is sealed once.

        :return: [{"status", "body"}], in the same order
        """
        self.ensure_one()
        taken = [self._take(sending) for sending in sendings]
        self._note_clock(head for head, _status, _answer in taken if head)
        return [{"status": status, "body": answer} for _head, status, answer in taken]

    def _take(self, sending):
        """:return: (its envelope or None, HTTP status, plain answer)"""
        try:
            head = self._read_head(sending)
        except Refused as refused:
            return None, 422, {"errors": refused.errors}
        return head, *self._try(head, sending)

    def _try(self, head, sending):
        try:
            with self.env.cr.savepoint():
                return 200, self._keep(head, sending)
        except Refused as refused:
            return 422, {"errors": refused.errors}
        except Conflict as conflict:
            return 409, {"current": conflict.current}
        except UserError as error:
            return 422, {"errors": [self._error("X00", str(error))]}
        except UniqueViolation as error:
            # somebody was quicker after our snapshot: Odoo tries again and sees him
            raise ConcurrencyError("two sendings at once") from error

    def _keep(self, head, sending):
        operations = self.env["mairie.scrutin.operation"].sudo()
        known = operations._find(head["uuid"])
        if known and known.device_id.acces_id != self.acces_id:
            raise Refused(self._error("X01", self.env._("This sending is another's.")))
        if known.answer:
            return known.answer
        row = known or operations._claim(
            head["uuid"], self, head["kind"], head["seq"], head["sent_at"]
        )
        station = self._find_station(sending.get("tour"))
        keep = getattr(self, f"_keep_{head['kind']}")
        details = keep(station, self._read_dict(sending, "data"), head) or {}
        answer = {
            "uuid": head["uuid"],
            "received": self._iso(fields.Datetime.now()),
            **details,
        }
        row.write({"answer": answer, "bureau_tour_id": station.id})
        row.flush_recordset()
        return answer

    def _read_head(self, sending):
        """The envelope of a sending: who, which, when by the phone's clock."""
        if not isinstance(sending, dict):
            raise Refused(self._malformed("body"))
        uuid = sending.get("uuid")
        if not isinstance(uuid, str) or not UUID.fullmatch(uuid):
            raise Refused(self._malformed("uuid"))
        if sending.get("kind") not in self._get_kinds():
            raise Refused(self._malformed("kind"))
        seq = self._read_int(sending, "seq", top=2**31 - 1)
        base = sending.get("base_version")
        if base is not None:
            base = self._read_int(sending, "base_version", top=2**31 - 1)
        return {
            "uuid": uuid,
            "kind": sending["kind"],
            "seq": seq,
            "base": base,
            "sent_at": self._read_moment(sending.get("sent_at")),
        }

    def _get_kinds(self):
        return (
            "opening",
            "turnout",
            "hundred",
            "closing",
            "result",
            "presence",
            "scrutateurs",
            "membres",
        )

    def _note_clock(self, heads):
        """A phone's clock may be wrong: its difference is noted, ours is kept."""
        last = max(heads, key=lambda head: head["seq"], default=None)
        if not last:
            return
        now = fields.Datetime.now()
        skew = (last["sent_at"] - now).total_seconds() if last["sent_at"] else 0
        vals = {"last_seen": now, "last_seq": max(self.last_seq, last["seq"])}
        self.write(vals | {"skew_seconds": max(-(2**31), min(2**31 - 1, int(skew)))})

    def _find_station(self, tour_id):
        station = self.acces_id._get_stations().filtered(
            lambda row: row.tour_id.id == tour_id
        )
        if not station or isinstance(tour_id, bool):
            raise Refused(
                self._error(
                    "X02",
                    self.env._(
                        "This election is not counted at your station: nothing was "
                        "recorded. Call the town hall."
                    ),
                    "tour",
                )
            )
        return station

    def _keep_opening(self, station, data, head):
        station._record_day("opening", self._read_hour(data))

    def _keep_closing(self, station, data, head):
        self._keep_votants(station, "closing", data, head)

    def _keep_turnout(self, station, data, head):
        self._keep_votants(station, "turnout", data, head)

    def _keep_votants(self, station, kind, data, head):
        hour = self._read_hour(data)
        votants = self._read_int(data, "votants")
        reason = self._read_text(data, "reason")
        told = station._get_last_hour() if kind == "closing" else hour
        self._refuse(
            station._check_participation(told, votants), {"A01": reason}, station
        )
        station._record_day(
            kind,
            hour,
            votants,
            source="phone",
            uuid=head["uuid"],
            device_id=self.id,
            reason=reason,
        )

    def _keep_hundred(self, station, data, head):
        kind = data.get("which")
        if kind not in HUNDREDS:
            raise Refused(self._malformed("which"))
        votes = self._read_votes(station, data)
        blancs, nuls = self._read_int(data, "blancs"), self._read_int(data, "nuls")
        size = HUNDREDS[kind]
        self._refuse(check_hundred(size, blancs, nuls, votes), {}, station, alerts=True)
        origin = self._prepare_origin(station, head)
        station._record_hundred(kind, blancs, nuls, votes, **origin)

    def _keep_result(self, station, data, head):
        vals = self._read_result(station, data) | self._prepare_origin(station, head)
        same = station.saisie_id and station._is_same_entry(vals)
        if same and station.saisie_id.author == f"device:{self.id}":
            return {"version": station._get_versions()[station.id]}
        if station.state in ("valide", "recense"):
            if same:
                return {"version": station._get_versions()[station.id]}
            raise Refused(self._error("X03", self._locked_sentence()))
        if not same:
            self._check_version(station, head["base"])
        reasons = vals["reasons"]
        probe = self.env["mairie.scrutin.saisie"]._probe(station, vals)
        found = station._check_alone(probe)
        self._refuse(found, reasons, station)
        if same and station.state == "a_double_saisir":
            entry = station._record_second({**vals, "rang": 2})
        else:
            entry = station._record_results([vals])
        station.tour_id._log("phone", self.name, stations=station)
        return {"version": entry.version}

    def _locked_sentence(self):
        return self.env._(
            "The town hall validated this result. To correct it, call: the signed "
            "report is what counts."
        )

    def _check_version(self, station, base):
        kept = station.sudo().saisie_id
        if not kept or kept.author == f"device:{self.id}":
            return
        if base != station._get_versions()[station.id]:
            raise Conflict(self._get_result(station))

    def _prepare_origin(self, station, head):
        return {
            "bureau_tour_id": station.id,
            "source": "phone",
            "uuid": head["uuid"],
            "device_id": self.id,
        }

    def _keep_presence(self, station, data, head):
        return self._keep_people(station, data, head, "_record_presence")

    def _keep_scrutateurs(self, station, data, head):
        return self._keep_people(station, data, head, "_record_scrutateurs")

    def _keep_membres(self, station, data, head):
        return self._keep_people(station, data, head, "_record_spot_members")

    def _keep_people(self, station, data, head, method):
        """People of the station belong to the members' part of the module."""
        record = getattr(station, method, None)
        if record is None:
            raise Refused(
                self._error("X04", self.env._("The town hall does not ask for this."))
            )
        try:
            record(data, device=self, uuid=head["uuid"])
        except (ValidationError, UserError) as error:
            raise Refused(self._error("X00", str(error))) from error

    def _refuse(self, found, reasons, station, alerts=False):
        """Refuse errors, and alerts that came without their reason."""
        controls = self.env["mairie.scrutin.controle"]
        errors = [
            self._error(
                finding.code,
                controls._tell(finding.code, finding.params, station),
                controls._get_field_of(finding),
            )
            for finding in found
            if finding.level == "error" or alerts or not reasons.get(finding.code)
        ]
        if errors:
            raise Refused(*errors)
