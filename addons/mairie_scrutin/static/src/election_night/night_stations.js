import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { StatusChip } from "@mairie_base/status_chip/status_chip";
import { percent, stateOf, STATES } from "./night_words";

const FIRST = 10;
const SETTLED = ["valide", "recense"];

/** Every station, in groups by state; the first ten of each, the others at a click. */
export class NightStations extends Component {
    static template = "mairie_scrutin.NightStations";
    static components = { StatusChip };
    static props = {
        stations: { type: Array },
        selected: { type: [Number, { value: false }] },
        onSelect: { type: Function },
    };

    setup() {
        this.state = useState({ filter: "all", sort: "rank", words: "", open: {}, folded: {} });
        this.stateOf = stateOf;
        this.percent = percent;
        this.filters = [
            ["all", _t("All")],
            ["todo", _t("To handle")],
            ["awaited", _t("Awaited")],
            ["settled", _t("Validated")],
        ];
        this.sorts = [
            ["rank", _t("To call first")],
            ["code", _t("Number")],
            ["at", _t("Hour received")],
            ["turnout", _t("Turnout")],
        ];
    }

    matches(station) {
        const { filter, words } = this.state;
        const asked = words.trim().toLowerCase();
        const text = `${station.code} ${station.place}`.toLowerCase();
        if (asked && !text.includes(asked)) {
            return false;
        }
        const isSettled = SETTLED.includes(station.state);
        const isAwaited = ["a_saisir", "a_double_saisir"].includes(station.state);
        return {
            all: true,
            todo: !isSettled && !isAwaited,
            awaited: isAwaited,
            settled: isSettled,
        }[filter];
    }

    compare(one, two) {
        const byCode = one.code.localeCompare(two.code);
        const turnout = ({ votants, inscrits }) => (votants && inscrits ? votants / inscrits : 2);
        const sorts = {
            rank: one.rank - two.rank,
            code: 0,
            at: (two.at || "").localeCompare(one.at || ""),
            turnout: turnout(one) - turnout(two),
        };
        return sorts[this.state.sort] || byCode;
    }

    get groups() {
        const found = this.props.stations.filter((row) => this.matches(row));
        found.sort((one, two) => this.compare(one, two));
        const groups = Object.keys(STATES).map((state) => ({
            state,
            all: found.filter((row) => row.state === state),
        }));
        for (const group of groups) {
            const isOpen = this.state.open[group.state] || this.state.words;
            group.shown = isOpen ? group.all : group.all.slice(0, FIRST);
            group.more = group.all.length - group.shown.length;
            group.folded = Boolean(this.state.folded[group.state]);
        }
        return groups.filter(({ all }) => all.length);
    }

    /** Ids as they are on screen, for the keys. */
    get shownIds() {
        return this.groups.flatMap(({ folded, shown }) => (folded ? [] : shown.map((r) => r.id)));
    }

    onFold(state) {
        this.state.folded[state] = !this.state.folded[state];
    }

    onMore(state) {
        this.state.open[state] = true;
    }
}
