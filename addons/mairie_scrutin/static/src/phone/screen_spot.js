import { enterMovesOn, h, selectField } from "./dom.js";
import { assessors, refusedOf } from "./people.js";
import { refusal } from "./screen_people.js";
import { t } from "./texts.js";
import { readVoter, typedVoter, voterErrors, voterFields, voterSummary } from "./voter_form.js";

const NEEDED = 2; // assessors (R42)
const PREFIX = "spot-"; // of the ids of the fields

/**
 * A voter present completes the bureau (R42, R44): kept here, sent when it can.
 * @returns {{node: Element, ready: Promise, update: (members: object[]) => void}}
 */
export function spotForm(app, tour) {
    const key = `${tour}-spot`;
    let values = {};
    let touched = false;
    const hint = h("p", {});
    const notices = h("div", {});
    const form = h("form", { class: "b-form", novalidate: true, onsubmit: submit });
    const node = h(
        "details",
        { class: "b-more", id: "spot", ontoggle: () => (touched = true) },
        h("summary", {}, t("spot_title")),
        hint,
        notices,
        form,
    );
    enterMovesOn(form);

    function set(name, value) {
        values[name] = value;
        app.keepDraft(key, values);
    }

    function draw(errors = []) {
        const missing = errors.find((error) => error.field === "spot-able");
        form.replaceChildren(
            ...[
                voterSummary(errors),
                ...voterFields({ values, errors, set, prefix: PREFIX }),
                selectField({
                    id: "spot-role",
                    label: t("spot_role"),
                    value: values.role || "assesseur",
                    options: [
                        ["assesseur", t("spot_assesseur")],
                        ["secretaire", t("spot_secretaire")],
                    ],
                    onchange: (value) => set("role", value),
                }),
                h(
                    "div",
                    { class: "m-choice" },
                    h("input", {
                        id: "spot-able",
                        type: "checkbox",
                        checked: Boolean(values.able),
                        "aria-describedby": missing ? "spot-able-error" : null,
                        onchange: (event) => set("able", event.target.checked),
                    }),
                    h("label", { for: "spot-able" }, t("spot_able")),
                ),
                missing && h("p", { class: "m-error", id: "spot-able-error" }, missing.sentence),
                h("button", { class: "m-button b-wide" }, t("spot_add")),
            ].filter(Boolean),
        );
        form.querySelector("#spot-birth_date").inputMode = "numeric";
    }

    function check() {
        const errors = voterErrors(values, PREFIX);
        if (!values.able) {
            errors.push({ field: "spot-able", sentence: t("spot_able_missing") });
        }
        return errors;
    }

    async function submit(event) {
        event.preventDefault();
        const errors = check();
        if (errors.length) {
            draw(errors);
            form.querySelector("#errors").focus();
            return;
        }
        const person = {
            ...readVoter(values),
            role: values.role || "assesseur",
            at: new Date(app.clock.milliseconds()).toISOString(),
        };
        values = {};
        await app.store.remove(`draft-${key}`);
        await app.keep({ kind: "membres", tour, data: { people: [person] } });
        draw();
        node.querySelector("summary").focus();
    }

    /** A refused voter goes back into the form. */
    function takeBack(row) {
        const [person] = row.data.people || [];
        if (person) {
            values = { ...typedVoter(person), able: true };
            app.keepDraft(key, values);
            draw();
        }
    }

    /** Opens by itself when an assessor is missing; whoever closes it is obeyed. */
    function update(members) {
        const count = assessors(members);
        const taken = members.filter((one) => one.spot && one.present).length;
        const missing = Math.max(NEEDED - count, 0);
        hint.textContent = missing
            ? t(taken ? "spot_oldest" : "spot_youngest", { count, missing })
            : t("spot_enough", { count });
        const refused = refusedOf(app.operations, "membres", tour);
        notices.replaceChildren(...refused.map((row) => refusal(app, row, "take_back", takeBack)));
        const known = members.some((one) => one.since);
        if (!touched && ((missing && known) || refused.length || values.name)) {
            node.open = true;
        }
    }

    async function load() {
        values = (await app.draft(key)) || {};
        draw();
    }

    return { node, ready: load(), update };
}
