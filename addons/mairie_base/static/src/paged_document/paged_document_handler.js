import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Download a paged document at once. Odoo's own way first asks for the state of another
 * engine, and shows a web page where that one is missing.
 */
export async function pagedDocumentHandler(action, options, env) {
    if (action.report_type !== "qweb-pdf" || !action.mairie_engine) {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("mairie_paged_document", pagedDocumentHandler);
