import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const MAX_OPTIONS = 10;

const EMPTY_POLL = {
    question: "",
    options: [
        { name: "", is_right: false },
        { name: "", is_right: false },
    ],
    is_anonymous: false,
    is_multiple: false,
    is_quiz: false,
    result_policy: "vote",
    closes_at: "",
};

/**
 * @param {Object|false} poll
 * @returns {string[]} what keeps it from being answered
 */
export function findPollErrors(poll) {
    if (!poll) {
        return [];
    }
    const errors = [];
    if (!poll.question.trim()) {
        errors.push(_t("Write the question."));
    }
    const answers = poll.options.filter(({ name }) => name.trim());
    if (answers.length < 2) {
        errors.push(_t("Give at least two answers."));
    } else if (poll.is_quiz && !answers.some(({ is_right }) => is_right)) {
        errors.push(_t("Say which answer is right."));
    }
    return errors;
}

/** @param {Object|false} poll @returns {Object|false} as the server takes it */
export function getPollVals(poll) {
    return poll && { ...poll, closes_at: poll.closes_at.replace("T", " ") || false };
}

/** @returns {Object} a question that nobody has begun to write */
export function makePoll() {
    return JSON.parse(JSON.stringify(EMPTY_POLL));
}

/** The question of a post being written; `poll` is the composer's own state. */
export class PollEditor extends Component {
    static template = "mairie_social.PollEditor";
    static props = {
        poll: { type: Object },
        onChange: { type: Function },
        onRemove: { type: Function },
    };

    get poll() {
        return this.props.poll;
    }

    get mayAdd() {
        return this.poll.options.length < MAX_OPTIONS;
    }

    answerLabel(index) {
        return _t("Answer %s", index + 1);
    }

    onField(key, value) {
        this.poll[key] = value;
        this.props.onChange();
    }

    onAdd() {
        this.poll.options.push({ name: "", is_right: false });
        this.props.onChange();
    }

    onRemoveOption(index) {
        this.poll.options.splice(index, 1);
        this.props.onChange();
    }

    onRight(option, ev) {
        option.is_right = ev.target.checked;
        this.props.onChange();
    }

    onName(option, ev) {
        option.name = ev.target.value;
        this.props.onChange();
    }
}
