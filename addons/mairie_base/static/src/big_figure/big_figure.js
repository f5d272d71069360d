import { Component, onWillUnmount, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { formatInteger } from "@web/views/fields/formatters";

const HIGHLIGHT_DELAY = 1000;

/** One figure that is read from afar; a change shows as a pale background for a second. */
export class BigFigure extends Component {
    static template = "mairie_base.BigFigure";
    static props = {
        label: { type: String },
        value: { type: [Number, String] },
        hint: { type: String, optional: true },
    };

    setup() {
        this.state = useState({ changed: false });
        onWillUpdateProps((next) => {
            if (next.value !== this.props.value) {
                this.highlight();
            }
        });
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    get figure() {
        const { value } = this.props;
        return typeof value === "number" ? formatInteger(value) : value;
    }

    highlight() {
        browser.clearTimeout(this.timer);
        this.state.changed = true;
        this.timer = browser.setTimeout(() => (this.state.changed = false), HIGHLIGHT_DELAY);
    }
}
