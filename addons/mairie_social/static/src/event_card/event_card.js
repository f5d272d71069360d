import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const MODEL = "mairie.social.post";

/** Coming to an event: the seats that are left, one button, and the door of the room. */
export class EventCard extends Component {
    static template = "mairie_social.EventCard";
    static props = {
        postId: { type: Number },
        event: { type: Object },
        mayManage: { type: Boolean },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ event: this.props.event, isBusy: false, error: "" });
        onWillUpdateProps(({ event }) => {
            if (event !== this.props.event) {
                this.state.event = event;
            }
        });
    }

    get event() {
        return this.state.event;
    }

    get left() {
        return this.event.seats - this.event.count;
    }

    get isFull() {
        return Boolean(this.event.seats) && this.left <= 0;
    }

    get countLabel() {
        const { count, seats } = this.event;
        const some = count === 1 ? _t("1 person comes") : _t("%s people come", count);
        const coming = count ? some : _t("Nobody has registered yet");
        if (!seats) {
            return `${coming}.`;
        }
        if (this.isFull) {
            return _t("%s, no seat is left.", coming);
        }
        return this.left === 1
            ? _t("%s, 1 seat is left.", coming)
            : _t("%(coming)s, %(left)s seats are left.", { coming, left: this.left });
    }

    /** @param {boolean} wanted */
    async onRegister(wanted) {
        this.state.isBusy = true;
        this.state.error = "";
        try {
            const args = [[this.props.postId], wanted];
            this.state.event = await this.orm.call(MODEL, "register", args);
        } catch (error) {
            if (!error.data) {
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.isBusy = false;
        }
    }

    async onList() {
        const args = [[this.props.postId]];
        this.action.doAction(await this.orm.call(MODEL, "action_open_registrations", args));
    }
}
