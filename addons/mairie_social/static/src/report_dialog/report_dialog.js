import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const MODEL = "mairie.social.post";

/** « Signaler » a post or a comment to the moderators. */
export class ReportDialog extends Component {
    static template = "mairie_social.ReportDialog";
    static components = { Dialog };
    static props = {
        close: { type: Function },
        postId: { type: Number },
        messageId: { type: [Number, Boolean], optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ reason: "", note: "", error: "", isBusy: false });
        onWillStart(async () => {
            this.reasons = await this.orm.call(MODEL, "get_report_reasons", []);
        });
    }

    get title() {
        return this.props.messageId ? _t("Report this comment?") : _t("Report this post?");
    }

    async onSend() {
        if (!this.state.reason) {
            this.state.error = _t("Say what is wrong.");
            return;
        }
        this.state.isBusy = true;
        const { reason, note } = this.state;
        const args = [[this.props.postId], reason, note, this.props.messageId || null];
        try {
            await this.orm.call(MODEL, "report", args);
            this.notification.add(_t("Reported. The moderators will look at it."), {
                type: "success",
            });
            this.props.close();
        } catch (error) {
            if (!error.data) {
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.isBusy = false;
        }
    }
}
