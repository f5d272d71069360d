import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { listView } from "@web/views/list/list_view";
import { ListRenderer } from "@web/views/list/list_renderer";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { ifStillThere } from "../still_there/still_there";

const hiddenKey = (model) => `mairie_setup_hidden:${model}`;

/** How many steps are done: "2 of 4 done". */
export function progressOf(steps) {
    const done = steps.filter((step) => step.done).length;
    return _t("%(done)s of %(total)s done", { done, total: steps.length });
}

/** Steps side by side, the first one that is not done stands out. */
export class StepList extends Component {
    static template = "mairie_base.StepList";
    static props = { steps: Array, onOpen: Function };

    get current() {
        return this.props.steps.find((step) => !step.done)?.key;
    }
}

/**
 * First steps of a module, above its main view, each ticked by the data themselves.
 *
 * Fed by `get_mairie_setup()` of `model` (see mairie.setup.mixin). Gone once all is done,
 * or hidden by hand; the client action `mairie_setup_show` brings it back.
 */
export class SetupSteps extends Component {
    static template = "mairie_base.SetupSteps";
    static components = { StepList };
    static props = { model: String };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.undo = useService("mairie_undo");
        this.state = useState({ steps: [], hidden: false });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.hidden = Boolean(browser.localStorage.getItem(hiddenKey(this.props.model)));
        if (!this.state.hidden) {
            this.state.steps = await this.orm.call(this.props.model, "get_mairie_setup", []);
        }
    }

    get isVisible() {
        return !this.state.hidden && this.state.steps.some((step) => !step.done);
    }

    get progress() {
        return progressOf(this.state.steps);
    }

    open(step) {
        const onClose = ifStillThere(this, () => this.load());
        return this.action.doAction(step.action, { onClose });
    }

    hide() {
        this.setHidden(true);
        this.undo.show(_t("Hidden. You will find the first steps in Configuration."), {
            onUndo: () => this.setHidden(false),
        });
    }

    setHidden(hidden) {
        this.state.hidden = hidden;
        if (hidden) {
            browser.localStorage.setItem(hiddenKey(this.props.model), "1");
        } else {
            browser.localStorage.removeItem(hiddenKey(this.props.model));
        }
    }
}

/** Show the strip again: params = {model, action} where action shows the main view. */
export function setupShowAction(env, { params }) {
    browser.localStorage.removeItem(hiddenKey(params.model));
    return params.action;
}

registry.category("actions").add("mairie_setup_show", setupShowAction);

export class SetupKanbanRenderer extends KanbanRenderer {
    static template = "mairie_base.SetupKanbanRenderer";
    static components = { ...KanbanRenderer.components, SetupSteps };
}

export class SetupListRenderer extends ListRenderer {
    static template = "mairie_base.SetupListRenderer";
    static components = { ...ListRenderer.components, SetupSteps };
}

registry
    .category("views")
    .add("mairie_setup_kanban", { ...kanbanView, Renderer: SetupKanbanRenderer })
    .add("mairie_setup_list", { ...listView, Renderer: SetupListRenderer });

/** In a form: <widget name="mairie_setup_steps" options="{'model': 'res.company'}"/> */
export class SetupStepsWidget extends Component {
    static template = "mairie_base.SetupStepsWidget";
    static components = { SetupSteps };
    static props = { ...standardWidgetProps, model: { type: String, optional: true } };

    get model() {
        return this.props.model || this.props.record.resModel;
    }
}

registry.category("view_widgets").add("mairie_setup_steps", {
    component: SetupStepsWidget,
    extractProps: ({ options }) => ({ model: options.model }),
});
