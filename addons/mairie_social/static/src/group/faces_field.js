import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Face } from "../face/face";

/** A few faces, side by side; the names are for screen readers. */
export class FacesField extends Component {
    static template = "mairie_social.FacesField";
    static components = { Face };
    static props = { ...standardFieldProps };

    get faces() {
        return this.props.record.data[this.props.name] || [];
    }

    get names() {
        return this.faces.map(({ name }) => name).join(", ");
    }
}

registry.category("fields").add("mairie_social_faces", {
    component: FacesField,
    supportedTypes: ["json"],
});
