from odoo import models
from odoo.exceptions import UserError

from ..lib.prefecture_record import write


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The record of the préfecture, in and out."""

    _inherit = "mairie.scrutin.tour"

    def _check_record(self, record):
        """Refuse a file that is not about this round, with a sentence each time.

        :param record: ``lib.prefecture_record.Record``
        """
        self.ensure_one()
        if not record.stations:
            raise UserError(
                self.env._(
                    "No line of this file could be read as a polling station. Is it "
                    "the file sent to the préfecture (one line a station, values "
                    "separated by semicolons)?"
                )
            )
        first = record.stations[0]
        scrutin = self.scrutin_id
        if first.commune_insee != scrutin.commune_insee:
            raise UserError(
                self.env._(
                    "This file is about commune %(file)s, this election about commune "
                    "%(election)s. Nothing was imported.",
                    file=first.commune_insee,
                    election=scrutin.commune_insee,
                )
            )
        if (first.year, first.round) != (str(scrutin.year), str(self.numero)):
            raise UserError(
                self.env._(
                    "This file is about round %(round)s of %(year)s, you opened "
                    "%(tour)s. Nothing was imported.",
                    round=first.round,
                    year=first.year,
                    tour=self.name,
                )
            )
        self._check_record_lists(record)

    def _check_record_lists(self, record):
        known = {row.panneau for row in self.candidature_ids}
        found = set(record.panneaux)
        if known and known != found:
            raise UserError(
                self.env._(
                    "The lists differ. In the file only: %(file)s. In the election "
                    "only: %(election)s. Nothing was imported.",
                    file=", ".join(sorted(found - known)) or "–",
                    election=", ".join(sorted(known - found)) or "–",
                )
            )

    def _compare_stations(self, record):
        """Return [(line, status)]: ``new``, ``changed``, ``same`` or ``locked``."""
        stations = {bt.code: bt for bt in self.bureau_tour_ids}
        by_panneau = {row.panneau: row for row in self.candidature_ids}
        result = []
        for line in record.stations:
            station = stations.get(line.bureau)
            if not station or not station.saisie_id:
                result.append((line, "new"))
            elif self._is_same(station.saisie_id, line, by_panneau):
                result.append((line, "same"))
            else:
                locked = (
                    station.state in ("valide", "recense") or self.state == "proclame"
                )
                result.append((line, "locked" if locked else "changed"))
        return result

    def _is_same(self, saisie, line, by_panneau):
        names = ("inscrits", "votants", "emargements", "blancs", "nuls", "exprimes")
        if any(saisie[name] != getattr(line, name) for name in names):
            return False
        votes = {row.candidature_id.panneau: row.voix for row in saisie.line_ids}
        return votes == dict(line.votes)

    def _import_record(self, record):
        """Take in the stations of ``record`` that are new or changed.

        Missing stations and lists are created; the others are left as they are, so that
        importing twice changes nothing.

        :return: status -> number of lines
        """
        self.ensure_one()
        self._check_open()
        self._check_record(record)
        if not self.candidature_ids:
            self.env["mairie.scrutin.candidature"].create(
                [
                    self._prepare_candidature_vals(panneau, rank)
                    for rank, panneau in enumerate(record.panneaux, 1)
                ]
            )
        compared = self._compare_stations(record)
        lines = [line for line, status in compared if status in ("new", "changed")]
        stations = self._get_or_create_stations(lines)
        stations._record_results(
            [
                self._prepare_saisie_vals(line, station)
                for line, station in zip(lines, stations, strict=True)
            ]
        )
        counts = dict.fromkeys(("new", "changed", "same", "locked"), 0)
        for _line, status in compared:
            counts[status] += 1
        return counts

    def _get_or_create_stations(self, lines):
        """Return one station of this round for each line, in the same order."""
        codes = [line.bureau for line in lines]
        bureaux = self.env["mairie.scrutin.bureau"]._get_or_create(
            self.company_id, self.scrutin_id.commune_insee, codes, self.date
        )
        known = {bt.bureau_id: bt for bt in self.bureau_tour_ids}
        missing = [
            {"tour_id": self.id, "bureau_id": bureau.id, "inscrits": line.inscrits}
            for bureau, line in zip(bureaux, lines, strict=True)
            if bureau not in known
        ]
        created = self.env["mairie.scrutin.bureau.tour"].create(missing)
        known |= {bt.bureau_id: bt for bt in created}
        return self.env["mairie.scrutin.bureau.tour"].concat(
            *(known[bureau] for bureau in bureaux)
        )

    def _prepare_candidature_vals(self, panneau, rank):
        """Values of a list that the file only knows by its panneau.

        Hook: names from the ministry's file of candidates.
        """
        return {
            "tour_id": self.id,
            "panneau": panneau,
            "sequence": rank,
            "name": self.env._("List of panel %s", panneau.lstrip("0") or panneau),
        }

    def _prepare_saisie_vals(self, line, station):
        """Values of the entry that a line of the file makes."""
        by_panneau = {row.panneau: row.id for row in self.candidature_ids}
        return {
            "bureau_tour_id": station.id,
            "source": "import",
            "inscrits": line.inscrits,
            "votants": line.votants,
            "emargements": line.emargements,
            "blancs": line.blancs,
            "nuls": line.nuls,
            "exprimes": line.exprimes,
            "source_line": line.raw,
            "votes": {by_panneau[panneau]: voix for panneau, voix in line.votes},
        }

    def action_export(self):
        """Download the record for the préfecture."""
        self.ensure_one()
        self._check_supervisor()
        if not self.received_count:
            raise UserError(self.env._("No station has a result yet: nothing to send."))
        url = f"/mairie_scrutin/{self.id}/prefecture.csv"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _get_prefecture_file(self):
        """Return the bytes of the record for a supervisor of that commune, else None.

        The journal says who took it, whatever way he came.
        """
        found = self.exists().filtered(lambda tour: tour.has_access("read"))
        if not found or not self.env.user.has_group("mairie_scrutin.group_superviseur"):
            return None
        detail = self.env._(
            "%(received)s stations, %(valid)s validated.",
            received=found.received_count,
            valid=found.valid_count,
        )
        found._log("export", detail)
        return found._export_record().encode()

    def _export_record(self):
        """Return the file of the préfecture for the stations with a result, as text.

        Numbered as real files are: stations whose code is a number first, then 054A.
        """
        self.ensure_one()
        stations = self.bureau_tour_ids.sorted(
            lambda bt: (not (bt.code or "").isdigit(), bt.code or "")
        )
        lines = [
            bt._prepare_station_line(rank)
            for rank, bt in enumerate(stations, 1)
            if bt.saisie_id
        ]
        return write(lines)
