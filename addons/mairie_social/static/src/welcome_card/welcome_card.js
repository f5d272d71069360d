import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const STEPS = {
    people: {
        title: (name) => _t("Welcome, %s", name),
        text: _t("Who does what, and where? The directory shows everybody."),
        label: _t("Open the directory"),
        action: "mairie_social.hr_employee_public_action",
    },
    groups: {
        title: () => _t("Your groups"),
        text: _t(
            "A service, a project, the coffee machine: enter a group, its news will come here.",
        ),
        label: _t("See the groups"),
        action: "mairie_social.mairie_social_group_action",
    },
    react: {
        title: () => _t("A word from you"),
        text: _t(
            "One tap under a post tells its author that it was useful. An idea? Somebody answers it.",
        ),
        label: _t("Suggest an idea"),
        action: "mairie_social.mairie_social_suggestion_action",
    },
};

/** The path of a newcomer: one step at a time, until it is left behind. */
export class WelcomeCard extends Component {
    static template = "mairie_social.WelcomeCard";
    static props = { welcome: Object, name: String };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ welcome: this.props.welcome });
    }

    get step() {
        return STEPS[this.state.welcome.key];
    }

    get title() {
        return this.step.title(this.props.name.split(" ")[0]);
    }

    async onOpen() {
        const { action } = this.step;
        await this.onDone();
        this.action.doAction(action);
    }

    async onDone() {
        this.state.welcome = await this.orm.call("mairie.social.post", "pass_welcome", []);
    }
}
