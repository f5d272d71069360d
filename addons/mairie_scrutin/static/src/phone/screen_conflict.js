import { h } from "./dom.js";
import { backLink } from "./screen_day.js";
import { FIGURES } from "./tally.js";
import { t } from "./texts.js";

/** Two versions of one result side by side: the station says which one is the report. */
export function conflictScreen(app) {
    const { task } = app.screen;
    const round = app.round(app.screen.round);
    const row = app.operations.findLast((one) => one.task === task.id && one.status === "conflict");
    if (!row) {
        return { title: task.label, before: backLink(app), body: [h("p", {}, t("all_arrived"))] };
    }
    const { current, data } = row;
    const lines = [
        ...FIGURES.map((name) => [t(name), data[name], current[name]]),
        ...round.lists.map((list) => [list.name, data.votes[list.id], current.votes[list.id]]),
    ];

    async function keepMine() {
        await app.send(
            { kind: "result", task: task.id, tour: round.id, data, base_version: current.version },
            t("result_leaving"),
        );
    }

    async function takeTheirs() {
        await app.store.forget(row.uuid);
        await app.store.remove(`draft-${task.id}`);
        await app.update();
        app.back();
    }

    return {
        title: t("conflict"),
        before: backLink(app),
        body: [
            h(
                "p",
                { class: "m-lead" },
                t("conflict_hint", { hour: app.clock.tell(current.received) }),
            ),
            h(
                "div",
                { class: "m-table-wrap" },
                h(
                    "table",
                    { class: "m-table b-read" },
                    h("caption", { class: "m-visually-hidden" }, t("conflict")),
                    h(
                        "thead",
                        {},
                        h(
                            "tr",
                            {},
                            ["col_line", "mine", "theirs"].map((key) =>
                                h("th", { scope: "col" }, t(key)),
                            ),
                        ),
                    ),
                    h(
                        "tbody",
                        {},
                        lines.map(([label, mine, theirs]) =>
                            h(
                                "tr",
                                { class: mine === theirs ? null : "b-differs" },
                                h(
                                    "th",
                                    { scope: "row" },
                                    label,
                                    mine === theirs ? "" : ` (${t("differs")})`,
                                ),
                                h("td", { class: "m-number" }, mine),
                                h("td", { class: "m-number" }, theirs),
                            ),
                        ),
                    ),
                ),
            ),
            h(
                "button",
                { class: "m-button m-button--primary b-wide", onclick: keepMine },
                t("keep_mine"),
            ),
            h("button", { class: "m-button b-wide", onclick: takeTheirs }, t("take_theirs")),
        ],
    };
}
