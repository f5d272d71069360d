import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";
import { StatusChip } from "@mairie_base/status_chip/status_chip";
import { stateOf } from "./night_words";

const MODEL = "mairie.scrutin.bureau.tour";

/** One station: its figures beside the photo, what is odd, and the next step. */
export class NightPanel extends Component {
    static template = "mairie_scrutin.NightPanel";
    static components = { StatusChip };
    static props = {
        stationId: { type: Number },
        version: { type: String },
        call: { type: [Object, { value: undefined }], optional: true },
        onDone: { type: Function },
        onClose: { type: Function },
        setActions: { type: Function },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.undo = useService("mairie_undo");
        this.phones = useRef("phones");
        this.reopening = useRef("reopening");
        this.stateOf = stateOf;
        this.formatInteger = formatInteger;
        this.state = useState({ station: null, reasons: {}, showPhones: false, isBusy: false });
        this.props.setActions({
            validate: () => this.onValidate(),
            call: () => this.onCall(),
            choose: (rank) => this.onChoose(rank),
        });
        onWillStart(() => this.load(this.props.stationId));
        onWillUpdateProps(async (next) => {
            const isOther = next.stationId !== this.props.stationId;
            if (isOther || next.version !== this.props.version) {
                await this.load(next.stationId, isOther);
            }
        });
    }

    async load(stationId, isOther = true) {
        const station = await this.orm.silent.call(MODEL, "get_night_station", [[stationId]]);
        this.state.station = station;
        if (isOther) {
            this.state.reasons = {};
            this.state.reopen = "";
            this.state.isReopening = false;
            this.state.choice = "";
            this.state.showPhones = false;
        }
    }

    get station() {
        return this.state.station;
    }

    get alerts() {
        return this.station.controls.filter(({ level }) => level === "alert");
    }

    get missing() {
        return this.alerts.filter((row) => !this.reasonOf(row).trim()).length;
    }

    reasonOf(control) {
        return this.state.reasons[control.id] ?? control.reason;
    }

    /** Do it once, whatever the number of clicks; an error leaves all that was typed. */
    async run(action) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await action();
        } finally {
            this.state.isBusy = false;
        }
    }

    async keepReasons() {
        const changed = Object.entries(this.state.reasons);
        if (changed.length) {
            const reasons = changed.map(([id, reason]) => [Number(id), reason]);
            await this.orm.call(MODEL, "action_night_reasons", [[this.station.id], reasons]);
        }
    }

    async onValidate() {
        const { id, code, can_validate } = this.station;
        if (!can_validate) {
            return;
        }
        await this.run(async () => {
            await this.keepReasons();
            await this.orm.call(MODEL, "action_validate", [[id]]);
            this.undo.show(_t("Station %s validated.", code), {
                onUndo: async () => {
                    const reason = _t("Validation taken back at once");
                    await this.orm.call(MODEL, "action_night_reopen", [[id], reason]);
                    this.props.onDone(false);
                },
            });
            this.props.onDone(true);
        });
    }

    onCall() {
        this.state.showPhones = true;
        requestAnimationFrame(() => this.phones.el?.querySelector("a, p")?.focus());
    }

    /** @param {number} rank 0: enter again, 1 or 2: that entry is right */
    onChoose(rank) {
        const { can_choose, can_enter, columns } = this.station;
        if (rank === 0 && can_enter) {
            return this.onEnter();
        }
        if (can_choose && columns[rank - 1]) {
            return this.onKeep(columns[rank - 1].id);
        }
    }

    async onKeep(entryId) {
        const reason = (this.state.choice || "").trim();
        await this.run(async () => {
            const args = [[this.station.id], entryId, reason];
            await this.orm.call(MODEL, "action_night_choose", args);
            this.props.onDone(false);
        });
    }

    async onEnter() {
        const action = await this.orm.call(MODEL, "action_enter", [[this.station.id]]);
        await this.action.doAction(action, { onClose: () => this.props.onDone(false) });
    }

    onAskReopen() {
        this.state.isReopening = true;
        requestAnimationFrame(() => this.reopening.el?.focus());
    }

    async onReopen() {
        await this.run(async () => {
            const args = [[this.station.id], this.state.reopen];
            await this.orm.call(MODEL, "action_night_reopen", args);
            this.state.isReopening = false;
            this.props.onDone(false);
        });
    }

    onOpenForm() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: this.station.id,
            views: [[false, "form"]],
        });
    }
}
