"""How long citizens wait: days to the first and to the third free time, in public."""

from odoo import api, fields, models

from ..lib.slots import to_local, to_minutes, windows
from .mairie_rdv_demarche_slots import SEARCH_WINDOWS
from .wording import date_label, public_words

THIRD = 3


class MairieRdvDemarche(models.Model):
    _inherit = "mairie.rdv.demarche"

    @api.model
    def _get_public_delays(self, company_id):
        """Return the delays of each procedure booked online, place by place.

        :return: list of dicts: ``name``, ``slug``, ``rows`` of ``lieu``, ``first``,
            ``first_days``, ``third_days`` (None: no such time on offer)
        """
        demarches = self.sudo().search(
            [("company_id", "=", company_id), ("visibility", "=", "public")]
        )
        firsts = demarches._get_first_times(THIRD)
        found = []
        for demarche in demarches:
            rows = [
                demarche._prepare_delay(lieu, firsts.get((demarche.id, lieu.id), []))
                for lieu in demarche._get_lieux()
            ]
            if rows:
                words = public_words(demarche, demarche.company_id, "name")
                found.append({**words, "slug": demarche.slug, "rows": rows})
        return found

    def _prepare_delay(self, lieu, times):
        now = to_minutes(fields.Datetime.now())
        today = to_local(now, lieu._get_zone_info()).date()
        days = [(local.date() - today).days for local in times]
        return {
            "lieu": lieu.name,
            "first": date_label(self.env, times[0].date()) if times else "",
            "first_days": days[0] if days else None,
            "third_days": days[THIRD - 1] if len(days) >= THIRD else None,
        }

    def _get_first_times(self, count, lieux=None, persons=1):
        """Return the first times of each procedure and place, in growing ranges.

        :return: ``(demarche id, lieu id)`` -> up to ``count`` local datetimes
        """
        lieux = lieux or self._get_lieux()
        found = {}
        if not self or not lieux:
            return found
        bounds = [demarche._get_day_bounds(lieux) for demarche in self]
        first, last = min(b[0] for b in bounds), max(b[1] for b in bounds)
        wanted = {
            (demarche.id, lieu.id)
            for demarche in self
            for lieu in demarche._get_lieux()
        }
        for begin, stop in windows(first, last, SEARCH_WINDOWS):
            for offer in self._get_offer(lieux, begin, stop, persons):
                times = found.setdefault(offer[:2], [])
                if len(times) < count:
                    times.append(offer.local)
            if all(len(found.get(key, ())) >= count for key in wanted):
                break
        return found

    @api.model
    def _get_public_elsewhere(self, demarche_id, lieu_id, persons):
        """Return the first time at each other place that receives for a procedure.

        :return: list of slots, the soonest first
        """
        demarche = self.sudo().browse(demarche_id)
        others = demarche._get_lieux().filtered(lambda lieu: lieu.id != lieu_id)
        firsts = demarche._get_first_times(1, others, persons) if others else {}
        slots = [
            {
                "lieu_id": lieu.id,
                "lieu_name": lieu.name,
                "address": lieu._get_address(),
                "day_label": date_label(self.env, times[0].date()),
                "value": f"{times[0]:%Y-%m-%dT%H:%M}",
            }
            for lieu in others
            if (times := firsts.get((demarche.id, lieu.id)))
        ]
        return sorted(slots, key=lambda slot: slot["value"])
