import { Component, markup, onWillUpdateProps, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { AckBar } from "../ack_bar/ack_bar";
import { CommentThread } from "../comment_thread/comment_thread";
import { EventCard } from "../event_card/event_card";
import { Face } from "../face/face";
import { formatDate, formatDay, formatMoment, formatSize } from "../format/format";
import { light } from "../light/light";
import { PollCard } from "../poll_card/poll_card";
import { openComposer } from "../post_composer/open_composer";
import { noteUsefulAct } from "../push_card/push_card";
import { ReportDialog } from "../report_dialog/report_dialog";
import { ReviewBar } from "../review_bar/review_bar";
import { share } from "./share";

const MODEL = "mairie.social.post";
const CODES = [
    { code: "like", icon: "fa-thumbs-o-up", label: _t("Like") },
    { code: "bravo", icon: "fa-trophy", label: _t("Well done") },
    { code: "thanks", icon: "fa-heart-o", label: _t("Thank you") },
];
const SCOPES = {
    agents: { icon: "fa-lock", label: _t("agents only") },
    elus: { icon: "fa-lock", label: _t("elected members only") },
    both: { icon: "fa-users", label: _t("agents and elected members") },
    nobody: { icon: "fa-user-times", label: _t("nobody yet") },
};
const STATUSES = {
    draft: { icon: "fa-pencil", tint: "warning", label: _t("Draft: only you see it") },
    review: { icon: "fa-eye", tint: "warning", label: _t("Waiting for a review") },
    scheduled: { icon: "fa-clock-o", tint: "info", label: _t("Scheduled") },
    expired: { icon: "fa-hourglass-end", tint: "secondary", label: _t("Over: no longer shown") },
    hidden: { icon: "fa-eye-slash", tint: "danger", label: _t("Hidden by Communication") },
};

/**
 * One post: who, for whom, the text, the pictures, the reactions, the comments.
 * In the feed it is a card; with `whole` it is the reading page.
 */
export class PostCard extends Component {
    static template = "mairie_social.PostCard";
    static components = {
        AckBar,
        CommentThread,
        Dropdown,
        DropdownItem,
        EventCard,
        Face,
        PollCard,
        ReviewBar,
    };
    static props = {
        post: { type: Object },
        whole: { type: Boolean, optional: true },
        compact: { type: Boolean, optional: true },
        position: { type: Number, optional: true },
        onChanged: { type: Function, optional: true },
        onRemoved: { type: Function, optional: true },
    };
    static defaultProps = { onChanged: () => {}, onRemoved: () => {} };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.undo = useService("mairie_undo");
        this.codes = CODES;
        this.formatDate = formatDate;
        this.formatDay = formatDay;
        this.formatSize = formatSize;
        this.light = useState(light);
        this.state = useState(this.prepareState(this.props.post));
        onWillUpdateProps(({ post }) => {
            if (post !== this.props.post) {
                Object.assign(this.state, this.prepareState(post));
            }
        });
    }

    /** @param {Object} post one card of the server */
    prepareState(post) {
        return {
            body: post.body === false ? false : markup(post.body),
            counts: { ...post.reactions.counts },
            mine: [...post.reactions.mine],
            commentCount: post.comment_count,
            showsComments: Boolean(this.props.whole),
            showsPictures: false,
        };
    }

    get post() {
        return this.props.post;
    }

    get titleId() {
        return `mairie_${this.props.compact ? "pin" : "post"}_${this.post.id}`;
    }

    get moment() {
        return formatMoment(this.post.published_at);
    }

    get scope() {
        return SCOPES[this.post.readers.scope];
    }

    get readerLabel() {
        const total = this.post.readers.total;
        return total === 1 ? _t("1 reader") : _t("%s readers", total);
    }

    get status() {
        return STATUSES[this.post.status];
    }

    get isLive() {
        return this.post.status === "published";
    }

    get isMine() {
        return this.post.is_author;
    }

    get isWaiting() {
        return this.post.ack && !this.post.ack.ack_at;
    }

    get commentLabel() {
        const count = this.state.commentCount;
        if (!count) {
            return this.post.comments_open ? _t("Comment") : _t("Comments closed");
        }
        return count === 1 ? _t("1 comment") : _t("%s comments", count);
    }

    get menuLabel() {
        return _t("Actions on %s", this.post.name);
    }

    get href() {
        return `/odoo/${MODEL}/${this.post.id}`;
    }

    /** @param {Object} picture @param {string} field */
    pictureUrl(picture, field) {
        const version = encodeURIComponent(picture.version);
        return `/web/image/mairie.social.picture/${picture.id}/${field}?unique=${version}`;
    }

    pictureSet(picture) {
        return `${this.pictureUrl(picture, "image_small")} 720w, ${this.pictureUrl(
            picture,
            "image",
        )} ${picture.width}w`;
    }

    /** « Texte d'abord »: what a tap brings, told by its description. */
    get picturesLabel() {
        const [first, ...others] = this.post.pictures;
        if (others.length) {
            return _t("Show the %s photos", this.post.pictures.length);
        }
        return first.alt ? _t("Show the photo: %s", first.alt) : _t("Show the photo");
    }

    onShowPictures() {
        this.state.showsPictures = true;
    }

    /** @param {number} change */
    onCommentCount(change) {
        this.state.commentCount += change;
        noteUsefulAct(this.env);
    }

    /** @param {string} code */
    reacted(code) {
        return this.state.mine.includes(code);
    }

    /** One tap reacts, the next one takes it back; the screen does not wait. */
    async onReact(code) {
        const wanted = !this.reacted(code);
        this.setReaction(code, wanted);
        try {
            const result = await this.orm.call(MODEL, "react", [[this.post.id], code, wanted]);
            Object.assign(this.state, { counts: result.counts, mine: result.mine });
            noteUsefulAct(this.env);
        } catch (error) {
            this.setReaction(code, !wanted);
            throw error;
        }
    }

    setReaction(code, wanted) {
        const count = this.state.counts[code] || 0;
        this.state.counts[code] = Math.max(0, count + (wanted ? 1 : -1));
        this.state.mine = this.state.mine.filter((mine) => mine !== code);
        if (wanted) {
            this.state.mine.push(code);
        }
    }

    onToggleComments() {
        this.state.showsComments = !this.state.showsComments;
    }

    async onReadMore() {
        const card = await this.orm.call(MODEL, "get_card", [[this.post.id]]);
        this.state.body = markup(card.body);
    }

    onOpen() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: this.post.id,
            views: [[false, "form"]],
        });
    }

    async onEdit() {
        await openComposer(this.env, {
            postId: this.post.id,
            onDone: () => this.refresh(),
        });
    }

    /** Call an action of the post, then show its new face and offer to take it back. */
    async run(method, { done, undo }) {
        await this.orm.call(MODEL, method, [[this.post.id]]);
        await this.refresh();
        this.undo.show(done, {
            onUndo: async () => {
                await this.orm.call(MODEL, undo, [[this.post.id]]);
                await this.refresh();
            },
        });
    }

    async refresh() {
        const card = await this.orm.call(MODEL, "get_card", [[this.post.id]]);
        this.props.onChanged(card);
    }

    onPin() {
        return this.post.is_pinned
            ? this.run("action_unpin", { done: _t("No longer pinned."), undo: "action_pin" })
            : this.run("action_pin", { done: _t("Pinned for a week."), undo: "action_unpin" });
    }

    onHide() {
        return this.post.status === "hidden"
            ? this.run("action_show", { done: _t("Shown again."), undo: "action_hide" })
            : this.run("action_hide", { done: _t("Hidden."), undo: "action_show" });
    }

    onComments() {
        return this.post.comment_policy === "open"
            ? this.run("action_close_comments", {
                  done: _t("Comments are closed."),
                  undo: "action_open_comments",
              })
            : this.run("action_open_comments", {
                  done: _t("Comments are open."),
                  undo: "action_close_comments",
              });
    }

    async onShare() {
        const done = await share(this.href);
        if (done) {
            this.undo.show(done);
        }
    }

    /** A4 and a square that leads back here, for those who read standing. */
    onPrint() {
        return this.action.doAction("mairie_social.report_board", {
            additionalContext: { active_ids: [this.post.id] },
        });
    }

    onReport() {
        this.dialog.add(ReportDialog, { postId: this.post.id });
    }

    /** The author of a hidden post asks for a second look. */
    async onAppeal() {
        await this.orm.call(MODEL, "appeal", [[this.post.id]]);
        this.undo.show(_t("The moderators will look at it again."));
    }

    onSentBack(id) {
        this.undo.show(_t("Sent back to its author."));
        this.props.onRemoved(id);
    }

    async onWithdraw() {
        await this.orm.call(MODEL, "action_withdraw", [[this.post.id]]);
        this.undo.show(_t("Withdrawn. It is kept among your drafts."));
        this.props.onRemoved(this.post.id);
    }

    async onDelete() {
        await this.orm.call(MODEL, "delete_draft", [[this.post.id]]);
        this.undo.show(_t("Draft deleted."));
        this.props.onRemoved(this.post.id);
    }
}
