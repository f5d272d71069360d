import { expect, test } from "@odoo/hoot";
import { click, waitFor } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    defineModels,
    getService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Post extends models.Model {
    _name = "mairie.test.post";
}

defineMailModels();
defineModels([Post]);

test("what was done can be taken back", async () => {
    await mountWithCleanup(WebClient);
    getService("mairie_undo").show("Publication retirée.", {
        onUndo: () => expect.step("undone"),
        onKept: () => expect.step("kept"),
    });
    await waitFor(".o_mairie_undo");
    expect(".o_mairie_undo .o_notification_content").toHaveText("Publication retirée.");
    await click(".o_mairie_undo button:contains(Undo)");
    await animationFrame();
    expect(".o_mairie_undo").toHaveCount(0);
    expect.verifySteps(["undone"]);
});

test("it is offered for ten seconds, then it is kept", async () => {
    await mountWithCleanup(WebClient);
    getService("mairie_undo").show("Publication retirée.", {
        onUndo: () => expect.step("undone"),
        onKept: () => expect.step("kept"),
    });
    await waitFor(".o_mairie_undo");
    await advanceTime(9000);
    expect(".o_mairie_undo").toHaveCount(1);
    await advanceTime(1500);
    await animationFrame();
    expect(".o_mairie_undo").toHaveCount(0);
    expect.verifySteps(["kept"]);
});

test("a method of the server may offer it too", async () => {
    onRpc("mairie.test.post", "action_restore", ({ args }) => {
        expect.step(`restored ${args[0]}`);
        return true;
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "mairie_undo",
        params: {
            message: "Fait.",
            model: "mairie.test.post",
            method: "action_restore",
            ids: [7],
        },
    });
    await waitFor(".o_mairie_undo");
    await click(".o_mairie_undo button:contains(Undo)");
    await animationFrame();
    expect.verifySteps(["restored 7"]);
});
