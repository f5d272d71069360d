import { describe, expect, test } from "@odoo/hoot";

import { stateOf } from "@mairie_scrutin/election_night/night_words";
import { check, envelopeGap, toNumber, voteGap } from "@mairie_scrutin/phone/tally";

describe.current.tags("headless");

const REPORT = {
    inscrits: 957,
    emargements: 556,
    votants: 556,
    blancs: 9,
    nuls: 6,
    exprimes: 541,
};
const ROUND = {
    turnout: [{ hour: 17, votants: 412 }],
    limits: { blancs: [1, 20], nuls: [1, 25] },
};

test("a figure is a whole number, however it is spaced", () => {
    expect(toNumber("1\u202f234")).toBe(1234);
    expect(toNumber("0")).toBe(0);
    expect(toNumber("")).toBe(null);
    expect(toNumber("-3")).toBe(null);
    expect(toNumber("3,5")).toBe(null);
});

test("what is missing is said while it is typed", () => {
    expect(voteGap(REPORT, { 1: 318, 2: 201, 3: 19 })).toBe(-3);
    expect(envelopeGap(REPORT)).toBe(0);
    expect(envelopeGap({ ...REPORT, nuls: null })).toBe(null);
});

test("votes that lack stop the report, a turnout that goes down too", () => {
    const codes = (figures, votes) => check(figures, votes, ROUND).map(({ code }) => code);
    expect(codes(REPORT, { 1: 318, 2: 201, 3: 19 })[0]).toBe("E01-");
    const fewer = { ...REPORT, votants: 400, exprimes: 385, emargements: 400 };
    expect(codes(fewer, { 1: 385 })[0]).toBe("E04");
});

test("a sum that is wrong is told on its own page, before the votes are typed", () => {
    const codes = (figures) => check(figures, { 1: null }, ROUND).map(({ code }) => code);
    expect(codes({ ...REPORT, nuls: 7 })).toEqual(["E03", "E02+"]);
    const early = { ...REPORT, votants: 400, blancs: null, nuls: null, exprimes: null };
    expect(codes(early)).toInclude("E04");
});

test("each state of a station has its role and its word", () => {
    expect(stateOf("ecarts").role).toBe("blocked");
    expect(stateOf("valide").role).toBe("done");
    expect(stateOf("unheard").label).toBe("unheard");
});
