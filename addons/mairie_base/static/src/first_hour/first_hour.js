import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { StepList, progressOf } from "../setup_steps/setup_steps";
import { ifStillThere } from "../still_there/still_there";

/** What each module waits for, from an empty town to the first real use of each. */
export class FirstHour extends Component {
    static template = "mairie_base.FirstHour";
    static components = { StepList };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ parts: [] });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.parts = await this.orm.call("mairie.first.hour", "get_mairie_first_hour", []);
    }

    get steps() {
        return this.state.parts.flatMap((part) => part.steps);
    }

    get done() {
        return this.steps.filter((step) => step.done).length;
    }

    get progress() {
        const isSet = this.steps.length && this.done === this.steps.length;
        return isSet ? _t("All is set: the town can begin.") : progressOf(this.steps);
    }

    progressOfPart({ steps }) {
        return progressOf(steps);
    }

    open(step) {
        const onClose = ifStillThere(this, () => this.load());
        return this.action.doAction(step.action, { onClose });
    }
}

registry.category("actions").add("mairie_first_hour", FirstHour);
