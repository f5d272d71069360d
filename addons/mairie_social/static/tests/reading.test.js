import { expect, test } from "@odoo/hoot";
import { click, edit, press, queryOne, waitFor } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { defineModels, models, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { AckBar } from "@mairie_social/ack_bar/ack_bar";
import { PollCard } from "@mairie_social/poll_card/poll_card";
import { SearchPage } from "@mairie_social/search_page/search_page";

class Post extends models.Model {
    _name = "mairie.social.post";
}

class Doc extends models.Model {
    _name = "mairie.social.doc";
}

defineMailModels();
defineModels([Post, Doc]);

const OPTION = { mine: false, count: null, percent: null, is_right: null };

function poll(values = {}) {
    return {
        question: "Quel jour ?",
        is_anonymous: false,
        is_multiple: false,
        is_quiz: false,
        is_closed: false,
        closes_at: false,
        voters: 3,
        voted: false,
        result_state: "vote",
        options: [
            { ...OPTION, id: 1, name: "Jeudi" },
            { ...OPTION, id: 2, name: "Vendredi" },
        ],
        ...values,
    };
}

test("a reading is signed once its end is reached, also by the keyboard", async () => {
    onRpc("mairie.social.post", "acknowledge", ({ args }) => {
        expect.step(`version ${args[1]}`);
        return { version: 2, read_by: false, ack_at: "2026-12-14 08:12:00", how: "web" };
    });
    const ack = { version: 2, read_by: "2026-12-20", ack_at: false, how: false };
    await mountWithCleanup(AckBar, { props: { postId: 1, ack, teamLeft: 0 } });
    queryOne(".o_mairie_ack_button").focus();
    await animationFrame();
    expect(".o_mairie_ack_button").toHaveAttribute("aria-disabled", "false");
    await press("Enter");
    await waitFor(".o_mairie_ack_done");
    expect.verifySteps(["version 2"]);
});

test("a manager is offered the sheet of the team", async () => {
    await mountWithCleanup(AckBar, { props: { postId: 1, ack: false, teamLeft: 3 } });
    expect(".o_mairie_ack_team").toHaveText(/3\s+people have not yet read/);
    expect(".o_mairie_ack_button").toHaveCount(0);
});

test("an answer is chosen, sent, and the results shown to whoever has voted", async () => {
    onRpc("mairie.social.post", "vote", ({ args }) => {
        expect.step(args[1].join());
        return poll({
            voted: true,
            voters: 4,
            result_state: "shown",
            options: [
                { ...OPTION, id: 1, name: "Jeudi", count: 1, percent: 25 },
                { ...OPTION, id: 2, name: "Vendredi", count: 3, percent: 75, mine: true },
            ],
        });
    });
    const props = { postId: 1, poll: poll(), mayManage: false };
    await mountWithCleanup(PollCard, { props });
    expect(".o_mairie_poll_figure").toHaveCount(0);
    await click(".o_mairie_poll_choice input:eq(1)");
    await click(".o_mairie_poll_vote");
    await waitFor(".o_mairie_poll_results");
    expect.verifySteps(["2"]);
    expect(".o_mairie_poll_figure:eq(1)").toHaveText("75 % (3)");
});

test("an anonymous poll says why it shows nothing, and offers no change", async () => {
    const props = {
        postId: 1,
        poll: poll({ is_anonymous: true, voted: true, result_state: "few" }),
        mayManage: false,
    };
    await mountWithCleanup(PollCard, { props });
    expect(".o_mairie_poll").toHaveText(/never what/);
    expect(".o_mairie_poll").toHaveText(/Results from 5 votes on/);
    expect(".o_mairie_poll_figure").toHaveCount(0);
    expect(".o_mairie_poll button").toHaveCount(0);
});

test("words are looked for while typing, and found words are marked", async () => {
    onRpc("mairie.social.doc", "search_all", ({ args }) => {
        expect.step(args[0]);
        return {
            counts: { people: 0, posts: 100, messages: 0, files: 0, groups: 0 },
            tab: "posts",
            results: [
                {
                    key: "post-1",
                    icon: "fa-newspaper-o",
                    title: [
                        ["Élagage", true],
                        [" des platanes", false],
                    ],
                    detail: "Voirie",
                    text: [],
                    date: false,
                    model: "mairie.social.post",
                    id: 1,
                },
            ],
            has_more: false,
        };
    });
    await mountWithCleanup(SearchPage, { props: { action: {}, actionId: 1 } });
    expect("#mairie_search_text").toBeFocused();
    await edit("elagages");
    await runAllTimers();
    await waitFor(".o_mairie_hit");
    expect.verifySteps(["elagages"]);
    expect("[data-tab=posts]").toHaveText(/99\+/);
    expect(".o_mairie_hit mark").toHaveText("Élagage");
    await press("ArrowDown");
    expect(".o_mairie_hit").toBeFocused();
    await press("ArrowUp");
    expect("#mairie_search_text").toBeFocused();
});
