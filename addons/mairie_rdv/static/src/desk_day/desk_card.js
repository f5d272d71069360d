import { Component, onWillDestroy, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { StatusChip } from "@mairie_base/status_chip/status_chip";

import { chipOf } from "./states";

const MODEL = "mairie.rdv";
const TYPING = 800;
const RETRY = 5000;

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
        this.state = useState({ card: null, isOpen: false, isAsking: false, noteState: "kept" });
        this.notes = new Map();
        onWillStart(() => this.load(this.props.rdv.id));
        onWillUpdateProps(async (next) => {
            const isOther = next.rdv.id !== this.props.rdv.id;
            if (!isOther && next.rdv.state === this.props.rdv.state) {
                return;
            }
            this.state.isAsking &&= !isOther;
            await this.saveNotes();
            await this.load(next.rdv.id);
        });
        onWillDestroy(() => this.saveNotes());
    }

    async load(id) {
        const card = await this.orm.silent.call(MODEL, "get_desk_card", [[id]]);
        this.state.card = { ...card, note: this.notes.get(id) ?? card.note };
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
        this.notes.set(this.props.rdv.id, ev.target.value);
        this.state.card.note = ev.target.value;
        this.state.noteState = "typed";
        this.saveNotesIn(TYPING);
    }

    saveNotesIn(delay) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.saveNotes(), delay);
    }

    /** What was typed leaves: at rest, or because the card closes or shows another one. */
    async saveNotes() {
        browser.clearTimeout(this.timer);
        // Not by useService: a card that closes must still send.
        const { orm } = this.env.services;
        for (const [id, note] of this.notes) {
            try {
                await orm.silent.write(MODEL, [id], { note });
            } catch (error) {
                if (error instanceof ConnectionLostError) {
                    this.state.noteState = "offline";
                    this.saveNotesIn(RETRY);
                    return;
                }
                this.notes.delete(id);
                throw error;
            }
            if (this.notes.get(id) === note) {
                this.notes.delete(id);
            }
        }
        this.state.noteState = this.notes.size ? "typed" : "kept";
    }
}
