import { Component } from "@odoo/owl";
import { StatusChip } from "@mairie_base/status_chip/status_chip";
import { levelIcon } from "./night_words";

/** « À traiter »: whom to call first, with the reasons. */
export class NightTodo extends Component {
    static template = "mairie_scrutin.NightTodo";
    static components = { StatusChip };
    static props = {
        calls: { type: Array },
        selected: { type: [Number, { value: false }] },
        onSelect: { type: Function },
    };
    levelIcon = levelIcon;
}
