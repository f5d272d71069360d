from odoo import models
from odoo.exceptions import UserError

PERSON = ("section", "ordre", "nom", "prenom", "sexe", "nationalite", "cc_ordre")


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """Lists and people from the ministry's file of candidacies."""

    _inherit = "mairie.scrutin.tour"

    def _get_candidacy_codes(self):
        """Codes of this round's constituency in the ministry's file.

        Hook: a canton or a constituency that several codes name.
        """
        self.ensure_one()
        scrutin = self.scrutin_id
        code = (scrutin.circonscription or "").strip() or scrutin.commune_insee
        return [code.upper()]

    def _compare_candidacies(self, lists):
        """Return [(list of the file, status)]: ``new``, ``changed``, ``same``, ``locked``.

        :param lists: rows of ``lib.candidacies_file``
        """
        self.ensure_one()
        known = {row.panneau: row for row in self.candidature_ids}
        entries = self.env["mairie.scrutin.saisie"].sudo()
        started = entries.search_count(
            [("bureau_tour_id.tour_id", "=", self.id)], limit=1
        )
        result = []
        for row in lists:
            candidature = known.get(row.panneau)
            if not candidature:
                result.append((row, "locked" if started else "new"))
            elif self._is_same_candidacy(candidature, row):
                result.append((row, "same"))
            else:
                closed = self.state == "proclame"
                result.append((row, "locked" if closed else "changed"))
        return result

    def _is_same_candidacy(self, candidature, row):
        vals = self._prepare_list_vals(row)
        if any((candidature[name] or "") != value for name, value in vals.items()):
            return False
        told = any(person.substitute for person in row.people)
        here = [
            (
                *(person[name] or "" for name in PERSON),
                told and self._get_substitute(person.substitute_ids),
            )
            for person in candidature.candidat_ids.sorted(
                lambda row: (row.section or "", row.ordre)
            )
        ]
        there = [
            (
                *(getattr(person, name) or "" for name in PERSON),
                told and self._get_substitute(person.substitute),
            )
            for person in row.people
        ]
        return here == there

    def _get_substitute(self, person):
        """What the file tells of a substitute, of a record as of a line; () for none."""
        return person and (person.nom, person.prenom or "", person.sexe or "") or ()

    def _import_candidacies(self, lists):
        """Create the lists that are new, write those that changed; leave the others.

        People keep their record, hence their birth date, when name and rank stay.

        :return: status -> number of lists
        """
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group(
            "mairie_scrutin.group_superviseur"
        ):
            raise UserError(self.env._("Only a supervisor imports the lists."))
        self._check_open()
        known = {row.panneau: row for row in self.candidature_ids}
        counts = dict.fromkeys(("new", "changed", "same", "locked"), 0)
        for rank, (row, status) in enumerate(self._compare_candidacies(lists), 1):
            counts[status] += 1
            vals = self._prepare_list_vals(row)
            if status == "new":
                people = [(0, 0, self._prepare_person_vals(one)) for one in row.people]
                self.env["mairie.scrutin.candidature"].create(
                    {
                        "tour_id": self.id,
                        "panneau": row.panneau,
                        "sequence": rank,
                        "candidat_ids": people,
                        **vals,
                    }
                )
            elif status == "changed":
                candidature = known[row.panneau]
                candidature.write(
                    {**vals, "candidat_ids": self._prepare_people(candidature, row)}
                )
        self._log("candidacies", self._format_candidacy_counts(counts))
        return counts

    def _format_candidacy_counts(self, counts):
        return self.env._(
            "Candidacies: %(new)s new lists, %(changed)s changed, %(same)s unchanged, "
            "%(locked)s left.",
            **counts,
        )

    def _prepare_list_vals(self, row):
        """Values of a list from the file."""
        return {"name": row.name, "head": row.head, "nuance": row.nuance[:8]}

    def _prepare_person_vals(self, person):
        """Values of a person; a birth date that the file does not tell is left."""
        vals = {name: getattr(person, name) for name in PERSON}
        if person.birth:
            vals["naissance"] = person.birth
        if person.substitute:
            told = self._prepare_person_vals(person.substitute)
            vals["substitute_ids"] = [(5,), (0, 0, told)]
        return vals

    def _prepare_people(self, candidature, row):
        """Commands: the same person is written, others come and go, in two moves.

        Ranks are unique on a list: whoever leaves does so before anybody comes.
        """
        known = {
            (person.section or "", person.nom, person.prenom or ""): person
            for person in candidature.candidat_ids
        }
        kept, commands, added = set(), [], []
        for one in row.people:
            person = known.get((one.section, one.nom, one.prenom))
            vals = self._prepare_person_vals(one)
            if person and person.ordre == one.ordre:
                kept.add(person.id)
                commands.append((1, person.id, vals))
            else:
                birth = person and person.sudo().naissance
                added.append(
                    (0, 0, {**vals, **({"naissance": birth} if birth else {})})
                )
        gone = [
            (2, person.id)
            for person in candidature.candidat_ids
            if person.id not in kept
        ]
        return gone + commands + added
