import { expect, test } from "@odoo/hoot";
import { getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { WebClient } from "@web/webclient/webclient";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";

defineMailModels();

test("a paged document is downloaded without asking for another engine", async () => {
    onRpc("/report/check_wkhtmltopdf", () => expect.step("asked for the other engine"));
    patchWithCleanup(download, {
        _download: (options) => {
            expect.step(JSON.parse(options.data.data)[0]);
            return Promise.resolve();
        },
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.report",
        report_type: "qweb-pdf",
        report_name: "mairie_elus.report_convocation",
        mairie_engine: "weasyprint",
        context: { active_ids: [3, 4] },
    });
    expect.verifySteps(["/report/pdf/mairie_elus.report_convocation/3,4"]);
});

test("neither the publisher's account nor its help is in the user's menu", () => {
    const items = registry.category("user_menuitems");
    expect(items.contains("odoo_account")).toBe(false);
    expect(items.contains("support")).toBe(false);
    expect(items.contains("log_out")).toBe(true);
});
