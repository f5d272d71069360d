import { describe, expect, test } from "@odoo/hoot";

import { keepLines, matcher } from "@mairie_scrutin/large_file/large_file";

describe.current.tags("headless");

const CODES = ["49998", "49+998"];
const MINE = ["49;Maine-et-Loire;998;Saint-Aubin;0001;800", '"49998";"Saint-Aubin";"0001"'];
const OTHER = "49;Maine-et-Loire;007;Angers;0998;49";

const encoder = new TextEncoder();

/** A file, without the Blob that tests put in the place of the browser's. */
const fileOf = (bytes) => ({
    stream: () =>
        new ReadableStream({
            start(controller) {
                controller.enqueue(bytes);
                controller.close();
            },
        }),
});

test("a line is of the place by its code, or by two cells", () => {
    const isWanted = matcher(CODES);
    for (const line of MINE) {
        expect(isWanted(line)).toBe(true);
    }
    expect(isWanted(OTHER)).toBe(false);
});

test("the head and the lines of the place are kept, each with its number", async () => {
    const lines = ["Code;Libellé", ...Array(99).fill(OTHER), ...MINE];
    const { text, count } = await keepLines(fileOf(encoder.encode(lines.join("\n"))), CODES);
    const kept = text.split("\n");
    expect(count).toBe(62);
    expect(kept.length).toBe(lines.length);
    expect(kept.slice(-2)).toEqual(MINE);
    expect(kept[60]).toBe("");
});

test("a file in the old Windows alphabet is read all the same", async () => {
    const bytes = new Uint8Array([0x4c, 0x69, 0x62, 0xe9]); // Libé
    expect((await keepLines(fileOf(bytes), [])).text).toBe("Libé");
});
