/** The day of a station, task by task: what is done, kept, received, verified. */
import { t } from "./texts.js";
import { tellHour } from "./clock.js";

/** All the tasks of a round, in their order. */
export function tasksOf(round) {
    const tasks = [{ kind: "opening", key: "opening", label: t("opening") }];
    for (const hour of round.hours) {
        tasks.push({
            kind: "turnout",
            key: `turnout-${hour}`,
            hour,
            label: t("turnout_at", { hour: tellHour(hour) }),
        });
    }
    tasks.push({ kind: "closing", key: "closing", label: t("closing") });
    if (round.use_centaines) {
        for (const which of ["centaine1", "centaine2"]) {
            tasks.push({ kind: "hundred", key: which, which, label: t(which) });
        }
    }
    tasks.push({ kind: "result", key: "result", label: t("result") });
    if (round.photo_required) {
        tasks.push({ kind: "photo", key: "photo", label: t("photo") });
    }
    return tasks.map((task) => ({ ...task, id: `${round.id}-${task.key}` }));
}

/** What the town hall keeps for a task: {value, received, status} or null. */
function known(task, round, clock) {
    switch (task.kind) {
        case "opening":
            return round.opened && { value: clock.tell(round.opened), received: null };
        case "closing":
            return round.closed && { value: clock.tell(round.closed), received: null };
        case "turnout": {
            const row = round.turnout.find((one) => one.hour === task.hour);
            return row && { value: String(row.votants), received: row.received };
        }
        case "hundred": {
            const row = round.hundreds[task.which];
            return row && { value: "", received: row.received };
        }
        case "result":
            return round.result && { ...round.result, value: "" };
        default:
            return round.photos ? { value: String(round.photos), received: null } : null;
    }
}

/**
 * How a task stands: the latest sending of this phone first, else the town hall's word.
 * @returns {{status: string, value: string, received: string|null, row: object|null}}
 */
export function standing(task, round, operations, clock) {
    const rows = operations.filter((row) => row.task === task.id);
    const row = rows[rows.length - 1] || null;
    const there = known(task, round, clock);
    if (row && row.status !== "received") {
        return { status: row.status, value: row.value || "", received: null, row };
    }
    if (there?.status === "verified" || there?.status === "collated") {
        return { status: "verified", value: there.value, received: there.received, row };
    }
    if (row || there) {
        const received = there?.received || row?.received || null;
        const value = there?.value || row?.value || "";
        return { status: "received", value, received: row?.received || received, row };
    }
    return { status: "todo", value: "", received: null, row: null };
}
