import { expect, test } from "@odoo/hoot";
import { click, edit, press } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Seance extends models.Model {
    _name = "mairie.test.seance";
    date_start = fields.Datetime({ onChange: () => {} });
}

defineMailModels();
defineModels([Seance]);

test("a date that is typed stays in sight while what follows is computed", async () => {
    const server = new Deferred();
    onRpc("mairie.test.seance", "onchange", ({ args }) => args[1].date_start && server);
    await mountView({
        type: "form",
        resModel: "mairie.test.seance",
        arch: `<form><field name="date_start"/></form>`,
    });
    await click(".o_field_widget[name=date_start] input");
    await animationFrame();
    await edit("12/15/2026 18:30:00");
    await press("Tab");
    await animationFrame();
    server.resolve();
    await animationFrame();
    await animationFrame();
    expect(".o_field_widget[name=date_start] button").toHaveText(/15.*18:30|Dec 15/);
});
