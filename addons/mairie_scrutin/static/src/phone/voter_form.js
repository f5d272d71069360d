/** A voter present, as two forms of the phone ask for him: names and birth date. */

import { errorSummary, textField } from "./dom.js";
import { readBirth } from "./people.js";
import { t } from "./texts.js";

const FIELDS = ["firstname", "name", "birth_date"];

/** The three fields. @param {string} prefix of their ids, where a screen holds more */
export function voterFields({ values, errors, set, prefix = "" }) {
    return FIELDS.map((name) =>
        textField({
            id: prefix + name,
            label: t(`teller_${name}`),
            hint: name === "birth_date" && t("teller_birth_hint"),
            value: values[name],
            error: errors.find((error) => error.field === prefix + name)?.sentence,
            oninput: (value) => set(name, value),
        }),
    );
}

/** @returns {{field: string, sentence: string}[]} what is missing, or no date */
export function voterErrors(values, prefix = "") {
    const errors = FIELDS.filter((name) => !(values[name] || "").trim()).map((name) => ({
        field: prefix + name,
        sentence: t(`teller_${name}_missing`),
    }));
    if (values.birth_date && !readBirth(values.birth_date)) {
        errors.push({ field: `${prefix}birth_date`, sentence: t("teller_birth_date_missing") });
    }
    return errors;
}

export function voterSummary(errors) {
    const title = errors.length > 1 ? "errors_many" : "errors_one";
    return errorSummary(t(title, { count: errors.length }), errors);
}

/** What is sent of the values typed. */
export function readVoter(values) {
    return {
        firstname: values.firstname.trim(),
        name: values.name.trim(),
        birth_date: readBirth(values.birth_date),
    };
}

/** The reverse: values of the form for a person who was sent. */
export function typedVoter(person) {
    const [year, month, day] = person.birth_date.split("-");
    return { ...person, birth_date: `${day}/${month}/${year}` };
}
