import { tellHour } from "./clock.js";
import { enterMovesOn, errorSummary, h, numberField, textField } from "./dom.js";
import { backLink, refused } from "./screen_day.js";
import { FIGURES, check, envelopeGap, sum, toNumber, voteGap } from "./tally.js";
import { t } from "./texts.js";
import { inWords } from "./words.js";

const STEPS = ["voters", "ballots", "votes", "read"];
const CAUSES = [
    "insuffisant",
    "reconnu",
    "enveloppe",
    "couleur",
    "signe",
    "injure",
    "liste",
    "ordre",
    "modele",
    "circulaire",
    "manuscrit",
    "nom_interdit",
];

/** The report in four short pages: voters, ballots, votes, read aloud and send. */
export async function resultScreen(app) {
    const { task } = app.screen;
    const round = app.round(app.screen.round);
    const values = (await app.draft(task.id)) || first(app, task, round);
    const step = app.screen.step || "voters";
    const form = h("form", { class: "b-form", novalidate: true, onsubmit: next });
    const pinned = h("p", { class: "b-pinned", role: "status", id: "difference" });
    enterMovesOn(form);
    let errors = refused(app, task);

    /** Any figure that changes takes the agreement and its reasons back. */
    function change(act) {
        act();
        values.same = false;
        values.reasons = {};
        app.keepDraft(task.id, values);
        errors = [];
        drawDifference();
    }

    function report() {
        const figures = Object.fromEntries(FIGURES.map((name) => [name, toNumber(values[name])]));
        figures.annexes = round.machine ? null : toNumber(values.annexes);
        const causes = Object.entries(values.causes || {}).map(([key, text]) => [
            key,
            toNumber(text),
        ]);
        figures.nul_causes = Object.fromEntries(causes.filter(([, count]) => count));
        const votes = Object.fromEntries(
            round.lists.map((list) => [String(list.id), toNumber(values.votes[list.id])]),
        );
        return { figures, votes, found: check(figures, votes, round) };
    }

    function sentenceOf(field) {
        return errors.find((error) => error.field === field)?.sentence;
    }

    function figure(name, hint) {
        return numberField({
            id: name,
            label: t(name),
            hint,
            value: values[name],
            error: sentenceOf(name),
            oninput: (text) => change(() => (values[name] = text)),
        });
    }

    function drawDifference() {
        const { figures, votes } = report();
        let text = "";
        let even = false;
        if (step === "ballots") {
            const gap = envelopeGap(figures);
            even = gap === 0;
            if (gap !== null) {
                const key = gap > 0 ? "parts_over" : gap < 0 ? "parts_under" : "parts_even";
                text = t(key, {
                    sum: figures.votants + gap,
                    votants: figures.votants,
                    gap: Math.abs(gap),
                });
            }
        } else if (step === "votes") {
            const gap = voteGap(figures, votes);
            even = gap === 0;
            const key = gap > 0 ? "votes_over" : gap < 0 ? "votes_under" : "votes_even";
            const total = sum(Object.values(votes));
            text =
                gap === null
                    ? ""
                    : t(key, { votes: total, exprimes: figures.exprimes, gap: Math.abs(gap) });
        }
        pinned.textContent = text;
        pinned.hidden = !text;
        pinned.classList.toggle("b-pinned--even", even);
    }

    function fields() {
        if (step === "voters") {
            const printed = round.inscrits ? t("inscrits_hint", { inscrits: round.inscrits }) : "";
            return [
                figure("inscrits", printed),
                figure("emargements", t("emargements_hint")),
                figure("votants", t("votants_hint")),
            ];
        }
        if (step === "ballots") {
            return [
                figure("blancs"),
                figure("nuls"),
                figure("exprimes", t("exprimes_hint")),
                ...(round.machine ? [] : [figure("annexes", t("annexes_hint")), causes()]),
            ];
        }
        if (step === "votes") {
            return round.lists.map((list) =>
                numberField({
                    id: `votes.${list.id}`,
                    label: `${list.panneau} ${list.name}`,
                    hint: list.head,
                    wide: true,
                    value: values.votes[list.id],
                    error: sentenceOf(`votes.${list.id}`),
                    oninput: (text) => change(() => (values.votes[list.id] = text)),
                }),
            );
        }
        return readBack();
    }

    function causes() {
        values.causes ||= {};
        const one = (cause) =>
            numberField({
                id: `cause-${cause}`,
                label: t(`cause_${cause}`),
                value: values.causes[cause],
                oninput: (text) => change(() => (values.causes[cause] = text)),
            });
        return h("details", {}, h("summary", {}, t("causes")), CAUSES.map(one));
    }

    function readBack() {
        const { figures, votes, found } = report();
        const row = (label, value) =>
            h(
                "tr",
                {},
                h("th", { scope: "row" }, label),
                h("td", { class: "m-number" }, value),
                h("td", {}, value === null ? "" : inWords(value)),
            );
        const blocking = found.filter(({ code }) => code.startsWith("E"));
        const alerts = found.filter(({ code }) => code.startsWith("A"));
        if (blocking.length) {
            return [
                errorSummary(t("read_blocked"), blocking.map(tell)),
                h("p", {}, t("read_blocked_hint")),
            ];
        }
        return [
            h(
                "div",
                { class: "m-table-wrap" },
                h(
                    "table",
                    { class: "m-table b-read" },
                    h("caption", { class: "m-visually-hidden" }, t("read")),
                    h(
                        "thead",
                        {},
                        h(
                            "tr",
                            {},
                            ["col_line", "col_figure", "col_words"].map((key) =>
                                h("th", { scope: "col" }, t(key)),
                            ),
                        ),
                    ),
                    h(
                        "tbody",
                        {},
                        FIGURES.map((name) => row(t(name), figures[name])),
                        round.lists.map((list) => row(list.name, votes[list.id])),
                    ),
                ),
            ),
            alerts.map((finding) => alertField(finding)),
            h(
                "div",
                { class: "m-choice" },
                h("input", {
                    id: "same",
                    type: "checkbox",
                    checked: Boolean(values.same),
                    onchange: (event) => {
                        values.same = event.target.checked;
                        app.keepDraft(task.id, values);
                    },
                }),
                h("label", { for: "same" }, t("same")),
            ),
            sentenceOf("same") && h("p", { class: "m-error" }, sentenceOf("same")),
        ];
    }

    function alertField(finding) {
        return h(
            "div",
            { class: "m-alert m-alert--warning" },
            textField({
                id: `reason-${finding.code}`,
                label: tell(finding).sentence,
                hint: t("reason"),
                value: values.reasons[finding.code],
                error: sentenceOf(`reason-${finding.code}`),
                oninput: (text) => {
                    values.reasons[finding.code] = text;
                    app.keepDraft(task.id, values);
                },
            }),
        );
    }

    function tell({ code, field, values: told }) {
        const hour =
            told.hour === undefined
                ? {}
                : { before: tellHour(told.hour), after: t("closing_time") };
        return { sentence: t(code, { ...told, ...hour }), field };
    }

    function draw() {
        const place = STEPS.indexOf(step);
        form.replaceChildren(
            ...[
                errorSummary(
                    t(errors.length > 1 ? "errors_many" : "errors_one", { count: errors.length }),
                    errors,
                ),
                ...fields().flat(),
                pinned,
                h("button", { class: "m-button m-button--primary b-wide" }, buttonText()),
                place > 0 &&
                    h(
                        "button",
                        {
                            type: "button",
                            class: "m-button b-wide",
                            onclick: () => goTo(STEPS[place - 1]),
                        },
                        t("previous"),
                    ),
                step === "read" &&
                    h(
                        "button",
                        {
                            type: "button",
                            class: "m-button m-button--quiet b-wide",
                            onclick: () => app.go({ ...app.screen, name: "fallback" }),
                        },
                        t("dictate"),
                    ),
            ].filter(Boolean),
        );
        drawDifference();
    }

    function buttonText() {
        return step === "read" ? t("send_result") : t("continue");
    }

    function goTo(name) {
        app.go({ ...app.screen, step: name });
    }

    function mistakes() {
        const { found } = report();
        const here = {
            voters: ["inscrits", "emargements", "votants"],
            ballots: ["blancs", "nuls", "exprimes", "annexes"],
        }[step];
        const blocking = found.filter(({ code }) => code.startsWith("E"));
        if (step === "read") {
            return blocking.length ? blocking.map(tell) : missingReasons(found);
        }
        const mine = ({ field }) => (here ? here.includes(field) : field.startsWith("votes"));
        return blocking.filter(mine).map(tell).map(pointAtList);
    }

    function pointAtList(error) {
        return error.field === "votes" ? { ...error, field: `votes.${round.lists[0].id}` } : error;
    }

    function missingReasons(found) {
        const silent = found
            .filter(({ code }) => code.startsWith("A") && !(values.reasons[code] || "").trim())
            .map(({ code }) => ({ field: `reason-${code}`, sentence: t("reason_missing") }));
        return values.same ? silent : [...silent, { field: "same", sentence: t("same_missing") }];
    }

    async function next(event) {
        event.preventDefault();
        errors = mistakes();
        if (errors.length) {
            draw();
            form.querySelector("#errors").focus();
            return;
        }
        if (step !== "read") {
            goTo(STEPS[STEPS.indexOf(step) + 1]);
            return;
        }
        const { figures, votes } = report();
        const data = { ...figures, votes, reasons: values.reasons, comment: values.comment || "" };
        await app.send(
            {
                kind: "result",
                task: task.id,
                tour: round.id,
                data,
                base_version: values.base ?? round.result?.version ?? 0,
            },
            t(navigator.onLine && app.sender.online ? "result_leaving" : "result_kept", {
                phone: app.state.phone,
            }),
        );
    }

    draw();
    return {
        title: t(`step_${step}`),
        before: backLink(app),
        body: [
            h(
                "p",
                { class: "m-lead" },
                t("step_of", { step: STEPS.indexOf(step) + 1, total: STEPS.length }),
                `, ${round.name}`,
            ),
            step === "votes" && h("p", {}, t("copy_hint")),
            step === "read" && h("p", {}, t("read_hint")),
            form,
        ].filter(Boolean),
    };
}

/** What was typed before, else what the town hall keeps, else nothing. */
function first(app, task, round) {
    const row = app.operations.findLast((one) => one.task === task.id);
    const known = row?.data || round.result || {};
    const text = (value) => (value === null || value === undefined ? "" : String(value));
    const votes = Object.entries(known.votes || {}).map(([key, value]) => [key, text(value)]);
    return {
        ...Object.fromEntries([...FIGURES, "annexes"].map((name) => [name, text(known[name])])),
        inscrits: text(known.inscrits ?? (round.inscrits || "")),
        votes: Object.fromEntries(votes),
        causes: {},
        reasons: {},
        same: false,
    };
}
