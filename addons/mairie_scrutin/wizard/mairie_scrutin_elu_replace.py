from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..lib.elected import (
    Candidate,
    community_successor,
    council_successor,
    vacancy,
)
from ..models.mairie_scrutin_elu import LEAVING

#: Rule of the seats -> article that names the successor; others are to be confirmed.
ARTICLES = {"l262": "L270", "polynesie": "L270", "regional": "L360"}
COUNCILS = ("cm", "secteur", "region")


class MairieScrutinEluReplace(models.TransientModel):
    """Name the successor of somebody elected on a list, with the reason."""

    _name = "mairie.scrutin.elu.replace"
    _description = "Replace an Elected Person"

    elu_id = fields.Many2one(
        "mairie.scrutin.elu", "Who Leaves", required=True, readonly=True
    )
    date = fields.Date("Vacant Since", required=True, default=fields.Date.context_today)
    reason = fields.Selection(LEAVING, required=True, default="resignation")
    state = fields.Selection(
        [("preview", "Preview"), ("done", "Done")], default="preview", readonly=True
    )
    successor_id = fields.Many2one(
        "mairie.scrutin.candidat", compute="_compute_successor"
    )
    community_successor_id = fields.Many2one(
        "mairie.scrutin.candidat",
        "Successor on the Community Council",
        compute="_compute_successor",
    )
    done = fields.Char(compute="_compute_done")
    explanation = fields.Html(
        compute="_compute_successor", sanitize=False, export_string_translation=False
    )

    @api.depends("elu_id", "date", "reason")
    @api.depends_context("lang")
    def _compute_successor(self):
        self._check_allowed()
        for wizard in self:
            found = wizard.sudo()._find() if wizard.elu_id and wizard.date else {}
            wizard.successor_id = found.get("council")
            wizard.community_successor_id = found.get("community")
            items = Markup().join(
                Markup("<li>%s</li>") % line for line in found.get("sentences", ())
            )
            wizard.explanation = Markup("<ul>%s</ul>") % items

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_done(self):
        """Who sits from now on, and how it is undone."""
        for wizard in self:
            wizard.done = wizard.state == "done" and wizard.sudo()._tell_done()

    def _tell_done(self):
        elu = self.elu_id
        called = elu.attribution_id.elu_ids.filtered(
            lambda row: row.replaces_id == elu.candidat_id
        )[-1:]
        if not called:
            return self.env._(
                "Written in the journal: the seat of %s is vacant.", elu.display_name
            )
        return self.env._(
            "Written in the journal: %(name)s takes the seat. “Take Back”, on the line "
            "of %(leaving)s, undoes it.",
            name=called.display_name,
            leaving=elu.display_name,
        )

    def action_replace(self):
        """Write who left and who is called; the journal keeps it."""
        self.ensure_one()
        self._check_allowed()
        elu = self.sudo().elu_id
        if not elu.is_seated or self.state == "done":
            raise UserError(self.env._("This person does not sit any more."))
        if self.date < elu.tour_id.date:
            raise UserError(self.env._("Nobody leaves before the day of the vote."))
        self._replace(self.sudo()._find())
        self.state = "done"
        return self._get_action()

    def _check_allowed(self):
        """Refuse who may not name a successor, or not in this commune."""
        if self.env.su:
            return
        elsewhere = self.sudo().elu_id.company_id - self.env.companies
        if elsewhere or not self._may_name():
            raise AccessError(self.env._("Only a supervisor names a successor."))

    def _may_name(self):
        """Hook: who else may name a successor."""
        return self.env.user.has_group("mairie_scrutin.group_superviseur")

    def _replace(self, found):
        """Hook: what else changes hands. :param found: the answer of ``_find``"""
        elu = self.sudo().elu_id
        seat = self._get_community_seat(elu)
        leaving = {"left_date": self.date, "left_reason": self.reason}
        (elu | seat).write(leaving)
        for row in elu | seat:
            person = found["community" if row.organe == "cc" else "council"]
            if person:
                row.create(self._prepare_successor_vals(row, person))
        called = found["council"] or found["community"]
        detail = f"{elu.display_name} → {called.display_name if called else '–'}"
        elu.tour_id._log("succession", detail)

    def _prepare_successor_vals(self, elu, person):
        return {
            "attribution_id": elu.attribution_id.id,
            "candidature_id": elu.candidature_id.id,
            "candidat_id": person.id,
            "rank": max(elu.attribution_id.elu_ids.mapped("rank")) + 1,
            "voix": elu.voix,
            "ordre": person.ordre,
            "section": elu.section,
            "rule": "substitute" if person.titular_id else "next",
            "replaces_id": elu.candidat_id.id,
            "arrival_date": self.date,
        }

    def _find(self):
        """Who is called, and the sentences that say why.

        :return: {"council": candidate, "community": candidate, "sentences": [text]}
        """
        elu = self.elu_id
        found = {"council": None, "community": None, "sentences": []}
        if elu.organe in COUNCILS:
            found["council"] = self._find_council(elu)
            found["sentences"].append(self._say_council(elu, found["council"]))
        elif elu.organe != "cc":
            found["council"], sentence = self._find_substitute(elu)
            found["sentences"].append(sentence)
        if self._get_community_seat(elu):
            self._find_community(elu, found)
        elif self._is_on_small_community(elu):
            found["sentences"].append(self._say_tableau())
        return found

    def _find_council(self, elu):
        people = elu.candidature_id.candidat_ids.filtered(
            lambda row: (row.section or "") == (elu.candidat_id.section or "")
        ).sorted("ordre")
        called = elu.attribution_id.elu_ids.candidat_id.ids
        key = council_successor([Candidate(row.id) for row in people], called)
        return people.browse(key) if key else None

    def _find_substitute(self, elu):
        """Who was declared with somebody elected alone or in a pair, and why.

        :return: (candidate or None, sentence)
        """
        kind = elu.tour_id.scrutin_id.kind
        way = vacancy(kind, self.reason)
        called = elu.attribution_id.elu_ids.candidat_id
        substitute = elu.candidat_id.substitute_ids - called
        if not way:
            return None, self._say_majority()
        if way == "election" or not substitute:
            return None, self._say_vote_again(kind, way)
        return substitute, self._say_substitute(kind, way, elu, substitute)

    def _find_community(self, elu, found):
        """The community seat of who leaves (L273-10)."""
        people = elu.candidature_id.candidat_ids.sorted("ordre")
        candidates = {
            row.id: Candidate(row.id, row.sexe or "", row.cc_ordre) for row in people
        }
        tour = elu.tour_id
        council = tour.attribution_ids.filtered(lambda row: row.organe == "cm").elu_ids
        seats = self._get_community_seat(elu).attribution_id.elu_ids
        sitting = council.filtered("is_seated").candidat_id
        if found["council"]:
            sitting |= found["council"]
        if elu.organe == "cm":
            sitting -= elu.candidat_id
        leaving = candidates[elu.candidat_id.id]
        terms = {
            "people": list(candidates.values()),
            "council": sitting.ids,
            "in_office": seats.filtered("is_seated").candidat_id.ids,
            "leaving": leaving,
            "single_seat": tour.scrutin_id.community_seat_count == 1,
        }
        key, rule = community_successor(**terms), "same_sex"
        if terms["single_seat"]:
            rule = "extra"
        if key is None and self.date >= tour.date + relativedelta(years=1):
            key, rule = community_successor(**terms, same_sex=False), "any_sex"
        found["community"] = people.browse(key) if key else None
        found["sentences"].append(self._say_community(found["community"], rule))

    def _get_community_seat(self, elu):
        """The community seat that the person holds, be it ``elu`` itself."""
        seats = elu.tour_id.attribution_ids.filtered(lambda row: row.organe == "cc")
        return seats.elu_ids.filtered(
            lambda row: row.candidat_id == elu.candidat_id and not row.left_date
        )

    def _is_on_small_community(self, elu):
        scrutin = elu.tour_id.scrutin_id
        return bool(scrutin.is_small and scrutin.community_seat_count)

    def _say_council(self, elu, person):
        article = ARTICLES.get(elu.tour_id.scrutin_id.regime, "")
        values = {"list": elu.candidature_id.name, "article": article}
        if not person and article == "L360":
            return self.env._(
                "No name is left in this section of “%(list)s”: the seat stays vacant "
                "until the next renewal (L360).",
                **values,
            )
        if not person:
            return self.env._(
                "No name is left on “%(list)s”: the seat stays vacant. The council is "
                "renewed within three months once it lost a third of its members, or "
                "before a new mayor is elected (L270).",
                **values,
            )
        values |= {"name": person.display_name, "rank": person.ordre}
        if not article:
            return self.env._(
                "%(name)s, rank %(rank)s, comes right after the last one called on "
                "“%(list)s”. Have the préfecture confirm it for this council.",
                **values,
            )
        return self.env._(
            "%(name)s, rank %(rank)s, comes right after the last one called on "
            "“%(list)s” and takes the seat, whatever the sex (%(article)s). Whoever "
            "declines is replaced in turn.",
            **values,
        )

    def _say_community(self, person, rule):
        if not person:
            return self.env._(
                "Community council: nobody of the same sex is left on this list; the "
                "seat stays vacant. From %s on, the sex does not count any more "
                "(L273-10).",
                format_date(
                    self.env, self.elu_id.tour_id.date + relativedelta(years=1)
                ),
            )
        sentences = {
            "same_sex": self.env._(
                "Community council: %s is the next one of the same sex, on the community "
                "list then on the council's list (L273-10).",
                person.display_name,
            ),
            "any_sex": self.env._(
                "Community council: nobody of the same sex is left; after the first "
                "year, %s is called whatever the sex (L273-10).",
                person.display_name,
            ),
            "extra": self.env._(
                "Community council: with a single seat, %s is the extra candidate of the "
                "community list (L273-10).",
                person.display_name,
            ),
        }
        return sentences[rule]

    def _say_tableau(self):
        return self.env._(
            "Community council: under 1,000 inhabitants, the first member of the council "
            "without a community seat who follows in the order of the tableau is called "
            "(L273-12)."
        )

    def _say_substitute(self, kind, way, elu, substitute):
        values = {"name": substitute.display_name, "leaving": elu.display_name}
        if kind == "departementales":
            return self.env._(
                "%(name)s, the substitute declared with %(leaving)s, takes the seat "
                "(L221).",
                **values,
            )
        if way == "temporary":
            return self.env._(
                "%(name)s, the substitute declared with %(leaving)s, sits until one "
                "month after the end of the office in the government (LO176).",
                **values,
            )
        return self.env._(
            "%(name)s, the substitute declared with %(leaving)s, takes the seat until "
            "the Assembly is renewed (LO176).",
            **values,
        )

    def _say_vote_again(self, kind, way):
        if kind == "legislatives":
            return self.env._(
                "Nobody takes the seat: a partial election is held within three months, "
                "but not in the twelve months before the Assembly ends (LO178)."
            )
        if way == "election":
            return self.env._(
                "No substitute in this case: a partial election is held within three "
                "months (L221)."
            )
        return self.env._(
            "No substitute is left: a partial election is held for this seat within "
            "three months, but not in the six months before the council is renewed "
            "(L221)."
        )

    def _say_majority(self):
        return self.env._(
            "No list here: the substitute of the declaration is called, or a partial "
            "election is held. Ask the préfecture."
        )

    def _get_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_elu_replace_action"
        )
        return dict(action, res_id=self.id)
