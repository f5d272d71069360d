from datetime import date
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.fields import Domain

from ..lib.french import date_in_words, size_in_words
from ..lib.public_search import words
from .mairie_publication import KINDS

PAGE_SIZE = 20
FEED_SIZE = 50
JSON_SIZE = 200


class MairiePublication(models.Model):
    """What the public pages show: plain values, of what is online and nothing else."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.publication"

    @api.model
    def _read_search(self, params):
        """Return what a visitor looks for: wrong values are left out, never an error."""
        kinds = dict(KINDS)
        kind = params.get("nature")
        return {
            "q": (params.get("q") or "").strip()[:200],
            "theme": (params.get("theme") or "").strip()[:100],
            "nature": kind if kind in kinds else "",
            "du": _read_day(params.get("du")),
            "au": _read_day(params.get("au")),
            "page": _read_page(params.get("page")),
        }

    @api.model
    def _get_public_domain(self, company, search):
        """Return the domain of what a visitor may find."""
        domain = Domain([("company_id", "=", company.id), ("state", "=", "online")])
        for word in words(search["q"]):
            domain &= Domain("search_text", "like", word)
        if search["theme"]:
            domain &= Domain("theme", "=", search["theme"])
        if search["nature"]:
            domain &= Domain("kind", "=", search["nature"])
        if search["du"]:
            domain &= Domain("act_date", ">=", search["du"])
        if search["au"]:
            domain &= Domain("act_date", "<=", search["au"])
        return domain

    @api.model
    def _prepare_list_page(self, company, params):
        """Return the values of the list of acts."""
        search = self._read_search(params)
        model = self.sudo()
        domain = self._get_public_domain(company, search)
        count = model.search_count(domain)
        last = max(1, -(-count // PAGE_SIZE))
        page = min(search["page"], last)
        found = model.search(domain, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        return {
            "search": {
                **search,
                "du": search["du"] and search["du"].isoformat(),
                "au": search["au"] and search["au"].isoformat(),
            },
            "is_search": any(
                search[name] for name in ("q", "theme", "nature", "du", "au")
            ),
            "has_filters": any(
                search[name] for name in ("theme", "nature", "du", "au")
            ),
            "acts": [row._prepare_card() for row in found],
            "count": count,
            "page": page,
            "last_page": last,
            "themes": self._get_themes(company),
            "natures": self._get_kind_words(),
            "years": self._get_years(company),
            "publicity": company.sudo().mairie_publicity,
            "publicity_site": self._get_publicity_site(company),
        }

    @api.model
    def _get_publicity_site(self, company):
        """Return the address on which the choice of posting or paper is made known.

        It is typed as people say it: « www.ville.fr » leads to the site too.
        """
        site = (company.sudo().mairie_publicity_site or "").strip()
        if not site or site.startswith(("https://", "http://")):
            return site
        return f"https://{site}"

    @api.model
    def _get_themes(self, company):
        groups = self.sudo()._read_group(
            [
                ("company_id", "=", company.id),
                ("state", "=", "online"),
                ("theme", "not in", (False, "")),
            ],
            ["theme"],
        )
        return sorted(theme for (theme,) in groups)

    @api.model
    def _get_years(self, company):
        """Return the years of which délibérations are online, last first."""
        groups = self.sudo()._read_group(
            [
                ("company_id", "=", company.id),
                ("state", "=", "online"),
                ("kind", "=", "deliberation"),
            ],
            ["act_date:year"],
        )
        return sorted({day.year for (day,) in groups}, reverse=True)

    @api.model
    def _get_kind_words(self):
        """Return each kind of act as the law names it, in French."""
        return {
            "deliberation": "Délibération",
            "decision": "Décision du maire",
            "arrete": "Arrêté",
            "list": "Liste des délibérations",
            "minutes": "Procès-verbal",
        }

    def _prepare_card(self):
        """Return one line of the list."""
        self.ensure_one()
        return {
            "path": self._get_path(),
            "kind": self._get_kind_words()[self.kind],
            "number": self.number or "",
            "name": self.name,
            "day": date_in_words(self.act_date),
            "iso_day": self.act_date.isoformat(),
            "theme": self.theme or "",
            "step": self._get_step_line(),
            "is_executory": bool(self.executory_on),
            "is_act": self.kind in ("deliberation", "decision", "arrete"),
            "is_adopted": self.is_adopted,
        }

    def _get_step_line(self):
        if self.kind in ("list", "minutes"):
            return f"En ligne le {date_in_words(self.published_on)}."
        return self.step_text or ""

    @api.model
    def _find_online(self, company, publication_id):
        """Return what is online in a commune, sudoed, or nothing."""
        found = self.sudo().browse(publication_id).exists()
        visible = found.company_id == company and found.state == "online"
        return found if visible else self.sudo().browse()

    def _prepare_page(self):
        """Return the values of the page of one act."""
        self.ensure_one()
        return {
            **self._prepare_card(),
            "body": self.body,
            "author": self.author or "",
            "matiere": self.matiere_code or "",
            "online": date_in_words(self.published_on),
            "until": date_in_words(self.online_until),
            "is_redacted": self.is_redacted,
            "pdf_path": f"/actes/{self.id}.pdf",
            "pdf_size": size_in_words(self.size),
            "sha256": self.sha256,
        }

    def _read_pdf(self):
        """Return the name and the bytes of the document."""
        self.ensure_one()
        stem = "".join(
            char if char.isalnum() or char in "-_" else "-"
            for char in (self.number or self._get_path().rpartition("/")[2])
        )
        attachment = self.env["ir.attachment"].sudo()
        attachment = attachment.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", "pdf"),
            ],
            limit=1,
        )
        return f"{stem}.pdf", attachment.raw

    @api.model
    def _prepare_feed(self, company):
        """Return the last acts put online, for feeds."""
        found = self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "online")],
            order="published_at desc, id desc",
            limit=FEED_SIZE,
        )
        base = company.get_base_url()
        return {
            "town": company.sudo().name,
            "base": base,
            "updated": found[:1].published_at
            or fields.Datetime.from_string("2000-01-01"),
            "entries": [
                {
                    **row._prepare_card(),
                    "url": base + row._get_path(),
                    "published": row.published_at,
                    "author": row.author or company.name,
                }
                for row in found
            ],
        }

    @api.model
    def _prepare_json(self, company, params):
        """Return acts as open data: a page of them, and where the next one is."""
        search = self._read_search(params)
        domain = self._get_public_domain(company, search)
        base = company.get_base_url()
        found = self.sudo().search(
            domain, limit=JSON_SIZE, offset=(search["page"] - 1) * JSON_SIZE
        )
        count = self.sudo().search_count(domain)
        more = count > search["page"] * JSON_SIZE
        return {
            "commune": company.name,
            "siret": company.sudo().mairie_siret or "",
            "nombre": count,
            "page": search["page"],
            "suite": self._get_next_json(base, search) if more else None,
            "actes": [row._prepare_json_row(base) for row in found],
        }

    @api.model
    def _get_next_json(self, base, search):
        """Return the address of the next page of the same search."""
        kept = {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in search.items()
            if value
        }
        return f"{base}/actes.json?{urlencode({**kept, 'page': search['page'] + 1})}"

    def _prepare_json_row(self, base):
        return {
            "numero": self.number or None,
            "nature": self.kind,
            "objet": self.name,
            "date": self.act_date.isoformat(),
            "matiere": self.matiere_code or None,
            "theme": self.theme or None,
            "auteur": self.author or None,
            "en_ligne": self.published_on.isoformat(),
            "recu_prefecture": self.received_on
            and self.received_on.isoformat()
            or None,
            "executoire": self.executory_on and self.executory_on.isoformat() or None,
            "adopte": self.is_adopted,
            "page": base + self._get_path(),
            "pdf": f"{base}/actes/{self.id}.pdf",
            "sha256": self.sha256,
        }

    @api.model
    def _prepare_open_data(self, company, year):
        """Return the délibérations of a year online, in the SCDL format: bytes."""
        found = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "online"),
                ("kind", "=", "deliberation"),
                ("act_date", ">=", date(year, 1, 1)),
                ("act_date", "<=", date(year, 12, 31)),
            ],
            order="act_date, number",
        )
        acts = self.env["mairie.deliberation"].sudo().browse(found.mapped("res_id"))
        return acts._render_open_data({row.res_id: row for row in found})


def _read_day(text):
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _read_page(text):
    try:
        return max(1, min(int(text or 1), 10_000))
    except ValueError:
        return 1
