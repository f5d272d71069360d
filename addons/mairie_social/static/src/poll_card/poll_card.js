import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatDay } from "../format/format";

const MODEL = "mairie.social.post";
const REASONS = {
    few: _t("Results from 5 votes on."),
    closing: _t("Results once the poll is closed."),
    vote: _t("Results once you have voted."),
};

/** The question of a post: answers to tick, then the results that may be shown. */
export class PollCard extends Component {
    static template = "mairie_social.PollCard";
    static props = {
        postId: { type: Number },
        poll: { type: Object },
        mayManage: { type: Boolean },
    };

    setup() {
        this.orm = useService("orm");
        this.undo = useService("mairie_undo");
        this.formatDay = formatDay;
        this.state = useState(this.prepareState(this.props.poll));
        onWillUpdateProps(({ poll }) => {
            if (poll !== this.props.poll) {
                Object.assign(this.state, this.prepareState(poll));
            }
        });
    }

    /** @param {Object} poll the question as the server gives it */
    prepareState(poll) {
        return {
            poll,
            chosen: poll.options.filter(({ mine }) => mine).map(({ id }) => id),
            changes: false,
            error: "",
            isBusy: false,
        };
    }

    get poll() {
        return this.state.poll;
    }

    get isOpen() {
        const { is_closed, voted } = this.poll;
        return !is_closed && (!voted || this.state.changes);
    }

    get mayChange() {
        const { is_closed, voted, is_anonymous, is_quiz } = this.poll;
        return voted && !is_closed && !is_anonymous && !is_quiz && !this.state.changes;
    }

    get reason() {
        return REASONS[this.poll.result_state] || "";
    }

    get voterLabel() {
        const { voters } = this.poll;
        return voters === 1 ? _t("1 vote") : _t("%s votes", voters);
    }

    get inputType() {
        return this.poll.is_multiple ? "checkbox" : "radio";
    }

    /** @param {number} id */
    onChoose(id) {
        this.state.error = "";
        if (!this.poll.is_multiple) {
            this.state.chosen = [id];
        } else if (this.state.chosen.includes(id)) {
            this.state.chosen = this.state.chosen.filter((other) => other !== id);
        } else {
            this.state.chosen.push(id);
        }
    }

    async onVote() {
        await this.call("vote", [[this.props.postId], [...this.state.chosen]]);
    }

    async onClose() {
        await this.call("close_poll", [[this.props.postId]]);
        this.undo.show(_t("The poll is closed."));
    }

    async call(method, args) {
        if (this.state.isBusy) {
            return;
        }
        Object.assign(this.state, { isBusy: true, error: "" });
        try {
            this.state.poll = await this.orm.call(MODEL, method, args);
            this.state.changes = false;
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
