import { h, errorSummary } from "./dom.js";
import { t } from "./texts.js";

/** The president's code lets this phone in. */
export function pinScreen(app) {
    const form = h("form", { class: "b-form", novalidate: true, onsubmit: submit });
    let busy = false;

    function draw(errors = []) {
        const error = errors[0]?.sentence;
        form.replaceChildren(
            ...[
                app.message && h("p", { class: "m-alert m-alert--warning" }, app.message),
                errorSummary(t("errors_one"), errors),
                h(
                    "div",
                    { class: `m-field ${error ? "m-field--error" : ""}` },
                    h("label", { for: "pin" }, t("pin")),
                    h("span", { class: "m-hint", id: "pin-hint" }, t("pin_hint")),
                    error && h("span", { class: "m-error", id: "pin-error" }, error),
                    h("input", {
                        id: "pin",
                        class: "b-pin",
                        type: "text",
                        inputmode: "numeric",
                        autocomplete: "one-time-code",
                        maxlength: "7",
                        "aria-describedby": error ? "pin-hint pin-error" : "pin-hint",
                    }),
                ),
                h(
                    "div",
                    { class: "m-field" },
                    h("label", { for: "device-name" }, t("device_name")),
                    h("span", { class: "m-hint", id: "device-hint" }, t("device_hint")),
                    h("input", {
                        id: "device-name",
                        type: "text",
                        autocomplete: "name",
                        maxlength: "60",
                        "aria-describedby": "device-hint",
                    }),
                ),
                h("button", { class: "m-button m-button--primary b-wide" }, t("enter")),
            ].filter(Boolean),
        );
    }

    async function submit(event) {
        event.preventDefault();
        const pin = form.querySelector("#pin").value.replace(/\s/g, "");
        const device_name = form.querySelector("#device-name").value;
        if (!/^\d{6}$/.test(pin)) {
            return refuse([{ sentence: t("pin_shape"), field: "pin" }]);
        }
        if (busy) {
            return undefined;
        }
        busy = true;
        try {
            const answer = await fetch(`/bureau/${app.token}/pin`, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify({ pin, device_name }),
                credentials: "omit",
            });
            const body = await answer.json();
            if (answer.ok) {
                return await app.letIn(body.device_token);
            }
            return refuse(body.errors || [{ sentence: t("later"), field: "" }]);
        } catch {
            return refuse([{ sentence: t("pin_offline"), field: "" }]);
        } finally {
            busy = false;
        }
    }

    function refuse(errors) {
        draw(errors);
        document.title = `${t("error")} ${document.title}`;
        form.querySelector("#errors")?.focus();
    }

    draw();
    return {
        title: t("station", { code: app.head.code }),
        body: [
            h(
                "p",
                { class: "m-lead" },
                [app.head.place, app.head.election].filter(Boolean).join(", "),
            ),
            form,
            h("p", { class: "m-secondary" }, t("paper")),
        ],
    };
}
