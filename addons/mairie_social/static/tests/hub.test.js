import { expect, test } from "@odoo/hoot";
import { click, edit, press, queryAll, waitFor } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import {
    defineModels,
    makeMockEnv,
    mockService,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";

import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { MairieHome } from "@mairie_social/home/home";
import { InstallCard } from "@mairie_social/install_card/install_card";
import { light } from "@mairie_social/light/light";
import { PostCard } from "@mairie_social/post_card/post_card";
import { AudiencePicker } from "@mairie_social/post_composer/audience_picker";
import { PostComposer } from "@mairie_social/post_composer/post_composer";

class Post extends models.Model {
    _name = "mairie.social.post";
}

defineMailModels();
defineModels([Post]);

const PERSON = { name: "Karim Bensaïd", initials: "KB", tint: 1 };

function card(id, values = {}) {
    return {
        id,
        name: `Nouvelle ${id}`,
        kind: "news",
        kind_label: "Actualité",
        state: "published",
        status: "published",
        comment_policy: "open",
        publish_at: false,
        body: "<p>Les bacs sortent <strong>jeudi</strong>.</p>",
        excerpt: "",
        summary: "Les bacs sortent jeudi.",
        author: PERSON,
        service: "Voirie",
        published_at: `2026-03-1${id % 10} 08:00:00`,
        edited_at: false,
        event_start: false,
        event_place: "",
        pictures: [],
        files: [],
        readers: { total: 143, scope: "agents" },
        reactions: { counts: { like: 12 }, mine: [] },
        comment_count: 0,
        comments_open: true,
        is_pinned: false,
        is_new: false,
        may_manage: false,
        may_review: false,
        is_author: false,
        hidden_reason: "",
        review_note: "",
        reference: "",
        ack: false,
        team_left: 0,
        poll: false,
        ...values,
    };
}

test("a card says who wrote, for whom, and for how many", async () => {
    await mountWithCleanup(PostCard, { props: { post: card(1) } });
    expect(".o_mairie_post_author").toHaveText(/Voirie, Karim Bensaïd/);
    expect(".o_mairie_post_scope").toHaveText("agents only, 143 readers");
    expect(".o_mairie_post_body strong").toHaveText("jeudi");
    expect("article").toHaveAttribute("aria-labelledby", "mairie_post_1");
});

test("one tap reacts, the next takes it back, and a failure is shown as such", async () => {
    onRpc("mairie.social.post", "react", ({ args }) => {
        expect.step(`${args[1]} ${args[2]}`);
        return { counts: { like: args[2] ? 13 : 12 }, mine: args[2] ? ["like"] : [] };
    });
    await mountWithCleanup(PostCard, { props: { post: card(1) } });
    const like = ".o_mairie_reaction[data-code=like]";
    expect(like).toHaveAttribute("aria-pressed", "false");
    await click(like);
    await animationFrame();
    expect(like).toHaveAttribute("aria-pressed", "true");
    expect(`${like} .o_mairie_count`).toHaveText("13");
    await click(like);
    await animationFrame();
    expect(`${like} .o_mairie_count`).toHaveText("12");
    expect.verifySteps(["like true", "like false"]);
});

test("a decorative picture has an empty alternative, another its words", async () => {
    const picture = { alt: "Un pont", width: 960, height: 540, version: "1" };
    const pictures = [
        { ...picture, id: 1, is_decorative: false },
        { ...picture, id: 2, is_decorative: true },
    ];
    await mountWithCleanup(PostCard, { props: { post: card(1, { pictures }) } });
    const [words, empty] = queryAll(".o_mairie_pictures img");
    expect(words).toHaveAttribute("alt", "Un pont");
    expect(empty).toHaveAttribute("alt", "");
});

test("text first: photos wait for a tap, told by their words", async () => {
    const picture = { id: 1, alt: "Un pont", width: 960, height: 540, version: "1" };
    const pictures = [{ ...picture, is_decorative: false }];
    light.isOn = true;
    await mountWithCleanup(PostCard, { props: { post: card(1, { pictures }) } });
    expect(".o_mairie_pictures").toHaveCount(0);
    expect(".o_mairie_show_pictures").toHaveText("Show the photo: Un pont");
    await click(".o_mairie_show_pictures");
    await animationFrame();
    expect(".o_mairie_pictures img").toHaveCount(1);
    light.isOn = false;
});

test("comments are read when opened, and a text that failed is kept", async () => {
    onRpc("mairie.social.post", "get_comments", () => {
        expect.step("read");
        return { comments: [], has_more: false, may_comment: true };
    });
    onRpc("mairie.social.post", "add_comment", () => {
        throw new Error("no network");
    });
    expect.errors(0);
    await mountWithCleanup(PostCard, { props: { post: card(1) } });
    expect.verifySteps([]);
    await click(".o_mairie_comments_button");
    await waitFor(".o_mairie_comment_input");
    expect.verifySteps(["read"]);
    await click(".o_mairie_comment_input");
    await edit("Bien reçu");
    await press(["Control", "Enter"]);
    await waitFor(".o_mairie_comment_form [role=alert]");
    expect(".o_mairie_comment_input").toHaveValue("Bien reçu");
});

test("the sentence under the audiences says who will not read", async () => {
    onRpc("mairie.social.post", "count_readers", () => ({
        total: 143,
        agents: 143,
        elus: 0,
        without_email: 61,
        is_public: false,
    }));
    onRpc("mairie.social.post", "foresee_push", () => ({
        by_push: 88,
        later: 12,
        first: "2030-12-16 07:00:00",
    }));
    await mountWithCleanup(AudiencePicker, {
        props: {
            audiences: [
                { id: 1, name: "Voirie", kind: "service", count: 143 },
                { id: 2, name: "Tous", kind: "all", count: 350 },
            ],
            value: [1],
            onChange: (value) => expect.step(value.join()),
            onCount: ({ total }) => expect.step(`${total} counted`),
        },
    });
    expect(".o_mairie_readers").toHaveText(
        "143 people, 61 of them without e-mail. The elected members will not read.",
    );
    await waitFor(".o_mairie_told");
    expect(".o_mairie_told").toHaveText(
        /88 people are told.* 12 of them not before Monday, December 16/,
    );
    expect("optgroup").toHaveCount(1);
    await click(".o_mairie_chips button");
    expect.verifySteps(["143 counted", ""]);
});

test("nothing is published without a title and readers", async () => {
    onRpc("mairie.social.post", "get_composer", () => ({
        user: PERSON,
        kinds: [{ id: "news", name: "Actualité" }],
        services: [],
        own_service: false,
        audiences: [{ id: 1, name: "Voirie", kind: "service", count: 3 }],
        needs_review: false,
        may_pin: false,
        post: false,
    }));
    onRpc("mairie.social.post", "save_draft", () => expect.step("saved"));
    onRpc("mairie.social.post", "action_publish", () => expect.step("published"));
    const env = await makeMockEnv();
    await mountWithCleanup(PostComposer, {
        env: Object.assign(Object.create(env), {
            dialogData: { isActive: true, close: () => {}, dismiss: () => {} },
            dialogId: "dialog_test",
        }),
        props: { close: () => {} },
    });
    await waitFor(".o_mairie_composer");
    await click(".modal-footer .btn-primary");
    await animationFrame();
    expect(".o_mairie_composer .alert-danger li").toHaveCount(2);
    expect.verifySteps([]);
});

test("the feed is walked by PageDown, older posts are added below", async () => {
    onRpc("mairie.social.post", "get_home", () => ({
        town: "Saint-Aubin",
        user: PERSON,
        may_publish: false,
        to_read: [
            { id: 9, name: "Casques", reference: "Note 12", read_by: "2026-12-20", minutes: 2 },
        ],
        pinned: [],
        feed: { posts: [card(3), card(2)], has_more: true },
        agenda: [],
        groups: [],
        newcomers: [],
        shortcuts: [],
    }));
    onRpc("mairie.social.post", "get_feed", ({ args }) => {
        expect.step(args[0].join(" "));
        return { posts: [card(1)], has_more: false };
    });
    await mountWithCleanup(MairieHome, { props: { action: {}, actionId: 1 } });
    expect("[role=feed] article").toHaveCount(2);
    expect(".o_mairie_to_read li").toHaveText(/Casques\s+Note 12, before .*, 2 minutes/);
    expect(".o_mairie_compose").toHaveCount(0);
    queryAll("[role=feed] article")[0].focus();
    await press("PageDown");
    expect("article:eq(1)").toBeFocused();
    await click(".o_mairie_after button");
    await runAllTimers();
    await animationFrame();
    expect.verifySteps(["2026-03-12 08:00:00 2"]);
    expect("[role=feed] article").toHaveCount(3);
    expect(".o_mairie_after").toHaveText("You are up to date.");
});

test("an icon on the telephone is proposed once, and only where it can be had", async () => {
    const pwa = {
        canPromptToInstall: true,
        show: () => expect.step("show"),
        decline() {
            this.canPromptToInstall = false;
        },
    };
    mockService("pwa", () => pwa);
    await mountWithCleanup(InstallCard);
    await click(".o_mairie_install_card .btn-primary", { interactive: false });
    expect.verifySteps(["show"]);
    await click(".o_mairie_install_card .btn-secondary", { interactive: false });
    await animationFrame();
    expect(".o_mairie_install_card").toHaveCount(0);
});

test("the address of a post is shared, and none of its words", async () => {
    patchWithCleanup(browser.navigator.clipboard, {
        writeText: async (text) => expect.step(text.replace(browser.location.origin, "")),
    });
    await mountWithCleanup(PostCard, { props: { post: card(1) } });
    await click(".o_mairie_post_menu");
    await waitFor(".o-dropdown-item:contains(Share)");
    await click(".o-dropdown-item:contains(Share)");
    await animationFrame();
    expect.verifySteps(["/odoo/mairie.social.post/1"]);
});
