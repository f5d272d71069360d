"""France Titres in a box: the central base that we call, the hub that calls us.

Standard library only, no Odoo: the tests use it as an object, the demo town as a server
on the loopback (``serve``). What the hub checks was typed again from its own rules: a
place or an appointment that lacks a value is dropped in silence.
"""

import json
import re
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

STATUS_OF_PREFIX = {
    "EXP": "expired",
    "CON": "consumed",
    "DEC": "declared",
    "INC": "unknown",
}
ELSEWHERE = "AIL"
FORMATS = ("%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S")
IDS = re.compile(r"^([a-zA-Z0-9]{10}[,;:\-/.\s])*[a-zA-Z0-9]{10}$")


class CentralBase:
    """The base of all towns, with its states and its moods.

    :ivar down: nothing answers (5xx)
    :ivar refuse: statuses of HTTP to answer next, then all is well again
    :ivar ghosts: numbers whose first creation « already exists »
    :ivar calls: what was asked: (method, path, parameters)
    """

    def __init__(self, token="demo-ants", known=None):
        self.token = token
        self.statuses = dict(known or {})
        self.is_open = known is None  # any number is good unless its prefix says not
        self.appointments = {}
        self.calls = []
        self.down = False
        self.refuse = []
        self.ghosts = set()

    def handle(self, method, path, params, token):
        """Answer one call. :return: (HTTP status, JSON value)"""
        self.calls.append((method, path, params))
        if self.down:
            return 503, {"detail": "Service Unavailable"}
        if self.refuse:
            return self.refuse.pop(0), {"detail": "refused"}
        if token != self.token:
            return 401, {"detail": "X-RDV-OPT-AUTH-TOKEN header invalid"}
        verb = {
            ("GET", "/status"): self._status,
            ("POST", "/appointments"): self._create,
            ("DELETE", "/appointments"): self._delete,
        }.get((method, path))
        return verb(params) if verb else (404, {"detail": "Not Found"})

    def status_of(self, number):
        if number in self.statuses:
            return self.statuses[number]
        if not self.is_open:
            return "unknown"
        return STATUS_OF_PREFIX.get(number[:3], "validated")

    def _status(self, params):
        numbers = [value for name, value in params if name == "application_ids"]
        return 200, {
            number: {
                "status": self.status_of(number),
                "appointments": self._held(number),
            }
            for number in numbers
        }

    def _held(self, number):
        held = list(self.appointments.get(number, []))
        if self.is_open and number.startswith(ELSEWHERE):
            held.append(
                {
                    "meeting_point": "Mairie de Saumur",
                    "meeting_point_id": "49328-1",
                    "appointment_date": "2030-01-15T10:00:00",
                    "management_url": "https://rendez-vous.saumur.example/a1b2",
                }
            )
        return held

    def _create(self, params):
        values = dict(params)
        needed = {"application_id", "meeting_point", "meeting_point_id",
                  "appointment_date", "management_url"}  # fmt: skip
        if not needed <= set(values):
            return 422, {"detail": "missing parameter"}
        number = values.pop("application_id")
        urls = [
            entry["management_url"]
            for held in self.appointments.values()
            for entry in held
        ]
        if number in self.ghosts or values["management_url"] in urls:
            self.ghosts.discard(number)
            return 400, {"detail": "Already exists in database"}
        self.appointments.setdefault(number, []).append(values)
        return 200, {"success": True}

    def _delete(self, params):
        values = dict(params)
        if "meeting_point_id" not in values:
            return 422, {"detail": "missing parameter"}
        held = self.appointments.get(values.get("application_id"), [])
        gone = [
            entry
            for entry in held
            if entry["meeting_point_id"] == values["meeting_point_id"]
            and entry["appointment_date"][:16].replace("T", " ")
            == values.get("appointment_date", "")[:16].replace("T", " ")
        ]
        for entry in gone:
            held.remove(entry)
        return 200, {"rowcount": len(gone)}


class Answer:
    """What the HTTP library would give: enough of a response for the client."""

    def __init__(self, status, value):
        self.status_code = status
        self.text = json.dumps(value)

    def json(self):
        return json.loads(self.text)


def as_sender(base):
    """Return a ``_send_request`` that speaks to a central base in this process."""

    def send(_account, method, url, params, token):
        path = urlsplit(url).path.rpartition("/api")[2] or urlsplit(url).path
        return Answer(*base.handle(method, path, list(params), token))

    return send


class Hub:
    """The hub: asks the three addresses, keeps what its rules accept.

    :param get: ``get(path, params, token)`` -> (status, value); parameters as pairs
    """

    def __init__(self, get, token):
        self.get = get
        self.token = token
        self.dropped = []

    def _ask(self, path, params=()):
        status, value = self.get(path, params, self.token)
        if status != 200:
            raise ConnectionError(f"{path} answered {status}: editor marked down")
        return value

    def meeting_points(self):
        kept = []
        for point in self._ask("getManagedMeetingPoints"):
            texts = ("id", "name", "public_entry_address", "zip_code", "city_name")
            if all(isinstance(point.get(name), str) and point[name] for name in texts) \
                    and isinstance(point.get("longitude"), float) \
                    and isinstance(point.get("latitude"), float):  # fmt: skip
                kept.append(point)
            else:
                self.dropped.append(point)
        return kept

    def time_slots(self, points, first, last, reason="CNI", persons=1):
        params = [("meeting_point_ids", point) for point in points]
        params += [("start_date", first), ("end_date", last), ("reason", reason)]
        answer = self._ask(
            "availableTimeSlots", [*params, ("documents_number", persons)]
        )
        return {
            point: [self._read_slot(slot) for slot in slots]
            for point, slots in answer.items()
        }

    def _read_slot(self, slot):
        """Read an hour as the hub does: an explicit offset would be added to it."""
        for pattern in FORMATS:
            try:
                moment = datetime.strptime(slot["datetime"], pattern)
            except ValueError:
                continue
            offset = moment.utcoffset()
            shown = moment.replace(tzinfo=None) + (
                offset or datetime.min - datetime.min
            )
            return shown, slot["callback_url"]
        raise ValueError(f"unreadable hour {slot['datetime']}")

    def search(self, *values):
        assert all(IDS.match(value) for value in values)
        answer = self._ask(
            "searchApplicationIds", [("application_ids", value) for value in values]
        )
        needed = {"meeting_point", "datetime", "management_url", "cancel_url"}
        return {
            number: [entry for entry in found if needed <= set(entry)]
            for number, found in answer.items()
        }


class _Handler(BaseHTTPRequestHandler):
    base = None

    def _answer(self):
        parts = urlsplit(self.path)
        path = parts.path.removeprefix("/api")
        params = parse_qsl(parts.query)
        token = self.headers.get("x-rdv-opt-auth-token")
        status, value = self.base.handle(self.command, path, params, token)
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = _answer

    def log_message(self, *_args):
        """Say nothing: the addresses hold numbers."""


def serve(port, base=None):
    """Serve a central base on the loopback, in a thread that ends with the process.

    :return: the server, or None when the port is taken: another town serves it
    """
    handler = type("Handler", (_Handler,), {"base": base or CentralBase()})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
