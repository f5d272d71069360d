import { readTime } from "./clock.js";
import { h } from "./dom.js";
import { encode, encodeDay, encodeHundred } from "./fallback.js";
import { backLink, firstOfDay } from "./screen_day.js";
import { FIGURES, toNumber } from "./tally.js";
import { t } from "./texts.js";

/** What to dictate or to send by SMS when no network comes: one line, or four. */
export async function fallbackScreen(app) {
    const { task } = app.screen;
    const round = app.round(app.screen.round);
    const draft = await app.draft(task.id);
    const isResult = task.kind === "result";
    const lines = linesOf(app, round, task, draft);
    const { phone } = app.state;
    return {
        title: t(isResult ? "dictate" : "dictate_day"),
        before: backLink(app),
        body: lines
            ? [
                  !isResult && h("p", {}, task.label),
                  h(
                      "p",
                      { class: "m-lead" },
                      t(isResult ? "dictate_hint" : "dictate_day_hint", { phone }),
                  ),
                  h(
                      "ol",
                      { class: `b-code ${isResult ? "" : "b-code--one"}`, id: "code" },
                      lines.map((line) => h("li", {}, spaced(line))),
                  ),
                  !isResult && h("p", { class: "m-secondary" }, t("dictate_day_kept")),
                  h(
                      "p",
                      {},
                      h(
                          "a",
                          {
                              class: "m-button b-wide",
                              href: `sms:${phone.replace(/[^\d+]/g, "")}?body=${encodeURIComponent(lines.join("\n"))}`,
                          },
                          t("by_sms"),
                      ),
                  ),
              ].filter(Boolean)
            : [h("p", { class: "m-alert m-alert--warning" }, t("dictate_incomplete"))],
    };
}

function linesOf(app, round, task, draft) {
    if (task.kind === "result") {
        return resultLines(app, round, draft || sent(app, task));
    }
    if (task.kind === "hundred") {
        return hundredLine(app, round, task, draft || sent(app, task));
    }
    return dayLines(app, round, task, draft || firstOfDay(app, task, round));
}

/** The line of a hundred: a list without a figure has no vote in it. */
function hundredLine(app, round, task, values) {
    const typed = [values.blancs, values.nuls, ...round.lists.map((list) => values.votes[list.id])];
    const figures = typed.map((value) => toNumber(value) || 0);
    return [encodeHundred(app.state.station.code, round.id, task.which, figures)];
}

/** The four lines of a result, null while a figure is missing. */
function resultLines(app, round, values) {
    const annexes = round.machine ? null : toNumber(values.annexes);
    const figures = [...FIGURES.map((name) => toNumber(values[name])), annexes];
    const votes = round.lists.map((list) => toNumber(values.votes[list.id]));
    const whole = !figures.slice(0, -1).includes(null) && !votes.includes(null);
    return whole ? encode(app.state.station.code, round.id, figures, votes) : null;
}

/** The line of an hour of the day, null while its figure is missing. */
function dayLines(app, round, task, values) {
    const hour = task.kind === "turnout" ? task.hour : readTime(values.hour);
    const votants = task.kind === "opening" ? null : toNumber(values.votants);
    const whole = hour !== null && (task.kind === "opening" || votants !== null);
    return whole ? [encodeDay(app.state.station.code, round.id, task.kind, hour, votants)] : null;
}

function sent(app, task) {
    const row = app.operations.findLast((one) => one.task === task.id);
    return row?.data || { votes: {} };
}

function spaced(line) {
    return line.replaceAll(" ", "\u2003");
}
