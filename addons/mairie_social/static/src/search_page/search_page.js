import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { formatMoment } from "../format/format";

const DELAY = 250;
const SHORTEST = 2;
const MOST = 100;
const TABS = [
    { id: "people", label: _t("People") },
    { id: "posts", label: _t("Posts") },
    { id: "messages", label: _t("Messages") },
    { id: "files", label: _t("Documents") },
    { id: "groups", label: _t("Groups") },
];

/** What opens behind an answer. @param {Object} env @param {Object} hit */
export function openHit(env, hit) {
    if (hit.model === "discuss.channel") {
        return env.services.action.doAction("mail.action_discuss", {
            additionalContext: { active_id: `discuss.channel_${hit.id}` },
        });
    }
    return env.services.action.doAction({
        type: "ir.actions.act_window",
        res_model: hit.model,
        res_id: hit.id,
        views: [[false, "form"]],
    });
}

/** One place to look: one field, a tab for each kind of answer, two dates. */
export class SearchPage extends Component {
    static template = "mairie_social.SearchPage";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.input = useRef("input");
        this.list = useRef("list");
        this.keepLast = new KeepLast();
        this.formatMoment = formatMoment;
        this.tabs = TABS;
        const text = this.props.action.context?.mairie_text || this.props.state?.text || "";
        this.state = useState({
            text,
            tab: this.props.state?.tab || null,
            since: "",
            until: "",
            ownGroups: false,
            counts: null,
            results: [],
            hasMore: false,
            failed: false,
        });
        this.env.config?.setDisplayName?.(_t("Search"));
        this.search = useDebounced(() => this.load(), DELAY);
        onWillStart(() => this.load());
        onMounted(() => this.input.el.focus());
    }

    get isAsked() {
        return this.state.text.trim().length >= SHORTEST;
    }

    /** @param {boolean} more True to add the next page */
    async load(more = false) {
        if (!this.isAsked) {
            Object.assign(this.state, { counts: null, results: [], hasMore: false });
            return;
        }
        const { text, tab, since, until, ownGroups, results } = this.state;
        const offset = more ? results.length : 0;
        const args = [text, tab, since || null, until || null, offset, ownGroups];
        try {
            const call = this.orm.silent.call("mairie.social.doc", "search_all", args);
            const found = await this.keepLast.add(call);
            this.state.counts = found.counts;
            this.state.shown = found.tab;
            this.state.results = more ? [...results, ...found.results] : found.results;
            this.state.hasMore = found.has_more;
            this.state.failed = false;
        } catch {
            this.state.failed = true;
        }
    }

    onText(ev) {
        this.state.text = ev.target.value;
        this.state.tab = null;
        this.search();
    }

    onDate(key, ev) {
        this.state[key] = ev.target.value;
        this.load();
    }

    onOwnGroups(ev) {
        this.state.ownGroups = ev.target.checked;
        this.load();
    }

    onTab(id) {
        this.state.tab = id;
        this.load();
    }

    /** @param {string} id */
    countLabel(id) {
        const count = this.state.counts[id];
        return count >= MOST ? "99+" : String(count);
    }

    get total() {
        return Object.values(this.state.counts).reduce((sum, count) => sum + count, 0);
    }

    get emptyLabel() {
        return _t(
            "Nothing found for “%s”. Check the spelling, or widen the dates.",
            this.state.text.trim(),
        );
    }

    onOpen(hit) {
        return openHit(this.env, hit);
    }

    /** Arrows go from answer to answer; up from the first one is the field. */
    onKeydown(ev) {
        if (!["ArrowDown", "ArrowUp"].includes(ev.key)) {
            return;
        }
        const links = [...(this.list.el?.querySelectorAll("button.o_mairie_hit") || [])];
        const step = ev.key === "ArrowDown" ? 1 : -1;
        const next = links.indexOf(ev.target.closest("button.o_mairie_hit")) + step;
        const target = next < 0 ? this.input.el : links[next];
        if (target) {
            ev.preventDefault();
            target.focus();
        }
    }
}

registry.category("actions").add("mairie_social.search", SearchPage);
