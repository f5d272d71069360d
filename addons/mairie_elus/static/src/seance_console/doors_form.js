import { Component, useState } from "@odoo/owl";

/** Closed doors: who asks, how many are for. No debate (L2121-18). */
export class DoorsForm extends Component {
    static template = "mairie_elus.DoorsForm";
    static props = { onVote: Function };

    setup() {
        this.state = useState({ open: false, asked: 3, byPresident: false, pour: 0 });
    }

    async onVote() {
        const { asked, byPresident, pour } = this.state;
        await this.props.onVote(Number(asked) || 0, byPresident, Number(pour) || 0);
        this.state.open = false;
    }
}
