import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** What has to be elected on an item: a seat, a list, how. */
export class ElectionForm extends Component {
    static template = "mairie_elus.ElectionForm";
    static props = { onAdd: Function, isFirst: Boolean, bodies: Array };

    setup() {
        this.state = useState({
            open: this.props.isFirst,
            name: "",
            kind: "delegue",
            by_hand: false,
            body: "",
            role: "titulaire",
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

    get roles() {
        return [
            ["titulaire", _t("member")],
            ["suppleant", _t("substitute")],
        ];
    }

    get isSecret() {
        return ["maire", "adjoints"].includes(this.state.kind);
    }

    async onAdd() {
        const { name, kind, by_hand, body, role } = this.state;
        const seat = this.isSecret ? [false, "titulaire"] : [Number(body) || false, role];
        await this.props.onAdd(name, kind, by_hand && !this.isSecret, ...seat);
        Object.assign(this.state, { open: false, name: "", by_hand: false, body: "" });
    }
}
