import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { BallotBox } from "./ballot_box";
import { PeopleRoll } from "./people_roll";

const MODEL = "mairie.seance";

/**
 * The table of the secretary: agenda, item under discussion, people. Every gesture is one
 * call that answers with the whole table; the law is judged by the server.
 */
export class SeanceConsole extends Component {
    static template = "mairie_elus.SeanceConsole";
    static components = { BallotBox, PeopleRoll };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.root = useRef("root");
        const { seance_id, active_id } = this.props.action.params || {};
        this.seanceId = seance_id || active_id || this.props.action.context?.active_id;
        this.state = useState({ table: null, debate: "", saved: true });
        this.saveLater = useDebounced(() => this.saveDebate(), 1500);
        onWillStart(() => this.load());
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

    get positionText() {
        const place = { rank: this.current.rank, total: this.table.points.length };
        return this.current.is_huis_clos
            ? _t("Item %(rank)s of %(total)s · closed to the public", place)
            : _t("Item %(rank)s of %(total)s", place);
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

    /** @param {Object} table what the server answered */
    show(table) {
        const changed = this.state.table?.current?.id !== table.current?.id;
        this.state.table = table;
        if (changed) {
            this.state.debate = table.current?.debate || "";
            this.state.saved = true;
        }
    }

    /**
     * One gesture of the secretary.
     *
     * @param {string} method of the server
     * @param {...any} args
     */
    async act(method, ...args) {
        this.show(await this.orm.call(MODEL, `console_${method}`, [this.seanceId, ...args]));
    }

    async openPoint(point) {
        await this.saveDebate();
        await this.act("open_point", point.id);
        this.root.el?.querySelector("h2")?.focus();
    }

    onDebate(ev) {
        this.state.debate = ev.target.value;
        this.state.saved = false;
        this.saveLater();
    }

    async saveDebate() {
        if (!this.state.saved && this.current) {
            const text = this.state.debate;
            await this.act("debate", this.current.id, text);
            this.state.saved = this.state.debate === text;
        }
    }

    async onVote(vals) {
        await this.act("vote", this.current.id, vals);
        this.notification.add(this.current.vote?.sentence || "", { type: "success" });
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
