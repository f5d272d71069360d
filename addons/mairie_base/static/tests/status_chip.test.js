import { expect, test } from "@odoo/hoot";
import {
    defineModels,
    fields,
    models,
    mountView,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { ROLES, StatusChip } from "@mairie_base/status_chip/status_chip";

class Seance extends models.Model {
    _name = "mairie.test.seance";

    state = fields.Selection({
        selection: [
            ["draft", "Brouillon"],
            ["sent", "Convoquée"],
            ["other", "Autre"],
        ],
    });

    _records = [
        { id: 1, state: "draft" },
        { id: 2, state: "sent" },
        { id: 3, state: "other" },
    ];
}

defineMailModels();
defineModels([Seance]);

test("each role has an icon beside its word, in colours that can be read", async () => {
    for (const role of Object.keys(ROLES)) {
        await mountWithCleanup(StatusChip, { props: { role, label: `mot ${role}` } });
        const chip = `.o_mairie_chip:contains(mot ${role})`;
        expect(chip).toHaveClass(`text-${ROLES[role].color}-emphasis`);
        expect(`${chip} i.${ROLES[role].icon}`).toHaveCount(1);
        expect(`${chip} i`).toHaveAttribute("aria-hidden", "true");
    }
});

test("a selection field shows its label with the role of the value", async () => {
    await mountView({
        type: "list",
        resModel: "mairie.test.seance",
        arch: `<list><field name="state" widget="mairie_status_chip"
            options="{'map': {'draft': 'todo', 'sent': 'done'}}"/></list>`,
    });
    expect(".o_mairie_chip").toHaveCount(3);
    expect(".o_mairie_chip:eq(0)").toHaveText("Brouillon");
    expect(".o_mairie_chip:eq(0)").toHaveClass("bg-warning-subtle");
    expect(".o_mairie_chip:eq(1)").toHaveClass("bg-success-subtle");
    expect(".o_mairie_chip:eq(2)").toHaveClass("bg-secondary-subtle");
});
