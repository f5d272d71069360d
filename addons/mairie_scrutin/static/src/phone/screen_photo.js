import { h } from "./dom.js";
import { shrink } from "./photo.js";
import { backLink } from "./screen_day.js";
import { t } from "./texts.js";

/** A picture of the signed report, made small on the phone, kept until it leaves. */
export function photoScreen(app) {
    const { task } = app.screen;
    const round = app.round(app.screen.round);
    const message = h("p", { role: "status" });

    async function take(event) {
        const [file] = event.target.files;
        if (!file) {
            return;
        }
        message.textContent = t("photo_shrinking");
        try {
            const blob = await shrink(file);
            await app.send({ kind: "photo", task: task.id, tour: round.id, blob }, t("photo_kept"));
        } catch {
            message.textContent = t("photo_unreadable");
        }
    }

    return {
        title: task.label,
        before: backLink(app),
        body: [
            h("p", { class: "m-lead" }, t("photo_hint")),
            h("input", {
                id: "photo",
                type: "file",
                accept: "image/*",
                capture: "environment",
                class: "m-visually-hidden",
                onchange: take,
            }),
            h(
                "label",
                { for: "photo", class: "m-button m-button--primary b-wide b-file" },
                t("do_photo"),
            ),
            message,
        ],
    };
}
