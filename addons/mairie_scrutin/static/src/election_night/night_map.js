import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { percent, stateOf } from "./night_words";

const SIZE = 600;
const DOT = 9;

/** Positions of a geometry, whatever its depth. */
function positions(coordinates) {
    return typeof coordinates[0] === "number" ? [coordinates] : coordinates.flatMap(positions);
}

/**
 * The stations on a drawing of their outlines or points: no tile, nobody else is asked.
 * Arrows move, Enter opens; the table under it says the same in words.
 */
export class NightMap extends Component {
    static template = "mairie_scrutin.NightMap";
    static props = {
        tourId: { type: Number },
        stations: { type: Array },
        lists: { type: Array },
        selected: { type: [Number, { value: false }] },
        onSelect: { type: Function },
    };

    setup() {
        this.orm = useService("orm");
        this.svg = useRef("svg");
        this.state = useState({ mode: "state", shapes: [], current: 0 });
        this.modes = [
            ["state", _t("State")],
            ["lead", _t("List ahead")],
            ["turnout", _t("Turnout")],
        ];
        onWillStart(() => this.load(this.props.tourId));
        onWillUpdateProps((next) => {
            if (next.tourId !== this.props.tourId) {
                return this.load(next.tourId);
            }
        });
    }

    async load(tourId) {
        const outlines = await this.orm.silent.call("mairie.scrutin.tour", "get_night_map", [
            [tourId],
        ]);
        this.state.shapes = this.draw(outlines);
        this.state.current = 0;
    }

    /** Longitude and latitude to a square, degrees of longitude made as short as they are. */
    draw(outlines) {
        const all = outlines.flatMap(({ geometry }) => positions(geometry.coordinates));
        if (!all.length) {
            return [];
        }
        const xs = all.map(([x]) => x);
        const ys = all.map(([, y]) => y);
        const [west, east] = [Math.min(...xs), Math.max(...xs)];
        const [south, north] = [Math.min(...ys), Math.max(...ys)];
        const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
        const span = Math.max((east - west) * squeeze, north - south) || 0.01;
        const scale = (SIZE - 4 * DOT) / span;
        const place = ([x, y]) => [
            Math.round((x - west) * squeeze * scale + 2 * DOT),
            Math.round((north - y) * scale + 2 * DOT),
        ];
        this.height = Math.round((north - south) * scale + 4 * DOT);
        this.width = Math.round((east - west) * squeeze * scale + 4 * DOT);
        return outlines.map(({ id, geometry }) => ({ id, ...this.shape(geometry, place) }));
    }

    shape({ type, coordinates }, place) {
        if (type === "Point") {
            return { dot: place(coordinates) };
        }
        const polygons = type === "Polygon" ? [coordinates] : coordinates;
        const rings = polygons.flat();
        const path = rings.map((ring) => `M${ring.map((p) => place(p).join(" ")).join("L")}Z`);
        return { path: path.join("") };
    }

    get byId() {
        return Object.fromEntries(this.props.stations.map((row) => [row.id, row]));
    }

    get shown() {
        const known = this.byId;
        return this.state.shapes
            .filter(({ id }) => known[id])
            .map((shape) => ({ ...shape, station: known[shape.id] }));
    }

    listOf(station) {
        return station.lead && this.props.lists.find(({ id }) => id === station.lead[0]);
    }

    /** Colour of a station: a class of Bootstrap, or the colour of the list ahead. */
    fill(station) {
        if (this.state.mode === "lead") {
            return this.listOf(station)?.color || "var(--gray-200)";
        }
        if (this.state.mode === "turnout") {
            const share = station.votants ? station.votants / station.inscrits : 0;
            return `rgba(var(--primary-rgb, 113, 75, 103), ${Math.min(0.08 + share, 1)})`;
        }
        const colors = {
            done: "success",
            todo: "warning",
            blocked: "danger",
            running: "info",
            upcoming: "secondary",
        };
        return `var(--${colors[stateOf(station.state).role]})`;
    }

    /** What the map says of a station, in words. */
    say(station) {
        if (this.state.mode === "lead") {
            const list = this.listOf(station);
            return list
                ? _t("%(name)s, %(gap)s votes ahead", {
                      name: list.name,
                      gap: station.lead[2],
                  })
                : _t("no result yet");
        }
        if (this.state.mode === "turnout") {
            return percent(station.votants, station.inscrits) || _t("no turnout yet");
        }
        return stateOf(station.state).label;
    }

    onKeydown(ev) {
        const moves = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
        const count = this.shown.length;
        if (ev.key in moves) {
            ev.preventDefault();
            ev.stopPropagation();
            this.state.current = (this.state.current + moves[ev.key] + count) % count;
            const { id } = this.shown[this.state.current];
            requestAnimationFrame(() => this.svg.el.querySelector(`[data-id="${id}"]`)?.focus());
        } else if (["Enter", " "].includes(ev.key)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.props.onSelect(this.shown[this.state.current].id);
        }
    }

    onPick(rank) {
        this.state.current = rank;
        this.props.onSelect(this.shown[rank].id);
    }
}
