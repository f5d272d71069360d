/**
 * Sums of a report while it is typed: what is missing, what is too much. The server
 * decides; these lines only let a phone without network say the same at once.
 * Figures not typed yet are null.
 */
export const FIGURES = ["inscrits", "emargements", "votants", "blancs", "nuls", "exprimes"];

/** Text of a field -> whole number, or null when it is not one. */
export function toNumber(text) {
    const digits = String(text ?? "").replace(/[\s\u00a0\u202f]/g, "");
    return /^\d{1,7}$/.test(digits) ? Number(digits) : null;
}

export function sum(values) {
    return values.reduce((total, value) => total + (value || 0), 0);
}

/** Votes typed minus valid votes; null while nothing can be said. */
export function voteGap(figures, votes) {
    return figures.exprimes === null ? null : sum(Object.values(votes)) - figures.exprimes;
}

/** Blank, void and valid minus voters. */
export function envelopeGap(figures) {
    const parts = [figures.blancs, figures.nuls, figures.exprimes, figures.votants];
    return parts.includes(null)
        ? null
        : figures.blancs + figures.nuls + figures.exprimes - figures.votants;
}

function above(part, whole, [top, bottom]) {
    return part * bottom > whole * top;
}

/**
 * Findings on a whole report, errors first.
 * @returns {{code: string, field: string, values: object}[]}
 */
export function check(figures, votes, round) {
    return [...errors(figures, votes, round), ...alerts(figures, round)];
}

function errors(figures, votes, round) {
    const found = [];
    const missing = FIGURES.filter((name) => figures[name] === null);
    missing.forEach((name) => found.push({ code: "E03", field: name, values: {} }));
    for (const [key, value] of Object.entries(votes)) {
        if (value === null) {
            found.push({ code: "E03", field: `votes.${key}`, values: {} });
        }
    }
    // each sum is told as soon as its own figures are there: the page after may be empty
    const gap = Object.values(votes).includes(null) ? null : voteGap(figures, votes);
    if (gap) {
        const values = {
            gap: Math.abs(gap),
            votes: figures.exprimes + gap,
            exprimes: figures.exprimes,
        };
        found.push({ code: gap > 0 ? "E01+" : "E01-", field: "votes", values });
    }
    const parts = envelopeGap(figures);
    if (parts) {
        const values = {
            sum: figures.votants + parts,
            votants: figures.votants,
            gap: Math.abs(parts),
        };
        found.push({ code: parts > 0 ? "E02+" : "E02-", field: "exprimes", values });
    }
    const last = round.turnout[round.turnout.length - 1];
    if (last && figures.votants !== null && figures.votants < last.votants) {
        const values = { was: last.votants, hour: last.hour, now: figures.votants };
        found.push({ code: "E04", field: "votants", values });
    }
    return found;
}

function alerts(figures, round) {
    const found = [];
    const add = (code, field, values) => found.push({ code, field, values });
    const { inscrits, emargements, votants, blancs, nuls, annexes } = figures;
    if ([inscrits, emargements, votants, blancs, nuls].includes(null)) {
        return found;
    }
    if (votants > inscrits) {
        add("A01", "votants", { votants, inscrits });
    }
    if (emargements !== votants && !round.machine) {
        add("A02", "emargements", { emargements, votants });
    }
    if (above(blancs, votants, round.limits.blancs)) {
        add("A03", "blancs", { share: share(blancs, votants), count: blancs });
    }
    if (annexes !== null && annexes !== undefined && !round.machine) {
        if (annexes !== blancs + nuls) {
            add("A04", "annexes", { annexes, expected: blancs + nuls });
        }
    }
    if (above(nuls, votants, round.limits.nuls)) {
        add("A05", "nuls", { share: share(nuls, votants), count: nuls });
    }
    const causes = Object.values(figures.nul_causes || {});
    if (causes.length && sum(causes) !== nuls && !round.machine) {
        add("A08", "nuls", { causes: sum(causes), nuls });
    }
    if (round.inscrits && round.inscrits !== inscrits) {
        add("A10", "inscrits", { inscrits, expected: round.inscrits });
    }
    if (votants === 0 && inscrits) {
        add("A11", "votants", {});
    }
    return found;
}

/** Percentage for people, one decimal. */
export function share(part, whole) {
    const scaled = whole ? Math.floor((2000 * part + whole) / (2 * whole)) : 0;
    return `${Math.floor(scaled / 10)},${scaled % 10}\u00a0%`;
}
