import { enterMovesOn, errorSummary, h, numberField } from "./dom.js";
import { backLink, dictateButton, refused } from "./screen_day.js";
import { sum, toNumber } from "./tally.js";
import { t } from "./texts.js";

/** The first or the second hundred ballots counted: an estimate for the town hall. */
export async function hundredScreen(app) {
    const { task } = app.screen;
    const round = app.round(app.screen.round);
    const size = task.which === "centaine1" ? 100 : 200;
    const values = (await app.draft(task.id)) || { votes: {} };
    const form = h("form", { class: "b-form", novalidate: true, onsubmit: submit });
    const pinned = h("p", { class: "b-pinned", role: "status" });
    enterMovesOn(form);

    function typed() {
        const votes = round.lists.map((list) => toNumber(values.votes[list.id]) || 0);
        return sum(votes) + (toNumber(values.blancs) || 0) + (toNumber(values.nuls) || 0);
    }

    function change(act) {
        act();
        app.keepDraft(task.id, values);
        count();
    }

    function count() {
        pinned.textContent = t("hundred_count", { count: typed(), size });
        pinned.classList.toggle("b-pinned--even", typed() === size);
    }

    function draw(errors) {
        const sentence = (field) => errors.find((error) => error.field === field)?.sentence;
        form.replaceChildren(
            ...[
                errorSummary(t("errors_one"), errors),
                ...round.lists.map((list) =>
                    numberField({
                        id: `votes.${list.id}`,
                        label: `${list.panneau} ${list.name}`,
                        value: values.votes[list.id],
                        error: sentence(`votes.${list.id}`),
                        oninput: (value) => change(() => (values.votes[list.id] = value)),
                    }),
                ),
                ...["blancs", "nuls"].map((name) =>
                    numberField({
                        id: name,
                        label: t(name),
                        value: values[name],
                        error: sentence(name),
                        oninput: (value) => change(() => (values[name] = value)),
                    }),
                ),
                h("button", { class: "m-button m-button--primary b-wide" }, t("send_hundred")),
                dictateButton(app, task, values, isRight),
            ].filter(Boolean),
        );
        count();
    }

    /** @returns {boolean} whether the ballots make a hundred; else the form says by how much */
    function isRight() {
        if (typed() !== size) {
            const first = `votes.${round.lists[0].id}`;
            draw([{ field: first, sentence: t("A09", { counted: typed(), size }) }]);
            form.querySelector("#errors").focus();
        }
        return typed() === size;
    }

    async function submit(event) {
        event.preventDefault();
        if (!isRight()) {
            return;
        }
        const votes = Object.fromEntries(
            round.lists.map((list) => [String(list.id), toNumber(values.votes[list.id]) || 0]),
        );
        const data = {
            which: task.which,
            votes,
            blancs: toNumber(values.blancs) || 0,
            nuls: toNumber(values.nuls) || 0,
        };
        await app.send({ kind: "hundred", task: task.id, tour: round.id, data });
    }

    draw(refused(app, task));
    return {
        title: task.label,
        before: backLink(app),
        body: [h("p", { class: "m-lead" }, t("hundred_hint")), form, pinned],
    };
}
