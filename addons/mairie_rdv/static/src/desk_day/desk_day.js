import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { LastUpdated } from "@mairie_base/last_updated/last_updated";
import { ifStillThere } from "@mairie_base/still_there/still_there";
import { StatusChip } from "@mairie_base/status_chip/status_chip";

import { DeskBooking } from "./desk_booking";
import { DeskCard } from "./desk_card";
import { chipOf } from "./states";

const MODEL = "mairie.rdv";
const CLOSE = "mairie.rdv.close";
export const POLL = 10000;
const PLACE = "mairie_rdv.lieu";
const DESK = "mairie_rdv.guichet";
const { DateTime } = luxon;

/** « Accueil du jour »: who is here, who is next, who is late, desk by desk. */
export class DeskDay extends Component {
    static template = "mairie_rdv.DeskDay";
    static components = { DeskCard, LastUpdated, StatusChip };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.undo = useService("mairie_undo");
        this.bus = useService("bus_service");
        this.scan = useRef("scan");
        this.root = useRef("root");
        this.state = useState({
            day: null,
            now: DateTime.now(),
            readAt: DateTime.now(),
            offlineSince: null,
            selectedId: null,
            found: null,
            message: "",
            desk: Number(browser.localStorage.getItem(DESK)) || 0,
        });
        this.env.config?.setDisplayName?.(_t("Reception of the Day"));
        useEffect(
            () => this.keepDeskInSight(),
            () => [this.state.selectedId],
        );
        onWillStart(() => this.load());
        this.listen();
        onMounted(() => this.focusScan());
    }

    // -- reading -------------------------------------------------------------

    /** The bus says "changed", the server tells what; a poll tells that it is alive. */
    listen() {
        const onNews = (payload) => {
            if (payload.lieu_id === this.state.day?.lieu?.id) {
                this.refresh();
            }
        };
        this.bus.subscribe("mairie_rdv/day", onNews);
        const timer = browser.setInterval(() => this.poll(), POLL);
        onWillUnmount(() => {
            this.bus.unsubscribe("mairie_rdv/day", onNews);
            browser.clearInterval(timer);
        });
    }

    async load(params = {}) {
        const stored = Number(browser.localStorage.getItem(PLACE)) || null;
        const lieu = params.lieuId ?? this.state.day?.lieu?.id ?? stored;
        const day = "day" in params ? params.day : (this.state.day?.day ?? false);
        this.setDay(await this.orm.call(MODEL, "get_desk_day", [lieu, day]));
    }

    setDay(day) {
        this.state.day = day;
        this.state.now = DateTime.now();
        this.state.readAt = DateTime.now();
        this.state.offlineSince = null;
        if (!this.rdvs.some(({ id }) => id === this.state.selectedId)) {
            this.state.selectedId = null;
        }
    }

    /** Read again without a spinner; what cannot be read keeps its age. */
    async refresh() {
        const { lieu, day, is_today } = this.state.day;
        try {
            const args = [lieu?.id ?? null, is_today ? false : day];
            this.setDay(await this.orm.silent.call(MODEL, "get_desk_day", args));
        } catch {
            this.setOffline();
        }
    }

    async poll() {
        this.state.now = DateTime.now();
        const { lieu, day, version } = this.state.day;
        if (!lieu) {
            return;
        }
        try {
            const found = await this.orm.silent.call(MODEL, "get_desk_version", [lieu.id, day]);
            if (found !== version || this.state.offlineSince) {
                await this.refresh();
            } else {
                this.state.readAt = DateTime.now();
            }
        } catch {
            this.setOffline();
        }
    }

    setOffline() {
        this.state.offlineSince ||= this.state.readAt;
    }

    get offlineSentence() {
        const hour = this.state.offlineSince.toFormat("HH:mm");
        return _t("Offline since %s. The printed list is the reference.", hour);
    }

    // -- what is drawn ---------------------------------------------------------

    get rdvs() {
        return this.state.day?.rdvs || [];
    }

    minutesSince(text) {
        const moment = deserializeDateTime(text);
        return Math.max(0, Math.floor(this.state.now.diff(moment, "minutes").minutes));
    }

    /** "12 min"; from two hours on "4 h 40", which nobody has to divide. */
    duration(minutes) {
        if (minutes < 120) {
            return _t("%s min", minutes);
        }
        const rest = String(minutes % 60).padStart(2, "0");
        return _t("%(hours)s h %(minutes)s", { hours: Math.floor(minutes / 60), minutes: rest });
    }

    get waiting() {
        return this.rdvs
            .filter(({ state }) => state === "arrived")
            .map((rdv) => ({ ...rdv, minutes: this.minutesSince(rdv.arrived_at || rdv.start) }));
    }

    get expected() {
        return this.coming.filter((rdv) => rdv.minutes < this.state.day.lieu.late);
    }

    get late() {
        return this.coming.filter((rdv) => rdv.minutes >= this.state.day.lieu.late);
    }

    get coming() {
        return this.rdvs
            .filter(({ state }) => state === "confirmed")
            .map((rdv) => ({ ...rdv, minutes: this.minutesSince(rdv.start) }));
    }

    get absent() {
        return this.rdvs.filter(({ state }) => state === "no_show");
    }

    get tiles() {
        const { free, is_today: isToday } = this.state.day;
        const oldest = Math.max(0, ...this.waiting.map(({ minutes }) => minutes));
        const tiles = [
            { key: "expected", value: this.coming.length, label: _t("expected") },
            {
                key: "waiting",
                value: this.waiting.length,
                label: this.waiting.length
                    ? _t("waiting, the longest for %s", this.duration(oldest))
                    : _t("waiting"),
            },
            { key: "late", value: this.late.length, label: _t("late") },
        ];
        if (isToday) {
            const label = free.is_morning ? _t("places before noon") : _t("places this afternoon");
            tiles.push({ key: "free", value: free.count, label });
        }
        return tiles;
    }

    get columns() {
        return this.state.day.desks.map((desk) => {
            const lines = this.rdvs
                .filter((rdv) => rdv.guichet_id === desk.id)
                .map((rdv) => ({ key: `r${rdv.id}`, time: rdv.time, start: rdv.start, rdv }));
            for (const gap of desk.gaps) {
                lines.push({ key: `g${gap.start}`, time: gap.time, start: gap.start, gap });
            }
            lines.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
            return { ...desk, lines, next: this.nextFor(desk) };
        });
    }

    /** @returns {Object|undefined} who should be called next at a desk */
    nextFor(desk) {
        return (
            this.waiting.find((rdv) => rdv.guichet_id === desk.id) ||
            (desk.id === this.state.desk ? this.waiting[0] : undefined)
        );
    }

    deskStatus(desk) {
        if (desk.is_open) {
            return _t("open until %s", desk.hour);
        }
        return desk.hour ? _t("opens at %s", desk.hour) : _t("closed");
    }

    chip(state) {
        return chipOf(state);
    }

    get selected() {
        return this.rdvs.find(({ id }) => id === this.state.selectedId);
    }

    // -- doing -----------------------------------------------------------------

    /** Do something that can be taken back: the screen first, then the server. */
    async act(method, rdv, message) {
        await this.orm.call(MODEL, method, [[rdv.id]]);
        this.told(message, () => this.orm.call(MODEL, "action_undo", [[rdv.id]]));
        await this.refresh();
    }

    told(message, onUndo) {
        this.state.message = message;
        this.undo.show(message, {
            onUndo: async () => {
                await onUndo();
                await this.refresh();
            },
        });
    }

    onArrive(rdv) {
        return this.act("action_arrive", rdv, _t("Arrival noted: %s", this.nameOf(rdv)));
    }

    async onCall(rdv) {
        const line = await this.orm.call(MODEL, "call_at_desk", [[rdv.id], this.state.desk]);
        const desk = this.state.day.desks.find(({ id }) => id === line.guichet_id);
        const message = _t("%(name)s is called: %(desk)s", {
            name: this.nameOf(rdv),
            desk: desk?.name || "",
        });
        this.told(message, () => this.orm.call(MODEL, "action_undo", [[rdv.id]]));
        await this.refresh();
    }

    onDone(rdv) {
        return this.act("action_done", rdv, _t("Done: %s", this.nameOf(rdv)));
    }

    onAbsent(rdv) {
        return this.act("action_no_show", rdv, _t("Absent: %s", this.nameOf(rdv)));
    }

    nameOf(rdv) {
        return rdv.name || rdv.code;
    }

    /** The card takes room beside the desks: the one that it came from stays in sight. */
    keepDeskInSight() {
        const line = this.root.el?.querySelector(".o_mairie_selected");
        const desk = line?.closest(".o_mairie_day_desk");
        const desks = desk?.parentElement;
        const hidden = desk?.getBoundingClientRect().right - desks?.getBoundingClientRect().right;
        if (hidden > 0) {
            desks.scrollLeft += hidden;
        }
    }

    onSelect(rdv) {
        this.state.selectedId = rdv.id;
    }

    onClose() {
        this.state.selectedId = null;
        this.focusScan();
    }

    onOpen(rdv) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: rdv.id,
            views: [[false, "form"]],
        });
    }

    // -- scan field --------------------------------------------------------------

    focusScan() {
        this.scan.el?.focus({ preventScroll: true });
    }

    async onScan(ev) {
        if (ev.key === "Escape") {
            this.state.found = null;
            this.scan.el.value = "";
            return;
        }
        const text = this.scan.el.value.trim();
        if (ev.key !== "Enter" || !text) {
            return;
        }
        const found = await this.orm.call(MODEL, "find_at_desk", [this.state.day.lieu.id, text]);
        this.scan.el.value = "";
        this.state.message = found.message;
        this.state.found = found.kind === "arrived" ? null : found;
        if (found.rdv) {
            this.state.selectedId = found.rdv.id;
        }
        if (found.kind === "arrived") {
            this.told(found.message, () => this.orm.call(MODEL, "action_undo", [[found.rdv.id]]));
            await this.refresh();
        } else if (found.kind === "choices" && found.rdvs.length === 1) {
            this.state.selectedId = found.rdvs[0].id;
        }
    }

    async onTakeNow(rdv) {
        const result = await this.orm.call(MODEL, "take_now", [[rdv.id]]);
        this.state.message = result.message;
        this.state.found = null;
        if (result.rdv) {
            this.told(result.message, async () => {
                await this.orm.call(MODEL, "action_undo", [[rdv.id]]);
                await this.orm.call(MODEL, "move_at_desk", [[rdv.id], result.before, false, true]);
            });
        } else {
            this.notification.add(result.message, { type: "warning" });
        }
        await this.refresh();
    }

    // -- booking, moving, printing -------------------------------------------------

    onBook(values = {}) {
        this.dialog.add(DeskBooking, {
            day: this.state.day,
            ...values,
            onBooked: (message) => {
                this.notification.add(message, { type: "success" });
                this.state.message = message;
                this.refresh();
            },
        });
    }

    onBookGap(desk, gap) {
        const known = this.state.day.demarches.map(({ id }) => id);
        const demarcheIds = desk.demarche_ids.filter((id) => known.includes(id));
        this.onBook({ desk, start: gap.start, time: gap.time, demarcheIds });
    }

    onMove(rdv) {
        this.dialog.add(DeskBooking, {
            day: this.state.day,
            rdv,
            onMoved: (result) => {
                this.tellOfMove(rdv, result);
                this.refresh();
            },
        });
    }

    /** The citizen is told only if the agent says so; the move itself can be undone. */
    tellOfMove(rdv, result) {
        const { start, guichet_id: desk } = result.before;
        const undo = () => this.orm.call(MODEL, "move_at_desk", [[rdv.id], start, desk, true]);
        if (!result.can_tell) {
            this.told(result.message, undo);
            return;
        }
        const close = this.notification.add(result.message, {
            type: "info",
            sticky: true,
            buttons: [
                {
                    name: _t("Tell"),
                    primary: true,
                    onClick: async () => {
                        close();
                        const told = await this.orm.call(MODEL, "tell_of_move", [[rdv.id]]);
                        this.notification.add(told, { type: "success" });
                    },
                },
                { name: _t("Do not tell"), onClick: () => close() },
                {
                    name: _t("Undo"),
                    onClick: async () => {
                        close();
                        await undo();
                        await this.refresh();
                    },
                },
            ],
        });
    }

    onPrint() {
        const { lieu, day } = this.state.day;
        browser.open(`/mairie_rdv/jour/${lieu.id}/${day}.pdf`, "_blank");
    }

    /** The wizard shows who is hit, who moves and who is offered dates, before it closes. */
    async onCloseDesk(desk) {
        const { lieu } = this.state.day;
        const action = await this.orm.call(CLOSE, "get_desk_action", [lieu.id, desk.id]);
        this.action.doAction(action, { onClose: ifStillThere(this, () => this.refresh()) });
    }

    onLieu(ev) {
        browser.localStorage.setItem(PLACE, ev.target.value);
        this.load({ lieuId: Number(ev.target.value), day: this.state.day.day });
    }

    onDesk(ev) {
        browser.localStorage.setItem(DESK, ev.target.value);
        this.state.desk = Number(ev.target.value);
    }

    onShift(days) {
        const day = days ? DateTime.fromISO(this.state.day.day).plus({ days }).toISODate() : false;
        return this.load({ day });
    }

    // -- keys: only while a line of ours has the focus (WCAG 2.1.4) ------------------

    get lines() {
        return [...this.root.el.querySelectorAll("[data-rdv]")];
    }

    onKeydown(ev) {
        if (ev.ctrlKey || ev.altKey || ev.metaKey || ev.target.matches("input,textarea,select")) {
            return;
        }
        if (ev.key === "n" && this.state.day.can_write) {
            ev.preventDefault();
            this.onBook();
            return;
        }
        const line = ev.target.closest("[data-rdv]");
        if (!line) {
            return;
        }
        if (["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"].includes(ev.key)) {
            ev.preventDefault();
            this.focusNear(line, ev.key);
            return;
        }
        const rdv = this.rdvs.find(({ id }) => id === Number(line.dataset.rdv));
        const verb = rdv && this.verbOf(ev.key, rdv);
        if (verb) {
            ev.preventDefault();
            verb.call(this, rdv);
        }
    }

    /** Nobody is absent before his hour: `x` then opens the card, which asks. */
    verbOf(key, { state, start }) {
        const { can_write: canWrite } = this.state.day;
        const hasBegun = deserializeDateTime(start) <= this.state.now;
        const verbs = {
            a: ["confirmed", "no_show"].includes(state) && this.onArrive,
            e: ["confirmed", "arrived"].includes(state) && this.onCall,
            t: canWrite && ["confirmed", "arrived", "in_progress"].includes(state) && this.onDone,
            x: canWrite && state === "confirmed" && (hasBegun ? this.onAbsent : this.onSelect),
        };
        return verbs[key];
    }

    /** Up and down within a list, left and right from one list to the next. */
    focusNear(line, key) {
        const lists = [...this.root.el.querySelectorAll("[data-list]")].filter((list) =>
            list.querySelector("[data-rdv]"),
        );
        const list = line.closest("[data-list]");
        const own = [...list.querySelectorAll("[data-rdv]")];
        const index = own.indexOf(line);
        if (key === "ArrowDown" || key === "ArrowUp") {
            own[index + (key === "ArrowDown" ? 1 : -1)]?.focus();
            return;
        }
        const next = lists[lists.indexOf(list) + (key === "ArrowRight" ? 1 : -1)];
        const others = next ? [...next.querySelectorAll("[data-rdv]")] : [];
        others[Math.min(index, others.length - 1)]?.focus();
    }
}

registry.category("actions").add("mairie_rdv.desk_day", DeskDay);
