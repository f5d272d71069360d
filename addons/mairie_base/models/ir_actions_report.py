import io

from odoo import api, fields, models

from ..report.paged_document import render_pdf


class IrActionsReport(models.Model):
    """Reports that are laid out as paged documents, in this very process."""

    _inherit = "ir.actions.report"

    mairie_engine = fields.Selection(
        [("weasyprint", "Paged document (WeasyPrint)")],
        "Document Engine",
        help="Paged documents have page numbers, bookmarks and tags for screen "
        "readers. Without an engine, Odoo's own is used.",
    )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"mairie_engine"}

    def report_action(self, docids, data=None, config=True):
        """Tell the web client which engine will print.

        A paged document has a layout of its own: no layout has to be chosen first.
        """
        if not self.mairie_engine:
            return super().report_action(docids, data=data, config=config)
        action = super().report_action(docids, data=data, config=False)
        return dict(action, mairie_engine=self.mairie_engine)

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        report = self._get_report(report_ref)
        if not report.mairie_engine:
            return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        ids = [res_ids] if isinstance(res_ids, int) else list(res_ids or [])
        return self._prepare_mairie_streams(report, ids, data), "pdf"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report.mairie_engine:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        return self._prepare_mairie_streams(report, list(res_ids or []), data)

    def _prepare_mairie_streams(self, report, res_ids, data):
        """Return the streams that Odoo's reports expect: id (or False) -> stream.

        Many records make one document, under the key False, so that bookmarks, tags
        and language survive. A report that keeps each document as an attachment
        gets one stream for each record.

        :param report: sudoed ``ir.actions.report``
        """
        if report.attachment and res_ids:
            return {
                res_id: self._prepare_mairie_record_stream(report, res_id, data)
                for res_id in res_ids
            }
        key = res_ids[0] if len(res_ids) == 1 else False
        pdf = self._render_mairie_pdf(report, res_ids, data)
        return {key: {"stream": io.BytesIO(pdf), "attachment": None}}

    def _prepare_mairie_record_stream(self, report, res_id, data):
        attachment = report.retrieve_attachment(self.env[report.model].browse(res_id))
        if attachment and report.attachment_use:
            content = attachment.raw
        else:
            content = self._render_mairie_pdf(report, [res_id], data)
        return {"stream": io.BytesIO(content), "attachment": attachment}

    def _render_mairie_pdf(self, report, res_ids, data):
        groups = [[res_id] for res_id in res_ids] or [[]]
        return render_pdf(
            [self._render_mairie_html(report, group, data) for group in groups],
            **self._get_mairie_engine_options(report),
        )

    @api.model
    def _get_mairie_engine_options(self, report):
        """Return keyword arguments of :func:`render_pdf`.

        Hook: a report may ask for another PDF variant, such as PDF/A-3a.
        """
        return {}

    def _render_mairie_html(self, report, res_ids, data):
        values = dict(data or {}, report_type="pdf", debug=False)
        html = self.with_context(debug=False)._render_qweb_html(
            report, res_ids, data=values
        )[0]
        return html.decode() if isinstance(html, bytes) else html
