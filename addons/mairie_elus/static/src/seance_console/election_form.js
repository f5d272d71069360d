import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** What has to be elected on an item: a seat, a list, how. */
export class ElectionForm extends Component {
    static template = "mairie_elus.ElectionForm";
    static props = { onAdd: Function, isFirst: Boolean, bodies: Array, vacancies: Array };

    setup() {
        this.state = useState({
            open: this.props.isFirst,
            name: "",
            kind: "delegue",
            by_hand: false,
            body: "",
            role: "titulaire",
            vacated: [],
            keeps_rank: false,
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

    /** Deputies whose seats are vacant: only deputies are elected in their place. */
    get vacancies() {
        return this.state.kind === "adjoints" ? this.props.vacancies : [];
    }

    onVacated(id, isIn) {
        const others = this.state.vacated.filter((other) => other !== id);
        this.state.vacated = isIn ? [...others, id] : others;
    }

    async onAdd() {
        const { name, kind, by_hand, body, role, keeps_rank } = this.state;
        const seat = this.isSecret ? [false, "titulaire"] : [Number(body) || false, role];
        const vacated = this.vacancies.length ? this.state.vacated : [];
        const rank = keeps_rank && vacated.length === 1;
        await this.props.onAdd(name, kind, by_hand && !this.isSecret, ...seat, [...vacated], rank);
        Object.assign(this.state, {
            open: false,
            name: "",
            by_hand: false,
            body: "",
            vacated: [],
            keeps_rank: false,
        });
    }
}
