import { Component, onMounted, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { _t } from "@web/core/l10n/translation";
import { LastUpdated } from "@mairie_base/last_updated/last_updated";
import { ifStillThere } from "@mairie_base/still_there/still_there";
import { StatusChip } from "@mairie_base/status_chip/status_chip";
import { NightMap } from "./night_map";
import { NightPanel } from "./night_panel";
import { NightStations } from "./night_stations";
import { NightStore } from "./night_store";
import { NightTodo } from "./night_todo";
import { NightTurnout } from "./night_turnout";
import { stateOf } from "./night_words";

const { DateTime } = luxon;
const MODEL = "mairie.scrutin.tour";

/** « Soirée »: whom to call first, what has come, what may be said and when. */
export class ElectionNight extends Component {
    static template = "mairie_scrutin.ElectionNight";
    static components = {
        LastUpdated,
        NightMap,
        NightPanel,
        NightStations,
        NightTodo,
        NightTurnout,
        StatusChip,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.panel = {};
        this.stateOf = stateOf;
        this.setPanelActions = (actions) => (this.panel = actions);
        const bus = useService("bus_service");
        this.store = new NightStore({ orm: this.orm, bus });
        this.night = useState(this.store.state);
        this.state = useState({ selected: false, tab: "stations", clock: DateTime.now() });
        this.tabs = [
            ["stations", _t("Stations")],
            ["map", _t("Map")],
            ["hundreds", _t("First hundreds")],
        ];
        this.env.config?.setDisplayName?.(_t("Evening"));
        const context = this.props.action.context || {};
        onWillStart(() => this.store.start(this.props.state?.tour || context.default_tour_id));
        onMounted(() => {
            this.root.el?.focus({ preventScroll: true });
            this.tick = browser.setInterval(() => (this.state.clock = DateTime.now()), 1000);
        });
        onWillUnmount(() => {
            browser.clearInterval(this.tick);
            this.store.stop();
        });
    }

    get data() {
        return this.night.data;
    }

    get head() {
        return this.data.head;
    }

    /** The hour of the server: a wrong clock here must not open anything early. */
    get time() {
        return this.state.clock.plus(this.night.skew);
    }

    get clock() {
        return this.time.toFormat("HH:mm:ss");
    }

    get embargo() {
        return DateTime.fromSQL(this.head.embargo, { zone: "utc" }).setZone("default");
    }

    get lockLabel() {
        if (this.head.status === "open") {
            return _t("Public open");
        }
        if (!this.head.embargo || this.embargo <= this.time) {
            return _t("Public closed: the hour has passed, the opening awaits its people");
        }
        const sameDay = this.embargo.hasSame(this.time, "day");
        return _t(
            "Public closed until %s",
            this.embargo.toFormat(sameDay ? "HH:mm:ss" : "dd/MM HH:mm"),
        );
    }

    get openingLabel() {
        const { status, armed_by, agreed_by, armed_date, two_people } = this.head;
        if (status === "open") {
            return _t("The results are public.");
        }
        if (!armed_by) {
            return _t(
                "Before the hour nothing reaches the public: page, screens and open data are closed. Only the préfecture gets its file.",
            );
        }
        const at = DateTime.fromSQL(armed_date, { zone: "utc" }).setZone("default");
        const values = { name: armed_by, hour: at.toFormat("HH:mm") };
        if (two_people && !agreed_by) {
            return _t("Opening armed by %(name)s at %(hour)s, second agreement awaited.", values);
        }
        return agreed_by
            ? _t(
                  "Opening armed by %(name)s, agreed by %(other)s: it opens by itself at the hour.",
                  {
                      ...values,
                      other: agreed_by,
                  },
              )
            : _t("Opening armed by %(name)s: it opens by itself at the hour.", values);
    }

    get receivedLabel() {
        const { received, total, share } = this.data.progress;
        const values = { received, total, share };
        return share
            ? _t("Received %(received)s of %(total)s, %(share)s of the registered", values)
            : _t("Received %(received)s of %(total)s", values);
    }

    get isComplete() {
        const { valid, total } = this.data.progress;
        return total > 0 && valid === total;
    }

    get ids() {
        const todo = this.data.calls.map(({ id }) => id);
        const rest = [...this.data.stations].sort((one, two) => one.rank - two.rank);
        return [...new Set([...todo, ...rest.map(({ id }) => id)])];
    }

    get call() {
        return this.data.calls.find(({ id }) => id === this.state.selected);
    }

    onSelect(id) {
        this.state.selected = id;
    }

    onClosePanel() {
        this.state.selected = false;
        this.root.el?.focus({ preventScroll: true });
    }

    /** @param {boolean} isNext after a validation: the next one to call is shown */
    async onDone(isNext) {
        const done = this.state.selected;
        const todo = this.data.calls.map(({ id }) => id);
        const after = todo[todo.indexOf(done) + 1] || todo.find((id) => id !== done);
        await this.store.read();
        if (isNext && after && this.data.calls.some(({ id }) => id === after)) {
            this.state.selected = after;
        }
        this.root.el?.focus({ preventScroll: true });
    }

    async onChooseRound(ev) {
        this.state.selected = false;
        await this.store.choose(Number(ev.target.value));
    }

    /** The station that is open here, in the other election of the day. */
    get twin() {
        const open = this.data.stations.find(({ id }) => id === this.state.selected);
        return open && this.night.other?.stations.find(({ code }) => code === open.code);
    }

    /** The other election, with the same station open: one call serves both. */
    async onOther() {
        const twin = this.twin?.id || false;
        this.state.selected = false;
        await this.store.choose(this.head.concomitant.id);
        this.state.selected = twin;
    }

    async onArm() {
        await this.orm.call(MODEL, "action_arm", [[this.store.tourId]]);
        await this.store.read();
    }

    async onAgree() {
        await this.orm.call(MODEL, "action_agree", [[this.store.tourId]]);
        await this.store.read();
    }

    /**
     * A button of the round that gives an action: seats, export, its form. It is the round
     * chosen, whose figures may still be on their way.
     */
    async onRound(method) {
        const action = await this.orm.call(MODEL, method, [[this.store.tourId]]);
        if (action) {
            const onClose = ifStillThere(this, () => this.store.read());
            await this.action.doAction(action, { onClose });
        }
    }

    onOpenForm() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: this.store.tourId,
            views: [[false, "form"]],
        });
    }

    /** J and K move, Enter opens, V validates, R calls, 1 2 0 choose an entry. */
    onKeydown(ev) {
        const isTyping = ev.target.closest("input, textarea, select, [contenteditable]");
        if (isTyping || ev.ctrlKey || ev.altKey || ev.metaKey || !this.data?.stations.length) {
            return;
        }
        const key = ev.key.length === 1 ? ev.key.toLowerCase() : ev.key;
        const moves = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
        if (key in moves) {
            this.move(moves[key]);
        } else if (key === "Escape" && this.state.selected) {
            this.onClosePanel();
        } else if (key === "v" && this.state.selected) {
            this.panel.validate?.();
        } else if (key === "r" && this.state.selected) {
            this.panel.call?.();
        } else if (["0", "1", "2"].includes(key) && this.state.selected) {
            this.panel.choose?.(Number(key));
        } else {
            return;
        }
        ev.preventDefault();
    }

    move(step) {
        const ids = this.ids;
        const at = ids.indexOf(this.state.selected);
        const next = at < 0 ? (step > 0 ? 0 : ids.length - 1) : at + step;
        const id = ids[Math.min(Math.max(next, 0), ids.length - 1)];
        this.state.selected = id;
        requestAnimationFrame(() => {
            this.root.el?.querySelector(`[data-station="${id}"]`)?.focus();
        });
    }
}

registry.category("actions").add("mairie_scrutin.night", ElectionNight);
