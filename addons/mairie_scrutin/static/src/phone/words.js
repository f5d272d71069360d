/** French numbers in words, as they are read aloud: 318 -> trois cent dix-huit. */
const SMALL = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze " +
    "quinze seize dix-sept dix-huit dix-neuf"
).split(" ");
const TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];

function underHundred(number) {
    if (number < 20) {
        return SMALL[number];
    }
    if (number < 70) {
        const unit = number % 10;
        const ten = TENS[(number - unit) / 10];
        return unit === 0 ? ten : unit === 1 ? `${ten} et un` : `${ten}-${SMALL[unit]}`;
    }
    if (number < 80) {
        return number === 71 ? "soixante et onze" : `soixante-${SMALL[number - 60]}`;
    }
    return number === 80 ? "quatre-vingts" : `quatre-vingt-${SMALL[number - 80]}`;
}

function underThousand(number) {
    const rest = number % 100;
    const hundreds = (number - rest) / 100;
    if (!hundreds) {
        return underHundred(rest);
    }
    const head = hundreds === 1 ? "cent" : `${SMALL[hundreds]} cent`;
    if (!rest) {
        return hundreds > 1 ? `${head}s` : head;
    }
    return `${head} ${underHundred(rest)}`;
}

/** @param {number} number from 0 to 999 999 */
export function inWords(number) {
    const rest = number % 1000;
    const thousands = (number - rest) / 1000;
    if (!thousands) {
        return underThousand(rest);
    }
    // before "mille", cent and quatre-vingt take no s
    const head = thousands === 1 ? "" : `${underThousand(thousands).replace(/s$/, keepS)} `;
    return rest ? `${head}mille ${underThousand(rest)}` : `${head}mille`;
}

function keepS(_s, offset, text) {
    return /(cent|vingt)s$/.test(text) ? "" : "s";
}
