import { Component, onMounted, onWillDestroy, useRef, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { formatDate, formatDay } from "../format/format";
import { noteUsefulAct } from "../push_card/push_card";

const MODEL = "mairie.social.post";

/**
 * « J'ai lu et compris », active once the end of the text was before the eyes, or
 * reached by the keyboard: the button stands after the text, so its focus is the end.
 */
export class AckBar extends Component {
    static template = "mairie_social.AckBar";
    static props = {
        postId: { type: Number },
        ack: { type: [Object, Boolean] },
        teamLeft: { type: Number },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.formatDate = formatDate;
        this.formatDay = formatDay;
        this.end = useRef("end");
        this.state = useState({ ack: this.props.ack, reached: false, error: "", isBusy: false });
        onMounted(() => this.watch());
        onWillDestroy(() => this.observer?.disconnect());
    }

    watch() {
        if (!this.end.el) {
            return;
        }
        this.observer = new IntersectionObserver((entries) => {
            if (entries.some((entry) => entry.isIntersecting)) {
                this.onReached();
            }
        });
        this.observer.observe(this.end.el);
    }

    onReached() {
        this.state.reached = true;
        this.observer?.disconnect();
    }

    async onAcknowledge() {
        if (!this.state.reached || this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        this.state.error = "";
        try {
            const args = [[this.props.postId], this.state.ack.version];
            this.state.ack = await this.orm.call(MODEL, "acknowledge", args);
            noteUsefulAct(this.env);
        } catch (error) {
            this.state.error = error.data?.message || "";
            if (!error.data) {
                throw error;
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    async onTeam(method) {
        this.action.doAction(await this.orm.call(MODEL, method, [[this.props.postId]]));
    }
}
