/**
 * Who is in the room and who counts the ballots: what the town hall keeps, then what this
 * phone sent since or still holds. Nothing here touches the page.
 */

/** Sendings of a kind that the state of the town hall does not show yet, oldest first. */
export function pending(operations, kind, tour, serverTime) {
    return operations.filter(
        (row) =>
            row.kind === kind &&
            row.tour === tour &&
            (row.status === "queued" || (row.status === "received" && row.received >= serverTime)),
    );
}

export function refusedOf(operations, kind, tour) {
    return operations.filter(
        (row) => row.kind === kind && row.tour === tour && row.status === "refused",
    );
}

/**
 * Members with what this phone told last about each.
 * @returns {object[]} each with `present`, `since` (ISO or null), `waiting`
 */
export function roster(people, sendings) {
    const told = new Map();
    for (const row of sendings) {
        for (const one of row.data.checkins) {
            told.set(one.membre, { ...one, waiting: row.status === "queued" });
        }
    }
    return people.map((person) => {
        const last = told.get(person.id);
        const known = { ...person, waiting: false };
        return last
            ? { ...known, present: last.present, since: last.at, waiting: last.waiting }
            : known;
    });
}

/**
 * Voters present whom this phone seated, before the town hall shows them; those taken back
 * are out. Their id is the one of their sending until they have their own.
 */
export function withSpots(people, sendings, labels) {
    const gone = new Set(sendings.flatMap((row) => row.data.gone || []));
    const seated = sendings.flatMap((row) =>
        (row.data.people || []).map((person) => ({
            id: row.uuid,
            uuid: row.uuid,
            name: `${person.firstname} ${person.name}`,
            kind: person.role,
            role: labels[person.role],
            list: "",
            slot: "",
            replaces: null,
            spot: true,
            present: true,
            since: person.at,
            waiting: row.status === "queued",
        })),
    );
    const known = people.filter((person) => !gone.has(person.id));
    // a state asked for within the second of a sending may show its person already
    const names = new Set(known.filter((person) => person.spot).map((person) => person.name));
    return [...known, ...seated.filter((person) => !names.has(person.name))];
}

/** Assessors who sit: two are needed, besides the president (R42, R44). */
export function assessors(people) {
    const kinds = ["assesseur", "assesseur_suppl"];
    const here = people.filter((person) => person.present && kinds.includes(person.kind));
    return sitting(here);
}

/** Members who sit: a deputy beside his titular is not counted twice (R44). */
export function sitting(people) {
    const here = people.filter((person) => person.present);
    const ids = new Set(here.map((person) => person.id));
    return here.filter((person) => !ids.has(person.replaces)).length;
}

/** Whether the poll goes on: local hours of the town, told by its clock. */
export function isOpen(round, { hours, minutes }, today) {
    const hour = hours + minutes / 60;
    return today === round.date && round.opening <= hour && hour < round.closing;
}

/**
 * Tellers of the town hall, then those that wait on this phone; those who left are out.
 * @returns {object[]} {id or null, uuid or null, name, list, table, waiting}
 */
export function tellers(known, sendings, lists) {
    const gone = new Set(sendings.flatMap((row) => row.data.gone || []));
    const names = new Map(lists.map((list) => [list.id, list.name]));
    const waiting = sendings.flatMap((row) =>
        (row.data.people || []).map((person) => ({
            id: null,
            uuid: row.uuid,
            name: `${person.firstname} ${person.name}`,
            list: names.get(person.list) || "",
            table: person.table || 0,
            waiting: true,
        })),
    );
    const kept = known.filter((person) => !gone.has(person.id));
    return [...kept.map((person) => ({ ...person, uuid: null, waiting: false })), ...waiting];
}

/** "12/05/1974" or "12051974" -> "1974-05-12"; null when it is no day. */
export function readBirth(text) {
    const digits = String(text ?? "").replace(/\D/g, "");
    const found = /^(\d{2})(\d{2})(\d{4})$/.exec(digits);
    if (!found) {
        return null;
    }
    const iso = `${found[3]}-${found[2]}-${found[1]}`;
    const day = new Date(`${iso}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : null;
}
