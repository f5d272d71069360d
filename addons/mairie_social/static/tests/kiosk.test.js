import { beforeEach, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { makeMockEnv, mountWithCleanup, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import { session } from "@web/session";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { leave } from "@mairie_social/kiosk/end_session";
import { kioskService, StillThere } from "@mairie_social/kiosk/kiosk_service";
import { POSTS_KEY } from "@mairie_social/offline/posts_key";

defineMailModels();

beforeEach(() => patchWithCleanup(session, { mairie_kiosk_seconds: 120 }));

function startKiosk() {
    const dialog = { add: () => expect.step("asked") };
    return kioskService.start({}, { dialog });
}

test("a shared tablet asks after 90 seconds at rest, a touch begins anew", async () => {
    startKiosk();
    await advanceTime(80_000);
    await click(document.body);
    await advanceTime(80_000);
    expect.verifySteps([]);
    await advanceTime(10_000);
    expect.verifySteps(["asked"]);
});

test("the telephone of one person never asks", async () => {
    patchWithCleanup(session, { mairie_kiosk_seconds: 0 });
    expect(startKiosk().isKiosk).toBe(false);
    await advanceTime(600_000);
    expect.verifySteps([]);
});

test("half a minute without an answer ends the session, once", async () => {
    const env = await makeMockEnv();
    await mountWithCleanup(StillThere, {
        env: Object.assign(Object.create(env), {
            dialogData: { isActive: true, close: () => {}, dismiss: () => {} },
            dialogId: "dialog_test",
        }),
        props: { close: () => {}, onOver: () => expect.step("over") },
    });
    expect("[role=timer]").toHaveText("Closing in 30 s.");
    await advanceTime(29_000);
    await animationFrame();
    expect("[role=timer]").toHaveText("Closing in 1 s.");
    expect.verifySteps([]);
    await advanceTime(5_000);
    expect.verifySteps(["over"]);
});

test("a session that ends leaves no post on the tablet, and nobody's name", async () => {
    browser.localStorage.setItem(POSTS_KEY, "[]");
    patchWithCleanup(browser, {
        navigator: {},
        location: {
            set href(url) {
                expect.step(url);
            },
        },
    });
    await leave();
    expect(browser.localStorage.getItem(POSTS_KEY)).toBe(null);
    expect.verifySteps(["/web/session/logout?redirect=%2Fborne"]);
});
