import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { PostCard } from "../post_card/post_card";

/** The reading page of one post: the whole text, its comments open. */
export class PostReader extends Component {
    static template = "mairie_social.PostReader";
    static components = { PostCard };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ card: null });
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps(({ record }) => {
            if (record.resId !== this.props.record.resId) {
                return this.load(record.resId);
            }
        });
    }

    /** @param {number|false} id */
    async load(id) {
        this.state.card = id ? await this.orm.call("mairie.social.post", "get_card", [[id]]) : null;
    }

    onRemoved() {
        this.action.doAction("mairie_social.mairie_social_home_action", {
            clearBreadcrumbs: true,
        });
    }
}

registry.category("view_widgets").add("mairie_social_reader", { component: PostReader });
