import { Component, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { LastUpdated } from "@mairie_base/last_updated/last_updated";
import { browser } from "@web/core/browser/browser";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { SIZES } from "@web/core/ui/ui_service";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { AgendaTools } from "./agenda_tools";
import { Amendments } from "./amendments";
import { BallotBox } from "./ballot_box";
import { DoorsForm } from "./doors_form";
import { ElectionForm } from "./election_form";
import { GestureQueue } from "./gesture_queue";
import { NominationBox } from "./nomination_box";
import { PeopleRoll } from "./people_roll";

const { DateTime } = luxon;
const MODEL = "mairie.seance";
const HEARTBEAT = 4000;
const isCut = (error) => error instanceof ConnectionLostError;

/**
 * The table of the secretary: agenda, item under discussion, people. Every gesture is one
 * call that answers with the whole table; the law is judged by the server.
 */
export class SeanceConsole extends Component {
    static template = "mairie_elus.SeanceConsole";
    static components = {
        AgendaTools,
        Amendments,
        BallotBox,
        DoorsForm,
        ElectionForm,
        LastUpdated,
        NominationBox,
        PeopleRoll,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.root = useRef("root");
        this.fold = useRef("fold");
        const { seance_id, active_id } = this.props.action.params || {};
        this.seanceId = seance_id || active_id || this.props.action.context?.active_id;
        this.queue = new GestureQueue(this.seanceId);
        this.turn = Promise.resolve();
        this.state = useState({
            table: null,
            debate: "",
            base: "",
            saved: true,
            conflict: null,
            subject: "",
            waiting: this.queue.size,
            updated: DateTime.now(),
        });
        this.saveLater = useDebounced(() => this.saveDebate(), 1500);
        onWillStart(() => this.load());
        const beat = browser.setInterval(() => this.listen(), HEARTBEAT);
        onWillUnmount(() => browser.clearInterval(beat));
        useEffect(
            () => this.env.config?.setDisplayName?.(this.table?.seance.name || ""),
            () => [this.table?.seance.name],
        );
    }

    get table() {
        return this.state.table;
    }

    get current() {
        return this.table.current;
    }

    get position() {
        const { points } = this.table;
        return points.findIndex(({ id }) => id === this.current?.id);
    }

    get previous() {
        return this.table.points[this.position - 1];
    }

    get next() {
        return this.table.points[this.position + 1];
    }

    get quorumText() {
        const { second_call, reached } = this.table.seance;
        if (second_call) {
            return _t("No quorum is asked on a second call.");
        }
        return reached
            ? _t("Quorum: %(counted)s, %(needed)s are needed", this.table.seance)
            : _t("Quorum lost: %(counted)s count, %(needed)s are needed", this.table.seance);
    }

    /** One column: the agenda is folded, the item under discussion comes first. */
    get isNarrow() {
        return this.ui.size < SIZES.LG;
    }

    get agendaText() {
        const { points } = this.table;
        const taken = points.filter(({ opened }) => opened).length;
        return _t("Agenda: %(taken)s of %(total)s items taken", { taken, total: points.length });
    }

    get positionText() {
        const place = { rank: this.current.rank, total: this.table.points.length };
        return this.current.is_huis_clos
            ? _t("Item %(rank)s of %(total)s · closed to the public", place)
            : _t("Item %(rank)s of %(total)s", place);
    }

    /** The vote that the box shows: of the amendment that is chosen, or of the item. */
    get vote() {
        const { amendments, vote } = this.current;
        const chosen = amendments.find(({ name }) => name === this.state.subject);
        return chosen ? chosen.vote : vote;
    }

    get boxKey() {
        const { id, device } = this.current;
        const stage = device ? `${device.id}/${device.closed_at}` : "";
        return [id, this.state.subject, this.vote ? this.vote.id : 0, stage].join("|");
    }

    get lostText() {
        return _t(
            "Quorum lost: %(counted)s count, %(needed)s are needed. The item in debate may be voted on; the meeting stops after it.",
            this.table.seance,
        );
    }

    get againText() {
        return _t(
            "Close, and call again what is left: from %s on, without quorum",
            this.table.seance.second_call_from,
        );
    }

    get waitingText() {
        return _t(
            "No network. What you do is kept here (%s): it will leave by itself.",
            this.state.waiting,
        );
    }

    get debateText() {
        const opened = _t("Debate opened at %s.", this.current.opened_at);
        if (this.table.seance.second_call) {
            return opened;
        }
        const quorum = _t("Quorum of the item: %(counted)s, %(needed)s are needed.", this.current);
        return `${opened} ${quorum}`;
    }

    get nextText() {
        return _t("Item %s", this.next.rank);
    }

    get openText() {
        return _t("Open item %(rank)s: %(name)s", this.table.points[0]);
    }

    async load() {
        this.show(await this.orm.call(MODEL, "console_read", [this.seanceId]));
    }

    /** Another table, a member's device: read again when something has changed. */
    async listen() {
        try {
            if (this.queue.size) {
                await this.flush();
            }
            const version = await this.orm.silent.call(MODEL, "console_version", [this.seanceId]);
            this.state.updated = DateTime.now();
            if (version !== this.table.seance.version) {
                await this.load();
            }
        } catch {
            return; // no answer yet: the age of the table shows, the next beat asks again
        }
    }

    async flush() {
        const refused = await this.queue.flush(
            (method, args) => this.orm.silent.call(MODEL, method, args),
            isCut,
        );
        this.state.waiting = this.queue.size;
        for (const error of refused) {
            const message = error.data?.message || error.message;
            this.notification.add(message, { type: "danger", sticky: true });
        }
        if (!this.queue.size) {
            await this.load();
        }
    }

    /** @param {Object} table what the server answered */
    show(table) {
        const changed = this.state.table?.current?.id !== table.current?.id;
        const debate = table.current?.debate || "";
        this.state.table = table;
        this.state.updated = DateTime.now();
        if (changed) {
            this.state.subject = "";
            this.state.conflict = null;
        }
        if (changed || this.state.saved) {
            this.state.debate = debate;
            this.state.base = debate;
            this.state.saved = true;
            this.restoreDebate();
        }
    }

    get debateKey() {
        return `mairie_elus.debate/${this.current?.id}`;
    }

    /** Notes that were typed and never left: a reload brings them back. */
    restoreDebate() {
        const kept = browser.localStorage.getItem(this.debateKey);
        if (kept !== null && this.current && kept !== this.state.base) {
            this.state.debate = kept;
            this.state.saved = false;
            this.saveLater?.();
        }
    }

    /**
     * One gesture of the secretary, once the one before has its answer: a quick hand opens
     * an item after those who have just come in, never before.
     *
     * @param {string} method of the server
     * @param {...any} args
     */
    act(method, ...args) {
        const turn = this.turn.then(() => this.send(method, args));
        this.turn = turn.catch(() => {}); // what is refused is told by its own gesture
        return turn;
    }

    async send(method, args) {
        const call = [`console_${method}`, [this.seanceId, ...args]];
        if (this.queue.size) {
            this.keepGesture(...call);
            return;
        }
        try {
            this.show(await this.orm.call(MODEL, ...call));
        } catch (error) {
            if (!isCut(error)) {
                throw error;
            }
            this.keepGesture(...call);
        }
    }

    /** No network: keep the gesture, and show at once who came in or left. */
    keepGesture(method, args) {
        this.queue.add(method, args);
        this.state.waiting = this.queue.size;
        if (method === "console_move") {
            const [, ids, enters] = args;
            for (const person of this.table.people.filter(({ id }) => ids.includes(id))) {
                person.present = enters;
            }
        }
    }

    async openPoint(point) {
        // Fold at the touch: the answer may be slow, and another touch must not unfold it.
        if (this.isNarrow && this.fold.el) {
            this.fold.el.open = false;
        }
        await this.saveDebate();
        await this.act("open_point", point.id);
        this.root.el?.querySelector("h2")?.focus();
    }

    async openScreen() {
        const address = await this.orm.call(MODEL, "console_screen", [this.seanceId]);
        browser.open(address, "_blank", "noopener");
    }

    async closeDevices(id) {
        await this.orm.call(MODEL, "console_close_vote", [this.seanceId, id]);
        await this.load();
    }

    async callAgain() {
        await this.saveDebate();
        const action = await this.orm.call(MODEL, "console_call_again", [this.seanceId]);
        this.action.doAction(action);
    }

    previewRound(id, vals) {
        return this.orm.call(MODEL, "console_preview_round", [this.seanceId, id, vals]);
    }

    previewInstall(id) {
        return this.orm.call(MODEL, "console_preview_install", [this.seanceId, id]);
    }

    onDebate(ev) {
        this.state.debate = ev.target.value;
        this.state.saved = false;
        browser.localStorage.setItem(this.debateKey, this.state.debate);
        this.saveLater();
    }

    /** Somebody else may have typed too: nothing is overwritten without a word. */
    async saveDebate(base = this.state.base) {
        if (this.state.saved || !this.current || this.state.conflict) {
            return;
        }
        const { debate: text } = this.state;
        const { id } = this.current;
        const key = this.debateKey;
        try {
            const args = [this.seanceId, id, text, base];
            const answer = await this.orm.call(MODEL, "console_debate", args);
            if (answer.conflict !== undefined) {
                this.state.conflict = answer;
                return;
            }
            browser.localStorage.removeItem(key);
            this.state.base = text;
            this.state.saved = this.state.debate === text;
            this.show(answer);
        } catch (error) {
            if (!isCut(error)) {
                throw error;
            }
        }
    }

    async keepMine() {
        const { conflict } = this.state.conflict;
        this.state.conflict = null;
        await this.saveDebate(conflict);
    }

    takeTheirs() {
        browser.localStorage.removeItem(this.debateKey);
        const { conflict } = this.state.conflict;
        Object.assign(this.state, {
            debate: conflict,
            base: conflict,
            saved: true,
            conflict: null,
        });
    }

    get conflictText() {
        return _t("%s has changed these notes. Here are both versions.", this.state.conflict.by);
    }

    async onVote(vals) {
        await this.act("vote", this.current.id, vals);
        if (this.vote) {
            this.notification.add(this.vote.sentence, { type: "success" });
        }
        this.state.subject = "";
    }

    preview(vals) {
        return this.orm.call(MODEL, "console_preview_vote", [this.seanceId, this.current.id, vals]);
    }

    openForm(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
            target: model === MODEL ? "current" : "new",
        });
    }

    onClose() {
        const left = this.table.points.filter(({ opened }) => !opened).length;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Close the meeting?"),
            body: left
                ? _t("%s items were not taken. The minutes will say so.", left)
                : _t("All the items were taken. The minutes are prepared from here."),
            confirmLabel: _t("Close the meeting"),
            cancelLabel: _t("Go back"),
            confirm: () => this.closeMeeting(),
            cancel: () => {},
        });
    }

    async closeMeeting() {
        await this.saveDebate();
        await this.orm.call(MODEL, "action_close", [this.seanceId]);
        this.openForm(MODEL, this.seanceId);
    }

    rowChip(point) {
        if (point.deferred) {
            return { icon: "fa-clock-o", tone: "secondary", text: _t("put off") };
        }
        if (point.elected) {
            return { icon: "fa-check-circle", tone: "success", text: _t("elected") };
        }
        if (point.voted) {
            return point.adopted
                ? { icon: "fa-check-circle", tone: "success", text: _t("adopted") }
                : { icon: "fa-times-circle", tone: "danger", text: _t("not adopted") };
        }
        if (point.id === this.current?.id) {
            return { icon: "fa-clock-o", tone: "info", text: _t("in debate") };
        }
        return point.opened ? { icon: "fa-check", tone: "secondary", text: _t("taken") } : null;
    }
}

registry.category("actions").add("mairie_elus.seance_console", SeanceConsole);
