import { Component, useState } from "@odoo/owl";

/** Amendments to an item: tabled, then voted on one by one before the item itself. */
export class Amendments extends Component {
    static template = "mairie_elus.Amendments";
    static props = {
        item: Object,
        people: Array,
        chosen: String,
        onChoose: Function,
        onAdd: Function,
    };

    setup() {
        this.state = useState({ open: false, text: "", author: "" });
    }

    async onAdd() {
        await this.props.onAdd(this.state.text, Number(this.state.author) || false);
        Object.assign(this.state, { open: false, text: "", author: "" });
    }
}
