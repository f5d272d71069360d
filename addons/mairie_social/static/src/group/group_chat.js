import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { Composer } from "@mail/core/common/composer";
import { Thread } from "@mail/core/common/thread";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** « Discussion » of a group: its Discuss channel, read and written in place. */
export class GroupChat extends Component {
    static template = "mairie_social.GroupChat";
    static components = { Composer, Thread };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.store = useService("mail.store");
        this.root = useRef("root");
        this.state = useState({ thread: null, isMember: false, jump: 0 });
        onWillStart(() => this.load());
    }

    async load() {
        const { resId } = this.props.record;
        if (!resId) {
            return;
        }
        const page = await this.orm.call("mairie.social.group", "get_page", [[resId]]);
        if (!page.is_readable) {
            return;
        }
        this.state.isMember = page.is_member;
        this.state.thread = await this.store.Thread.getOrFetch({
            model: "discuss.channel",
            id: page.channel_id,
        });
    }

    onPosted() {
        this.state.jump++;
    }

    async onOpen() {
        const args = [[this.props.record.resId]];
        const action = await this.orm.call("mairie.social.group", "action_open_discussion", args);
        this.action.doAction(action);
    }
}

registry.category("view_widgets").add("mairie_social_group_chat", { component: GroupChat });
