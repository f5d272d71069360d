import { HistoryDialog } from "@html_editor/components/history_dialog/history_dialog";
import { getHtmlFieldMetadata, setHtmlFieldMetadata } from "@html_editor/fields/html_field";
import { markup } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

const FIELD = "body";

/** A page of a group: its former versions are one click away, in the menu of the form. */
export class GroupPageFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    getStaticActionMenuItems() {
        return {
            ...super.getStaticActionMenuItems(),
            openHistory: {
                sequence: 15,
                icon: "fa fa-history",
                description: _t("Former versions"),
                isAvailable: () => Boolean(this.model.root.resId),
                callback: () => this.openHistory(),
            },
        };
    }

    async openHistory() {
        const record = this.model.root;
        await record.save();
        const historyMetadata = record.data.html_field_history_metadata?.[FIELD];
        if (!historyMetadata) {
            this.notification.add(_t("This page has no former version yet."));
            return;
        }
        this.dialogService.add(HistoryDialog, {
            title: _t("Former versions"),
            noContentHelper: markup`<span class="fst-italic">${_t("The page was empty.")}</span>`,
            recordId: record.resId,
            recordModel: this.props.resModel,
            versionedFieldName: FIELD,
            historyMetadata,
            restoreRequested: (html, close) => this.confirmRestore(html, close),
        });
    }

    confirmRestore(html, close) {
        const record = this.model.root;
        this.dialogService.add(ConfirmationDialog, {
            title: _t("Bring this version back?"),
            body: _t("It takes the place of the present text, which stays among the versions."),
            confirmLabel: _t("Bring it back"),
            cancelLabel: _t("Go back"),
            confirm: async () => {
                const metadata = getHtmlFieldMetadata(record.data[FIELD]);
                await record.update({ [FIELD]: setHtmlFieldMetadata(html, metadata) });
                await record.save();
                close();
            },
            cancel: () => {},
        });
    }
}

registry.category("views").add("mairie_social_page_form", {
    ...formView,
    Controller: GroupPageFormController,
});
