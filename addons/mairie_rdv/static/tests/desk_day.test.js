import { describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import {
    defineModels,
    makeDialogMockEnv,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { DeskBooking } from "@mairie_rdv/desk_day/desk_booking";
import { DeskDay, POLL } from "@mairie_rdv/desk_day/desk_day";

describe.current.tags("desktop");

class Rdv extends models.Model {
    _name = "mairie.rdv";
}

defineMailModels();
defineModels([Rdv]);

function rdv(id, time, state, values = {}) {
    const hour = String(Number(time.slice(0, 2)) - 1).padStart(2, "0");
    return {
        id,
        time,
        end: time,
        start: `2026-12-17 ${hour}${time.slice(2)}:00`,
        name: `Dominique Martin ${id}`,
        last_name: `Martin ${id}`,
        persons: 1,
        demarche: "Passeport",
        guichet_id: 1,
        state,
        code: "K7M 2QX",
        is_extra: false,
        arrived_at: false,
        can_undo: false,
        ...values,
    };
}

function day(values = {}) {
    return {
        lieux: [{ id: 7, name: "Mairie centrale" }],
        lieu: { id: 7, name: "Mairie centrale", late: 10 },
        day: "2026-12-17",
        day_label: "jeudi 17 décembre",
        is_today: true,
        now: "2026-12-17 08:21:00",
        version: "1",
        can_write: true,
        free: { count: 2, is_morning: true },
        demarches: [{ id: 3, name: "Passeport", persons_max: 2 }],
        desks: [
            {
                id: 1,
                name: "Guichet 1",
                usual: 20,
                demarche_ids: [3],
                is_open: true,
                hour: "12:00",
                gaps: [{ time: "10:20", start: "2026-12-17 09:20:00", end: "10:40" }],
            },
        ],
        rdvs: [
            rdv(1, "09:00", "confirmed"),
            rdv(2, "09:20", "arrived", { arrived_at: "2026-12-17 08:09:00" }),
            rdv(3, "09:40", "confirmed"),
        ],
        ...values,
    };
}

async function mount(values) {
    mockDate("2026-12-17 08:21:00", +1);
    onRpc("mairie.rdv", "get_desk_day", () => day(values));
    onRpc("mairie.rdv", "get_desk_version", () => "1");
    onRpc("mairie.rdv", "get_desk_card", () => ({
        ...rdv(3, "09:40", "arrived"),
        desk: "Guichet 1",
        history: [],
        origin: "Téléphone",
        applications: { label: "", role: "upcoming" },
        has_begun: false,
        phone: "",
        note: "",
        visits: 0,
    }));
    await mountWithCleanup(DeskDay, {
        props: { action: {}, actionId: 1, updateActionState() {} },
    });
}

test("the day says who waits, who is late and what is free", async () => {
    await mount();
    expect(queryAllTexts("[data-tile] strong")).toEqual(["2", "1", "1", "2"]);
    expect("[data-list=waiting] [data-rdv]").toHaveCount(1);
    expect("[data-list=waiting] .o_mairie_day_quiet").toHaveText("12 min");
    expect("[data-list=late] [data-rdv='1']").toHaveCount(1);
    expect("[data-list=expected] [data-rdv='3']").toHaveCount(1);
    expect(".o_mairie_day_gap").toHaveText(/10:40/);
});

test("focus rests in the scan field", async () => {
    await mount();
    expect(".o_mairie_day_scan").toBeFocused();
});

test("a scan checks in and can be undone", async () => {
    onRpc("mairie.rdv", "find_at_desk", ({ args }) => {
        expect.step(args[1]);
        return { kind: "arrived", message: "Arrivée notée", rdv: rdv(3, "09:40", "arrived") };
    });
    onRpc("mairie.rdv", "action_undo", () => {
        expect.step("undo");
        return true;
    });
    await mount();
    await edit("K7M2QX");
    await press("Enter");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["K7M2QX"]);
    expect(".o_mairie_undo").toHaveText(/Arrivée notée/);
    await click(".o_mairie_undo button:contains(Undo)");
    await animationFrame();
    expect.verifySteps(["undo"]);
});

test("keys act on the line that has the focus, never in a field", async () => {
    const note =
        (key) =>
        ({ args }) => {
            expect.step(`${key} ${args[0]}`);
            return rdv(args[0][0], "09:20", "in_progress");
        };
    onRpc("mairie.rdv", "action_arrive", note("a"));
    onRpc("mairie.rdv", "call_at_desk", note("e"));
    onRpc("mairie.rdv", "action_no_show", note("x"));
    await mount();
    await press("a");
    expect.verifySteps([]);
    queryFirst("[data-list=expected] [data-rdv='3']").focus();
    await press("a");
    await animationFrame();
    queryFirst("[data-list=waiting] [data-rdv='2']").focus();
    await press("e");
    await animationFrame();
    queryFirst("[data-list=late] [data-rdv='1']").focus();
    await press("x");
    await animationFrame();
    expect.verifySteps(["a 3", "e 2", "x 1"]);
});

test("before his hour nobody is absent: the key opens the card, which asks", async () => {
    onRpc("mairie.rdv", "action_no_show", () => expect.step("absent"));
    await mount();
    queryFirst("[data-list=expected] [data-rdv='3']").focus();
    await press("x");
    await animationFrame();
    expect(".o_mairie_day_card").toHaveCount(1);
    expect.verifySteps([]);
});

test("a note typed just before the card closes is kept", async () => {
    onRpc("mairie.rdv", "write", ({ args }) => {
        expect.step(`${args[0]} ${args[1].note}`);
        return true;
    });
    await mount();
    await click("[data-list=expected] [data-rdv='3']");
    await animationFrame();
    await click("#mairie_day_note");
    await edit("Fauteuil roulant");
    expect.verifySteps([]);
    await click(".o_mairie_day_card .btn-close");
    await animationFrame();
    expect.verifySteps(["3 Fauteuil roulant"]);
});

test("a free time that was clicked on is chosen, and told once", async () => {
    const start = "2026-12-17 09:20:00";
    onRpc("mairie.rdv", "get_next_places", () => [
        { start, label: "10:20", desk: "Guichet 1" },
        { start: "2026-12-17 10:00:00", label: "11:00", desk: "Guichet 2" },
    ]);
    await mountWithCleanup(DeskBooking, {
        env: await makeDialogMockEnv(),
        props: { close() {}, day: day(), desk: day().desks[0], start, time: "10:20" },
    });
    expect("input[name=place]").toHaveCount(2);
    expect("input[name=place]:eq(0)").toBeChecked();
});

test("arrows go up and down a list, and from one list to the next", async () => {
    await mount({ rdvs: [rdv(1, "09:30", "confirmed"), rdv(2, "09:40", "confirmed")] });
    queryFirst("[data-list=expected] [data-rdv='1']").focus();
    await press("ArrowDown");
    expect("[data-list=expected] [data-rdv='2']").toBeFocused();
    await press("ArrowRight");
    expect("[data-list=desk1] [data-rdv='2']").toBeFocused();
});

test("without network the day stays, with its age", async () => {
    await mount();
    onRpc("mairie.rdv", "get_desk_version", () => {
        throw new Error("no network");
    });
    await advanceTime(POLL);
    await animationFrame();
    expect(".o_mairie_day_status .alert").toHaveText(/Offline since 09:21/);
    expect("[data-list=waiting] [data-rdv]").toHaveCount(1);
});

test("reception sees neither done nor absent", async () => {
    await mount({ can_write: false });
    expect(".o_mairie_day_new").toHaveCount(0);
    expect(".o_mairie_day_close").toHaveCount(0);
    expect("[data-list=late] button:contains(Absent)").toHaveCount(0);
    expect("button.o_mairie_day_gap").toHaveCount(0);
});

test("whoever has no place reads why", async () => {
    await mount({ lieu: null, lieux: [] });
    expect(".o_mairie_day_empty").toHaveText(/Agents/);
});
