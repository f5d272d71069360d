import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { StepList } from "../setup_steps/setup_steps";

const count = (steps) => steps.filter((step) => step.done).length;

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

    get done() {
        return this.state.parts.reduce((sum, { steps }) => sum + count(steps), 0);
    }

    get total() {
        return this.state.parts.reduce((sum, { steps }) => sum + steps.length, 0);
    }

    get progress() {
        return this.state.parts.length && this.done === this.total
            ? _t("All is set: the town can begin.")
            : this.progressOf(this.done, this.total);
    }

    progressOf(done, total) {
        return _t("%(done)s of %(total)s done", { done, total });
    }

    progressOfPart({ steps }) {
        return this.progressOf(count(steps), steps.length);
    }

    open(step) {
        return this.action.doAction(step.action, { onClose: () => this.load() });
    }
}

registry.category("actions").add("mairie_first_hour", FirstHour);
