import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { defineModels, fields, models, mountWithCleanup } from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { PeoplePicker } from "@mairie_base/people_picker/people_picker";

class Agent extends models.Model {
    _name = "mairie.test.agent";

    name = fields.Char();

    _records = [
        { id: 1, name: "Karim Bensaïd" },
        { id: 2, name: "Lina Perrin" },
    ];
}

defineMailModels();
defineModels([Agent]);

test("people are named and counted", async () => {
    class Parent extends Component {
        static components = { PeoplePicker };
        static props = {};
        static template = xml`<PeoplePicker label="'Who will read it'" resModel="'mairie.test.agent'"
            resIds="state.ids" update="(ids) => (this.state.ids = ids)"/>`;
        setup() {
            this.state = useState({ ids: [1, 2] });
        }
    }
    await mountWithCleanup(Parent);
    expect(".o_mairie_people_picker_count").toHaveText("2 people");
    expect(".o_tag").toHaveCount(2);
    expect(".o_tag:eq(0)").toHaveText("Karim Bensaïd");
    await click(".o_tag:eq(0) .o_delete");
    await animationFrame();
    expect(".o_mairie_people_picker_count").toHaveText("1 person");
});
