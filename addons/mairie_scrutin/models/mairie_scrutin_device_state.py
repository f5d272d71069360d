from odoo import fields, models

FIGURES = ("inscrits", "emargements", "votants", "blancs", "nuls", "exprimes")


# One file for each concern of a phone: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinDevice(models.Model):
    """What a phone reads: its own station, as plain values, and nothing else."""

    _inherit = "mairie.scrutin.device"

    def _get_state(self):
        """Everything that the page of the station shows."""
        self.ensure_one()
        acces = self.acces_id
        company = acces.company_id
        return {
            "server_time": self._iso(fields.Datetime.now()),
            "expires": self._iso(self.expires),
            "device": self.name,
            "town": company.name,
            "phone": company.phone or "",
            "timezone": company.mairie_tz or "Europe/Paris",
            "station": {"code": acces.code, "place": acces.place or ""},
            "rounds": [self._get_round(row) for row in acces._get_stations()],
        }

    def _get_round(self, station):
        tour = station.tour_id
        limits = tour._get_limits()
        return {
            "id": tour.id,
            "name": tour.name,
            "date": fields.Date.to_string(tour.date),
            "rehearsal": tour.is_rehearsal,
            "inscrits": station.inscrits,
            "machine": station.bureau_id.has_voting_machine,
            "opening": tour.ouverture,
            "closing": tour.cloture,
            "hours": tour._get_participation_hours(),
            "use_centaines": tour.use_centaines
            and not station.bureau_id.has_voting_machine,
            "photo_required": tour.photo_required,
            "limits": {
                name: [share.numerator, share.denominator]
                for name, share in (("blancs", limits.blancs), ("nuls", limits.nuls))
            },
            "lists": [
                {
                    "id": row.id,
                    "panneau": row.panneau.lstrip("0") or row.panneau,
                    "name": row.name,
                    "head": row.head or "",
                }
                for row in tour.candidature_ids
            ],
            "people": station._get_phone_people(),
            "tellers": station._get_phone_tellers(),
            **self._get_progress(station),
        }

    def _get_progress(self, station):
        """What this station already told, as the town hall keeps it."""
        hundreds = station.saisie_ids.filtered(lambda row: row.kind != "definitif")
        return {
            "phase": station.phase,
            "opened": self._iso(station.opened_date),
            "closed": self._iso(station.closed_date),
            "turnout": [
                {
                    "hour": row.hour,
                    "votants": row.votants,
                    "received": self._iso(row.received_date),
                }
                for row in station._get_participation()
            ],
            "hundreds": {
                row.kind: {
                    "votes": self._get_votes(row),
                    "blancs": row.blancs,
                    "nuls": row.nuls,
                    "received": self._iso(row.create_date),
                }
                for row in hundreds.sorted("id")
            },
            "result": self._get_result(station),
            "photos": len(station.photo_ids),
        }

    def _get_result(self, station):
        """The result that the town hall keeps for this station, or None."""
        entry = station.saisie_id
        if not entry:
            return None
        status = {"valide": "verified", "recense": "collated"}
        return {
            "version": station._get_versions().get(station.id, 0),
            "status": status.get(station.state, "received"),
            "source": entry.source,
            "received": self._iso(entry.create_date),
            **{name: entry[name] for name in FIGURES},
            "annexes": entry.annexes if entry.has_annexes else None,
            "votes": self._get_votes(entry),
        }

    def _get_votes(self, entry):
        return {str(row.candidature_id.id): row.voix for row in entry.line_ids}

    def _iso(self, moment):
        return f"{moment.replace(microsecond=0).isoformat()}Z" if moment else None
