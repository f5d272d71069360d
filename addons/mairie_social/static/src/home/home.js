import { Component, onWillDestroy, onWillStart, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { _t } from "@web/core/l10n/translation";
import { Face } from "../face/face";
import { formatAgenda, formatDate, formatDay } from "../format/format";
import { InstallCard } from "../install_card/install_card";
import { leave } from "../kiosk/end_session";
import { light, toggleLight } from "../light/light";
import { PostCard } from "../post_card/post_card";
import { openComposer } from "../post_composer/open_composer";
import { PushCard } from "../push_card/push_card";
import { WelcomeCard } from "../welcome_card/welcome_card";

const MODEL = "mairie.social.post";
const SPREAD = 3000;
const FOLDED = "mairie_social.folded_pins";

/** « Accueil »: what is pinned, what is new, and the week to come. One call to open. */
export class MairieHome extends Component {
    static template = "mairie_social.Home";
    static components = { Face, InstallCard, PostCard, PushCard, WelcomeCard };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.isShared = Boolean(session.mairie_kiosk_seconds);
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.root = useRef("root");
        this.feed = useRef("feed");
        this.after = useRef("after");
        this.formatAgenda = formatAgenda;
        this.formatDate = formatDate;
        this.formatDay = formatDay;
        this.light = useState(light);
        this.toggleLight = toggleLight;
        this.state = useState({
            pinned: [],
            posts: [],
            hasMore: false,
            newCount: 0,
            scope: null,
            isLoading: false,
            folded: window.localStorage.getItem(FOLDED) === "1",
        });
        this.env.config?.setDisplayName?.(_t("Home"));
        onWillStart(() => this.load());
        this.listen();
    }

    /** The bus only says "something came": the server tells what, by its rights. */
    listen() {
        const onNews = () => {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.countNew(), Math.random() * SPREAD);
        };
        this.bus.subscribe("mairie_social/new_posts", onNews);
        onWillDestroy(() => {
            clearTimeout(this.timer);
            this.bus.unsubscribe("mairie_social/new_posts", onNews);
        });
        useBus(this.env.bus, "MAIRIE_SOCIAL:RELOAD", () => this.reload());
    }

    onLeave() {
        return leave();
    }

    async load() {
        this.home = await this.orm.call(MODEL, "get_home", []);
        this.state.pinned = this.home.pinned;
        this.setPage(this.home.feed);
    }

    /** @param {{posts: Object[], has_more: boolean}} feed first page */
    setPage(feed) {
        this.state.posts = feed.posts;
        this.state.hasMore = feed.has_more;
        this.state.newCount = 0;
    }

    get newest() {
        return this.cursor(this.state.posts[0]);
    }

    get newLabel() {
        return this.state.newCount === 1
            ? _t("1 new post: show it")
            : _t("%s new posts: show them", this.state.newCount);
    }

    cursor(post) {
        return post ? [post.published_at, post.id] : null;
    }

    async countNew() {
        const args = [this.newest];
        this.state.newCount = await this.orm.silent.call(MODEL, "count_new", args);
    }

    async onOlder() {
        const before = this.cursor(this.state.posts[this.state.posts.length - 1]);
        const first = this.state.posts.length;
        this.state.isLoading = true;
        try {
            const args = [before, this.state.scope];
            const feed = await this.orm.call(MODEL, "get_feed", args);
            const known = new Set(this.state.posts.map(({ id }) => id));
            this.state.posts.push(...feed.posts.filter(({ id }) => !known.has(id)));
            this.state.hasMore = feed.has_more;
        } finally {
            this.state.isLoading = false;
        }
        requestAnimationFrame(() => this.articles[first]?.focus());
    }

    async reload() {
        const [feed, pinned] = await Promise.all([
            this.orm.call(MODEL, "get_feed", [null, this.state.scope]),
            this.orm.call(MODEL, "get_pinned", []),
        ]);
        this.state.pinned = pinned;
        this.setPage(feed);
    }

    /** @param {string|null} scope "groups" for the posts of one's own groups alone */
    async onScope(scope) {
        if (scope !== this.state.scope) {
            this.state.scope = scope;
            this.setPage(await this.orm.call(MODEL, "get_feed", [null, scope]));
        }
    }

    async onShowNew() {
        this.state.scope = null;
        await this.reload();
        requestAnimationFrame(() => this.articles[0]?.focus());
    }

    onTop() {
        this.root.el.scrollTo({ top: 0 });
    }

    onPublish() {
        openComposer(this.env, { onDone: () => this.reload() });
    }

    onFold() {
        this.state.folded = !this.state.folded;
        window.localStorage.setItem(FOLDED, this.state.folded ? "1" : "0");
    }

    /** @param {Object} card the new face of a post */
    onChanged(card) {
        const isPinned = this.state.pinned.some(({ id }) => id === card.id);
        if (isPinned !== card.is_pinned) {
            this.reload();
            return;
        }
        for (const list of [this.state.pinned, this.state.posts]) {
            const index = list.findIndex(({ id }) => id === card.id);
            if (index >= 0) {
                list[index] = card;
            }
        }
    }

    onRemoved(id) {
        this.state.posts = this.state.posts.filter((post) => post.id !== id);
        this.state.pinned = this.state.pinned.filter((post) => post.id !== id);
    }

    get articles() {
        return this.feed.el ? [...this.feed.el.querySelectorAll("article")] : [];
    }

    /** Keys of the "feed" pattern: pages between cards, Ctrl+End leaves. */
    onKeydown(ev) {
        const current = this.articles.indexOf(ev.target.closest("article"));
        if (ev.key === "End" && ev.ctrlKey) {
            ev.preventDefault();
            this.after.el.focus();
        } else if (["PageDown", "PageUp"].includes(ev.key) && current >= 0) {
            const next = this.articles[current + (ev.key === "PageDown" ? 1 : -1)];
            if (next) {
                ev.preventDefault();
                next.focus();
                next.scrollIntoView({ block: "start" });
            }
        }
    }

    onOpen(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    onShortcut(shortcut) {
        this.action.doAction(shortcut.action, { onClose: () => this.reload() });
    }
}

registry.category("actions").add("mairie_social.home", MairieHome);
