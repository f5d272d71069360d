import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The screen as the room sees it, once the form is saved: an address of ours, framed. */
export class ScreenPreview extends Component {
    static template = "mairie_scrutin.ScreenPreview";
    static props = { ...standardFieldProps };

    get address() {
        const { data, resId } = this.props.record;
        const widgets = data.widget_ids.records.length;
        return `${data[this.props.name]}&v=${resId}-${widgets}-${data.theme}`;
    }
}

registry.category("fields").add("mairie_screen_preview", {
    component: ScreenPreview,
    supportedTypes: ["char"],
    fieldDependencies: [
        { name: "theme", type: "selection" },
        { name: "widget_ids", type: "one2many" },
    ],
});
