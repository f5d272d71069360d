import { describe, expect, test } from "@odoo/hoot";

import {
    assessors,
    isOpen,
    pending,
    readBirth,
    roster,
    sitting,
    tellers,
    withSpots,
} from "@mairie_scrutin/phone/people";

describe.current.tags("headless");

const PEOPLE = [
    { id: 1, name: "Président", replaces: null, present: true, since: "2026-03-15T07:00:00Z" },
    { id: 2, name: "Assesseur", replaces: null, present: false, since: null },
    { id: 3, name: "Suppléant", replaces: 2, present: true, since: "2026-03-15T07:00:00Z" },
];
const ROUND = { date: "2026-03-15", opening: 8, closing: 18 };

function sending(status, checkins, received) {
    return { kind: "presence", tour: 7, status, received, data: { checkins } };
}

test("a deputy beside his titular is one member, not two", () => {
    expect(sitting(PEOPLE)).toBe(2);
    const both = PEOPLE.map((person) => ({ ...person, present: true }));
    expect(sitting(both)).toBe(2);
    expect(sitting(PEOPLE.slice(1))).toBe(1);
});

test("what waits on the phone is what it shows", () => {
    const at = "2026-03-15T12:05:00Z";
    const rows = [sending("queued", [{ membre: 1, present: false, at }])];
    const [president] = roster(PEOPLE, pending(rows, "presence", 7, "2026-03-15T12:00:00Z"));
    expect(president).toInclude(["present", false]);
    expect(president).toInclude(["since", at]);
    expect(president).toInclude(["waiting", true]);
});

test("a sending that the town hall already shows is not told twice", () => {
    const rows = [
        sending("received", [], "2026-03-15T11:00:00Z"),
        sending("received", [], "2026-03-15T12:00:01Z"),
        sending("refused", []),
    ];
    expect(pending(rows, "presence", 7, "2026-03-15T12:00:00Z")).toHaveLength(1);
    expect(pending(rows, "presence", 8, "2026-03-15T12:00:00Z")).toHaveLength(0);
});

test("two members are asked for while the poll goes on only", () => {
    expect(isOpen(ROUND, { hours: 8, minutes: 0 }, "2026-03-15")).toBe(true);
    expect(isOpen(ROUND, { hours: 18, minutes: 0 }, "2026-03-15")).toBe(false);
    expect(isOpen(ROUND, { hours: 12, minutes: 0 }, "2026-03-14")).toBe(false);
});

test("a birth date is a day of the calendar", () => {
    expect(readBirth("12/05/1974")).toBe("1974-05-12");
    expect(readBirth("12051974")).toBe("1974-05-12");
    expect(readBirth("31/02/1974")).toBe(null);
    expect(readBirth("1974")).toBe(null);
});

test("tellers who wait are added, those who left are gone", () => {
    const known = [{ id: 5, name: "Luc Morvan", list: "", table: 1 }];
    const person = { firstname: "Ida", name: "Noël", list: 3, table: null };
    const rows = [{ uuid: "u", data: { people: [person] } }, { data: { people: [], gone: [5] } }];
    const found = tellers(known, rows, [{ id: 3, name: "Ensemble" }]);
    expect(found.map(({ name, list, table }) => [name, list, table])).toEqual([
        ["Ida Noël", "Ensemble", 0],
    ]);
});

test("a voter present counts as soon as this phone keeps it", () => {
    const known = PEOPLE.map((person) => ({ ...person, kind: "assesseur" }));
    const person = {
        firstname: "Inès",
        name: "Lebrun",
        role: "assesseur",
        at: "2026-03-15T07:10:00Z",
    };
    const rows = [{ uuid: "u", status: "queued", data: { people: [person] } }];
    const found = withSpots(known, rows, { assesseur: "Assesseur" });
    expect(found).toHaveLength(4);
    expect(found[3]).toInclude(["role", "Assesseur"]);
    expect(assessors(found)).toBe(assessors(known) + 1);
    const shown = [...known, { ...found[3], id: 9, uuid: undefined }];
    expect(withSpots(shown, rows, {})).toHaveLength(4);
    const back = [{ uuid: "v", status: "queued", data: { people: [], gone: [1] } }];
    expect(withSpots(known, back, {})).toHaveLength(2);
});
