import { readTime, split } from "./clock.js";
import { h } from "./dom.js";
import { isOpen, pending, refusedOf, roster, sitting, withSpots } from "./people.js";
import { backLink } from "./screen_day.js";
import { spotForm } from "./screen_spot.js";
import { t } from "./texts.js";

const TWO = 2; // members at all times (R42)
const DOUBLE_TAP = 1500;

/** Members of a round as this phone knows them now. */
export function membersOf(app, round) {
    const since = app.state.server_time;
    const sendings = pending(app.operations, "presence", round.id, since);
    const spots = pending(app.operations, "membres", round.id, since);
    const labels = { assesseur: t("spot_assesseur"), secretaire: t("spot_secretaire") };
    return withSpots(roster(round.people, sendings), spots, labels);
}

export function tellPresent(app, round, members) {
    const count = sitting(members);
    const short = count < TWO && isOpen(round, app.clock.now(), app.clock.today());
    const key = short ? "present_short" : count > 1 ? "present_many" : "present_one";
    return { count, short, text: t(key, { count }) };
}

/** Who is here: one tap when somebody comes, one when he leaves. */
export async function peopleScreen(app) {
    const { id } = app.round(app.screen.round);
    const round = () => app.round(id);
    const place = h("div", {});
    const pinned = h("p", { class: "b-pinned", role: "status", id: "present" });
    const hour = h("input", { id: "hour", type: "time", "aria-describedby": "hour-hint" });
    const tapped = new Map();
    const spot = spotForm(app, id);

    /** The hour typed, else now; null when it has not come yet. */
    function moment() {
        const typed = readTime(hour.value);
        const now = app.clock.milliseconds();
        const asked = typed === null ? now : app.clock.moment(round().date, split(typed));
        return asked > now ? null : new Date(asked).toISOString();
    }

    /** A voter noted by mistake: not sent yet, it is only forgotten. */
    async function takeBack(person) {
        if (person.uuid && person.waiting) {
            await app.forget(person);
        } else if (!person.uuid) {
            await app.keep({ kind: "membres", tour: id, data: { people: [], gone: [person.id] } });
        }
    }

    async function note(members, present) {
        const at = moment();
        if (at === null) {
            place.prepend(alert("danger", t("hour_future")));
            hour.focus();
            return;
        }
        const mine = members.filter((one) => Date.now() - (tapped.get(one.id) || 0) > DOUBLE_TAP);
        mine.forEach((one) => tapped.set(one.id, Date.now()));
        if (mine.length) {
            const checkins = mine.map((one) => ({ membre: one.id, present, at }));
            await app.keep({ kind: "presence", tour: id, data: { checkins } });
            hour.value = "";
        }
    }

    function update() {
        const focused = document.activeElement?.id;
        const members = membersOf(app, round());
        const missing = members.filter((one) => !one.since && !one.replaces);
        place.replaceChildren(
            ...refusedOf(app.operations, "presence", id).map((row) => refusal(app, row)),
            ...[
                missing.length > 1 &&
                    h(
                        "button",
                        {
                            id: "everyone",
                            class: "m-button m-button--primary b-wide",
                            onclick: () => note(missing, true),
                        },
                        t("everyone_came", { count: missing.length }),
                    ),
                !members.length && h("p", { class: "m-empty" }, t("nobody")),
                h(
                    "ul",
                    { class: "b-people" },
                    members.map((one) => line(app, one, note, takeBack)),
                ),
            ].filter(Boolean),
        );
        const told = tellPresent(app, round(), members);
        pinned.textContent = told.text;
        pinned.classList.toggle("b-pinned--even", !told.short);
        spot.update(members);
        document.getElementById(focused)?.focus({ preventScroll: true });
    }

    await spot.ready;
    update();
    return {
        title: t("people"),
        before: backLink(app),
        body: [
            h("p", { class: "m-lead" }, t("people_hint")),
            h(
                "div",
                { class: "b-form" },
                h(
                    "div",
                    { class: "m-field" },
                    h("label", { for: "hour" }, t("hour")),
                    h("span", { class: "m-hint", id: "hour-hint" }, t("hour_now")),
                    hour,
                ),
            ),
            place,
            spot.node,
            pinned,
        ],
        update,
    };
}

function line(app, person, note, takeBack) {
    const verb = person.present ? "leaves" : "comes";
    const when = person.since && { hour: app.clock.tell(person.since) };
    const standing = !person.since
        ? t("not_noted")
        : t(person.present ? "here_since" : "left_at", when);
    return h(
        "li",
        {
            "data-present": String(person.present),
            class: person.spot ? "b-people__wrap" : null,
        },
        h(
            "div",
            {},
            h("strong", {}, person.name),
            h(
                "span",
                { class: "m-secondary" },
                [person.role, person.spot ? t("spot") : person.list, person.slot]
                    .filter(Boolean)
                    .join(", "),
            ),
            h(
                "span",
                { class: person.present ? "b-here" : "" },
                person.present && h("span", { "aria-hidden": "true" }, "✓ "),
                standing,
                person.waiting && ` (${t("chip_queued")})`,
            ),
        ),
        person.spot &&
            (person.waiting || !person.uuid) &&
            h(
                "button",
                {
                    class: "m-button m-button--quiet",
                    "aria-label": t("spot_remove_name", { name: person.name }),
                    onclick: () => takeBack(person),
                },
                t("spot_remove"),
            ),
        !person.uuid &&
            h(
                "button",
                {
                    id: `member-${person.id}`,
                    class: "m-button",
                    "aria-label": t(`${verb}_name`, { name: person.name }),
                    onclick: () => note([person], !person.present),
                },
                t(verb),
            ),
    );
}

export function alert(kind, text) {
    return h("p", { class: `m-alert m-alert--${kind}`, role: "alert" }, text);
}

/** What the town hall did not take, with its reason; a tap puts it away. */
export function refusal(app, row, label = "understood", act = () => {}) {
    const sentences = row.errors.map((error) => error.sentence).join(" ");
    return h(
        "div",
        { class: "m-alert m-alert--danger", role: "alert" },
        h("p", {}, sentences || t("later")),
        h(
            "button",
            {
                class: "m-button",
                onclick: async () => {
                    act(row);
                    await app.forget(row);
                },
            },
            t(label),
        ),
    );
}
