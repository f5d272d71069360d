import { h } from "./dom.js";
import { t } from "./texts.js";
import { standing, tasksOf } from "./tasks.js";
import { refusedOf } from "./people.js";
import { membersOf, tellPresent } from "./screen_people.js";
import { tellTellers, tellersOf } from "./screen_tellers.js";

const ICONS = {
    todo: "○",
    queued: "↑",
    received: "✓",
    verified: "✓✓",
    refused: "!",
    conflict: "!",
};
const KINDS = {
    todo: "",
    queued: "m-chip--warning",
    received: "m-chip--info",
    verified: "m-chip--success",
    refused: "m-chip--danger",
    conflict: "m-chip--danger",
};

/** The tasks of the day in order; the next one is the button. */
export function homeScreen(app) {
    const { state } = app;
    const several = state.rounds.length > 1;
    const sections = state.rounds.map((round) => section(app, round));
    const next = sections.map((one) => one.next).find(Boolean);
    const message = app.message;
    app.message = "";
    return {
        title: t("station", { code: state.station.code }),
        body: [
            state.station.place && h("p", { class: "m-lead" }, state.station.place),
            message && h("p", { class: "m-alert m-alert--info" }, message),
            ...sections.map((one) => one.node),
            next &&
                h(
                    "button",
                    {
                        id: "next",
                        class: "m-button m-button--primary b-wide",
                        onclick: () => open(app, next.round, next.task, next.at),
                    },
                    [
                        t(`do_${next.task.kind}`, { label: next.task.label }),
                        several && next.round.name,
                    ]
                        .filter(Boolean)
                        .join(", "),
                ),
            call(state),
            h("p", { class: "m-secondary" }, t("paper")),
        ],
    };
}

function section(app, round) {
    const tasks = tasksOf(round).map((task) => ({
        task,
        at: standing(task, round, app.operations, app.clock),
    }));
    const counted = tasks.some(({ task, at }) => task.kind === "result" && at.status !== "todo");
    const todo = tasks.find(
        ({ task, at }) =>
            ["todo", "refused", "conflict"].includes(at.status) &&
            !(counted && task.kind === "hundred"),
    );
    const several = app.state.rounds.length > 1;
    const node = h(
        "section",
        { "aria-labelledby": `round-${round.id}` },
        h("h2", { id: `round-${round.id}`, class: several ? "" : "b-quiet" }, round.name),
        h(
            "ul",
            { class: "b-tasks" },
            tasks.map(({ task, at }) => line(app, round, task, at)),
        ),
        links(app, round),
        locked(round),
    );
    return { node, next: todo && { ...todo, round } };
}

function locked(round) {
    const done = ["verified", "collated"].includes(round.result?.status);
    return done && h("p", { class: "m-alert m-alert--success" }, t("locked"));
}

/** What goes on all day long, beside the tasks that are done once. */
function links(app, round) {
    if (!round.people) {
        return null; // a state kept from before these screens
    }
    const here = tellPresent(app, round, membersOf(app, round));
    const found = tellTellers(app, round, tellersOf(app, round));
    return h(
        "ul",
        { class: "b-links" },
        link(app, round, "people", "presence", t("present_count", here), here.short),
        link(app, round, "tellers", "scrutateurs", t("tellers_count", found), false),
    );
}

function link(app, round, name, kind, value, short) {
    const refused = refusedOf(app.operations, kind, round.id).length;
    const warned = (refused && t("chip_refused")) || (short && t("present_two"));
    return h(
        "li",
        { "data-link": name },
        h(
            "button",
            {
                class: "b-task",
                id: `${name}-${round.id}`,
                onclick: () => app.go({ name, round: round.id }),
            },
            h("span", { class: "b-task__label" }, t(name)),
            h("strong", { class: "b-task__value" }, value),
            warned &&
                h(
                    "span",
                    { class: "m-chip b-chip m-chip--danger" },
                    h("span", { "aria-hidden": "true" }, "! "),
                    warned,
                ),
        ),
    );
}

function line(app, round, task, at) {
    const status = h(
        "span",
        { class: `m-chip b-chip ${KINDS[at.status]}` },
        h("span", { "aria-hidden": "true" }, `${ICONS[at.status]} `),
        chip(app, at),
    );
    const label = h("span", { class: "b-task__label" }, task.label);
    const value = at.value && h("strong", { class: "b-task__value" }, at.value);
    const errors = (at.row?.errors || []).map((error) =>
        h("span", { class: "m-error" }, error.sentence),
    );
    return h(
        "li",
        { "data-task": task.key, "data-status": at.status },
        h(
            "button",
            { class: "b-task", id: `task-${task.id}`, onclick: () => open(app, round, task, at) },
            label,
            value,
            status,
            errors,
        ),
    );
}

function chip(app, at) {
    if (at.status === "received") {
        return at.received
            ? t("received_at", { hour: app.clock.tell(at.received) })
            : t("received");
    }
    return t(`chip_${at.status}`);
}

function open(app, round, task, at) {
    const name = at.status === "conflict" ? "conflict" : task.kind;
    app.go({ name, round: round.id, task });
}

function call(state) {
    return (
        state.phone &&
        h(
            "p",
            {},
            h(
                "a",
                { class: "m-button b-wide", href: `tel:${state.phone.replace(/[^\d+]/g, "")}` },
                t("call", { phone: state.phone.replace(/ /g, "\u00a0") }),
            ),
        )
    );
}
