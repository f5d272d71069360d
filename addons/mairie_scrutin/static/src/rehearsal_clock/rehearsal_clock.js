import { Component, onWillUnmount, useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const EVERY = 3000; // milliseconds between two looks

/** The hour being played; while somebody looks at it, it plays what is due. */
export class RehearsalClock extends Component {
    static template = "mairie_scrutin.RehearsalClock";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        useEffect(
            (running) => this.toggle(running),
            () => [this.data.state === "running"],
        );
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get data() {
        return this.props.record.data;
    }

    get percent() {
        return Math.round(this.data.progress);
    }

    toggle(running) {
        clearTimeout(this.timer);
        if (running) {
            this.timer = setTimeout(() => this.tick(), EVERY);
        }
    }

    async tick() {
        const { record } = this.props;
        try {
            await this.orm.silent.call(record.resModel, "tick", [record.resId]);
            await record.load();
        } finally {
            this.toggle(this.data.state === "running");
        }
    }
}

export const rehearsalClock = {
    component: RehearsalClock,
    supportedTypes: ["char"],
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "played", type: "integer" },
        { name: "step_count", type: "integer" },
        { name: "progress", type: "float" },
    ],
};

registry.category("fields").add("mairie_rehearsal_clock", rehearsalClock);
