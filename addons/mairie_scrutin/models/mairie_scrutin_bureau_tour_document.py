from odoo import fields, models

from ..lib.election_calendar import deadlines
from ..lib.station_layout import packets
from ..tools.words import in_words
from .mairie_scrutin_membre_convocation import FRENCH_ROLES, french_day

#: Causes of a void ballot that the minutes count apart (L66, R66-2, L268, L269, L52-3).
NULL_CAUSES = {
    "insuffisant": "Désignation insuffisante, ou absence de désignation",
    "reconnu": "Bulletin où le votant se fait connaître",
    "enveloppe": "Bulletin sans enveloppe ou dans une enveloppe non réglementaire",
    "couleur": "Bulletin écrit sur papier de couleur",
    "signe": "Signe intérieur ou extérieur de reconnaissance",
    "injure": "Mention injurieuse",
    "liste": "Liste non enregistrée, ou bulletins différents dans une enveloppe",
    "ordre": "Nom ajouté ou rayé, ou ordre modifié",
    "modele": "Bulletin non conforme au modèle imprimé",
    "circulaire": "Circulaire utilisée comme bulletin",
    "manuscrit": "Bulletin manuscrit",
    "nom_interdit": "Nom ou image interdits par l'article L. 52-3",
}
#: Kinds whose papers leave for the sous-préfecture (L68).
NEAR = ("municipales", "arrondissement", "departementales")
SIGNING = ("president", "assesseur", "secretaire")
PLANNED_SPARE = 2


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """The papers of a station, in French: plain values for the templates."""

    _inherit = "mairie.scrutin.bureau.tour"

    def _prepare_head(self):
        """Return what every paper of the station says on top."""
        self.ensure_one()
        tour, bureau, say = self.tour_id, self.bureau_id, self._say_hour
        opening, closing = self._get_hours()
        address = (bureau.street, f"{bureau.zip or ''} {bureau.city or ''}".strip())
        return {
            "commune": self.company_id.sudo().name,
            "code": self.code,
            "place": bureau.lieu_name or "",
            "address": ", ".join(part for part in address if part),
            "canton": bureau.canton or "",
            "circonscription": bureau.circonscription or "",
            "secteur": bureau.secteur or "",
            "is_centralisateur": bureau.is_centralisateur,
            "machine": bureau.has_voting_machine,
            "election": tour.scrutin_id.name,
            "round": {1: "Premier tour", 2: "Second tour"}[tour.numero],
            "day": french_day(tour.date),
            "opening": say(opening),
            "closing": say(closing),
            "inscrits": self.inscrits,
        }

    def _prepare_pv(self, blank=False):
        """Return the minutes: ready to fill when ``blank``, else with the figures."""
        self.ensure_one()
        self.check_access("read")
        entry = self.saisie_id.browse() if blank else self.saisie_id
        values = self._prepare_head()
        values.update(
            blank=not entry,
            members=self._prepare_signatories(SIGNING),
            delegates=self._prepare_signatories(("delegue",)),
            null_causes=self._prepare_null_causes(entry),
            opened=self._say_moment("opened_date", entry),
            closed=self._say_moment("closed_date", entry),
            figures=self._prepare_pv_figures(entry),
            lists=self._prepare_pv_lists(entry),
            total=self._say_figure("exprimes", entry.exprimes if entry else None),
            comment=(entry and self._get_pv_comment(entry)) or "",
            sending=self._say_sending(),
            claims=self._say_claims(),
            **self._prepare_pv_gap(entry),
        )
        return values

    def _say_sending(self):
        """Where the minutes and the signed lists go, at once (L68)."""
        near = self.tour_id.scrutin_id.kind in NEAR
        return (
            "Le procès-verbal, ses annexes et la liste d'émargement partent aussitôt pour "
            f"la {'sous-préfecture ou la préfecture' if near else 'préfecture'} (art. "
            "L. 68)."
        )

    def _say_claims(self):
        """Until when an elector may contest; "" where the term is not known here."""
        tour = self.tour_id
        known = deadlines(tour.scrutin_id.kind, tour.numero, tour.date)
        claims = next((row for row in known if row.code == "claims"), None)
        if not claims:
            return ""
        article = f"{claims.article[0]}. {claims.article[1:]}"
        return (
            f"Les réclamations sont reçues jusqu'au {french_day(claims.day)} à "
            f"{claims.hour} heures (art. {article})."
        )

    def _prepare_pv_figures(self, entry):
        """Rows of the count: label, figure, words; None where a hand will write."""
        envelopes = (entry.enveloppes or entry.votants) if entry else None
        annexed = entry and self._get_annexed(entry)
        figures = {
            "inscrits": (entry.inscrits if entry else self.inscrits) or None,
            "enveloppes": envelopes,
            "annexes": annexed,
        }
        for name in ("emargements", "blancs", "nuls", "exprimes"):
            figures[name] = entry[name] if entry else None
        return {key: self._say_figure(key, value) for key, value in figures.items()}

    def _get_annexed(self, entry):
        """Ballots annexed; None when the source did not tell, a hand will write it."""
        return entry.annexes if entry.has_annexes else None

    def _prepare_null_causes(self, entry):
        """Rows of the causes of void ballots; empty where the phone did not tell."""
        told = (entry and entry.nul_causes) or {}
        return [
            {"label": label, "value": str(told[key]) if key in told else ""}
            for key, label in NULL_CAUSES.items()
        ]

    def _say_moment(self, name, entry):
        """Local hour of the opening or the closing, as it was told; else empty."""
        moment = entry and self[name]
        if not moment:
            return ""
        local = self.company_id._mairie_localize(moment)
        return self._say_hour(local.hour + local.minute / 60)

    def _say_figure(self, key, value):
        """One figure of the minutes, in figures and in words."""
        if not isinstance(value, int) or value is False:
            return {"key": key, "value": "", "words": ""}
        return {
            "key": key,
            "value": f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"),
            "words": in_words(value),
        }

    def _prepare_pv_lists(self, entry):
        """Votes of each list in the order of the round, in figures and in words."""
        votes = {line.candidature_id: line.voix for line in entry.line_ids}
        return [
            {
                "panneau": row.panneau.lstrip("0") or "0",
                "name": row.name,
                "head": row.head or "",
                **self._say_figure("voix", votes.get(row, 0) if entry else None),
            }
            for row in self.tour_id.candidature_ids
        ]

    def _prepare_pv_gap(self, entry):
        """Envelopes less signatures, and the packets of a hundred (L65, R65-1)."""
        if not entry:
            return {"gap": "", "has_gap": False, "packets": ""}
        envelopes = entry.enveloppes or entry.votants
        gap = envelopes - entry.emargements
        full, rest = packets(envelopes)
        words = f"{full} de 100"
        return {
            "gap": f"{gap:+d}" if gap else "0",
            "has_gap": bool(gap),
            "packets": f"{words} et 1 de {rest}" if rest else words,
        }

    def _get_pv_comment(self, entry):
        """Remarks typed with the figures, and reasons of the alerts."""
        reasons = self.controle_ids.filtered("reason").mapped("reason")
        return " ; ".join(filter(None, [entry.comment, *reasons]))

    def _prepare_signatories(self, roles):
        """Names and roles for the minutes; nothing private. Empty lines to fill."""
        self.ensure_one()
        rows = [
            {
                "name": row.display_name,
                "role": row._get_french_role(),
                "list": row._get_french_origin(),
                "hours": row.slot_label_fr,
            }
            for row in self.sudo().membre_ids
            if row.role in roles and row.state != "empeche"
        ]
        needed = {"president": 1, "assesseur": 2, "secretaire": 1}
        named = [row.role for row in self.sudo().membre_ids if row.state != "empeche"]
        for role in roles:
            missing = needed.get(role, PLANNED_SPARE) - named.count(role)
            empty = {"name": "", "role": FRENCH_ROLES[role][0], "list": "", "hours": ""}
            rows += [empty] * max(missing, 0)
        return rows

    def _prepare_presence_sheet(self):
        """Return the sheet where members sign as they come and go."""
        self.check_access("read")
        people = [
            {
                "name": row.display_name,
                "role": row._get_french_role(),
                "list": row._get_french_origin(),
                "hours": row.slot_label_fr,
            }
            for row in self.sudo().membre_ids
            if row.state != "empeche"
        ]
        return dict(self._prepare_head(), people=people)

    def _prepare_centaine_sheet(self):
        """Return the sheet of the first and second hundred ballots."""
        self.check_access("read")
        return dict(
            self._prepare_head(), lists=self._prepare_pv_lists(self.saisie_id.browse())
        )

    def _prepare_labels(self):
        """Return the envelopes of the station: what goes in, who signs, where to."""
        self.check_access("read")
        most = packets(self.inscrits)
        count = most[0] + bool(most[1])
        return dict(
            self._prepare_head(),
            packet_count=count,
            scrutateurs=self.scrutateurs_needed,
            booths=self.booth_count,
        )

    def _prepare_posted(self):
        """Return the result posted in the room, in full (R67)."""
        return self._prepare_pv()

    def _get_report(self, name):
        return self.env.ref(f"mairie_scrutin.action_report_{name}")

    def action_print_sheets(self):
        """The papers of the station before the day, in one PDF."""
        return self._get_report("station_papers").report_action(self)

    def action_print_pv(self):
        return self._get_report("pv").report_action(self)

    def action_print_result(self):
        return self._get_report("posted").report_action(self)

    def action_view_pv(self):
        """The minutes as a page, for whoever reads with a screen reader."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/html/mairie_scrutin.report_pv/{self.id}",
            "target": "new",
        }


class MairieScrutinMembre(models.Model):
    _inherit = "mairie.scrutin.membre"

    slot_label_fr = fields.Char(
        compute="_compute_slot_label_fr", export_string_translation=False
    )

    def _get_french_origin(self):
        """Who named the member, as papers write it; empty for the mayor."""
        self.ensure_one()
        if self.is_spot:
            return "électeur présent (art. R. 44)"
        return self.candidature_id.name or ""

    def _compute_slot_label_fr(self):
        """Hours for the papers, which are in French whatever the user's language."""
        say = self.env["mairie.scrutin.bureau.tour"]._say_hour
        for membre in self:
            start, end = membre._get_slot()
            membre.slot_label_fr = f"{say(start)} à {say(end)}"
