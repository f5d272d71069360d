import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** How far a mandatory reading has come: a bar, and services of five people or more. */
export class AckBoard extends Component {
    static template = "mairie_social.AckBoard";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ board: null });
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps(({ record }) => this.load(record.resId));
    }

    /** @param {number|false} id */
    async load(id) {
        const args = [[id]];
        this.state.board = id
            ? await this.orm.call("mairie.social.post", "get_ack_board", args)
            : null;
    }

    width({ read, total }) {
        return `width: ${total ? (100 * read) / total : 0}%`;
    }
}

registry.category("view_widgets").add("mairie_social_ack_board", { component: AckBoard });
