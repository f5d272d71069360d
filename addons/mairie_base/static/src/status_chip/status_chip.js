import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What a state means for whoever reads it: a colour, an icon, never one without a word. */
export const ROLES = {
    done: { color: "success", icon: "fa-check-circle" },
    todo: { color: "warning", icon: "fa-exclamation-triangle" },
    blocked: { color: "danger", icon: "fa-times-circle" },
    running: { color: "info", icon: "fa-clock-o" },
    upcoming: { color: "secondary", icon: "fa-circle-o" },
    reserved: { color: "primary", icon: "fa-lock" },
    unsent: { color: "warning", icon: "fa-cloud-upload" },
};

/** A state as an icon and a word; `role` is a key of ROLES. */
export class StatusChip extends Component {
    static template = "mairie_base.StatusChip";
    static props = {
        role: { type: String, validate: (role) => role in ROLES },
        label: { type: String },
        title: { type: String, optional: true },
    };

    get look() {
        return ROLES[this.props.role];
    }
}

/** A selection field as a chip. options="{'map': {'draft': 'todo', 'sent': 'done'}}" */
export class StatusChipField extends Component {
    static template = "mairie_base.StatusChipField";
    static components = { StatusChip };
    static props = { ...standardFieldProps, map: { type: Object, optional: true } };
    static defaultProps = { map: {} };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const { selection } = this.props.record.fields[this.props.name];
        const option = selection.find(([value]) => value === this.value);
        return option ? option[1] : "";
    }

    get role() {
        const role = this.props.map[this.value];
        return role in ROLES ? role : "upcoming";
    }
}

registry.category("fields").add("mairie_status_chip", {
    component: StatusChipField,
    displayName: _t("Status chip"),
    supportedTypes: ["selection"],
    supportedOptions: [
        {
            label: _t("Roles"),
            name: "map",
            type: "string",
            help: _t("The role of each value: done, todo, blocked, running, upcoming…"),
        },
    ],
    extractProps: ({ options }) => ({ map: options.map }),
});
