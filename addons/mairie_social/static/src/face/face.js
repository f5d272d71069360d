import { Component } from "@odoo/owl";

const TINTS = ["primary", "success", "info", "warning", "danger", "secondary"];

/** The initials of somebody, in a disc: no picture to load. Their name stands beside. */
export class Face extends Component {
    static template = "mairie_social.Face";
    static props = {
        person: { type: Object },
        small: { type: Boolean, optional: true },
    };

    get tint() {
        const tint = TINTS[this.props.person.tint % TINTS.length];
        return `bg-${tint}-subtle text-${tint}-emphasis`;
    }
}
