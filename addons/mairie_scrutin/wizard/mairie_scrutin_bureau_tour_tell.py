from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.fallback_code import (
    CodeError,
    decode,
    decode_day,
    decode_hundred,
    is_day,
    is_hundred,
)
from ..lib.tally import HUNDREDS, check_hundred


class MairieScrutinBureauTourTell(models.TransientModel):
    """Note what a station tells by voice or by SMS: its day, or a code of its count."""

    _name = "mairie.scrutin.bureau.tour.tell"
    _description = "Note What a Station Tells"

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, readonly=True
    )
    code_lines = fields.Text(
        "Code",
        help="One line for the day or a hundred, four lines for a result: as received.",
    )
    hundred = fields.Json(
        readonly=True, help="Kind, blank, void and votes of a hundred that was read."
    )
    read_back = fields.Text(readonly=True)
    done = fields.Char(readonly=True)
    origin = fields.Char(readonly=True, export_string_translation=False)
    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour", "Station", domain="[('tour_id', '=', tour_id)]"
    )
    kind = fields.Selection(
        [
            ("opening", "Opening"),
            ("turnout", "Turnout"),
            ("closing", "Closing"),
        ],
        "What",
        required=True,
        default="turnout",
    )
    hour = fields.Float(
        compute="_compute_hour",
        store=True,
        readonly=False,
        help="Local time of the commune.",
    )
    votants = fields.Integer("Voters", help="Signatures on the list.")
    reason = fields.Char(
        "Reason, as in the Report",
        help="Only for more voters than registered: a court decision.",
    )
    told = fields.Text("Known So Far", compute="_compute_told")

    @api.model_create_multi
    def create(self, vals_list):
        """A wizard shows what a station told: only to those who may read it."""
        wizards = super().create(vals_list)
        wizards.tour_id.check_access("read")
        wizards.bureau_tour_id.check_access("read")
        return wizards

    @api.depends("tour_id", "kind")
    def _compute_hour(self):
        """Now for a door, the last hour that was asked for a turnout."""
        for wizard in self:
            now = wizard.tour_id._get_hour_now() if wizard.tour_id else 0
            wizard.hour = now
            if wizard.kind == "turnout" and wizard.tour_id:
                asked = wizard.tour_id._get_participation_hours()
                past = [hour for hour in asked if hour <= now]
                wizard.hour = (past or asked or [now])[-1 if past else 0]

    @api.depends("bureau_tour_id")
    @api.depends_context("lang")
    def _compute_told(self):
        for wizard in self:
            station = wizard.bureau_tour_id
            if station:
                station.check_access("read")
            lines = [
                self.env._("%(hour)s: %(votants)s voters", hour=hour, votants=votants)
                for hour, votants in (station._get_turnout_points() if station else ())
            ]
            if station.opened_date:
                local = station.company_id._mairie_localize(station.opened_date)
                opened = self.env._("Open since %s", f"{local:%H:%M}")
                lines.insert(0, opened)
            wizard.told = "\n".join(lines)

    def action_read_code(self):
        """Fill the form from the line of a day; open the entry for four lines."""
        self.ensure_one()
        if is_hundred(self.code_lines or ""):
            return self._read_hundred()
        if not is_day(self.code_lines or ""):
            return self._open_result()
        code, tour, kind, hour, votants = self._decode_line(decode_day)
        station = self._find_station(code, tour)
        self.write(
            {
                "bureau_tour_id": station.id,
                "kind": kind,
                "hour": hour,
                "votants": votants or 0,
                "hundred": False,
                "origin": "fallback",
                "done": False,
            }
        )
        self.read_back = self._tell_read_back()
        return self._reopen()

    def _decode_line(self, decode_one):
        """What a line says, or the sentence that has it read again."""
        try:
            return decode_one(self.code_lines)
        except CodeError as error:
            raise UserError(
                self.env._(
                    "This line is not right: have it read again, figure by figure."
                )
            ) from error

    def _read_hundred(self):
        """Show the line of a hundred, to read back before it is noted."""
        code, tour, which, blancs, nuls, votes = self._decode_line(decode_hundred)
        station = self._find_station(code, tour)
        self._check_hundred(station, which, blancs, nuls, votes)
        self.write(
            {
                "bureau_tour_id": station.id,
                "hundred": [which, blancs, nuls, votes],
                "origin": "fallback",
                "done": False,
            }
        )
        self.read_back = self._tell_hundred()
        return self._reopen()

    def _check_hundred(self, station, which, blancs, nuls, votes):
        """Refuse what does not make a hundred. :return: candidature id -> votes"""
        lists = station.tour_id.sudo().candidature_ids
        if len(votes) != len(lists):
            raise UserError(self.env._("This code does not have one figure a list."))
        named = dict(zip(lists.ids, votes, strict=True))
        controls = self.env["mairie.scrutin.controle"]
        for finding in check_hundred(HUNDREDS[which], blancs, nuls, named):
            raise UserError(controls._tell(finding.code, finding.params, station))
        return named

    def _tell_hundred(self):
        """What the operator reads back, or answers by SMS."""
        which, blancs, nuls, votes = self.hundred
        lists = self.bureau_tour_id.tour_id.sudo().candidature_ids
        named = [f"{row.name} {voix}" for row, voix in zip(lists, votes, strict=True)]
        return self.env._(
            "Station %(code)s, %(what)s: %(votes)s, %(blancs)s blank, %(nuls)s void. "
            "Right? Answer YES %(check)s. Else NO %(check)s.",
            code=self.bureau_tour_id.code,
            what=self._get_hundred_label(which),
            votes=", ".join(named),
            blancs=blancs,
            nuls=nuls,
            check=self.code_lines.split()[-1],
        )

    def _get_hundred_label(self, which):
        kinds = self.env["mairie.scrutin.saisie"]._fields["kind"]
        return dict(kinds._description_selection(self.env))[which].lower()

    def _open_result(self):
        """The entry of a result, filled by its four lines."""
        lines = [line for line in (self.code_lines or "").splitlines() if line.strip()]
        try:
            code, tour, _figures, _votes = decode([*lines, "", "", "", ""][:4])
        except CodeError as error:
            raise UserError(
                self.env._(
                    "Line %s is not right: have it read again, figure by figure.",
                    error.line,
                )
            ) from error
        station = self._find_station(code, tour)
        action = station.action_enter()
        wizard = self.env["mairie.scrutin.bureau.tour.enter"].create(
            {
                "bureau_tour_id": station.id,
                "origin": "fallback",
                "code_lines": "\n".join(lines),
            }
        )
        return dict(action, **wizard.action_read_code())

    def _find_station(self, code, tour):
        """The station of a code among those that the user may read.

        The code may be of the other election of the day: it names its round.
        """
        stations = self.env["mairie.scrutin.bureau.tour"].search(
            [("tour_id", "in", (self.tour_id | self.tour_id.concomitant_id).ids)]
        )
        wanted = code.lstrip("0")
        found = stations.filtered(
            lambda row: (
                row.tour_id.id == tour and row.code.upper().lstrip("0") == wanted
            )
        )
        if not found:
            raise UserError(
                self.env._(
                    "This code is of another round or of no station here: %s.", code
                )
            )
        return found

    def _tell_read_back(self):
        """What the operator reads back, or answers by SMS."""
        station = self.bureau_tour_id
        values = {
            "code": station.code,
            "hour": station._format_hour(self.hour),
            "votants": self.votants,
            "check": self.code_lines.split()[-1],
        }
        if self.kind == "opening":
            return self.env._(
                "Station %(code)s, opened at %(hour)s. Right? Answer YES %(check)s. "
                "Else NO %(check)s.",
                **values,
            )
        if self.kind == "closing":
            return self.env._(
                "Station %(code)s, closed at %(hour)s, %(votants)s voters. Right? "
                "Answer YES %(check)s. Else NO %(check)s.",
                **values,
            )
        return self.env._(
            "Station %(code)s at %(hour)s, %(votants)s voters. Right? Answer YES "
            "%(check)s. Else NO %(check)s.",
            **values,
        )

    def action_record(self):
        """Keep what was told, then wait for the next station."""
        self.ensure_one()
        station = self.bureau_tour_id
        if not station:
            raise UserError(self.env._("Choose the station, or read its code."))
        station.check_access("read")
        if self.hundred:
            return self._record_hundred(station)
        details = {"source": self.origin or "mairie", "reason": self.reason or ""}
        votants = None if self.kind == "opening" else self.votants
        if votants is not None:
            self._check(station)
        station._record_day(self.kind, self.hour, votants, **details)
        done = self.env._(
            "Noted: station %(code)s, %(what)s at %(hour)s.",
            code=station.code,
            what=dict(self._fields["kind"]._description_selection(self.env))[
                self.kind
            ].lower(),
            hour=station._format_hour(self.hour),
        )
        return self._wait_for_next(done)

    def _record_hundred(self, station):
        """Keep the hundred that was read back, as an estimate."""
        which, blancs, nuls, votes = self.hundred
        named = self._check_hundred(station, which, blancs, nuls, votes)
        station._record_hundred(which, blancs, nuls, named, source="fallback")
        return self._wait_for_next(
            self.env._(
                "Noted: station %(code)s, %(what)s.",
                code=station.code,
                what=self._get_hundred_label(which),
            )
        )

    def _wait_for_next(self, done):
        """Empty the form, under what was just noted."""
        self.write(
            {
                "done": done,
                "code_lines": False,
                "read_back": False,
                "hundred": False,
                "origin": False,
                "bureau_tour_id": False,
                "votants": 0,
                "reason": False,
            }
        )
        return self._reopen()

    def _check(self, station):
        """Refuse what cannot be, and what needs a reason that was not given."""
        if not self.votants and self.origin != "fallback":
            raise UserError(self.env._("Write the number of voters that was told."))
        hour = station._get_last_hour() if self.kind == "closing" else self.hour
        controls = self.env["mairie.scrutin.controle"]
        for finding in station._check_participation(hour, self.votants):
            if finding.level == "error" or not (self.reason or "").strip():
                raise UserError(controls._tell(finding.code, finding.params, station))

    def _reopen(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_tour_tell_action"
        )
        return dict(action, res_id=self.id)
