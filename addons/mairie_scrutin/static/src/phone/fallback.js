/**
 * A result as four lines to dictate, a figure of the day or a hundred as one: the same sums as
 * lib/fallback_code.py, which reads them at the town hall (ISO 7064, pure systems).
 */
const WORDS = { opening: "OUV", turnout: "VOT", closing: "CLO" };
const HUNDREDS = { centaine1: "CE1", centaine2: "CE2" };
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -";

function checkOf(text, modulus, size) {
    let total = 0;
    for (const char of text) {
        total = ((total + ALPHABET.indexOf(char)) * 10) % modulus;
    }
    for (let rank = 1; rank < size; rank++) {
        total = (total * 10) % modulus;
    }
    return String((((1 - total) % modulus) + modulus) % modulus).padStart(size, "0");
}

/**
 * @param {string} station number of the station
 * @param {number} tour number of the round
 * @param {(number|null)[]} figures inscrits, émargements, votants, blancs, nuls, exprimés,
 *     annexes
 * @param {number[]} votes in the order of the lists
 * @returns {string[]} four lines
 */
export function encode(station, tour, figures, votes) {
    const counted = figures.map((value) => (value === null ? "X" : String(value)));
    const bodies = [`${station.toUpperCase()} ${tour}`, counted.join(" "), votes.join(" ")];
    const lines = bodies.map((body) => `${body} ${checkOf(body, 97, 2)}`);
    return [...lines, checkOf(lines.join("-"), 9973, 4)];
}

/**
 * @param {string} station number of the station
 * @param {number} tour number of the round
 * @param {string} kind opening, turnout or closing
 * @param {number} hour local hour, 8.5 for half past eight
 * @param {number|null} votants voters so far, null for an opening
 * @returns {string} one line
 */
export function encodeDay(station, tour, kind, hour, votants) {
    const minutes = Math.round(hour * 60);
    const two = (value) => String(value).padStart(2, "0");
    const time = `${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
    const parts = [station.toUpperCase(), tour, WORDS[kind], time];
    const body = [...parts, ...(votants === null ? [] : [votants])].join(" ");
    return `${body} ${checkOf(body, 9973, 4)}`;
}

/**
 * @param {string} station number of the station
 * @param {number} tour number of the round
 * @param {string} which centaine1 or centaine2
 * @param {number[]} figures blank, void, then the votes in the order of the lists
 * @returns {string} one line
 */
export function encodeHundred(station, tour, which, figures) {
    const body = [station.toUpperCase(), tour, HUNDREDS[which], ...figures].join(" ");
    return `${body} ${checkOf(body, 9973, 4)}`;
}
