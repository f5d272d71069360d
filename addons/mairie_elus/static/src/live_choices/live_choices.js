import { registry } from "@web/core/registry";
import { useSpecialData } from "@web/views/fields/relational_utils";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/**
 * A list of choices that grows with the records of the town, such as the coming meetings.
 *
 * A browser keeps the description of a view, choices included, until the addons change:
 * a meeting created since would be missing, and a draft that aims at it could not be shown.
 */
export class LiveChoicesField extends SelectionField {
    setup() {
        super.setup();
        this.live = useSpecialData((orm, { record, name }) =>
            orm.call(record.resModel, "fields_get", [[name], ["selection"]]),
        );
    }

    get options() {
        return this.live.data[this.props.name]?.selection || [];
    }

    get string() {
        const found = this.options.find(([value]) => value === this.value);
        return found ? found[1] : "";
    }
}

registry.category("fields").add("mairie_live_choices", {
    ...selectionField,
    component: LiveChoicesField,
    supportedTypes: ["selection"],
});
