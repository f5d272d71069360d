import { _t } from "@web/core/l10n/translation";

/** States of a station: its role as a chip, its word; the order is that of the table. */
export const STATES = {
    ecarts: { role: "blocked", label: _t("Differences") },
    erreur: { role: "blocked", label: _t("Error") },
    a_verifier: { role: "todo", label: _t("To check") },
    a_double_saisir: { role: "running", label: _t("Second entry awaited") },
    a_saisir: { role: "upcoming", label: _t("Awaited") },
    valide: { role: "done", label: _t("Validated") },
    recense: { role: "done", label: _t("Collated") },
};

export function stateOf(state) {
    return STATES[state] || { role: "upcoming", label: state };
}

export function levelIcon(level) {
    return {
        blocked: "fa-times-circle text-danger",
        todo: "fa-exclamation-triangle text-warning-emphasis",
        running: "fa-clock-o text-info-emphasis",
    }[level];
}

/** 588 of 940 as "62,6 %", in the user's language. */
export function percent(part, whole) {
    if (!whole || part === false) {
        return "";
    }
    const share = Math.round((1000 * part) / whole) / 10;
    return `${share.toLocaleString(document.documentElement.lang || undefined, {
        minimumFractionDigits: 1,
    })}\u00a0%`;
}
