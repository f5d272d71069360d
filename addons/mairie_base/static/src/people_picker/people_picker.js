import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";

/** Choose people by name and see at any moment how many there are. */
export class PeoplePicker extends Component {
    static template = "mairie_base.PeoplePicker";
    static components = { MultiRecordSelector };
    static props = {
        label: { type: String },
        resIds: { type: Array, element: Number },
        update: { type: Function },
        resModel: { type: String, optional: true },
        domain: { type: Array, optional: true },
        placeholder: { type: String, optional: true },
    };
    static defaultProps = { resModel: "hr.employee.public" };

    get count() {
        const { length } = this.props.resIds;
        if (length === 0) {
            return _t("Nobody yet");
        }
        return length === 1 ? _t("1 person") : _t("%s people", length);
    }
}
