"""What the public pages know of procedures: plain values, by slug and numbers."""

import re

from odoo import api, models

from ..lib.names import is_found
from .mairie_rdv_demarche import CATEGORIES
from .wording import date_label, in_town_language

SHOWN = ("public", "office")
#: what a manager may have typed; no control character, which PostgreSQL refuses
SLUG = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
#: from so many procedures on, the list may be searched
SEARCHED_FROM = 6


class MairieRdvDemarche(models.Model):
    _inherit = "mairie.rdv.demarche"

    @api.model
    def _get_public_list(self, company_id, words=""):
        """Return the procedures that citizens see, by category, with the first time.

        :param words: only those whose name, explanation or category holds them
        :return: dict with ``groups``, ``has_any``, ``words`` and ``is_searchable``
        """
        every = self.sudo().search(
            [("company_id", "=", company_id), ("visibility", "in", SHOWN)]
        )
        demarches = every.filtered(lambda demarche: demarche._is_found(words))
        online = demarches.filtered(lambda demarche: demarche.visibility == "public")
        firsts = online._get_first_slots()
        labels = dict(self._fields["category"]._description_selection(self.env))
        groups = []
        for category, _label in CATEGORIES:
            cards = [
                {**demarche._prepare_public_vals(), "first": firsts.get(demarche.id)}
                for demarche in demarches
                if demarche.category == category
            ]
            if cards:
                groups.append({"label": labels[category], "demarches": cards})
        return {
            "groups": groups,
            "has_any": bool(every),
            "words": words,
            "is_searchable": len(every) >= SEARCHED_FROM,
        }

    def _is_found(self, words):
        """Tell whether a citizen who types these words looks for the procedure."""
        self.ensure_one()
        category = dict(self._fields["category"]._description_selection(self.env))
        town = in_town_language(self, self.company_id)
        texts = [category[self.category]]
        for demarche in (self, town):
            texts += [demarche.name, demarche.description or ""]
        return is_found(words, " ".join(texts))

    @api.model
    def _find_public(self, slug, company_id, invitation=""):
        """Return the procedure of a slug that citizens book online, sudoed.

        :param invitation: token that opens one that is not shown to everybody
        """
        if not SLUG.fullmatch(slug or ""):
            return self.sudo().browse()
        demarche = self.sudo().search(
            [("slug", "=", slug), ("company_id", "=", company_id)], limit=1
        )
        if demarche.visibility == "public":
            return demarche
        invitations = self.env["mairie.rdv.invitation"]
        invited = invitations._find_public(invitation, company_id).demarche_id
        is_open = demarche and demarche == invited and demarche.visibility != "draft"
        return demarche if is_open else demarche.browse()

    @api.model
    def _get_public(self, slug, company_id, invitation=""):
        """Return a procedure with its places and durations, or None.

        ``is_settled``: one place and one person, so there is nothing to ask.
        """
        demarche = self._find_public(slug, company_id, invitation)
        if not demarche:
            return None
        # When none opens at all, their pages say so, and whom to call.
        open_lieux = demarche._get_open_lieux() or demarche._get_lieux()
        lieux = [lieu._prepare_public_vals() for lieu in open_lieux]
        return {
            **demarche._prepare_public_vals(),
            "lieux": lieux,
            "durations": [
                demarche._get_duration(persons)
                for persons in range(1, demarche.persons_max + 1)
            ],
            "is_settled": len(lieux) == 1 and demarche.persons_max == 1,
        }

    def _get_public_days(self, demarche_id, lieu_id, persons, first=None, key=None):
        """Return the days of one place, see ``_search_days``; ``until`` when none.

        :param key: request key of the journey: what it holds counts as free for it
        """
        demarche = self.sudo().browse(demarche_id)
        lieu = self.env["mairie.rdv.lieu"].sudo().browse(lieu_id)
        mine = [("request_key", "=", key), ("state", "=", "hold")]
        hold = key and self.env["mairie.rdv"].sudo().search(mine, limit=1)
        return demarche._search_days_or_say_until(lieu, persons, first, ignore=hold)

    def _search_days_or_say_until(self, lieu, persons, first=None, ignore=None):
        search = self._search_days(lieu, persons, first=first, ignore=ignore)
        if not search["days"]:
            last = self._get_day_bounds(lieu)[1]
            search["until"] = date_label(self.env, last)
        return search

    def _get_public_nearest(self, demarche_id, lieu_id, persons, value):
        """Return the three times nearest to one that is gone."""
        demarche = self.sudo().browse(demarche_id)
        lieu = self.env["mairie.rdv.lieu"].sudo().browse(lieu_id)
        start = lieu._read_start(value)
        return start and demarche._get_nearest_slots(lieu, start, persons) or []
