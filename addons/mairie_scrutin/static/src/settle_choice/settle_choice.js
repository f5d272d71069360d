import { useExternalListener } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";

export const CHOICES = { 1: "first", 2: "second", 0: "other" };

/** Which of two entries is right, by a click or by the keys 1, 2 and 0. */
export class SettleChoiceField extends RadioField {
    setup() {
        super.setup();
        useExternalListener(window, "keydown", this.onKeydown, { capture: true });
    }

    onKeydown(ev) {
        const typing = ev.target.closest?.("input:not([type=radio]), textarea, [contenteditable]");
        if (!(ev.key in CHOICES) || typing || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.props.record.update({ [this.props.name]: CHOICES[ev.key] });
    }
}

registry.category("fields").add("mairie_settle_choice", {
    ...radioField,
    component: SettleChoiceField,
    supportedTypes: ["selection"],
});
