from odoo import models

from ..lib.station_layout import normalise_code
from ..lib.table_file import read_day, simplify

HEADERS = {
    "code": ("bureau", "code", "numero", "numero du bureau", "code bv", "bv", "n"),
    "name": ("lieu", "nom", "libelle", "nom du lieu", "lieu de vote"),
    "street": ("adresse", "rue", "voie"),
    "zip": ("code postal", "cp"),
    "city": ("ville", "commune"),
    "canton": ("canton",),
    "circonscription": ("circonscription", "circo"),
    "secteur": ("secteur",),
    "section": ("section", "section departementale", "commune associee"),
    "is_centralisateur": ("centralisateur", "bureau centralisateur"),
    "has_voting_machine": ("machine a voter", "machine"),
    "active_from": ("depuis", "date de debut", "debut"),
    "active_to": ("jusqu au", "date de fin", "fin"),
}
TRUE = ("oui", "o", "1", "x", "vrai", "true")


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTableImport(models.TransientModel):
    """Stations from a table."""

    _inherit = "mairie.scrutin.table.import"

    def _get_headers_bureaux(self):
        return HEADERS, ["code"]

    def _read_bureaux(self, rows):
        bureaux = self.env["mairie.scrutin.bureau"].search(
            [("company_id", "=", self.env.company.id), ("active_to", "=", False)]
        )
        known = {bureau.code: bureau for bureau in bureaux}
        seen, lines = {}, []
        for row in rows:
            code = normalise_code(row.values.get("code", ""))
            reason = self._refuse_bureau(row, code, seen)
            if reason:
                lines.append(self._refuse(row, reason))
                continue
            seen[code] = row.number
            lines.append(self._compare_bureau(row, code, known.get(code)))
        return lines

    def _refuse_bureau(self, row, code, seen):
        """Why this line is no station; empty when it is one."""
        if not code:
            return self.env._("The number of the station is missing.")
        if len(code) > 8 or not code.isalnum():
            return self.env._("“%s” is not a station number.", row.values["code"])
        if code in seen:
            return self.env._(
                "Station %(code)s was already on line %(line)s.",
                code=code,
                line=seen[code],
            )
        for name in ("active_from", "active_to"):
            value = row.values.get(name)
            if value and not read_day(value):
                return self.env._("“%s” is not a date: 01/01/2026.", value)
        return ""

    def _compare_bureau(self, row, code, bureau):
        vals = self._prepare_bureau(row)
        label = " ".join(filter(None, [code, vals.get("name")]))
        if not bureau:
            return self._prepare_line(row, "new", label, vals={"code": code, **vals})
        changed = {
            name: value
            for name, value in vals.items()
            if str(bureau[name] or "") != str(value or "")
        }
        status = "changed" if changed else "same"
        return self._prepare_line(row, status, label, vals=changed, target_id=bureau.id)

    def _prepare_bureau(self, row):
        vals = {}
        for name, text in row.values.items():
            if name == "code" or not text:
                continue
            if name in ("is_centralisateur", "has_voting_machine"):
                vals[name] = simplify(text) in TRUE
            elif name.startswith("active_"):
                vals[name] = read_day(text).isoformat()
            else:
                vals[name] = text
        return vals

    def _take_bureaux(self):
        bureaux = self.env["mairie.scrutin.bureau"]
        todo = self.line_ids.grouped("status")
        bureaux.create([line.vals for line in todo.get("new", ())])
        for line in todo.get("changed", ()):
            bureaux.browse(line.target_id).write(line.vals)
