import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** What has to be elected on an item: a seat, a list, how. */
export class ElectionForm extends Component {
    static template = "mairie_elus.ElectionForm";
    static props = { onAdd: Function, isFirst: Boolean };

    setup() {
        this.state = useState({
            open: this.props.isFirst,
            name: "",
            kind: "delegue",
            by_hand: false,
        });
    }

    get kinds() {
        return [
            ["delegue", _t("a delegate to an outside body")],
            ["commission", _t("a member of a commission")],
            ["maire", _t("the mayor")],
            ["adjoints", _t("the deputies, by list")],
        ];
    }

    get isSecret() {
        return ["maire", "adjoints"].includes(this.state.kind);
    }

    async onAdd() {
        const { name, kind, by_hand } = this.state;
        await this.props.onAdd(name, kind, by_hand && !this.isSecret);
        Object.assign(this.state, { open: false, name: "", by_hand: false });
    }
}
