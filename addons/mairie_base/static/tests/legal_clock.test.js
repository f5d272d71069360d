import { expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    models,
    mountView,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { LegalClock } from "@mairie_base/legal_clock/legal_clock";

const { DateTime } = luxon;

class Seance extends models.Model {
    _name = "mairie.test.seance";

    deadline = fields.Date();
    notice_date = fields.Date();

    _records = [{ id: 1, deadline: "2026-12-11", notice_date: "2026-12-10" }];
}

defineMailModels();
defineModels([Seance]);

const mount = (props) =>
    mountWithCleanup(LegalClock, {
        props: { deadline: DateTime.fromISO("2026-12-11"), label: "send", ...props },
    });

test("far ahead, the last lawful day is only said", async () => {
    mockDate("2026-12-01 10:00:00");
    await mount();
    expect(".o_mairie_chip").toHaveText("send by Fri 11/12");
    expect(".o_mairie_chip").toHaveClass("text-secondary-emphasis");
    expect(".o_mairie_legal_clock_hint").toHaveText("10 days left");
});

test("three days before, it asks to act", async () => {
    mockDate("2026-12-08 10:00:00");
    await mount();
    expect(".o_mairie_chip").toHaveClass("text-warning-emphasis");
});

test("the last day is named as such until midnight", async () => {
    mockDate("2026-12-11 22:30:00");
    await mount();
    expect(".o_mairie_legal_clock_hint").toHaveText("last day: today");
});

test("once over, it says which day was the last", async () => {
    mockDate("2026-12-12 08:00:00");
    await mount();
    expect(".o_mairie_chip").toHaveText("send: the last day was Fri 11/12");
    expect(".o_mairie_chip").toHaveClass("text-danger-emphasis");
});

test("as a field it reads when the thing was done", async () => {
    mockDate("2026-12-20 08:00:00");
    await mountView({
        type: "form",
        resModel: "mairie.test.seance",
        resId: 1,
        arch: `<form><field name="deadline" widget="mairie_legal_clock" readonly="1"
            options="{'label': 'send', 'done_field': 'notice_date'}"/></form>`,
    });
    expect(".o_mairie_chip").toHaveText("done on Thu 10/12");
    expect(".o_mairie_chip").toHaveClass("text-success-emphasis");
});
