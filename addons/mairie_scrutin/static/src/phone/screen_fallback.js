import { h } from "./dom.js";
import { encode } from "./fallback.js";
import { backLink } from "./screen_day.js";
import { FIGURES, toNumber } from "./tally.js";
import { t } from "./texts.js";

/** Four lines to dictate or to send by SMS when no network comes. */
export async function fallbackScreen(app) {
    const { task } = app.screen;
    const round = app.round(app.screen.round);
    const values = (await app.draft(task.id)) || sent(app, task);
    const annexes = round.machine ? null : toNumber(values.annexes);
    const figures = [...FIGURES.map((name) => toNumber(values[name])), annexes];
    const votes = round.lists.map((list) => toNumber(values.votes[list.id]));
    const whole = !figures.slice(0, -1).includes(null) && !votes.includes(null);
    const lines = whole ? encode(app.state.station.code, round.id, figures, votes) : [];
    return {
        title: t("dictate"),
        before: backLink(app),
        body: whole
            ? [
                  h("p", { class: "m-lead" }, t("dictate_hint", { phone: app.state.phone })),
                  h(
                      "ol",
                      { class: "b-code", id: "code" },
                      lines.map((line) => h("li", {}, spaced(line))),
                  ),
                  h(
                      "p",
                      {},
                      h(
                          "a",
                          {
                              class: "m-button b-wide",
                              href: `sms:${app.state.phone.replace(/[^\d+]/g, "")}?body=${encodeURIComponent(lines.join("\n"))}`,
                          },
                          t("by_sms"),
                      ),
                  ),
              ]
            : [h("p", { class: "m-alert m-alert--warning" }, t("dictate_incomplete"))],
    };
}

function sent(app, task) {
    const row = app.operations.findLast((one) => one.task === task.id);
    return row?.data || { votes: {} };
}

function spaced(line) {
    return line.replaceAll(" ", "\u2003");
}
