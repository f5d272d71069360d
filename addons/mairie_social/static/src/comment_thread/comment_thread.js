import { Component, markup, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Face } from "../face/face";
import { formatMoment } from "../format/format";
import { ReportDialog } from "../report_dialog/report_dialog";

const MODEL = "mairie.social.post";
const MENTION_DELAY = 150;
const MENTION = /(?:^|\s)@([\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]*)?)$/u;

/** The comments of one post, read when they are opened; only readers can be named. */
export class CommentThread extends Component {
    static template = "mairie_social.CommentThread";
    static components = { Face };
    static props = {
        postId: { type: Number },
        autofocus: { type: Boolean, optional: true },
        onCount: { type: Function, optional: true },
    };
    static defaultProps = { onCount: () => {} };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.undo = useService("mairie_undo");
        this.input = useRef("input");
        this.formatMoment = formatMoment;
        this.named = new Map();
        this.state = useState({
            comments: [],
            hasMore: false,
            mayComment: false,
            text: "",
            isSending: false,
            error: "",
            candidates: [],
            active: 0,
        });
        this.searchNames = useDebounced(this.loadCandidates, MENTION_DELAY);
        onWillStart(() => this.load());
        onMounted(() => {
            if (this.props.autofocus && this.input.el) {
                this.input.el.focus();
            }
        });
    }

    get listId() {
        return `mairie_mentions_${this.props.postId}`;
    }

    get activeId() {
        return this.state.candidates.length ? `${this.listId}_${this.state.active}` : undefined;
    }

    async load() {
        const oldest = this.state.comments[0];
        const page = await this.orm.call(MODEL, "get_comments", [
            [this.props.postId],
            oldest ? oldest.id : null,
        ]);
        this.state.comments.unshift(...page.comments.map((comment) => this.prepare(comment)));
        this.state.hasMore = page.has_more;
        this.state.mayComment = page.may_comment;
    }

    /** @param {Object} comment its body was sanitized by the server */
    prepare(comment) {
        return { ...comment, body: markup(comment.body), html: comment.body };
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.state.error = "";
        this.grow(ev.target);
        const before = ev.target.value.slice(0, ev.target.selectionStart);
        const found = before.match(MENTION);
        if (found) {
            this.searchNames(found[1]);
        } else {
            this.state.candidates = [];
        }
    }

    grow(element) {
        element.style.height = "auto";
        element.style.height = `${element.scrollHeight + 2}px`;
    }

    async loadCandidates(search) {
        this.state.candidates = await this.orm.call(MODEL, "get_mention_candidates", [
            [this.props.postId],
            search,
        ]);
        this.state.active = 0;
    }

    onKeydown(ev) {
        const { candidates, active } = this.state;
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            this.send();
        } else if (candidates.length && ["ArrowDown", "ArrowUp"].includes(ev.key)) {
            ev.preventDefault();
            const step = ev.key === "ArrowDown" ? 1 : candidates.length - 1;
            this.state.active = (active + step) % candidates.length;
        } else if (candidates.length && ["Enter", "Tab"].includes(ev.key)) {
            ev.preventDefault();
            this.pick(candidates[active]);
        } else if (candidates.length && ev.key === "Escape") {
            ev.stopPropagation();
            this.state.candidates = [];
        }
    }

    /** Write the name of a reader in full where it was begun. */
    pick(person) {
        const element = this.input.el;
        const start = element.selectionStart;
        const head = this.state.text.slice(0, start).replace(/@[^@]*$/u, `@${person.name} `);
        this.state.text = head + this.state.text.slice(start);
        this.named.set(person.id, person.name);
        this.state.candidates = [];
        element.value = this.state.text;
        element.focus();
        element.setSelectionRange(head.length, head.length);
    }

    async send() {
        const text = this.state.text.trim();
        if (!text || this.state.isSending) {
            return;
        }
        this.state.isSending = true;
        const ids = [...this.named].filter(([, name]) => text.includes(`@${name}`));
        try {
            const result = await this.orm.call(MODEL, "add_comment", [
                [this.props.postId],
                text,
                ids.map(([id]) => id),
            ]);
            this.onSent(result);
        } catch (error) {
            this.state.error = error.data
                ? error.data.message
                : _t("No network. What you typed is kept here: try again in a minute.");
        } finally {
            this.state.isSending = false;
        }
    }

    onSent({ comment, removed }) {
        this.state.comments.push(this.prepare(comment));
        this.state.text = "";
        this.named.clear();
        this.input.el.value = "";
        this.grow(this.input.el);
        this.input.el.focus();
        this.props.onCount(1);
        for (const name of removed) {
            this.notification.add(_t("%s cannot read this post: the mention was removed.", name), {
                type: "warning",
            });
        }
    }

    /** Take one's own comment back, and offer to put it there again. */
    async remove(comment) {
        await this.edit(comment, "");
        const index = this.state.comments.indexOf(comment);
        this.state.comments.splice(index, 1);
        this.props.onCount(-1);
        this.undo.show(_t("Comment deleted."), {
            onUndo: async () => {
                await this.edit(comment, comment.html);
                this.state.comments.splice(index, 0, comment);
                this.props.onCount(1);
            },
        });
    }

    onReport(comment) {
        this.dialog.add(ReportDialog, { postId: this.props.postId, messageId: comment.id });
    }

    edit(comment, html) {
        return this.orm.call(MODEL, "edit_comment", [[this.props.postId], comment.id, html]);
    }
}
