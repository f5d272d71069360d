import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

const MODEL = "mairie.social.post";

/** A post that waits for a review: publish it, or give it back with a sentence. */
export class ReviewBar extends Component {
    static template = "mairie_social.ReviewBar";
    static props = {
        postId: { type: Number },
        readers: { type: Number },
        onDone: { type: Function },
        onSentBack: { type: Function },
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ note: "", error: "", isBusy: false });
    }

    async call(method, args) {
        Object.assign(this.state, { isBusy: true, error: "" });
        try {
            await this.orm.call(MODEL, method, [[this.props.postId], ...args]);
            return true;
        } catch (error) {
            if (!error.data) {
                throw error;
            }
            this.state.error = error.data.message;
            return false;
        } finally {
            this.state.isBusy = false;
        }
    }

    async onApprove() {
        if (await this.call("action_approve", [])) {
            await this.props.onDone();
        }
    }

    async onSendBack() {
        if (await this.call("action_send_back", [this.state.note])) {
            this.props.onSentBack(this.props.postId);
        }
    }
}
