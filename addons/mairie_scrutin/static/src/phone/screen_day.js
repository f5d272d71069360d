import { readTime, split, tellHour, writeTime } from "./clock.js";
import { enterMovesOn, errorSummary, h, numberField, textField } from "./dom.js";
import { toNumber } from "./tally.js";
import { t } from "./texts.js";

/** Opening, turnout at an hour, closing: an hour, a number, one button. */
export async function dayScreen(app) {
    const { task } = app.screen;
    const round = app.round(app.screen.round);
    const values = (await app.draft(task.id)) || firstOfDay(app, task, round);
    const form = h("form", { class: "b-form", novalidate: true, onsubmit: submit });
    enterMovesOn(form);

    function set(name, value) {
        values[name] = value;
        app.keepDraft(task.id, values);
    }

    function draw(errors) {
        const sentence = (field) => errors.find((error) => error.field === field)?.sentence;
        form.replaceChildren(
            ...[
                errorSummary(
                    t(errors.length > 1 ? "errors_many" : "errors_one", { count: errors.length }),
                    errors,
                ),
                task.kind !== "turnout" &&
                    textField({
                        id: "hour",
                        type: "time",
                        label: t("hour"),
                        value: values.hour,
                        error: sentence("hour"),
                        oninput: (value) => set("hour", value),
                    }),
                task.kind !== "opening" &&
                    numberField({
                        id: "votants",
                        label: t("voters"),
                        hint: t("voters_hint"),
                        value: values.votants,
                        error: sentence("votants"),
                        oninput: (value) => set("votants", value),
                    }),
                values.needsReason &&
                    textField({
                        id: "reason",
                        label: t("reason"),
                        value: values.reason,
                        oninput: (value) => set("reason", value),
                    }),
                h("button", { class: "m-button m-button--primary b-wide" }, t(`send_${task.kind}`)),
                dictateButton(app, task, values, isRight),
            ].filter(Boolean),
        );
    }

    function check() {
        const errors = [];
        if (task.kind === "opening" || task.kind === "closing") {
            if (readTime(values.hour) === null) {
                errors.push({ field: "hour", sentence: t("hour_wrong") });
            }
        }
        if (task.kind === "opening") {
            return errors;
        }
        const votants = toNumber(values.votants);
        if (votants === null) {
            return [...errors, { field: "votants", sentence: t("missing") }];
        }
        return [...errors, ...monotone(round, task, votants), ...above(round, votants, values)];
    }

    /** @returns {boolean} whether the form says enough; else it tells what is missing */
    function isRight() {
        const errors = check();
        if (errors.length) {
            draw(errors);
            form.querySelector("#errors").focus();
        }
        return !errors.length;
    }

    async function submit(event) {
        event.preventDefault();
        if (!isRight()) {
            return;
        }
        const hour = task.kind === "turnout" ? task.hour : readTime(values.hour);
        const data = { hour, reason: values.reason || "" };
        if (task.kind !== "opening") {
            data.votants = toNumber(values.votants);
        }
        const value = task.kind === "turnout" ? String(data.votants) : tellHour(hour);
        await app.send({ kind: task.kind, task: task.id, tour: round.id, data, value });
    }

    draw(refused(app, task));
    return {
        title: task.label,
        before: backLink(app),
        body: [h("p", { class: "m-lead" }, round.name), form],
    };
}

/** Values of the form: what this phone told last, else what the town hall keeps. */
export function firstOfDay(app, task, round) {
    const row = app.operations.findLast((one) => one.task === task.id);
    const kept = keptOfDay(task, round);
    const hour = kept.at ? app.clock.parts(new Date(kept.at)) : app.clock.now();
    return {
        hour: writeTime(row?.data.hour ? split(row.data.hour) : hour),
        votants: row?.data.votants ?? kept.votants ?? "",
        reason: row?.data.reason ?? "",
    };
}

/** What another phone, or the town hall itself, told before: {at, votants}. */
function keptOfDay(task, round) {
    switch (task.kind) {
        case "opening":
            return { at: round.opened };
        case "closing":
            // once it is told, its voters are the last of the day
            return {
                at: round.closed,
                votants: round.closed ? round.turnout.at(-1)?.votants : null,
            };
        default:
            return round.turnout.find((row) => row.hour === task.hour) || {};
    }
}

/** Without network: what is typed, once it is right, becomes a line to dictate. */
export function dictateButton(app, task, values, isRight) {
    async function dictate() {
        if (isRight()) {
            await app.keepDraft(task.id, values);
            app.go({ ...app.screen, name: "fallback" });
        }
    }
    return h(
        "button",
        {
            id: "dictate",
            type: "button",
            class: "m-button m-button--quiet b-wide",
            onclick: dictate,
        },
        t("dictate_day"),
    );
}

/** Errors that the town hall answered on this very task. */
export function refused(app, task) {
    const row = app.operations.findLast((one) => one.task === task.id);
    return row?.status === "refused" ? row.errors : [];
}

function monotone(round, task, votants) {
    const hour = task.kind === "closing" ? 24 : task.hour;
    // the last figure is the one of the closing itself once it was told
    const told =
        task.kind === "closing" && round.closed ? round.turnout.slice(0, -1) : round.turnout;
    const before = told.filter((row) => row.hour < hour).pop();
    const after = told.find((row) => row.hour > hour);
    const tell = (was, at, now, then) => [
        {
            field: "votants",
            sentence: t("E04", { was, before: tellHour(at), now, after: then }),
        },
    ];
    if (before && votants < before.votants) {
        return tell(before.votants, before.hour, votants, task.label);
    }
    if (after && votants > after.votants) {
        return tell(votants, hour, after.votants, tellHour(after.hour));
    }
    return [];
}

function above(round, votants, values) {
    if (!round.inscrits || votants <= round.inscrits) {
        return [];
    }
    values.needsReason = true;
    const sentence = t("A01", { votants, inscrits: round.inscrits });
    return values.reason ? [] : [{ field: "votants", sentence }];
}

export function backLink(app) {
    return h(
        "p",
        {},
        h(
            "button",
            { class: "m-button m-button--quiet", onclick: () => app.back() },
            `‹ ${t("station", { code: app.state.station.code })}`,
        ),
    );
}
