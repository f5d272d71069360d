import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { findPollErrors, getPollVals, makePoll, PollEditor } from "../poll_editor/poll_editor";
import { PostCard } from "../post_card/post_card";
import { shrinkPicture } from "../post_composer/shrink";

const MODEL = "mairie.social.group";
const BLANK = { title: "", text: "", picture: null, alt: "", poll: false };

/** « Fil » of a group: a short form for every member, then the cards. */
export class GroupFeed extends Component {
    static template = "mairie_social.GroupFeed";
    static components = { PollEditor, PostCard };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({
            page: null,
            posts: [],
            hasMore: false,
            isWriting: false,
            isBusy: false,
            error: "",
            ...BLANK,
        });
        onWillStart(() => this.load());
    }

    get id() {
        return this.props.record.resId;
    }

    async load() {
        if (!this.id) {
            return;
        }
        const page = await this.orm.call(MODEL, "get_page", [[this.id]]);
        this.state.page = page;
        if (page.is_readable) {
            this.state.posts = page.feed.posts;
            this.state.hasMore = page.feed.has_more;
        }
    }

    get publishLabel() {
        const { member_count } = this.state.page;
        return member_count === 1
            ? _t("Publish for 1 person")
            : _t("Publish for %s people", member_count);
    }

    async onOlder() {
        const last = this.state.posts[this.state.posts.length - 1];
        const args = [this.id, [last.published_at, last.id]];
        const feed = await this.orm.call("mairie.social.post", "get_group_feed", args);
        this.state.posts.push(...feed.posts);
        this.state.hasMore = feed.has_more;
    }

    onWrite() {
        this.state.isWriting = true;
    }

    async onPicture(ev) {
        const [file] = ev.target.files;
        if (file) {
            this.state.picture = { name: file.name, data: await shrinkPicture(file) };
        }
    }

    onDropPicture() {
        this.state.picture = null;
        this.state.alt = "";
    }

    onAddPoll() {
        this.state.poll = makePoll();
    }

    onDropPoll() {
        this.state.poll = false;
    }

    onPollChange() {
        this.state.error = "";
    }

    /** @returns {string} what is missing, or an empty text */
    findError() {
        if (!this.state.title.trim()) {
            return _t("Give your post a title.");
        }
        return findPollErrors(this.state.poll)[0] || "";
    }

    async onPublish() {
        this.state.error = this.findError();
        if (this.state.error) {
            return;
        }
        this.state.isBusy = true;
        const { title, text, picture, alt, poll } = this.state;
        const args = [[this.id], title, text, picture && picture.data, alt, getPollVals(poll)];
        try {
            const card = await this.orm.call(MODEL, "publish", args);
            this.state.posts.unshift(card);
            Object.assign(this.state, { isWriting: false, ...BLANK });
            this.notification.add(_t("Published for %s people.", this.state.page.member_count), {
                type: "success",
            });
        } catch (error) {
            this.state.error = error.data
                ? error.data.message
                : _t("This was not saved. Nothing is lost: try again in a minute.");
        } finally {
            this.state.isBusy = false;
        }
    }

    onChanged(card) {
        const index = this.state.posts.findIndex(({ id }) => id === card.id);
        if (index >= 0) {
            this.state.posts[index] = card;
        }
    }

    onRemoved(id) {
        this.state.posts = this.state.posts.filter((post) => post.id !== id);
    }
}

registry.category("view_widgets").add("mairie_social_group_feed", { component: GroupFeed });
