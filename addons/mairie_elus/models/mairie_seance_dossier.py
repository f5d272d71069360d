import base64
import logging
from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.french import size_in_words
from ..lib.seal import canonical, seal
from ..tools.pdf_merge import Section, merge, page_count

_logger = logging.getLogger(__name__)

#: Beyond this, the dossier is built by the scheduler, not under the clerk's click.
DIRECT_MAX_PIECES = 60
DIRECT_MAX_BYTES = 40_000_000
#: Sheets that the scheduler lays out between two commits.
SHEETS_PER_STEP = 20


class MairieSeance(models.Model):
    """The dossier: every item and every document in one PDF with its outline."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    dossier_file = fields.Binary("Dossier", attachment=True, copy=False, readonly=True)
    dossier_filename = fields.Char(compute="_compute_dossier_filename")
    dossier_state = fields.Selection(
        [
            ("none", "Not built"),
            ("queued", "Being built"),
            ("done", "Built"),
            ("failed", "Failed"),
        ],
        "Dossier state",
        default="none",
        required=True,
        readonly=True,
        copy=False,
    )
    dossier_progress = fields.Integer("Progress (%)", readonly=True, copy=False)
    dossier_fingerprint = fields.Char(readonly=True, copy=False)
    dossier_built_at = fields.Datetime("Dossier built", readonly=True, copy=False)
    dossier_pages = fields.Integer("Pages of the dossier", readonly=True, copy=False)
    dossier_size = fields.Integer(
        "Size of the dossier (bytes)", readonly=True, copy=False
    )
    dossier_is_current = fields.Boolean(compute="_compute_dossier_is_current")
    dossier_report = fields.Text(compute="_compute_dossier_report")
    annexe_ids = fields.One2many("mairie.annexe", "seance_id", "All documents")

    @api.depends("instance_id.name", "date")
    def _compute_dossier_filename(self):
        for seance in self:
            day = f"{seance.date:%Y-%m-%d}" if seance.date else ""
            seance.dossier_filename = f"Dossier {seance.instance_id.name} {day}.pdf"

    @api.depends("dossier_fingerprint", "dossier_state")
    def _compute_dossier_is_current(self):
        for seance in self:
            seance.dossier_is_current = (
                seance.dossier_state == "done"
                and seance.dossier_fingerprint == seance._get_dossier_fingerprint()
            )

    @api.depends("annexe_ids.problem", "dossier_state", "dossier_pages")
    @api.depends_context("lang")
    def _compute_dossier_report(self):
        problems = dict(
            self.env["mairie.annexe"]
            ._fields["problem"]
            ._description_selection(self.env)
        )
        for seance in self:
            lines = [
                self.env._(
                    "Item %(rank)s, “%(name)s”: %(problem)s. A page says so in its place.",
                    rank=annexe.point_id.rank,
                    name=annexe.name,
                    problem=problems[annexe.problem],
                )
                for annexe in seance._get_dossier_annexes()
                if annexe.problem
            ]
            seance.dossier_report = "\n".join(lines)

    def action_build_dossier(self):
        """Build the dossier now, or hand it to the scheduler when it is heavy."""
        for seance in self:
            if seance._is_dossier_heavy():
                seance._queue_dossier()
            else:
                seance._build_dossier()

    def _get_dossier_wait_text(self):
        """Return how far a heavy dossier is, in one sentence."""
        self.ensure_one()
        if self.dossier_state == "failed":
            return self.env._("The dossier could not be built: see its documents.")
        return self.env._(
            "The dossier is being built: %s %%. Come back in a moment, nothing is lost.",
            self.dossier_progress,
        )

    def _notify_dossier_wait(self):
        """Say it without an error: an error would take the order back."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self._get_dossier_wait_text(),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _queue_dossier(self):
        """Let the scheduler build what is not up to date."""
        stale = self.filtered(lambda seance: not seance.dossier_is_current)
        if stale:
            stale.write({"dossier_state": "queued", "dossier_progress": 0})
            stale._trigger_dossier_cron()

    def action_download_dossier(self):
        """Download the dossier; who only reads gets the last one that was built."""
        self.ensure_one()
        if not self.dossier_is_current and self.has_access("write"):
            self.action_build_dossier()
        if self.dossier_state == "queued" and not self.dossier_is_current:
            return self._notify_dossier_wait()
        if not self.dossier_size:
            raise UserError(self.env._("The dossier is not built yet."))
        filename = quote(self.dossier_filename, safe="")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/mairie.seance/{self.id}/dossier_file"
            f"?filename={filename}&download=1",
            "target": "download",
        }

    @api.model
    def _cron_build_dossiers(self, limit=5):
        """Build what waits, step by step; a failure is shown, never silent.

        Each step is committed: stopped half-way, it goes on from there.
        """
        domain = [("dossier_state", "=", "queued")]
        waiting = self.search(domain, limit=limit)
        remaining = self.search_count(domain)
        for seance in waiting:
            try:
                with self.env.cr.savepoint():
                    done = seance._build_dossier_step()
            except Exception:  # whatever the file held, the clerk must hear of it
                _logger.exception("The dossier of %s cannot be built", seance.name)
                seance.dossier_state = "failed"
                done = True
            remaining -= done
            self.env["ir.cron"]._commit_progress(1, remaining=remaining)
        return remaining

    def _build_dossier_step(self):
        """Lay out some sheets, or join all of them once they are there.

        :return: True when the dossier is built
        """
        self.ensure_one()
        points = self._get_dossier_points()
        stale = points.filtered(lambda point: not point._is_sheet_current())
        stale[:SHEETS_PER_STEP]._build_sheets()
        if len(stale) > SHEETS_PER_STEP:
            left = len(stale) - SHEETS_PER_STEP
            self.dossier_progress = 95 * (len(points) - left) // len(points)
            return False
        self._build_dossier()
        return True

    def _trigger_dossier_cron(self):
        self.env.ref("mairie_elus.cron_build_dossiers").sudo()._trigger()

    def _is_dossier_heavy(self):
        """Hook: beyond these figures a dossier is built by the scheduler."""
        annexes = self._get_dossier_annexes()
        return (
            len(annexes) > DIRECT_MAX_PIECES
            or sum(annexes.mapped("size")) > DIRECT_MAX_BYTES
        )

    def _get_dossier_points(self):
        """Return the items of the dossier that a link may open: no closed item."""
        return self.point_ids.filtered(lambda point: not point.is_huis_clos).sorted(
            "rank"
        )

    def _get_dossier_annexes(self):
        return self._get_dossier_points().annexe_ids

    def _get_dossier_fingerprint(self):
        """Return a hash that changes with anything that the dossier shows."""
        self.ensure_one()
        return seal(canonical(self._prepare_agenda_facts()))

    def _prepare_agenda_facts(self):
        """Return the content of the notice as plain facts, the files by their hash."""
        self.ensure_one()
        return {
            "assembly": self.instance_id.name,
            "start": self._get_local_start().isoformat(),
            "place": self._get_place(),
            "call": self.call,
            "agenda": [
                point._prepare_facts() for point in self.point_ids.sorted("rank")
            ],
        }

    def _build_dossier(self):
        """Make the PDF and keep it on the meeting."""
        self.ensure_one()
        content = self._render_dossier()
        self.write(
            {
                "dossier_file": base64.b64encode(content),
                "dossier_state": "done",
                "dossier_progress": 100,
                "dossier_fingerprint": self._get_dossier_fingerprint(),
                "dossier_built_at": fields.Datetime.now(),
                "dossier_pages": page_count(content),
                "dossier_size": len(content),
            }
        )

    def _render_dossier(self):
        """Return the merged PDF: cover, contents, then each item and its documents."""
        self.ensure_one()
        points = self._get_dossier_points()
        points._build_sheets()
        sections = [self._prepare_dossier_section(point) for point in points]
        toc = self._prepare_dossier_contents(sections)
        cover = self._render_document(
            "mairie_elus.report_dossier_cover", self, {"toc": toc}
        )
        title = f"{self.instance_id.name}, {self._get_when()}"
        return merge(cover, sections, title, "fr-FR")

    def _prepare_dossier_section(self, point):
        """Return the sheet of an item and its documents, as lines of the outline."""
        children = [
            Section(annexe.name, self._get_dossier_content(annexe), f"a{annexe.id}")
            for annexe in point.annexe_ids.sorted()
        ]
        title = f"{point.rank}. {point.name}"
        return Section(title, point._get_sheet(), f"p{point.id}", children)

    def _get_dossier_content(self, annexe):
        """Return the file, or the page that stands for a file that cannot be read."""
        if annexe.problem:
            return self._render_document("mairie_elus.report_annexe_missing", annexe)
        return annexe._get_pdf()

    def _prepare_dossier_contents(self, sections):
        """Return the table of contents: level, title, key, first page."""
        lines, page = [], 1
        for section in sections:
            for level, entry in (
                (0, section),
                *((1, child) for child in section.children),
            ):
                lines.append(
                    {
                        "level": level,
                        "title": entry.title,
                        "key": entry.key,
                        "page": page,
                    }
                )
                page += page_count(entry.content)
        return lines

    def _render_document(self, report, records, data=None):
        """Render one of our reports to PDF bytes."""
        return self.env["ir.actions.report"]._render_qweb_pdf(
            report, records.ids, data=data
        )[0]

    def _get_dossier_weight(self):
        """Return the size of the dossier in French words, empty before it is built."""
        return size_in_words(self.dossier_size) if self.dossier_size else ""
