import { Component, useState } from "@odoo/owl";

/** Below the agenda: an item that cannot wait, a suspension, elections of an item. */
export class AgendaTools extends Component {
    static template = "mairie_elus.AgendaTools";
    static props = {
        seance: Object,
        onAct: Function,
    };

    setup() {
        this.state = useState({ open: false, name: "", reason: "" });
    }

    async onAdd() {
        await this.props.onAct("add_point", this.state.name, this.state.reason);
        Object.assign(this.state, { open: false, name: "", reason: "" });
    }
}
