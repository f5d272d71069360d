import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Members expected in each half hour: [{from, count, short}], as a row of cells. */
export class RotaField extends Component {
    static template = "mairie_scrutin.RotaField";
    static props = { ...standardFieldProps };

    get slots() {
        return this.props.record.data[this.props.name] || [];
    }

    /** The same in one sentence: colour alone tells nothing. */
    get summary() {
        const short = this.slots.filter((slot) => slot.short);
        if (!short.length) {
            return _t("Two members at least in each half hour.");
        }
        return _t("Fewer than two members: %s.", short.map((slot) => slot.from).join(", "));
    }
}

registry.category("fields").add("mairie_scrutin_rota", {
    component: RotaField,
    supportedTypes: ["json"],
});
