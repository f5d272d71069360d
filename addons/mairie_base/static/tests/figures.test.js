import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { BigFigure } from "@mairie_base/big_figure/big_figure";
import { LastUpdated } from "@mairie_base/last_updated/last_updated";

const { DateTime } = luxon;

defineMailModels();

test("the age of the figures is said, and so is their silence", async () => {
    mockDate("2026-03-15 09:21:00", 0);
    await mountWithCleanup(LastUpdated, { props: { date: DateTime.now() } });
    expect(".o_mairie_chip").toHaveText("up to date 09:21");
    await advanceTime(17000);
    await animationFrame();
    expect(".o_mairie_chip").toHaveText("not up to date since 09:21");
    expect(".o_mairie_chip").toHaveClass("text-warning-emphasis");
});

test("a big figure is pale for one second after a change", async () => {
    class Parent extends Component {
        static components = { BigFigure };
        static props = {};
        static template = xml`<BigFigure label="'Votants'" value="state.value"/>`;
        setup() {
            this.state = useState({ value: 12480 });
        }
    }
    const parent = await mountWithCleanup(Parent);
    expect(".o_mairie_big_figure_value").toHaveText("12,480");
    expect(".o_mairie_big_figure").not.toHaveClass("bg-warning-subtle");
    parent.state.value = 12500;
    await animationFrame();
    expect(".o_mairie_big_figure").toHaveClass("bg-warning-subtle");
    await advanceTime(1100);
    await animationFrame();
    expect(".o_mairie_big_figure").not.toHaveClass("bg-warning-subtle");
});
