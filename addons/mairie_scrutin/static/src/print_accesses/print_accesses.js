import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";

/**
 * New QR codes and PINs exist only in the PDF: it is posted for, received, kept nowhere.
 */
async function printAccesses(env, action) {
    const ids = action.params.ids.join(",");
    env.services.ui.block();
    try {
        await download({ url: "/mairie_scrutin/acces.pdf", data: { ids } });
    } finally {
        env.services.ui.unblock();
    }
    env.services.notification.add(
        _t("Sheets first, then the PIN slips: each slip goes in its president's envelope."),
        { type: "success" },
    );
    return { type: "ir.actions.client", tag: "soft_reload" };
}

registry.category("actions").add("mairie_scrutin.print_accesses", printAccesses);
