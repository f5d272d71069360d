import { _t } from "@web/core/l10n/translation";

/** What each state says on the screen of the day: a role of the chip, and a word. */
export const CHIPS = {
    hold: { role: "reserved", label: _t("being booked") },
    confirmed: { role: "upcoming", label: _t("expected") },
    arrived: { role: "todo", label: _t("waiting") },
    in_progress: { role: "running", label: _t("at the desk") },
    done: { role: "done", label: _t("done") },
    no_show: { role: "blocked", label: _t("absent") },
};

/** @returns {{role: string, label: string}} the chip of a state */
export function chipOf(state) {
    const { role, label } = CHIPS[state] || CHIPS.confirmed;
    return { role, label: String(label) };
}
