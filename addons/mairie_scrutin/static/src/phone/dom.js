/** Small helpers to draw a screen: no library on a phone with a bad network. */

/** h("p", {class: "x"}, "text", child): an element; false children are left out. */
export function h(tag, props = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
        if (name.startsWith("on")) {
            node.addEventListener(name.slice(2), value);
        } else if (["value", "checked", "disabled"].includes(name)) {
            node[name] = value;
        } else if (value !== false && value !== null && value !== undefined) {
            node.setAttribute(name, value === true ? "" : value);
        }
    }
    node.append(...children.flat().filter((child) => child || child === 0));
    return node;
}

/** A field of whole numbers: the phone's own numeric keypad. */
export function numberField({ id, label, hint, value, error, oninput, wide }) {
    const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
    return h(
        "div",
        { class: `b-field ${error ? "m-field--error" : ""} ${wide ? "b-field--wide" : ""}` },
        h("label", { for: id }, label),
        hint && h("span", { class: "m-hint", id: `${id}-hint` }, hint),
        error && h("span", { class: "m-error", id: `${id}-error` }, error),
        h("input", {
            id,
            name: id,
            type: "text",
            inputmode: "numeric",
            pattern: "[0-9 ]*",
            autocomplete: "off",
            enterkeyhint: "next",
            value: value ?? "",
            "aria-describedby": described || null,
            "aria-invalid": error ? "true" : null,
            oninput: (event) => oninput(event.target.value),
        }),
    );
}

export function textField({ id, label, hint, value, error, oninput, type = "text" }) {
    const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
    return h(
        "div",
        { class: `m-field ${error ? "m-field--error" : ""}` },
        h("label", { for: id }, label),
        hint && h("span", { class: "m-hint", id: `${id}-hint` }, hint),
        error && h("span", { class: "m-error", id: `${id}-error` }, error),
        h("input", {
            id,
            type,
            autocomplete: "off",
            maxlength: "300",
            value: value ?? "",
            "aria-describedby": described || null,
            oninput: (event) => oninput(event.target.value),
        }),
    );
}

export function selectField({ id, label, value, options, onchange }) {
    return h(
        "div",
        { class: "m-field" },
        h("label", { for: id }, label),
        h(
            "select",
            { id, onchange: (event) => onchange(event.target.value) },
            options.map(([key, text]) =>
                h("option", { value: key, selected: String(key) === String(value) }, text),
            ),
        ),
    );
}

/** Enter goes to the next field or to the button, and never sends by itself. */
export function enterMovesOn(form) {
    form.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.target.tagName !== "INPUT") {
            return;
        }
        event.preventDefault();
        const stops = [...form.querySelectorAll("input, button.m-button--primary")].filter(
            (node) => !node.disabled && node.offsetParent !== null,
        );
        stops[stops.indexOf(event.target) + 1]?.focus();
    });
}

/** What is wrong, on top, each line a link to its field. */
export function errorSummary(title, errors) {
    if (!errors.length) {
        return null;
    }
    return h(
        "div",
        { class: "m-error-summary", role: "alert", tabindex: "-1", id: "errors" },
        h("h2", {}, title),
        h(
            "ul",
            {},
            errors.map(({ sentence, field }) =>
                h(
                    "li",
                    {},
                    field ? h("a", { href: `#${field}`, onclick: jump }, sentence) : sentence,
                ),
            ),
        ),
    );
}

function jump(event) {
    event.preventDefault();
    document.getElementById(event.target.getAttribute("href").slice(1))?.focus();
}
