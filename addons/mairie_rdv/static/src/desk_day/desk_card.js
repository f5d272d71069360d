import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";
import { StatusChip } from "@mairie_base/status_chip/status_chip";

import { chipOf } from "./states";

const MODEL = "mairie.rdv";
const TYPING = 800;

/** One appointment beside the day: what to know before receiving, and what to do. */
export class DeskCard extends Component {
    static template = "mairie_rdv.DeskCard";
    static components = { StatusChip };
    static props = {
        rdv: { type: Object },
        canWrite: { type: Boolean },
        onArrive: { type: Function },
        onCall: { type: Function },
        onDone: { type: Function },
        onAbsent: { type: Function },
        onMove: { type: Function },
        onOpen: { type: Function },
        onClose: { type: Function },
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ card: null, isOpen: false, isAsking: false, isKept: true });
        onWillStart(() => this.load(this.props.rdv.id));
        onWillUpdateProps((next) => {
            const isOther = next.rdv.id !== this.props.rdv.id;
            if (isOther) {
                this.state.isAsking = false;
            }
            if (isOther || next.rdv.state !== this.props.rdv.state) {
                return this.load(next.rdv.id);
            }
        });
    }

    async load(id) {
        this.state.card = await this.orm.silent.call(MODEL, "get_desk_card", [[id]]);
    }

    get chip() {
        return chipOf(this.props.rdv.state);
    }

    get can() {
        const { state } = this.props.rdv;
        return {
            arrive: ["confirmed", "no_show"].includes(state),
            call: ["confirmed", "arrived"].includes(state),
            done: this.props.canWrite && ["arrived", "in_progress"].includes(state),
            absent: this.props.canWrite && state === "confirmed",
            move: this.props.canWrite && ["confirmed", "arrived"].includes(state),
        };
    }

    /** Before the hour it is asked once: nobody is absent yet. */
    onAbsent() {
        if (!this.state.card.has_begun && !this.state.isAsking) {
            this.state.isAsking = true;
            return;
        }
        this.state.isAsking = false;
        this.props.onAbsent(this.props.rdv);
    }

    onNote(ev) {
        const note = ev.target.value;
        this.state.card.note = note;
        this.state.isKept = false;
        browser.clearTimeout(this.timer);
        const { id } = this.props.rdv;
        this.timer = browser.setTimeout(async () => {
            await this.orm.silent.write(MODEL, [id], { note });
            this.state.isKept = true;
        }, TYPING);
    }
}
