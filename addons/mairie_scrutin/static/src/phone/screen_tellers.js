import { tellHour } from "./clock.js";
import { enterMovesOn, h, selectField } from "./dom.js";
import { pending, refusedOf, tellers } from "./people.js";
import { backLink } from "./screen_day.js";
import { refusal } from "./screen_people.js";
import { t } from "./texts.js";
import { readVoter, typedVoter, voterErrors, voterFields, voterSummary } from "./voter_form.js";

/** Tellers of a round as this phone knows them now. */
export function tellersOf(app, round) {
    const sendings = pending(app.operations, "scrutateurs", round.id, app.state.server_time);
    return tellers(round.tellers.people, sendings, round.lists);
}

/** Voters who accept to count tonight: names, birth date, list, table (L65). */
export async function tellersScreen(app) {
    const { id } = app.round(app.screen.round);
    const round = () => app.round(id);
    const key = `${id}-tellers`;
    let values = (await app.draft(key)) || {};
    const form = h("form", { class: "b-form", novalidate: true, onsubmit: submit });
    const notices = h("div", {});
    const place = h("div", {});
    const pinned = h("p", { class: "b-pinned", role: "status", id: "tellers" });
    enterMovesOn(form);

    function set(name, value) {
        values[name] = value;
        app.keepDraft(key, values);
    }

    function choice(name, first, options) {
        return selectField({
            id: name,
            label: t(`teller_${name}`),
            value: values[name] || "",
            options: [["", first], ...options],
            onchange: (value) => set(name, Number(value)),
        });
    }

    function draw(errors = []) {
        const { tables } = round().tellers;
        form.replaceChildren(
            ...[
                voterSummary(errors),
                ...voterFields({ values, errors, set }),
                choice(
                    "list",
                    t("teller_no_list"),
                    round().lists.map((list) => [list.id, `${list.panneau} ${list.name}`]),
                ),
                choice(
                    "table",
                    t("teller_any_table"),
                    Array.from({ length: tables }, (_none, rank) => [
                        rank + 1,
                        t("table", { number: rank + 1 }),
                    ]),
                ),
                h("button", { class: "m-button m-button--primary b-wide" }, t("teller_add")),
            ].filter(Boolean),
        );
        form.querySelector("#birth_date").inputMode = "numeric";
    }

    async function submit(event) {
        event.preventDefault();
        const errors = voterErrors(values);
        if (errors.length) {
            draw(errors);
            form.querySelector("#errors").focus();
            return;
        }
        const person = {
            ...readVoter(values),
            list: values.list || null,
            table: values.table || null,
        };
        values = {};
        await app.store.remove(`draft-${key}`);
        await app.keep({ kind: "scrutateurs", tour: id, data: { people: [person] } });
        draw();
        form.querySelector("#firstname").focus();
    }

    /** A refused teller goes back into the form. */
    function takeBack(row) {
        const [person] = row.data.people || [];
        if (person) {
            values = typedVoter(person);
            app.keepDraft(key, values);
            draw();
        }
    }

    async function remove(person) {
        if (person.uuid) {
            await app.forget(person);
        } else {
            await app.keep({
                kind: "scrutateurs",
                tour: id,
                data: { people: [], gone: [person.id] },
            });
        }
    }

    function update() {
        const found = tellersOf(app, round());
        const { tables } = round().tellers;
        const numbers = Array.from(
            { length: tables + 1 },
            (_none, rank) => (rank + 1) % (tables + 1),
        );
        notices.replaceChildren(
            ...refusedOf(app.operations, "scrutateurs", id).map((row) =>
                refusal(app, row, "take_back", takeBack),
            ),
        );
        place.replaceChildren(
            ...numbers.flatMap((number) =>
                table(
                    number,
                    found.filter((one) => one.table === number || (!number && one.table > tables)),
                    remove,
                ),
            ),
        );
        const told = tellTellers(app, round(), found);
        pinned.textContent = told.text;
        pinned.classList.toggle("b-pinned--even", !told.missing);
    }

    draw();
    update();
    return {
        title: t("tellers"),
        before: backLink(app),
        body: [h("p", { class: "m-lead" }, t("tellers_hint")), notices, form, place, pinned],
        update,
    };
}

/** « 4 sur 16 : il en manque 12, à désigner avant 17 h ». */
export function tellTellers(app, round, found) {
    const { needed } = round.tellers;
    const missing = Math.max(needed - found.length, 0);
    const { hours, minutes } = app.clock.now();
    const late = app.clock.today() === round.date && hours + minutes / 60 >= round.closing - 1;
    const key = !missing ? "tellers_enough" : late ? "tellers_late" : "tellers_missing";
    const values = { count: found.length, needed, missing, hour: tellHour(round.closing - 1) };
    return { count: found.length, needed, missing, text: t(key, values) };
}

function table(number, people, remove) {
    if (!people.length) {
        return [];
    }
    return [
        h("h2", { class: "b-quiet" }, number ? t("table", { number }) : t("no_table")),
        h(
            "ul",
            { class: "b-people" },
            people.map((person) =>
                h(
                    "li",
                    {},
                    h(
                        "div",
                        {},
                        h("strong", {}, person.name),
                        person.list && h("span", { class: "m-secondary" }, person.list),
                        person.waiting && h("span", {}, t("chip_queued")),
                    ),
                    h(
                        "button",
                        {
                            class: "m-button",
                            "aria-label": t("teller_remove_name", { name: person.name }),
                            onclick: () => remove(person),
                        },
                        t("teller_remove"),
                    ),
                ),
            ),
        ),
    ];
}
