from odoo import models
from odoo.exceptions import UserError, ValidationError

from ..lib.station_layout import normalise_code
from ..lib.table_file import read_day, read_hour, simplify
from ..models.mairie_scrutin_membre_convocation import EMAIL, FRENCH_ROLES

HEADERS = {
    "code": ("bureau", "numero du bureau", "code bv", "bv", "n du bureau"),
    "role": ("role", "fonction", "qualite"),
    "list": ("liste", "panneau", "candidat"),
    "civility": ("civilite", "titre"),
    "name": ("nom", "nom de famille"),
    "firstname": ("prenom", "prenoms"),
    "birth_date": ("naissance", "date de naissance", "ne le"),
    "birth_place": ("lieu de naissance", "ne a"),
    "street": ("adresse", "rue"),
    "zip": ("code postal", "cp"),
    "city": ("ville", "commune"),
    "email": ("e mail", "email", "mail", "courriel", "adresse e mail"),
    "phone": ("telephone", "tel", "portable", "mobile"),
    "elector_scope": ("electeur", "liste electorale"),
    "slot_from": ("de", "debut", "heure de debut"),
    "slot_to": ("a", "fin", "heure de fin"),
}
ROLES = {
    simplify(word): key for key, words in FRENCH_ROLES.items() for word in words
} | {
    "suppleant": "assesseur_suppl",
    "assesseur titulaire": "assesseur",
    "suppleant du president": "president_suppl",
    "agent": "agent",
    "delegue": "delegue",
}
CIVILITIES = {
    **dict.fromkeys(("madame", "mme", "f"), "madame"),
    **dict.fromkeys(("monsieur", "m", "mr"), "monsieur"),
}
SCOPES = {
    **dict.fromkeys(("commune", "oui", ""), "commune"),
    **dict.fromkeys(("departement", "dep"), "departement"),
    **dict.fromkeys(("non", "aucun"), "none"),
}


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTableImport(models.TransientModel):
    """Members from a table: those that the lists name, or a former year's."""

    _inherit = "mairie.scrutin.table.import"

    def _get_headers_membres(self):
        return HEADERS, ["code", "name"]

    def _read_membres(self, rows):
        if not self.tour_id:
            raise UserError(self.env._("Open this from the round of the members."))
        stations = {bt.code: bt for bt in self.tour_id.bureau_tour_ids}
        known = {
            (row.code, row.role, row._get_identity()) for row in self.tour_id.membre_ids
        }
        lines = []
        for row in rows:
            try:
                vals = self._prepare_membre(row.values, stations)
            except UserError as error:
                lines.append(self._refuse(row, error.args[0]))
                continue
            code = normalise_code(row.values["code"])
            members = self.env["mairie.scrutin.membre"]
            key = (code, vals["role"], members._make_identity(vals))
            names = " ".join(filter(None, [vals.get("firstname"), vals["name"]]))
            label = f"{code}, {FRENCH_ROLES[vals['role']][0]}, {names}"
            status = "same" if key in known else "new"
            known.add(key)
            lines.append(self._prepare_line(row, status, label, vals=vals))
        return lines

    def _prepare_membre(self, values, stations):
        """Values of one member; a UserError says what cannot be read."""
        code = normalise_code(values.get("code", ""))
        if code not in stations:
            raise UserError(self.env._("No station %s in this round.", code or "?"))
        if not values.get("name"):
            raise UserError(self.env._("The last name is missing."))
        role = ROLES.get(simplify(values.get("role") or "assesseur"))
        if not role:
            raise UserError(self.env._("“%s” is not a role.", values["role"]))
        vals = {
            "bureau_tour_id": stations[code].id,
            "role": role,
            "civility": CIVILITIES.get(simplify(values.get("civility", "")), False),
            "candidature_id": self._find_list(values.get("list")),
            "elector_scope": self._read_scope(values.get("elector_scope", "")),
        }
        plain = ("name", "firstname", "birth_place", "street", "zip", "city", "phone")
        vals.update({name: values[name] for name in plain if values.get(name)})
        vals.update(self._read_checked(values))
        return vals

    def _read_checked(self, values):
        """Date, hours and e-mail, each refused with its text when unreadable."""
        found = {}
        born = values.get("birth_date")
        if born:
            day = read_day(born)
            if not day:
                raise UserError(self.env._("“%s” is not a date: 12/05/1974.", born))
            found["birth_date"] = day.isoformat()
        for name in ("slot_from", "slot_to"):
            text = values.get(name)
            if text:
                hour = read_hour(text)
                if hour is None:
                    raise UserError(self.env._("“%s” is not an hour: 8 h 30.", text))
                found[name] = hour
        if found.get("slot_to") and found["slot_to"] < found.get("slot_from", 0):
            raise UserError(self.env._("The slot ends before it begins."))
        email = values.get("email")
        if email:
            if not EMAIL.fullmatch(email):
                raise UserError(self.env._("“%s” is not an e-mail.", email))
            found["email"] = email
        return found

    def _read_scope(self, text):
        scope = SCOPES.get(simplify(text))
        if not scope:
            raise UserError(
                self.env._("“%s”: write commune, département or non.", text)
            )
        return scope

    def _find_list(self, text):
        """Id of the list by its panel, its name or its head; False for the mayor."""
        if not text or simplify(text) in ("maire", "mairie"):
            return False
        wanted = simplify(text)
        for row in self.tour_id.candidature_ids:
            panel = row.panneau.lstrip("0")
            names = (panel, row.panneau, row.name, row.head or "")
            if wanted in {simplify(name) for name in names if name}:
                return row.id
        raise UserError(self.env._("“%s” is not a list of this round.", text))

    def _take_membres(self):
        """Create the members one by one: whoever the law refuses is told, not lost."""
        members = self.env["mairie.scrutin.membre"]
        for line in self.line_ids.filtered(lambda row: row.status == "new"):
            try:
                with self.env.cr.savepoint():
                    members.create(line.vals).flush_recordset()
            except (UserError, ValidationError) as error:
                line.write({"status": "refused", "reason": error.args[0]})
