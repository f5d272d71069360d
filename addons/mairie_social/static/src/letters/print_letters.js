import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";

async function printLetters(env, ids) {
    env.services.ui.block();
    try {
        await download({ url: "/mairie_social/lettres", data: { ids: ids.join(",") } });
    } finally {
        env.services.ui.unblock();
    }
    env.services.notification.add(
        _t("The letters are in your downloads. Hand them over: they open an account."),
        { type: "success" },
    );
    env.services.action.doAction("soft_reload");
}

/** The secrets of the letters exist only in the PDF: posted for, received, kept nowhere. */
function askToPrint(env, { params }) {
    const { ids, count } = params;
    const label = count === 1 ? _t("Print 1 letter") : _t("Print %s letters", count);
    env.services.dialog.add(ConfirmationDialog, {
        title: count === 1 ? _t("Print 1 letter?") : _t("Print %s letters?", count),
        body: _t("The letters printed before will not work any more."),
        confirmLabel: label,
        cancelLabel: _t("Go back"),
        confirm: () => printLetters(env, ids),
        cancel: () => {},
    });
}

registry.category("actions").add("mairie_social.print_letters", askToPrint);
