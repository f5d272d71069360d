import { beforeEach, destroy, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Lieu extends models.Model {
    _name = "mairie.test.lieu";

    name = fields.Char();

    _records = [{ id: 1, name: "Hôtel de ville" }];
}

defineMailModels();
defineModels([Lieu]);

const STEPS = [
    { key: "place", title: "Un lieu", description: "", done: true, action: "a.place" },
    { key: "desk", title: "Les guichets", description: "", done: false, action: "a.desk" },
];

const mount = () =>
    mountView({
        type: "list",
        resModel: "mairie.test.lieu",
        arch: `<list js_class="mairie_setup_list"><field name="name"/></list>`,
    });

beforeEach(() => localStorage.clear());

test("the strip shows what is done and opens the next step", async () => {
    onRpc("get_mairie_setup", () => STEPS);
    mockService("action", {
        doAction(action) {
            expect.step(action);
        },
    });
    await mount();
    expect(".o_mairie_setup_progress").toHaveText("1 of 2 done");
    expect(".o_mairie_setup_step:eq(0) .fa-check-circle").toHaveCount(1);
    expect(".o_mairie_setup_step button[aria-current=step]").toHaveText("Les guichets");
    await click(".o_mairie_setup_step button[aria-current=step]");
    expect.verifySteps(["a.desk"]);
});

test("a step whose dialog led elsewhere closes without a word", async () => {
    onRpc("get_mairie_setup", () => {
        expect.step("read");
        return STEPS;
    });
    let close;
    mockService("action", {
        doAction(action, { onClose }) {
            close = onClose;
        },
    });
    const list = await mount();
    await click(".o_mairie_setup_step button[aria-current=step]");
    await close();
    expect.verifySteps(["read", "read"]);
    destroy(list);
    await close();
    expect.verifySteps([]);
});

test("hidden, it stays hidden, unless that is undone", async () => {
    onRpc("get_mairie_setup", () => STEPS);
    mockService("mairie_undo", {
        show(message, { onUndo }) {
            expect.step(message);
            onUndo();
        },
    });
    await mount();
    await click(".o_mairie_setup button:contains(Hide)");
    await animationFrame();
    expect.verifySteps(["Hidden. You will find the first steps in Configuration."]);
    expect(".o_mairie_setup").toHaveCount(1);
});

test("once all is done, it is gone", async () => {
    onRpc("get_mairie_setup", () => STEPS.map((step) => ({ ...step, done: true })));
    await mount();
    expect(".o_mairie_setup").toHaveCount(0);
    expect(".o_data_row").toHaveCount(1);
});
